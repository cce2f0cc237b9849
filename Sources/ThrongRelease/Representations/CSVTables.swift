import ThrongPrivacy

/// `tables/*.csv` as RFC 4180 has it: CRLF after every record, the header among them; a field is quoted where it holds
/// a comma, a quote, CR or LF, and quotes are doubled. UTF-8 without a byte order mark. Null is an empty field.
///
/// A text cell that begins with `=`, `+`, `-`, `@`, tab or CR would be run as a formula by a spreadsheet; it is led by
/// an apostrophe. Numbers are written by us and stay as they are.
struct CSVTables: BundleRepresentation {
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
    for table in tables {
      try folder.write(Self.bytes(table), to: "tables/\(table.name).csv")
    }
  }

  static func bytes(_ table: BundleTable) -> [UInt8] {
    var out: [UInt8] = []
    for row in [table.columns.map { .text($0.name) }] + table.rows {
      for (at, value) in row.enumerated() {
        if at > 0 { out.append(UInt8(ascii: ",")) }
        switch value {
        case .null: break
        case .integer(let integer): out += String(integer).utf8
        case .real(let real): out += String(real).utf8
        case .text(let text): append(text, to: &out)
        }
      }
      out += "\r\n".utf8
    }
    return out
  }

  private static func append(_ text: String, to out: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let isQuoted = text.utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == quote || $0 == 0x0D || $0 == 0x0A
    }
    if isQuoted { out.append(quote) }
    if let first = text.utf8.first, formulas.contains(first) { out.append(UInt8(ascii: "'")) }
    for byte in text.utf8 {
      if byte == quote { out.append(quote) }
      out.append(byte)
    }
    if isQuoted { out.append(quote) }
  }

  /// What a text must not begin with.
  private static let formulas: [UInt8] = Array("=+-@\t\r".utf8)
}
