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
    return "detected format '\(detection.format)', \(shape.joined(separator: " and ")), "
      + "\(compressions.joined(separator: " and ")); \(field(detection.user, "user")), "
      + "\(field(detection.id, "id")), \(field(detection.time, "time"))"
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
    return "\(Quantity.count(report.read, "record")) read: \(parts.joined(separator: ", "))"
  }
}

/// What a run will hold in memory, from the size of its input alone.
struct MemoryEstimate {
  /// Bytes at the peak.
  let bytes: Int

  /// Sparse features take about one and a half times the text that they come from, rows and their transpose as much
  /// again, and what is fixed about 200 MB (measured on newsgroups and short requests).
  init(storedBytes: Int, compressed: Bool) {
    let text = compressed ? 4 * storedBytes : storedBytes
    bytes = 3 * text + 200_000_000
  }
}
