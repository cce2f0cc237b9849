/// What a study adds to a release, read without the code that wrote it. Empty without a study.
struct PublishedStudy: Sendable {
  struct Step: Sendable {
    let name: String
    let users: Int
    let conversations: Int
  }

  /// A share, a mean or a difference.
  struct Figure: Sendable {
    let name: String
    let kind: String
    let segment: String
    let against: String
    let facet: String
    let value: String
    let estimate: Double
    let low: Double
    let high: Double
    /// The grain; 0 where it has none.
    let step: Double
    /// What one conversation can count for.
    let range: ClosedRange<Double>
    let isSensitive: Bool
    let users: Int
    let conversations: Int
  }

  /// A value in a period.
  struct Point: Sendable {
    let name: String
    let segment: String
    let value: String
    let period: String
    let conversations: Int
    let total: Int
  }

  /// A segment in a cluster.
  struct Topic: Sendable {
    let segment: String
    let isSensitive: Bool
    /// Index of the cluster.
    let cluster: Int
    let users: Int
    let conversations: Int
  }

  private(set) var funnel: [Step] = []
  private(set) var figures: [Figure] = []
  private(set) var points: [Point] = []
  private(set) var topics: [Topic] = []
  /// Names that the author of the study gave, and values, none of which comes from a conversation.
  private(set) var words: Set<String> = []
  /// Names of the files that hold drawings, without what tells two of one name apart.
  private(set) var drawings: Set<String> = []

  /// The arrays of `release.json` that are tables of a study.
  static let tables: Set<String> = ["funnel", "statistics", "trend_points", "segment_topics", "trends"]

  /// - Parameter clusters: index of each cluster by its id.
  /// - Throws: the reason, in words, why this is no study.
  init(_ json: JSONNode, clusters: [String: Int]) throws(Published.Unreadable) {
    func rows(_ key: String) -> [JSONNode] { json[key]?.elements ?? [] }
    func count(_ node: JSONNode, _ key: String) -> Int? { Published.count(node[key]) }
    func need<Value>(_ value: Value?, _ what: String) throws(Published.Unreadable) -> Value {
      guard let value else { throw .init(reason: "a row of \(what) in release.json cannot be read") }
      return value
    }
    for row in rows("funnel") {
      guard let users = count(row, "n_users"), let conversations = count(row, "n_conversations") else {
        throw .init(reason: "a step of the funnel in release.json has no counts")
      }
      funnel.append(.init(name: row["step"]?.text ?? "", users: users, conversations: conversations))
    }
    for row in rows("statistics") {
      func number(_ key: String) throws(Published.Unreadable) -> Double {
        try need(row[key]?.double, "the statistics")
      }
      func text(_ key: String) -> String { row[key]?.text ?? "" }
      let (least, most) = (try number("range_low"), try number("range_high"))
      figures.append(
        .init(
          name: text("name"), kind: text("statistic"), segment: text("segment"), against: text("against"),
          facet: text("facet"), value: text("value"), estimate: try number("estimate"),
          low: try number("low"),
          high: try number("high"), step: try number("step"), range: min(least, most)...max(least, most),
          isSensitive: row["sensitive"]?.boolean ?? false,
          users: try need(count(row, "n_users"), "the statistics"),
          conversations: try need(count(row, "n_conversations"), "the statistics")))
    }
    for row in rows("trend_points") {
      points.append(
        .init(
          name: row["name"]?.text ?? "", segment: row["segment"]?.text ?? "",
          value: row["value"]?.text ?? "",
          period: row["period"]?.text ?? "",
          conversations: try need(count(row, "n_conversations"), "the trend points"),
          total: try need(count(row, "n_total"), "the trend points")))
    }
    for row in rows("segment_topics") {
      topics.append(
        .init(
          segment: row["segment"]?.text ?? "", isSensitive: row["sensitive"]?.boolean ?? false,
          cluster: try need(row["cluster_id"]?.text.flatMap { clusters[$0] }, "the segments' topics"),
          users: try need(count(row, "n_users"), "the segments' topics"),
          conversations: try need(count(row, "n_conversations"), "the segments' topics")))
    }
    words = Set(
      funnel.map(\.name)
        + figures.flatMap { [$0.name, $0.kind, $0.segment, $0.against, $0.facet, $0.value] }
        + points.flatMap { [$0.name, $0.segment, $0.value, $0.period] } + topics.map(\.segment)
        + rows("statistics").compactMap { $0["method"]?.text })
    drawings = Self.drawings(figures, points)
  }

  /// `kind-name`, of the name its letters and digits.
  private static func drawings(_ figures: [Figure], _ points: [Point]) -> Set<String> {
    var names: Set<String> = ["funnel", "shares", "topics"]
    func add(_ kind: String, _ name: String) {
      let parts = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
      names.insert("\(kind)-\(parts.joined(separator: "-"))")
    }
    for figure in figures { for kind in ["shares", "rates", "means"] { add(kind, figure.name) } }
    for point in points {
      add("trend", point.name)
      add("trend", "\(point.name) \(point.segment)")
    }
    return names
  }

  /// Whether `figures/NAME.svg` may be a drawing of this study.
  func draws(_ file: String) -> Bool {
    guard file.hasPrefix("figures/"), file.hasSuffix(".svg") else { return false }
    let name = file.dropFirst(8).dropLast(4)
    if drawings.contains(String(name)) { return true }
    // The second of one name has a number behind it.
    guard let dash = name.lastIndex(of: "-"), Int(name[name.index(after: dash)...]) != nil else {
      return false
    }
    return drawings.contains(String(name[..<dash]))
  }
}
