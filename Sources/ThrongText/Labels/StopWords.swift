internal import ThrongCore

/// Function words: grammar and small talk, which name no topic.
///
/// Words are written as the tokenizer folds them: lower case, "ss" for the German ß, contractions with an
/// ASCII apostrophe. Chinese and Japanese entries are the segments that word breaking yields.
package struct StopWords: Sendable {
  /// Languages with a list, as ISO 639-1 codes.
  package static let languages = ["de", "en", "es", "fr", "it", "ja", "nl", "pt", "zh"]

  /// English, and of the other languages what means nothing of its own in English: for logs whose language
  /// is not known. "die", "war", "DES" and the like stay words.
  package static let standard: StopWords = {
    let foreign = StopWords(languages: languages.filter { $0 != "en" })
    let words = foreign.words.subtracting(contentWords.split(separator: " ").map { ArraySlice($0.utf8) })
    return StopWords(words: words.union(StopWords(languages: ["en"]).words))
  }()

  private let words: Set<ArraySlice<UInt8>>

  /// - Parameter languages: ISO 639-1 codes; those without a list add nothing.
  package init(languages: [String]) { self.init(words: Set(languages.flatMap(Self.words))) }

  private init(words: Set<ArraySlice<UInt8>>) { self.words = words }

  /// The list of a language; empty where there is none.
  package static func entries(_ language: String) -> [String] {
    (lists[language] ?? "").split(separator: " ").map(String.init)
  }

  private static func words(of language: String) -> [ArraySlice<UInt8>] {
    entries(language).map { ArraySlice($0.utf8) }
  }

  /// The keyed hashes of the words. O(words).
  func hashes(by hasher: SipHash) -> [UInt64] { words.map { hasher.hash13(Array($0).span) } }

  package var count: Int { words.count }

  /// Whether the folded word is a function word.
  package func contains(_ word: ArraySlice<UInt8>) -> Bool { words.contains(word) }

  /// Whether the folded word is a function word.
  package func contains(_ word: String) -> Bool { words.contains(ArraySlice(word.utf8)) }
}
