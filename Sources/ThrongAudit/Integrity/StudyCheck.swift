/// Whether what a study tells holds together: within itself, with the clusters, with its drawings.
enum StudyCheck {
  static func faults(_ files: BundleFiles, _ published: Published) -> [String] {
    numbers(published) + drawings(files)
  }

  private static func numbers(_ published: Published) -> [String] {
    let study = published.study
    var faults: [String] = []
    func expect(_ holds: Bool, _ table: String, _ row: Int, _ what: String) {
      if !holds { faults.append("release.json, \(table), row \(row + 1): \(what)") }
    }
    for (at, figure) in study.figures.enumerated() {
      let width = figure.range.upperBound - figure.range.lowerBound
      let range = figure.kind == "difference" ? -width...width : figure.range
      expect(
        figure.low <= figure.estimate && figure.estimate <= figure.high && range.contains(figure.low)
          && range.contains(figure.high), "statistics", at, "no figure within its interval and range")
      expect(
        figure.kind != "share" || figure.range == 0...1, "statistics", at,
        "a share that is not of 0 to 1")
      expect(
        figure.users <= figure.conversations, "statistics", at, "more users than conversations")
    }
    for (at, point) in study.points.enumerated() {
      expect(point.conversations <= point.total, "trend_points", at, "more of a value than of all")
    }
    let rows = published.json["segment_topics"]?.elements ?? []
    for (at, topic) in study.topics.enumerated() {
      let cluster = published.clusters[topic.cluster]
      expect(
        topic.users <= cluster.users && topic.conversations <= cluster.conversations, "segment_topics", at,
        "more than the cluster has")
      if let all = study.topics.first(where: { $0.segment == topic.segment && $0.cluster == 0 }) {
        let share = (10_000 * Double(topic.conversations) / Double(all.conversations)).rounded() / 10_000
        expect(abs((rows[at]["share"]?.double ?? -1) - share) < 1.5e-4, "segment_topics", at, "another share")
      }
    }
    for (at, pair) in zip(study.funnel, study.funnel.dropFirst()).enumerated() {
      expect(
        pair.0.users >= pair.1.users && pair.0.conversations >= pair.1.conversations, "funnel", at,
        "a step leaves more than there was")
    }
    if let last = study.funnel.last {
      let root = published.clusters[0]
      expect(
        last.users == root.users && last.conversations == root.conversations, "funnel",
        study.funnel.count - 1,
        "not what the root says")
    }
    return faults
  }

  /// A drawing says nothing that `report.html` does not, runs nothing and refers to nothing.
  private static func drawings(_ files: BundleFiles) -> [String] {
    let page = Set(texts(files["report.html"] ?? []))
    var faults: [String] = []
    for name in files.drawings.sorted() {
      let drawing = files[name] ?? []
      let markup = String(decoding: drawing, as: UTF8.self)
      if [
        "<script", "<image", "<use", "<foreignObject", "href", " src=", "url(", "@import", "<set", "<animate",
      ].contains(
        where: markup.contains)
      {
        faults.append("\(name) refers to something, or runs something")
      }
      if !texts(drawing).allSatisfy(page.contains) { faults.append("\(name) says what report.html does not") }
    }
    return faults
  }

  /// What stands between the tags of a page or drawing, but for style.
  private static func texts(_ bytes: [UInt8]) -> [String] {
    var texts: [String] = []
    for piece in String(decoding: bytes, as: UTF8.self).split(separator: "<") where !piece.hasPrefix("style")
    {
      let text = piece.drop { $0 != ">" }.dropFirst().filter { $0 != "\n" }
      if !text.allSatisfy(\.isWhitespace) { texts.append(text) }
    }
    return texts
  }
}

/// The rows of a report's tables about a study.
struct StudyRows {
  private let figures: [PublishedStudy.Figure]
  private let funnel: [PublishedStudy.Step]
  private let trends: [JSONNode]
  private var seen: Set<Int> = []

  init(_ published: Published) {
    (figures, funnel) = (published.study.figures, published.study.funnel)
    trends = published.json["trends"]?.elements ?? []
  }

  /// Whether a row with as many columns as a table of the study has is a row of it; nil where it is none.
  ///
  /// - Parameter visible: how a report writes a text.
  mutating func matches(_ columns: [[UInt8]], visible: (String) -> [UInt8]) -> Bool? {
    func number(_ column: [UInt8]) -> Double? {
      Double(String(decoding: column.filter { $0 != UInt8(ascii: ",") }, as: UTF8.self))
    }
    func ends(_ column: [UInt8]) -> [Double] {
      String(decoding: column, as: UTF8.self).split(separator: " to ").compactMap { Double($0) }
    }
    switch columns.count {
    case 7 where figures.contains { visible($0.name) == columns[0] }:
      let found = figures.indices.filter { at in
        let row = figures[at]
        let segment = row.against.isEmpty ? row.segment : "\(row.segment) less \(row.against)"
        return [row.name, segment, row.value].map(visible) == Array(columns[0..<3])
          && number(columns[3]) == row.estimate && ends(columns[4]) == [row.low, row.high]
          && number(columns[5]) == Double(row.users) && number(columns[6]) == Double(row.conversations)
      }
      seen.formUnion(found)
      return !found.isEmpty
    case 5 where trends.contains { visible($0["name"]?.text ?? "") == columns[0] }:
      return trends.contains { row in
        ["name", "segment", "value"].map { visible(row[$0]?.text ?? "") } == Array(columns[0..<3])
          && number(columns[3]) == row["growth"]?.double
          && ends(columns[4]) == ["growth_low", "growth_high"].compactMap { row[$0]?.double }
      }
    case 3 where funnel.contains { visible($0.name) == columns[0] }:
      return funnel.contains {
        visible($0.name) == columns[0]
          && columns[1...].map(number) == [Double($0.users), Double($0.conversations)]
      }
    default: return nil
    }
  }

  /// Figures that no row told.
  var missing: Int { figures.count - seen.count }
}
