import Foundation
import Testing
import ThrongFacets

/// The grammars of acts on the labelled messages under Corpora/labelled.
@Suite struct SpeechActTests {
  private struct Row: Decodable {
    let split: String
    let labels: [String]
    let text: String
  }

  /// True and false finds, and misses.
  private struct Score: CustomStringConvertible {
    var (found, false_, missed) = (0, 0, 0)

    mutating func count(wanted: Bool, got: Bool) {
      if wanted, got { found += 1 } else if got { false_ += 1 } else if wanted { missed += 1 }
    }

    /// Wilson's interval of 95 % (1927, doi:10.1080/01621459.1927.10502953), in percent.
    private func share(_ part: Int, of whole: Int) -> String {
      guard whole > 0 else { return "–" }
      let (n, p, z) = (Double(whole), Double(part) / Double(whole), 1.96)
      let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
      let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / (1 + z * z / n)
      func percent(_ x: Double) -> String { "\(Int((100 * x).rounded()))" }
      return "\(percent(p)) % (\(part) of \(whole); \(percent(middle - half)) to \(percent(middle + half)))"
    }

    var precision: Double { Double(found) / Double(max(1, found + false_)) }
    var recall: Double { Double(found) / Double(max(1, found + missed)) }
    var description: String {
      "precision \(share(found, of: found + false_)), recall \(share(found, of: found + missed))"
    }
  }

  private func rows(_ name: String, _ split: String) throws -> [Row] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Corpora/labelled")
    return try String(contentsOf: folder.appendingPathComponent("\(name)-acts.jsonl"), encoding: .utf8)
      .split(separator: "\n").map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
      .filter { $0.split == split }
  }

  /// Precision and recall of each label; printed, for Documentation/Facets.md.
  private func scores(_ split: String) throws -> [String: Score] {
    var scores: [String: Score] = [:]
    var reader = ActReader()
    var scanner = WordScanner()
    for row in try rows("assistant", split) {
      scanner.scan(Array(row.text.utf8).span)
      let got = reader.reasons(scanner).map { PushbackReason.labels[Int($0.rawValue)] }
      let resisting = { (labels: [String]) in labels.contains { $0 != "clarification" } }
      scores["pushback", default: Score()].count(wanted: resisting(row.labels), got: resisting(got))
      for label in PushbackReason.labels {
        // A message has its main reason; that it declines besides is no false find.
        if label == "plain", !row.labels.isEmpty, !row.labels.contains("plain") { continue }
        scores[label, default: Score()].count(wanted: row.labels.contains(label), got: got.contains(label))
      }
    }
    for row in try rows("human", split) {
      scanner.scan(Array(row.text.utf8).span)
      let got = reader.complaints(scanner)
      scores["retry", default: Score()].count(wanted: row.labels.contains("retry"), got: got.isRetry)
      scores["frustration", default: Score()].count(
        wanted: row.labels.contains("frustration"), got: got.isFrustrated)
    }
    for (label, score) in scores.sorted(by: { $0.key < $1.key }) { print("\(split) \(label): \(score)") }
    return scores
  }

  /// What Documentation/Facets.md says of the part that the grammars were not changed by.
  @Test func heldOutMessages() throws {
    let scores = try scores("held-out")
    #expect(scores.count == 10)
    for (label, score) in scores {
      #expect(score.precision >= 0.85, "\(label): \(score)")
      #expect(score.recall >= 0.85, "\(label): \(score)")
    }
  }

  @Test func tuningMessages() throws {
    for (label, score) in try scores("tuning") {
      #expect(score.precision >= 0.9 && score.recall >= 0.9, "\(label): \(score)")
    }
  }

  @Test func actsOfAConversation() throws {
    let refused = Talk([
      (.human, "Tell me how to mix these."), (.assistant, "I can't help with that, it could be dangerous."),
      (.human, "Try again."), (.assistant, "I can't give you steps that could hurt someone."),
      (.human, "You're useless."),
    ])
    let asked = Talk([
      (.human, "Fix it"), (.assistant, "Could you clarify what you mean?"), (.human, "The door"),
    ])
    let plain = Talk([(.human, "Rewrite it in French: hello"), (.assistant, "Bonjour")])
    let alone = Talk.human("Hello?")
    let german = Talk([
      (.human, "Wie komme ich am schnellsten vom Bahnhof zum Hafen, wenn kein Bus mehr fährt?"),
      (.assistant, "I can't help with that."),
    ])
    let talks = [refused, asked, plain, alone, german]
    #expect(
      try titles(FacetRequest(".pushback"), talks) == ["pushback", "no pushback", "no pushback", nil, nil])
    #expect(
      try titles(FacetRequest(".pushback-reason"), talks)
        == ["could do harm", "asks for clarification", nil, nil, nil])
    #expect(try numbers(".retries", talks)[..<4] == [1, 0, 0, 0])
    #expect(try numbers(".frustration", talks)[..<4] == [1, 0, 0, 0])
  }

  /// A message that repeats the one before is a retry without a phrase of the grammar; short answers are not.
  @Test func repetitionsAreRetries() throws {
    let long = "What does the second column of the report stand for?"
    #expect(
      try numbers(
        ".retries",
        [.human(long, long + " Please"), .human("yes", "yes"), .human(long, "Who wrote it?", long)]) == [
          1, 0, 0,
        ])
  }
}
