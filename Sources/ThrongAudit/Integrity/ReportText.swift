/// Whether `report.md` says the numbers and words of `release.json`.
///
/// The report is prose, so this looks for two things: each line that names a cluster by its id has that cluster's label
/// and counts, and wherever a number stands before "users", "conversations", "topics" or "clusters", it is a number of
/// `release.json`.
enum ReportText {
  /// What differs, by line; lines count from 1.
  static func faults(_ bytes: [UInt8], _ published: Published) -> [String] {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(unescaped)
    return faults(lines: lines, in: "report.md", published)
  }

  /// The same for a report whose lines are text already.
  static func faults(lines: [[UInt8]], in file: String, _ published: Published) -> [String] {
    var faults: [String] = []
    var seen = Set<Int>()
    let ids = Dictionary(
      published.clusters.indices.map { (published.clusters[$0].id, $0) },
      uniquingKeysWith: { first, _ in first })
    let numbers = published.json.integers.union([published.clusters.count])
    let rolledUp = (published.json["clusters"]?.elements ?? []).map {
      $0["n_conversations_rolled_up"]?.integer ?? 0
    }
    // Ends of the intervals of noised counts.
    let ends = (published.json["clusters"]?.elements ?? []).map { entry in
      ["n_users_low", "n_users_high", "n_conversations_low", "n_conversations_high"].compactMap {
        entry[$0]?.integer
      }
    }
    var cellCounts = [Set<Int>](repeating: [], count: published.clusters.count)
    for cell in published.cells { cellCounts[cell.cluster].formUnion([cell.users, cell.conversations]) }
    var rows = StudyRows(published)
    for (at, text) in lines.enumerated() {
      let counts = counted(text)
      if rows.matches(columns(text), visible: visible) == false {
        faults.append("\(file), line \(at + 1): not a row of the study that release.json has")
      }
      if let cluster = clusterID(text).flatMap({ ids[$0] }) {
        seen.insert(cluster)
        let entry = published.clusters[cluster]
        let known = Set([entry.users, entry.conversations, rolledUp[cluster]] + ends[cluster])
        if !contains(text, visible(entry.label)) {
          faults.append("\(file), line \(at + 1): not the label of the cluster it names")
        }
        if !counts.allSatisfy({ known.contains($0) || cellCounts[cluster].contains($0) }) {
          faults.append("\(file), line \(at + 1): not the counts of the cluster it names")
        }
      } else if let cell = cell(text, published) {
        let known = [cell.users, cell.conversations]
        if !columns(text).dropFirst(2).compactMap(wholeNumber).allSatisfy(known.contains) {
          faults.append("\(file), line \(at + 1): not the counts of the facet value it names")
        }
      } else if !counts.allSatisfy(numbers.contains) {
        faults.append("\(file), line \(at + 1): a count that release.json does not have")
      }
    }
    let missing = published.clusters.count - seen.count
    if rows.missing > 0 { faults.append("\(file) leaves out \(rows.missing) figures of the study") }
    if missing > 0 { faults.append("\(file) leaves out \(missing) clusters") }
    return faults
  }

  /// The fields of a row of a table; none where the line is no such row.
  private static func columns(_ text: [UInt8]) -> [[UInt8]] {
    guard text.first == UInt8(ascii: "|") else { return [] }
    return text.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).dropFirst().dropLast()
      .map {
        field in
        Array(field.drop { $0 == 0x20 }.reversed().drop { $0 == 0x20 }.reversed())
      }
  }

  private static func wholeNumber(_ field: [UInt8]) -> Int? {
    Int(String(decoding: field.filter { $0 != UInt8(ascii: ",") }, as: UTF8.self))
  }

  /// The cell of the root that a row of a table names.
  private static func cell(_ text: [UInt8], _ published: Published) -> Published.FacetCell? {
    let columns = columns(text)
    guard columns.count >= 4 else { return nil }
    return published.cells.first {
      $0.cluster == 0 && visible(published.facets[$0.facet].name) == columns[0]
        && visible($0.value) == columns[1]
    }
  }

  /// Markdown without its backslashes and stars.
  private static func unescaped(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var isEscaped = false
    for byte in line {
      if byte == UInt8(ascii: "\\"), !isEscaped {
        isEscaped = true
        continue
      }
      if byte != UInt8(ascii: "*") || isEscaped { out.append(byte) }
      isEscaped = false
    }
    return out
  }

  /// A label as a report may show it: what a terminal would obey is spelled out.
  private static func visible(_ label: String) -> [UInt8] {
    var out: [UInt8] = []
    for scalar in label.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
        out += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".utf8
      default: out += String(scalar).utf8
      }
    }
    // The star and the backslash are taken out of the line too.
    return out
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard !part.isEmpty, text.count >= part.count else { return part.isEmpty }
    return (0...text.count - part.count).contains { text[$0..<$0 + part.count].elementsEqual(part) }
  }

  /// The id in the first "(c12)" of a line.
  private static func clusterID(_ text: [UInt8]) -> String? {
    var at = 0
    while at + 3 < text.count {
      if text[at] == UInt8(ascii: "("), text[at + 1] == UInt8(ascii: "c") {
        var end = at + 2
        while end < text.count, (0x30...0x39).contains(text[end]) { end += 1 }
        if end > at + 2, end < text.count, text[end] == UInt8(ascii: ")") {
          return String(decoding: text[at + 1..<end], as: UTF8.self)
        }
      }
      at += 1
    }
    return nil
  }

  private static let nouns = ["users", "conversations", "topics", "clusters"].map { Array($0.utf8) }

  /// The numbers with thousands separators that stand before one of the nouns.
  private static func counted(_ text: [UInt8]) -> [Int] {
    var counts: [Int] = []
    var at = 0
    while at < text.count {
      guard (0x30...0x39).contains(text[at]) else {
        at += 1
        continue
      }
      let start = at
      var digits: [UInt8] = []
      while at < text.count, (0x30...0x39).contains(text[at]) || text[at] == UInt8(ascii: ",") {
        if text[at] != UInt8(ascii: ",") { digits.append(text[at]) }
        at += 1
      }
      let isWhole = start == 0 || ![UInt8(ascii: "."), UInt8(ascii: "c")].contains(text[start - 1])
      let rest = text[min(text.count, at + 1)...]
      if isWhole, at < text.count, text[at] == 0x20, nouns.contains(where: { rest.starts(with: $0) }) {
        counts.append(Int(String(decoding: digits, as: UTF8.self)) ?? -1)
      }
    }
    return counts
  }
}
