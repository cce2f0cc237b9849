package import ThrongCore

/// Reads conversation logs: files or standard input, plain, gzip or zstd, JSON Lines or a JSON array.
///
/// Text is streamed: a bounded number of blocks is in memory at any time, and each block lives only until its
/// handler returns. What a handler sees depends on the bytes of the inputs and the settings alone; not on the
/// number of threads, on how the inputs are compressed, or on the pieces in which they arrive.
package struct ConversationReader: Sendable {
  /// The files that are read, and `-` for standard input: as given, or found by a directory or a pattern.
  package let inputs: [String]
  package let settings: ReadSettings
  package let detection: Detection
  let format: any LogFormat
  let plan: FieldPlan
  /// Bytes of all inputs in storage where that is known beforehand.
  package let totalBytes: Int?
  /// Files that were found and are not read.
  package let passedOver: [PassedOverInput]
  /// Streams that cannot be opened again, by input.
  private let streams: StreamStore
  /// What each input was like when it was looked at; nil of a pipe.
  private let stamps: [FileSource.Stamp?]

  /// Opens the inputs and looks at the first 100 records of each.
  ///
  /// - Parameters:
  ///   - inputs: files, directories, patterns, or `-`.
  ///   - cancellation: that of the workers that will read; a wait for a pipe looks at it.
  /// - Throws: ``IngestFailure``; ``Interrupted``.
  package init(
    inputs: [String], settings: ReadSettings, cancellation: Cancellation = Cancellation()
  ) throws {
    if inputs.isEmpty { throw IngestFailure.noInput }
    if inputs.count(where: { $0 == "-" }) > 1 { throw IngestFailure.standardInputTwice }
    try settings.validate()
    var sniffer = try Sniffer(settings: settings)
    var streams: [BlockStream?] = []
    var sizes: [Int?] = []
    var stamps: [FileSource.Stamp?] = []
    var paths: [String] = []
    var passedOver: [PassedOverInput] = []
    var files: [FileSource.Identity: InputList.File] = [:]
    for file in try InputList(inputs).files {
      let stream = try BlockStream(
        input: file.path, index: paths.count, settings: settings, isSniffed: true, cancellation: cancellation)
      if let identity = stream.identity, let first = files.updateValue(file, forKey: identity) {
        if !file.isFound && !first.isFound {
          throw IngestFailure.sameInput(first: first.path, second: file.path)
        }
        passedOver.append(PassedOverInput(path: file.path, reason: .readAlready))
        continue
      }
      do {
        try sniffer.look(at: stream, of: file)
      } catch IngestFailure.empty where file.isFound {
        passedOver.append(PassedOverInput(path: file.path, reason: .empty))
        continue
      }
      paths.append(file.path)
      sizes.append(stream.size)
      stamps.append(stream.stamp)
      streams.append(stream.isRegular ? nil : stream)
    }
    if paths.isEmpty { throw IngestFailure.empty(input: inputs[0]) }
    let isRead: [Bool]
    (format, plan, detection, isRead) = try sniffer.decide()
    let kept = paths.indices.filter { isRead[$0] }
    for at in paths.indices where !isRead[at] {
      passedOver.append(PassedOverInput(path: paths[at], reason: .companion))
    }
    self.passedOver = passedOver
    self.inputs = kept.map { paths[$0] }
    self.settings = settings
    self.streams = StreamStore()
    self.stamps = kept.map { stamps[$0] }
    for (index, at) in kept.enumerated() {
      if let stream = streams[at] { self.streams.keep(stream, at: index) }
    }
    totalBytes = kept.reduce(0) { sum, at in sum.flatMap { sum in sizes[at].map { sum + $0 } } }
  }

  private init(_ other: ConversationReader, plan: FieldPlan, settings: ReadSettings) {
    (inputs, detection, format, totalBytes) =
      (other.inputs, other.detection, other.format, other.totalBytes)
    (streams, stamps, passedOver) = (other.streams, other.stamps, other.passedOver)
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

  /// A reader of the same inputs in blocks of another size, which changes nothing of what is read.
  ///
  /// - Parameter heldBytes: of pieces, where records are joined.
  package func reading(inBlocksOf blockBytes: Int, holding heldBytes: Int) -> ConversationReader {
    var settings = settings
    (settings.blockBytes, settings.heldBytes) = (blockBytes, heldBytes)
    return ConversationReader(self, plan: plan, settings: settings)
  }

  /// Whether everything can be read again.
  package var isRepeatable: Bool { streams.isEmpty }

  /// The blocks of the input, from its beginning.
  func stream(at index: Int, cancellation: Cancellation) throws -> BlockStream {
    if let stream = try streams.take(index, input: inputs[index]) { return stream }
    let stream = try BlockStream(
      input: inputs[index], index: index, settings: settings, isSniffed: false, cancellation: cancellation)
    guard stream.stamp == stamps[index] else { throw IngestFailure.changed(input: inputs[index]) }
    return stream
  }

  /// The digest of each input, by reading it and nothing else, as ``ReadReport/digests``; nil where something can be read only
  /// once.
  ///
  /// - Throws: ``IngestFailure``; ``Interrupted``.
  package func digests(cancellation: Cancellation, progress: any ProgressReporter) throws -> [[UInt8]]? {
    guard isRepeatable else { return nil }
    var done = 0
    return try inputs.map { input in
      progress.report(stage: "compare", done: done, total: totalBytes, unit: .bytes)
      let file = try FileSource(input, cancellation: cancellation)
      defer { done += file.bytesRead }
      return try file.finish()
    }
  }
}
