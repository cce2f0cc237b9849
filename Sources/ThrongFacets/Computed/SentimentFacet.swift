/// The mood of the human side: a mean of message levels, cut into five ranges. Of English conversations.
///
/// Sensitive: how somebody feels may be held against them.
struct SentimentFacet: ComputedFacet {
  let name: String
  let summary: String
  let kind = FacetKind.number
  let isSensitive = true
  let needs = FactNeeds.sentiment
  private let number: @Sendable (SentimentPath) -> Float

  static let mean = SentimentFacet(
    name: ".sentiment", summary: "mood of the human side, English only; sensitive", number: \.mean)
  static let opening = SentimentFacet(
    name: ".sentiment-first", summary: "the same of its first three messages; sensitive", number: \.opening)
  static let closing = SentimentFacet(
    name: ".sentiment-last", summary: "the same of its last three; sensitive", number: \.closing)

  func value(of facts: ConversationFacts) -> FacetValue {
    guard !facts.isForeign, let path = facts.sentiment, path.messages > 0 else { return .none }
    let mean = number(path)
    // Half-way between levels belongs to the one farther from neutral, so that both signs are treated alike.
    let level = (2 * mean).rounded(.toNearestOrAwayFromZero) + 2
    return FacetValue(level: Int32(level), number: mean)
  }

  func title(of level: Int32) -> String { SentimentLevel(rawValue: level)!.title }
}

/// How the mood of the human side changes: the last three messages against the first three, of at least six.
struct SentimentChangeFacet: ComputedFacet {
  let name = ".sentiment-change"
  let summary = "mood of its last three messages against its first three, of six or more; sensitive"
  let kind = FacetKind.number
  let isSensitive = true
  let needs = FactNeeds.sentiment

  private static let titles = ["much worse", "worse", "the same", "better", "much better"]
  /// Sizes of changes from which it is not the same, and from which it is much.
  private static let mild: Float = 0.25
  private static let strong: Float = 0.75

  func value(of facts: ConversationFacts) -> FacetValue {
    guard !facts.isForeign, let change = facts.sentiment?.change, !change.isNaN else { return .none }
    let steps: Int32 = abs(change) >= Self.strong ? 2 : abs(change) >= Self.mild ? 1 : 0
    return FacetValue(level: 2 + (change < 0 ? -steps : steps), number: change)
  }

  func title(of level: Int32) -> String { Self.titles[Int(level)] }
}
