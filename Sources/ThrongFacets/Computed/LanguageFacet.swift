internal import ThrongText

/// The language of what the human wrote. Short texts, mixtures and code are `unreliable`, which is a value: to leave them out
/// would hide how many they are.
struct LanguageFacet: ComputedFacet {
  let name = ".language"
  let summary = "language of the human side by CLD2, or unreliable"
  let kind = FacetKind.category
  let needs = FactNeeds.language

  func value(of facts: ConversationFacts) -> FacetValue {
    guard let language = facts.language else { return .none }
    return FacetValue(level: Int32(language.isReliable ? language.number : DetectedLanguage.unknown.number))
  }

  func title(of level: Int32) -> String {
    let language = DetectedLanguage(number: UInt16(level), isReliable: true)
    return language.number == DetectedLanguage.unknown.number ? "unreliable" : language.code
  }
}
