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

  /// Languages whose function words are counted, in the order of their bits.
  private static let counted = Self.languages + ["en"]

  /// Open addressing over hashes that are uniform already; 0 is free.
  private var keys: [UInt64]
  /// Of a word that is content in English the languages in which it is grammar << 8; of the others their class.
  private var kinds: [UInt16]
  /// The languages of each class, a lane each. Class 0 is no class.
  private var classes: [SIMD8<UInt32>] = [.zero]
  private static let english = 6
  private static let ambiguous: UInt16 = 1 << 15

  /// Function words of the document, by language, in the order of ``counted``.
  private var hits = SIMD8<UInt32>.zero

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
    kinds = Array(repeating: 0, count: capacity)
    var classOf: [UInt16: UInt16] = [:]
    for (hash, languages) in entries {
      var slot = Int(truncatingIfNeeded: hash) & (capacity - 1)
      while keys[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
      keys[slot] = hash
      if languages & Self.ambiguous != 0 {
        kinds[slot] = (languages & (1 << UInt16(Self.english) - 1)) << 8
      } else {
        kinds[slot] = classOf[languages, default: UInt16(classes.count)]
        if Int(kinds[slot]) == classes.count {
          classOf[languages] = kinds[slot]
          var lanes = SIMD8<UInt32>.zero
          for l in Self.counted.indices { lanes[l] = UInt32(languages >> UInt16(l) & 1) }
          classes.append(lanes)
        }
      }
    }
    precondition(classes.count <= 256, "more combinations of languages than a byte can number")
  }

  /// The table by the hash of a word: hashes and kinds.
  func withTable<Result>(
    _ body: (UnsafeBufferPointer<UInt64>, UnsafeBufferPointer<UInt16>) throws -> Result
  ) rethrows -> Result {
    try unsafe keys.withUnsafeBufferPointer { keys in
      try unsafe kinds.withUnsafeBufferPointer { try unsafe body(keys, $0) }
    }
  }

  /// Counts what the document has met so far.
  mutating func count(_ terms: TermCounter) {
    hits = .zero
    for kind in classes.indices.dropFirst() {
      let met = terms.met(kind)
      if met != 0 { hits &+= classes[kind] &* met }
    }
  }

  /// The language of the document as last counted, as a mask of one bit; 0 for English and where nothing speaks for
  /// another: the one with the most function words, at least two and more than English has.
  var language: Mask {
    let english = hits[Self.english]
    var best = 0
    for l in 1..<Self.languages.count where hits[l] > hits[best] { best = l }
    return hits[best] >= 2 && hits[best] > english ? 1 << Mask(best) : 0
  }
}
