/// A piece of an input as decoded bytes with its records marked, cut at the end of a record.
package struct RawBlock: Sendable {
  package struct Record: Sendable, Equatable {
    package enum State: UInt8, Sendable {
      /// There from end to end.
      case whole
      /// Larger than is held; its bytes are not here.
      case tooLarge
      /// The last bytes of an input that broke off: a record only if they parse.
      case tail
      /// An input that broke off between records, or something behind the end of an array.
      case missing, surplus
    }

    /// Where it lies in ``RawBlock/bytes``.
    package let range: Range<Int>
    /// Line of JSON Lines or element of a JSON array, from 1.
    package let line: Int
    package let state: State
  }

  /// Index of the input.
  package let source: Int
  /// Decoded bytes, ``count`` of them, and ``JSONParser/padding`` more that mean nothing.
  package let bytes: [UInt8]
  package let count: Int
  package let records: [Record]
}

extension RawBlock {
  /// The first records, with no more bytes than they take.
  func beginning(records limit: Int) -> RawBlock {
    let records = Array(records.prefix(limit))
    let end = records.map(\.range.upperBound).max() ?? 0
    let room = min(bytes.count, end + JSONParser.padding)
    return RawBlock(source: source, bytes: Array(bytes[..<room]), count: end, records: records)
  }

  /// The same of another input.
  func of(source: Int) -> RawBlock {
    RawBlock(source: source, bytes: bytes, count: count, records: records)
  }
}

extension RawBlock: Equatable {
  /// Whether both hold the same records at the same places; padding does not count.
  package static func == (a: RawBlock, b: RawBlock) -> Bool {
    a.source == b.source && a.count == b.count && a.records == b.records
      && a.bytes.prefix(a.count) == b.bytes.prefix(b.count)
  }
}
