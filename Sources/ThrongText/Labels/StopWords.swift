/// Function words: grammar and small talk, which name no topic. For labels only; the matrix weighs them down itself.
///
/// Words are written as the tokenizer folds them: lower case, "ss" for the German ß, contractions with an
/// ASCII apostrophe. Chinese and Japanese entries are the segments that word breaking yields.
package struct StopWords: Sendable {
  /// Languages with a list, as ISO 639-1 codes.
  package static let languages = ["de", "en", "es", "fr", "it", "ja", "nl", "pt", "zh"]

  private let words: Set<ArraySlice<UInt8>>

  /// - Parameter languages: ISO 639-1 codes; those without a list add nothing.
  package init(languages: [String] = Self.languages) {
    var words: Set<ArraySlice<UInt8>> = []
    for language in languages {
      for word in (Self.lists[language] ?? "").split(separator: " ") { words.insert(ArraySlice(word.utf8)) }
    }
    self.words = words
  }

  package var count: Int { words.count }

  /// Whether the folded word is a function word.
  package func contains(_ word: ArraySlice<UInt8>) -> Bool { words.contains(word) }

  /// Whether the folded word is a function word.
  package func contains(_ word: String) -> Bool { words.contains(ArraySlice(word.utf8)) }
}
