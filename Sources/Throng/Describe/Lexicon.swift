internal import ThrongPrivacy
internal import ThrongText

/// What a labeller must know of the words of gated terms: stop words, stems, and when two terms say the same.
final class Lexicon {
  private let vocabulary: GatedVocabulary
  private let stopWords = StopWords.standard
  private let stemmer = Stemmer(language: "en")
  private var known: [UInt32: Entry] = [:]

  private struct Entry {
    let spelling: String
    let words: [String]
    let stems: [String]
    let canLabel: Bool
  }

  init(vocabulary: GatedVocabulary) {
    self.vocabulary = vocabulary
  }

  func spelling(_ term: UInt32) -> String { entry(term).spelling }

  func words(_ term: UInt32) -> [String] { entry(term).words }

  func stems(_ term: UInt32) -> [String] { entry(term).stems }

  /// Whether a term says something on its own: no stop word in it, and a letter in at least one word.
  func canLabel(_ term: UInt32) -> Bool { entry(term).canLabel }

  /// Whether two terms share a word, an inflection of one, or their letters ("log in", "login").
  func saysTheSame(_ a: UInt32, _ b: UInt32) -> Bool {
    let (first, second) = (entry(a), entry(b))
    if first.words.joined() == second.words.joined() { return true }
    return first.stems.contains { x in second.stems.contains { y in Self.areInflections(x, y) } }
  }

  /// Stems that are equal, or of which one begins with nearly all of the other: what a stemmer for
  /// one language misses in another.
  static func areInflections(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    let shared = zip(a, b).prefix { $0 == $1 }.count
    return shared >= 5 && 4 * shared >= 3 * max(a.count, b.count)
  }

  private func entry(_ term: UInt32) -> Entry {
    if let entry = known[term] { return entry }
    let spelling = vocabulary.spelling(of: term)
    let words = spelling.split(separator: " ").map(String.init)
    let entry = Entry(
      spelling: spelling, words: words, stems: words.map { stemmer.stem($0) },
      canLabel: words.contains { $0.contains { $0.isLetter } }
        && words.allSatisfy { !stopWords.contains($0) }
        && (words.count > 1 || spelling.count > 1)
        && Set(words).count == words.count)
    known[term] = entry
    return entry
  }
}
