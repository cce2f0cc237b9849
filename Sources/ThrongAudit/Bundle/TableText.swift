/// A table of a bundle as it was read from a file: from CSV all cells are text.
struct TableText: Sendable, Equatable {
  enum Cell: Sendable, Hashable {
    case null
    case integer(Int)
    case real(Double)
    case text([UInt8])
    case blob([UInt8])
  }

  var columns: [String]
  var rows: [[Cell]]
}

extension TableText {
  enum Failure: Error, Equatable { case malformed(at: Int) }

  /// Reads CSV as RFC 4180 has it: CRLF after every record, quotes doubled in quoted fields.
  ///
  /// - Throws: the byte at which it stops to be that, or the first byte of a row with too few or too many fields.
  init(csv bytes: [UInt8]) throws(Failure) {
    var records: [[[UInt8]]] = []
    var starts: [Int] = []
    var at = 0
    while at < bytes.count {
      starts.append(at)
      var record: [[UInt8]] = []
      while true {
        record.append(try Self.field(bytes, &at))
        if at < bytes.count, bytes[at] == UInt8(ascii: ",") {
          at += 1
          continue
        }
        guard at + 1 < bytes.count, bytes[at] == 0x0D, bytes[at + 1] == 0x0A else {
          throw .malformed(at: at)
        }
        at += 2
        break
      }
      records.append(record)
    }
    guard let header = records.first else { throw .malformed(at: 0) }
    for (record, start) in zip(records, starts) where record.count != header.count {
      throw .malformed(at: start)
    }
    columns = header.map { String(decoding: $0, as: UTF8.self) }
    rows = records.dropFirst().map { record in record.map { .text($0) } }
  }

  private static func field(_ bytes: [UInt8], _ at: inout Int) throws(Failure) -> [UInt8] {
    var out: [UInt8] = []
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
      while at < bytes.count, bytes[at] != UInt8(ascii: ","), bytes[at] != 0x0D, bytes[at] != 0x0A {
        if bytes[at] == UInt8(ascii: "\"") { throw .malformed(at: at) }
        out.append(bytes[at])
        at += 1
      }
      return out
    }
    at += 1
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "\"") {
        at += 1
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return out }
      }
      out.append(bytes[at])
      at += 1
    }
    throw .malformed(at: at)
  }
}
