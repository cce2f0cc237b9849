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

  /// Open addressing over hashes that are uniform already; 0 is free.
  private var keys: [UInt64]
  /// The languages of the word (bits 0 to 5), English (6), content in English (7).
  private var values: [UInt8]
  private static let english: UInt8 = 1 << 6
  private static let ambiguous: UInt8 = 1 << 7

  /// Function words met since ``begin()``, by language; the last is English.
  private var hits = [Int](repeating: 0, count: Self.languages.count + 1)

  /// - Parameter hasher: that of words; nil for no function words at all. O(words of the lists).
  init(hasher: SipHash?) {
    var entries: [UInt64: UInt8] = [:]
    if let hasher {
      for hash in StopWords.standard.hashes(by: hasher) { entries[hash] = 0 }
      for (bit, language) in (Self.languages + ["en"]).enumerated() {
        for hash in StopWords(languages: [language]).hashes(by: hasher) {
          entries[hash, default: Self.ambiguous] |= 1 << UInt8(bit)
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
    if value & Self.ambiguous != 0 { return .foreign(value & (Self.english - 1)) }
    for l in hits.indices where value >> UInt8(l) & 1 != 0 { hits[l] += 1 }
    return .grammar
  }

  /// The language of the document so far, as a mask of one bit; 0 for English and where nothing speaks for another:
  /// the one with the most function words, at least two and more than English has.
  var language: Mask {
    let english = hits[hits.count - 1]
    var best = 0
    for l in 1..<Self.languages.count where hits[l] > hits[best] { best = l }
    return hits[best] >= 2 && hits[best] > english ? 1 << Mask(best) : 0
  }
}
