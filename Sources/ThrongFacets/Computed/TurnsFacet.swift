/// How many messages the human side wrote.
struct TurnsFacet: ComputedFacet {
  let name = ".turns"
  let summary = "messages of the human side"
  let isOrdered = true

  private static let buckets = Buckets(starts: [0, 1, 2, 3, 4, 6, 11, 21])

  func value(of facts: ConversationFacts) -> Int32 { Self.buckets.bucket(of: facts.humanMessages) }

  func title(of value: Int32) -> String {
    let start = Self.buckets.starts[Int(value)]
    guard Int(value) + 1 < Self.buckets.starts.count else { return "\(start) or more" }
    let end = Self.buckets.starts[Int(value) + 1] - 1
    return start == end ? "\(start)" : "\(start) to \(end)"
  }
}
