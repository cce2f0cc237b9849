import ThrongPrivacy

/// `tables/*.csv` as RFC 4180 has it: CRLF after every record, the header among them; a field is quoted where it holds
/// a comma, a quote, CR or LF, and quotes are doubled. UTF-8 without a byte order mark. Null is an empty field.
///
/// A text cell that begins with `=`, `+`, `-`, `@`, tab or CR would be run as a formula by a spreadsheet; it is led by
/// an apostrophe. Numbers are written by us and stay as they are.
struct CSVTables: BundleRepresentation {
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
    for table in tables {
      try folder.write(Array(Self.text(table).utf8), to: "tables/\(table.name).csv")
    }
  }

  static func text(_ table: BundleTable) -> String {
    let header = table.columns.map { quoted($0.name) }.joined(separator: ",")
    let rows = table.rows.map { row in row.map(field).joined(separator: ",") }
    return ([header] + rows).map { $0 + "\r\n" }.joined()
  }

  private static func field(_ value: BundleTable.Value) -> String {
    switch value {
    case .null: ""
    case .integer(let integer): String(integer)
    case .real(let real): String(real)
    case .text(let text): quoted(neutralised(text))
    }
  }

  static func neutralised(_ text: String) -> String {
    switch text.unicodeScalars.first {
    case "=", "+", "-", "@", "\t", "\r": "'" + text
    default: text
    }
  }

  private static func quoted(_ text: String) -> String {
    let special = text.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\r" || $0 == "\n" }
    guard special else { return text }
    var out = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { out += "\"" }
      out.unicodeScalars.append(scalar)
    }
    return out + "\""
  }
}
