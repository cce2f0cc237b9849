internal import ThrongCore

/// Which words of a document are grammar: it depends on the language, which the words themselves tell.
///
/// Most function words of the lists mean nothing else in any language and are dropped at once. Some are
/// content in English ("die", "war", "sale"): they are marked with the languages in which they are grammar, and
/// dropped at the end of a document of such a language.
struct FunctionWords {
  /// A set of languages; bit l stands for `languages[l]`.
  typealias Mask = UInt8

  /// Languages whose lists hold words that are content in English.
  static let languages = ["de", "es", "fr", "it", "nl", "pt"]

  enum Kind: Equatable {
    /// Not in any list.
    case content
    /// Grammar wherever it stands.
    case grammar
    /// Grammar in these languages, content in English.
    case foreign(Mask)
  }

  /// Languages whose function words are counted, in the order of their bits.
  private static let counted = Self.languages + ["en"]

  /// Open addressing over hashes that are uniform already; 0 is free.
  private var keys: [UInt64]
  /// The languages of the word (bits 0 to 5), English (6), content in English (15).
  private var values: [UInt16]
  private static let english = 6
  private static let ambiguous: UInt16 = 1 << 15

  /// Function words met since ``begin()``, by language, in the order of ``counted``.
  private var hits = [Int](repeating: 0, count: Self.counted.count)

  /// - Parameter hasher: that of words; nil for no function words at all. O(words of the lists).
  init(hasher: SipHash?) {
    var entries: [UInt64: UInt16] = [:]
    if let hasher {
      for hash in StopWords.standard.hashes(by: hasher) { entries[hash] = 0 }
      for (bit, language) in Self.counted.enumerated() {
        for hash in StopWords(languages: [language]).hashes(by: hasher) {
          entries[hash, default: Self.ambiguous] |= 1 << UInt16(bit)
        }
      }
    }
    var capacity = 4
    while capacity < 4 * entries.count { capacity *= 2 }
    keys = Array(repeating: 0, count: capacity)
    values = Array(repeating: 0, count: capacity)
    for (hash, value) in entries {
      var slot = Int(truncatingIfNeeded: hash) & (capacity - 1)
      while keys[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
      keys[slot] = hash
      values[slot] = value
    }
  }

  /// Begins a document.
  mutating func begin() { for l in hits.indices { hits[l] = 0 } }

  /// What the word of this hash is; counts it for its languages. O(1).
  mutating func meet(_ hash: UInt64) -> Kind {
    var slot = Int(truncatingIfNeeded: hash) & (keys.count - 1)
    while keys[slot] != hash {
      if keys[slot] == 0 { return .content }
      slot = (slot + 1) & (keys.count - 1)
    }
    let value = values[slot]
    if value & Self.ambiguous != 0 {
      return .foreign(Mask(truncatingIfNeeded: value) & (1 << Mask(Self.english) - 1))
    }
    for l in hits.indices where value >> UInt16(l) & 1 != 0 { hits[l] += 1 }
    return .grammar
  }

  /// The language of the document so far, as a mask of one bit; 0 for English and where nothing speaks for another:
  /// the one with the most function words, at least two and more than English has.
  var language: Mask {
    let english = hits[Self.english]
    var best = 0
    for l in 1..<Self.languages.count where hits[l] > hits[best] { best = l }
    return hits[best] >= 2 && hits[best] > english ? 1 << Mask(best) : 0
  }
}
