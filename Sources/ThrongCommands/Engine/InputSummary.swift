internal import Throng
internal import ThrongIngest

extension ConversationReader {
  /// One line of what was detected: names of formats and fields, shares of the first records, never content.
  var summary: String {
    let compressions = Set(
      detection.inputs.map { $0.compression == .none ? "not compressed" : $0.compression.rawValue }
    ).sorted()
    let shape = Set(detection.inputs.map { $0.isArray ? "JSON array" : "JSON Lines" }).sorted()
    func field(_ field: Detection.Field, _ what: String) -> String {
      field.name.map { "\(what) in '\($0)' (\(Int((100 * field.share).rounded())) %)" } ?? "no \(what)"
    }
    let user =
      detection.usersAreFiles && detection.hasUsers
      ? "each file is one user's" : field(detection.user, "user")
    return
      "\(detection.isGiven ? "format" : "detected format") '\(detection.format)', \(shape.joined(separator: " and ")), "
      + "\(compressions.joined(separator: " and ")); \(user), "
      + "\(field(detection.id, "id")), \(field(detection.time, "time"))" + passedOverSummary
  }

  /// What was found and is not read, in numbers.
  private var passedOverSummary: String {
    func part(_ reason: PassedOverInput.Reason, _ what: String) -> String? {
      let count = passedOver.count { $0.reason == reason }
      return count == 0 ? nil : "\(Quantity.count(count)) \(what)"
    }
    let parts = [
      part(.readAlready, "read under another name"), part(.empty, "empty"),
      part(.companion, "without conversations"),
    ].compactMap { $0 }
    if passedOver.isEmpty && inputs.count == 1 { return "" }
    return "; \(Quantity.count(inputs.count, "file"))"
      + (parts.isEmpty ? "" : ", and not counted \(parts.joined(separator: ", "))")
  }

  /// How well the formats fit the first records, the chosen one first.
  var fit: String {
    func percent(_ score: Double) -> String { "\(Int((100 * score).rounded())) %" }
    let records = Quantity.count(detection.records, "record")
    if detection.isGiven { return "the format was named, and not looked for in the first \(records)" }
    let others = detection.scores.filter { $0.format != detection.format && $0.score > 0 }
      .sorted { ($1.score, $0.format) < ($0.score, $1.format) }
    let own = detection.scores.first { $0.format == detection.format }?.score ?? 0
    return "the first \(records) fit '\(detection.format)' to \(percent(own))"
      + (others.isEmpty
        ? " and nothing else" : others.map { ", '\($0.format)' to \(percent($0.score))" }.joined())
  }

  /// The inputs that ended before they were complete, as they were named.
  func brokenOff(in report: ReadReport) -> [String] {
    Set(report.faults.filter { $0.kind == .truncatedStream }.map(\.source)).sorted().map {
      inputs[$0] == "-" ? "standard input" : inputs[$0]
    }
  }
}

extension PreparedCorpus {
  /// One line of what was read, in exact numbers: for the operator, who has the log.
  func summary(countsUsers: Bool) -> String {
    var parts = [
      Quantity.count(count, "conversation") + (countsUsers ? " of \(Quantity.count(userCount, "user"))" : "")
    ]
    if screenedOut > 0 { parts.append("\(Quantity.count(screenedOut)) left out") }
    if report.quarantined > 0 { parts.append("\(Quantity.count(report.quarantined)) set aside") }
    if report.joined > 0 { parts.append("\(Quantity.count(report.joined)) joined with others") }
    if report.passedOver > 0 { parts.append("\(Quantity.count(report.passedOver)) without words of people") }
    return "\(Quantity.count(report.records, "record")) read: \(parts.joined(separator: ", "))"
  }
}
