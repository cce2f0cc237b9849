package import ThrongCore

/// Reads conversation logs: files or standard input, plain, gzip or zstd, JSON Lines or a JSON array.
///
/// Text is streamed: a bounded number of blocks is in memory at any time, and each block lives only until its
/// handler returns. What a handler sees depends on the bytes of the inputs and the settings alone; not on the
/// number of threads, on how the inputs are compressed, or on the pieces in which they arrive.
package struct ConversationReader: Sendable {
  /// As given; `-` is standard input.
  package let inputs: [String]
  package let settings: ReadSettings
  package let detection: Detection
  let format: any LogFormat
  let plan: FieldPlan
  /// Bytes of all inputs in storage where that is known beforehand.
  package let totalBytes: Int?
  /// Streams that cannot be opened again, by input.
  private let streams: StreamStore

  /// Opens the inputs and looks at the first 100 records of each.
  ///
  /// - Parameter cancellation: that of the workers that will read; a wait for a pipe looks at it.
  /// - Throws: ``IngestFailure``; ``Interrupted``.
  package init(
    inputs: [String], settings: ReadSettings, cancellation: Cancellation = Cancellation()
  ) throws {
    if inputs.isEmpty { throw IngestFailure.noInput }
    if inputs.count(where: { $0 == "-" }) > 1 { throw IngestFailure.standardInputTwice }
    try settings.validate()
    var sniffer = try Sniffer(inputs: inputs, settings: settings)
    let streams = StreamStore()
    var total: Int? = 0
    var files: [FileSource.Identity: String] = [:]
    for (index, input) in inputs.enumerated() {
      let stream = try BlockStream(
        input: input, index: index, settings: settings, cancellation: cancellation)
      if let file = stream.identity, let first = files.updateValue(input, forKey: file) {
        throw IngestFailure.sameInput(first: first, second: input)
      }
      try sniffer.look(at: stream)
      total = total.flatMap { sum in stream.size.map { sum + $0 } }
      if !stream.isRegular { streams.keep(stream, at: index) }
    }
    (format, plan, detection) = try sniffer.decide()
    self.inputs = inputs
    self.settings = settings
    self.streams = streams
    totalBytes = total
  }

  private init(_ other: ConversationReader, plan: FieldPlan, settings: ReadSettings) {
    (inputs, detection, format, totalBytes) =
      (other.inputs, other.detection, other.format, other.totalBytes)
    streams = other.streams
    self.plan = plan
    self.settings = settings
  }

  /// A reader of the same inputs that keeps these fields of each record, and counts lists and objects among them as
  /// missing. What can be read once only can be read by one of the two.
  ///
  /// - Throws: ``IngestFailure`` for what is no field.
  package func keeping(fields: [String]) throws(IngestFailure) -> ConversationReader {
    var settings = settings
    settings.fields = fields
    settings.skipsUnusableFields = true
    return ConversationReader(self, plan: try plan.keeping(fields: fields), settings: settings)
  }

  /// The blocks of the input, from its beginning.
  func stream(at index: Int, cancellation: Cancellation) throws -> BlockStream {
    if let stream = try streams.take(index, input: inputs[index]) { return stream }
    return try BlockStream(
      input: inputs[index], index: index, settings: settings, cancellation: cancellation)
  }
}
