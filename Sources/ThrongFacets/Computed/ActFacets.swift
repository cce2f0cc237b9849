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

/// How often the human did something: asked again for the same, or complained.
struct ActCountFacet: ComputedFacet {
  let name: String
  let summary: String
  let kind = FacetKind.number
  let needs = FactNeeds.acts
  private let count: @Sendable (SpeechActs) -> Int

  static let retries = ActCountFacet(
    name: ".retries", summary: "messages that ask again for the same, English only", count: { $0.retries })
  static let frustration = ActCountFacet(
    name: ".frustration", summary: "messages that complain about answers, English only",
    count: { $0.frustrations })

  private static let buckets = Buckets(starts: [0, 1, 2, 4])

  func value(of facts: ConversationFacts) -> FacetValue {
    guard !facts.isForeign, let acts = facts.acts else { return .none }
    let times = count(acts)
    return FacetValue(level: Self.buckets.bucket(of: times), number: Float(times))
  }

  func title(of level: Int32) -> String { Self.buckets.title(of: level) }
}
