/// Whether the assistant pushed back. Of English conversations with an answer.
struct PushbackFacet: ComputedFacet {
  let name = ".pushback"
  let summary = "whether the assistant refused, disagreed or sent elsewhere, English only"
  let kind = FacetKind.flag
  let needs = FactNeeds.acts

  func value(of facts: ConversationFacts) -> FacetValue {
    guard !facts.isForeign, facts.assistantMessages > 0, let acts = facts.acts else { return .none }
    return FacetValue(level: acts.pushbacks > 0 ? 1 : 0)
  }

  func title(of level: Int32) -> String { level == 1 ? "pushback" : "no pushback" }
}

/// Why the assistant pushed back, where it did.
struct PushbackReasonFacet: ComputedFacet {
  let name = ".pushback-reason"
  let summary = "why it did, or that it asked back"
  let kind = FacetKind.category
  let needs = FactNeeds.acts

  func value(of facts: ConversationFacts) -> FacetValue {
    guard !facts.isForeign, let reason = facts.acts?.reason else { return .none }
    return FacetValue(level: reason.rawValue)
  }

  func title(of level: Int32) -> String { PushbackReason(rawValue: level)!.title }
}

/// How often the human asked again for the same.
struct RetryFacet: ComputedFacet {
  let name = ".retries"
  let summary = "messages that ask again for the same, English only"
  let kind = FacetKind.number
  let needs = FactNeeds.acts

  private static let buckets = Buckets(starts: [0, 1, 2, 4])

  func value(of facts: ConversationFacts) -> FacetValue {
    guard !facts.isForeign, let acts = facts.acts else { return .none }
    return FacetValue(level: Self.buckets.bucket(of: acts.retries), number: Float(acts.retries))
  }

  func title(of level: Int32) -> String { Self.buckets.title(of: level) }
}

/// How often the human complained or lost patience.
struct FrustrationFacet: ComputedFacet {
  let name = ".frustration"
  let summary = "messages that complain about answers, English only"
  let kind = FacetKind.number
  let needs = FactNeeds.acts

  private static let buckets = Buckets(starts: [0, 1, 2, 4])

  func value(of facts: ConversationFacts) -> FacetValue {
    guard !facts.isForeign, let acts = facts.acts else { return .none }
    return FacetValue(level: Self.buckets.bucket(of: acts.frustrations), number: Float(acts.frustrations))
  }

  func title(of level: Int32) -> String { Self.buckets.title(of: level) }
}
