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
    /// Stems of its words, one or two.
    let stems: [String]
    /// Its letters without spaces and hyphens.
    let letters: String
    let isUnspaced: Bool
    let canLabel: Bool
  }

  init(vocabulary: GatedVocabulary) {
    self.vocabulary = vocabulary
  }

  func spelling(_ term: UInt32) -> String { entry(term).spelling }

  /// Stems of the term's words: two for a phrase.
  func stems(_ term: UInt32) -> [String] { entry(term).stems }

  func isPhrase(_ term: UInt32) -> Bool { entry(term).stems.count > 1 }

  /// Whether a term says something on its own: no stop word in it, and a letter in at least one word.
  func canLabel(_ term: UInt32) -> Bool { entry(term).canLabel }

  /// Whether two terms share a word, an inflection of one, or their letters ("log in", "login"); in scripts
  /// without spaces, whether one holds the other.
  func saysTheSame(_ a: UInt32, _ b: UInt32) -> Bool {
    let (first, second) = (entry(a), entry(b))
    if first.letters == second.letters { return true }
    if first.isUnspaced, second.isUnspaced, min(first.letters.count, second.letters.count) > 1,
      first.letters.contains(second.letters) || second.letters.contains(first.letters)
    {
      return true
    }
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
    let words = words(of: term, spelling: spelling)
    let isUnspaced = Spelling.isUnspaced(spelling)
    // A single Han character beside a word is a measure word or an affix more often than not.
    let isWhole = isUnspaced ? words.allSatisfy { $0.count > 1 } : spelling.count > 1
    let entry = Entry(
      spelling: spelling, stems: words.map { stemmer.stem($0) },
      letters: spelling.filter { $0 != " " && $0 != "-" }, isUnspaced: isUnspaced,
      canLabel: isWhole && spelling.contains { $0.isLetter } && words.allSatisfy { !stopWords.contains($0) }
        && Set(words).count == words.count)
    known[term] = entry
    return entry
  }

  /// The words of a term; scripts without spaces do not show where a phrase's second word begins.
  private func words(of term: UInt32, spelling: String) -> [String] {
    if let (first, second) = vocabulary.parts(of: term), vocabulary.contains(first),
      vocabulary.contains(second)
    {
      return [vocabulary.spelling(of: first), vocabulary.spelling(of: second)]
    }
    return spelling.split(separator: " ").map(String.init)
  }
}
