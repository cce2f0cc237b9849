/// Whether the tables of a bundle say what its `release.json` says, cell by cell.
struct Agreement {
  /// What a table should hold: by name of the column one value a row; nil where `release.json` does not say.
  private struct Expectation {
    let rows: Int
    let value: (_ row: Int, _ column: String) -> JSONNode?
  }

  /// Cells that were compared.
  private(set) var compared = 0
  /// Cells of columns that `release.json` does not have.
  private(set) var unknown = 0
  /// What differs: names of tables, rows and columns, never values; at most ``limit``.
  private(set) var faults: [String] = []
  private(set) var faultCount = 0
  private static let limit = 20

  private let published: Published

  init(_ published: Published) { self.published = published }

  mutating func note(_ fault: String) {
    faultCount += 1
    if faults.count < Self.limit { faults.append(fault) }
  }

  /// Compares a table with `release.json`.
  ///
  /// - Parameter isCSV: all cells are text, and a text that a spreadsheet would run is led by an apostrophe.
  mutating func compare(_ table: TableText, named name: String, in file: String, isCSV: Bool) {
    guard let expected = expectation(of: name) else {
      unknown += table.rows.count * table.columns.count
      return
    }
    guard table.rows.count == expected.rows else {
      return note("\(file): table \(name) has \(table.rows.count) rows, release.json says \(expected.rows)")
    }
    if Set(table.columns).count != table.columns.count { note("\(file): table \(name) names a column twice") }
    for (row, cells) in table.rows.enumerated() {
      for (column, cell) in zip(table.columns, cells) {
        guard let value = expected.value(row, column) else {
          unknown += 1
          continue
        }
        compared += 1
        if !Self.isSame(cell, value, isCSV: isCSV) {
          note(
            "\(file): table \(name), row \(row + 1), column \(Self.shown(column)) differs from release.json")
        }
      }
    }
  }

  /// A column's name as a release would have it, else none of it.
  private static func shown(_ column: String) -> String {
    column.utf8.count <= 32 && column.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F }
      ? column : "?"
  }

  private func expectation(of table: String) -> Expectation? {
    let json = published.json
    let clusters = json["clusters"]?.elements ?? []
    func id(_ column: String) -> JSONNode? { column == "release_id" ? json["release_id"] : nil }
    switch table {
    case "release":
      return Expectation(rows: 1) { _, column in
        let own = column.hasPrefix("n_") ? String(column.dropFirst(2)) : column
        return json["rules"]?[column] ?? json["run"]?[column] ?? json["accounts"]?[own]
          ?? (["release_id", "format_version"].contains(column) ? json[column] : nil)
      }
    case "cluster_terms":
      let rows = clusters.flatMap { cluster in
        (cluster["top_terms"]?.elements ?? []).enumerated().map { (cluster, $0.offset + 1, $0.element) }
      }
      return Expectation(rows: rows.count) { row, column in
        switch column {
        case "position": .number(Double(rows[row].1), integer: rows[row].1)
        case "term": rows[row].2
        case "cluster_id": rows[row].0["cluster_id"]
        default: id(column)
        }
      }
    case "suppression":
      let rows = clusters.filter { ($0["n_conversations_rolled_up"]?.integer ?? 0) > 0 }
      return Expectation(rows: rows.count) { row, column in
        switch column {
        case "n_conversations": rows[row]["n_conversations_rolled_up"]
        case "cluster_id": rows[row]["cluster_id"]
        default: id(column)
        }
      }
    case "cluster_timeseries":
      let rows = (json["cluster_facets"]?.elements ?? []).compactMap { cell in
        cell["facet"]?.text.flatMap { facet in
          PublishedPeriods.start(of: cell["value"]?.text ?? "", facet: facet).map { (cell, facet, $0) }
        }
      }
      return Expectation(rows: rows.count) { row, column in
        switch column {
        case "period": .text(String(rows[row].1.dropFirst()))
        case "period_start": .text(rows[row].2.day)
        case "period_start_unix": .number(Double(rows[row].2.unix), integer: rows[row].2.unix)
        default: rows[row].0[column] ?? id(column)
        }
      }
    default:
      guard let rows = json[table]?.elements, rows.allSatisfy({ $0.members != nil }) else { return nil }
      return Expectation(rows: rows.count) { row, column in
        rows[row][column == "facet" && table == "facets" ? "name" : column] ?? id(column)
      }
    }
  }

  static func isSame(_ cell: TableText.Cell, _ value: JSONNode, isCSV: Bool) -> Bool {
    switch (value, cell) {
    case (.null, .null): return true
    case (.null, .text(let text)): return isCSV && text.isEmpty
    case (.boolean(let flag), .integer(let integer)): return integer == (flag ? 1 : 0)
    case (.boolean(let flag), .text(let text)):
      return isCSV
        && (flag ? ["true", "1"] : ["false", "0"]).contains(String(decoding: text, as: UTF8.self))
    case (.number(_, let wanted?), .integer(let integer)): return integer == wanted
    case (.number(let wanted, _), .real(let real)): return real == wanted
    case (.number(let wanted, _), .text(let text)):
      return isCSV && Double(String(decoding: text, as: UTF8.self)) == wanted
    case (.text(let wanted), .text(let text)): return isText(text, Array(wanted.utf8), isCSV: isCSV)
    case (.array(let elements), .text(let text)):
      let parts = elements.map { $0.text ?? $0.integer.map { String($0) } ?? "" }
      return [", ", ",", " * "].contains {
        isText(text, Array(parts.joined(separator: $0).utf8), isCSV: isCSV)
      }
    case (.array(let elements), .null): return elements.isEmpty
    default: return false
    }
  }

  private static func isText(_ text: [UInt8], _ wanted: [UInt8], isCSV: Bool) -> Bool {
    guard isCSV, let first = wanted.first,
      [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first)
    else { return text == wanted }
    return text == [UInt8(ascii: "'")] + wanted
  }
}
