/// How many messages the human side wrote.
struct TurnsFacet: ComputedFacet {
  let name = ".turns"
  let summary = "messages of the human side"
  let kind = FacetKind.number

  private static let buckets = Buckets(starts: [0, 1, 2, 3, 4, 6, 11, 21])

  func value(of facts: ConversationFacts) -> FacetValue {
    FacetValue(level: Self.buckets.bucket(of: facts.humanMessages), number: Float(facts.humanMessages))
  }

  func title(of level: Int32) -> String { Self.buckets.title(of: level) }
}

/// How many messages the assistant wrote.
struct AnswersFacet: ComputedFacet {
  let name = ".answers"
  let summary = "messages of the assistant"
  let kind = FacetKind.number

  private static let buckets = Buckets(starts: [0, 1, 2, 3, 4, 6, 11, 21])

  func value(of facts: ConversationFacts) -> FacetValue {
    FacetValue(
      level: Self.buckets.bucket(of: facts.assistantMessages), number: Float(facts.assistantMessages))
  }

  func title(of level: Int32) -> String { Self.buckets.title(of: level) }
}
