/// How much text the sides that count wrote.
struct LengthFacet: ComputedFacet {
  let name = ".length"
  let summary = "bytes of text of the sides that count"
  let kind = FacetKind.number

  private static let buckets = Buckets(starts: [0, 100, 300, 1000, 3000, 10_000, 30_000])
  private static let titles = [
    "under 100 bytes", "100 to 299 bytes", "300 to 999 bytes", "1 to 3 kB", "3 to 10 kB", "10 to 30 kB",
    "30 kB or more",
  ]

  func value(of facts: ConversationFacts) -> FacetValue {
    FacetValue(level: Self.buckets.bucket(of: facts.textBytes), number: Float(facts.textBytes))
  }

  func title(of level: Int32) -> String { Self.titles[Int(level)] }
}
