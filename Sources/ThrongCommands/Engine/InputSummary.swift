internal import ThrongIngest

extension ConversationReader {
  /// One line of what was detected: names of formats and fields, shares of the first records, never content.
  var summary: String {
    let compressions = Set(detection.inputs.map(\.compression.rawValue)).sorted()
    let shape = Set(detection.inputs.map { $0.isArray ? "JSON array" : "JSON Lines" }).sorted()
    func field(_ field: Detection.Field, _ what: String) -> String {
      field.name.map { "\(what) in '\($0)' (\(Int((100 * field.share).rounded())) %)" } ?? "no \(what)"
    }
    return "detected format '\(detection.format)', \(shape.joined(separator: " and ")), "
      + "\(compressions.joined(separator: " and ")); \(field(detection.user, "user")), "
      + "\(field(detection.id, "id")), \(field(detection.time, "time"))"
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
