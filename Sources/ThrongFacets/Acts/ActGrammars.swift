/// The phrases by which acts are told: see ``PhraseGrammar``. English only.
enum ActGrammars {
  static let pushback = compiled(pushbackPhrases)
  static let complaint = compiled(complaintPhrases)

  static let retry = complaint.labels.firstIndex(of: "retry")!
  static let frustration = complaint.labels.firstIndex(of: "frustration")!

  private static let bits = PushbackReason.labels.map { label in pushback.labels.firstIndex(of: label)! }
  static func bit(of reason: PushbackReason) -> Int { bits[Int(reason.rawValue)] }

  private static func compiled(_ source: String) -> PhraseGrammar {
    do {
      return try PhraseGrammar(source)
    } catch { preconditionFailure("a grammar of ours: \(error)") }
  }
}
