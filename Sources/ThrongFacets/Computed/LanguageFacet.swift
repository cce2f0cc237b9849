internal import ThrongText

/// The language of what was written, by its function words, which decide for nothing in very short texts.
struct LanguageFacet: ComputedFacet {
  let name = ".language"
  let summary = "language by its function words, or other"
  let isOrdered = false

  func value(of facts: ConversationFacts) -> Int32 { Int32(facts.language ?? TextAnalyzer.languages.count) }

  func title(of value: Int32) -> String {
    Int(value) < TextAnalyzer.languages.count ? TextAnalyzer.languages[Int(value)] : "other"
  }
}
