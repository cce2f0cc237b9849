internal import Glibc

/// Turns the raw records of a block into conversations, or into pieces of them. One per worker, with its own parser.
struct RecordReader {
  private let plan: FieldPlan
  private let parser = JSONParser()
  private let context: RecordContext
  /// What the block at hand holds; valid until the next ``read(_:as:)``.
  private(set) var block = ConversationBlock()
  /// What the block at hand lost.
  private(set) var faults: [Fault] = []
  /// Items of the block at hand that are nobody's words.
  private(set) var passedOver = 0

  init(plan: FieldPlan) {
    self.plan = plan
    context = RecordContext(text: plan.text, messageKeys: plan.messageKeys)
  }

  /// Reads all records of `raw` into ``block`` and ``faults``. O(bytes).
  mutating func read(_ raw: RawBlock, as format: some LogFormat) {
    block.removeAll()
    faults = []
    passedOver = 0
    block.bytes.reserveCapacity(raw.count)
    let mayHoldNUL = raw.bytes.span.extracting(..<raw.count).holdsNUL
    for record in raw.records {
      do throws(FaultKind) {
        let root = try Self.value(of: record, in: raw, with: parser, mayHoldNUL: mayHoldNUL)
        if let items = format.items(of: root) {
          for item in items { take(item, at: record.line, source: raw.source, as: format) }
        } else {
          take(root, at: record.line, source: raw.source, as: format)
        }
      } catch {
        faults.append(Fault(kind: error, source: raw.source, line: record.line))
        if error == .truncatedStream { continue }
      }
      // What the input lost is a fault of its own, even where its last bytes happen to be a record.
      if record.state == .tail {
        faults.append(Fault(kind: .truncatedStream, source: raw.source, line: record.line))
      }
    }
  }

  /// Reads one item: keeps it, passes it over or says its fault.
  private mutating func take(_ item: JSONValue, at line: Int, source: Int, as format: some LogFormat) {
    guard format.concerns(item) else { return passedOver += 1 }
    let mark = (bytes: block.bytes.count, messages: block.messages.count)
    do throws(FaultKind) {
      try append(item, at: line, source: source, as: format, messagesFrom: mark.messages)
    } catch {
      block.bytes.removeLast(block.bytes.count - mark.bytes)
      block.messages.removeLast(block.messages.count - mark.messages)
      // A piece without words is no loss: a file that was sent, a call that failed.
      if error == .noText && format.joining != nil { return passedOver += 1 }
      faults.append(Fault(kind: error, source: source, line: line))
    }
  }

  /// The object that a record is; alive until `parser` parses the next.
  ///
  /// - Throws: why it is none. A tail that is none is what the truncation left.
  static func value(
    of record: RawBlock.Record, in raw: RawBlock, with parser: JSONParser, mayHoldNUL: Bool = true
  ) throws(FaultKind) -> JSONValue {
    switch record.state {
    case .tooLarge: throw .recordTooLarge
    case .missing: throw .truncatedStream
    case .surplus: throw .invalidJSON
    case .whole, .tail: break
    }
    if mayHoldNUL && raw.bytes.span.extracting(record.range).holdsNUL { throw .nulBytes }
    let root: JSONValue
    do {
      root = try parser.parse(raw.bytes, at: record.range)
    } catch {
      root = try repaired(record, in: raw, with: parser, after: error)
    }
    if root.kind != .object { throw record.state == .tail ? .truncatedStream : .notAnObject }
    if root.repeatsKey { throw .repeatedKey }
    return root
  }

  /// The value of a record that did not parse, where only what ``JSONRepair`` mends was in the way.
  private static func repaired(
    _ record: RawBlock.Record, in raw: RawBlock, with parser: JSONParser, after failure: JSONParser.Failure
  ) throws(FaultKind) -> JSONValue {
    if failure == .invalid, let repaired = JSONRepair.repaired(raw.bytes, at: record.range),
      let root = try? parser.parse(repaired, at: 0..<repaired.count - JSONParser.padding)
    {
      return root
    }
    if record.state == .tail { throw .truncatedStream }
    switch failure {
    case .invalid: throw .invalidJSON
    case .invalidUTF8: throw .invalidUTF8
    case .noMemory: throw .recordTooLarge
    }
  }

  private mutating func append(
    _ item: JSONValue, at line: Int, source: Int, as format: some LogFormat, messagesFrom first: Int
  ) throws(FaultKind) {
    try format.read(item, context, into: &block)
    guard block.messages.count > first else { throw .noText }
    let user = plan.usersAreFiles ? file(source) : try name(plan.user, in: item, as: format)
    if user == nil && plan.requiresUser { throw .noUser }
    let id = try name(plan.id, in: item, as: format)
    let time = try microseconds(in: item, as: format)
    var fields: [Range<Int>?] = []
    for path in plan.extra {
      let value = format.find(path, in: item).flatMap { $0.isScalar || !plan.skipsUnusable ? $0 : nil }
      fields.append(try value.map { value throws(FaultKind) in try append(scalar: value) })
    }
    block.records.append(
      ConversationBlock.Record(
        source: source, line: line, id: id, user: user, messages: first..<block.messages.count,
        createdAt: time.map { Timestamp.floor($0, by: 1_000_000) }, fields: fields))
    if format.joining != nil {
      block.places.append(ConversationBlock.Place(time: time ?? .min, rank: format.rank(of: item)))
    }
  }

  /// The file's name as that of its user.
  private mutating func file(_ source: Int) -> Range<Int> {
    let lower = block.bytes.count
    block.bytes += plan.files[source]
    return lower..<block.bytes.count
  }

  /// An id or a user: a string with something in it, or a whole number.
  private mutating func name(
    _ paths: [FieldPath], in item: JSONValue, as format: some LogFormat
  ) throws(FaultKind) -> Range<Int>? {
    guard let value = format.firstValue(of: paths, in: item) else { return nil }
    if value.kind == .boolean || (value.kind == .number && !value.isWhole) { throw .wrongFieldType }
    let range = try append(scalar: value)
    return ConversationBlock.isBlank(block.bytes, from: range.lowerBound) ? nil : range
  }

  private func microseconds(in item: JSONValue, as format: some LogFormat) throws(FaultKind) -> Int64? {
    guard let value = format.firstValue(of: plan.time, in: item) else { return nil }
    guard value.kind == .text || value.kind == .number else { throw .wrongFieldType }
    let time = Timestamp.microseconds(value)
    // A field that merely happens to be called `date` may hold anything; one named by hand may not.
    if time == nil && plan.timeIsMapped { throw .wrongFieldType }
    return time
  }

  private mutating func append(scalar value: JSONValue) throws(FaultKind) -> Range<Int> {
    if let range = value.appendText(to: &block.bytes) { return range }
    let lower = block.bytes.count
    if let number = value.integer {
      block.bytes.append(contentsOf: "\(number)".utf8)
    } else if let number = value.unsigned {
      block.bytes.append(contentsOf: "\(number)".utf8)
    } else if let number = value.double {
      block.bytes.append(contentsOf: "\(number)".utf8)
    } else if let flag = value.boolean {
      block.bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    } else {
      throw .wrongFieldType
    }
    return lower..<block.bytes.count
  }
}

extension LogFormat {
  /// The value of the first path that has one.
  func firstValue(of paths: [FieldPath], in item: JSONValue) -> JSONValue? {
    for path in paths {
      if let value = find(path, in: item) { return value }
    }
    return nil
  }
}

extension JSONValue {
  /// Whether this is a string, a number or a boolean.
  var isScalar: Bool { kind == .text || kind == .number || kind == .boolean }

  /// Whether this is a number without a fraction that 64 bits hold.
  var isWhole: Bool { integer != nil || unsigned != nil }
}

extension Span<UInt8> {
  /// Whether a NUL byte is among these.
  var holdsNUL: Bool {
    unsafe withUnsafeBytes { raw in
      unsafe raw.count > 0 && memchr(raw.baseAddress!, 0, raw.count) != nil
    }
  }
}
