/// The mood of a message by the words of ``SentimentLexicon`` and rules about what stands around them.
///
/// One pass over the words; O(words). The numbers of the rules were chosen on one half of the human-scored sentences that
/// Benchmarks/sentiment.py measures, the same for all words.
struct SentimentScorer {
  /// What a negator leaves of a valence, by its sign: "not good" is bad, "not bad" is little good.
  static let negatedPositive: Float = -0.6
  static let negatedNegative: Float = -0.4
  /// Words back that a negator and a booster reach.
  static let reach = 3
  /// What capitals, stretched letters and an exclamation mark add to a size.
  static let capitals: Float = 0.7
  static let stretching: Float = 0.3
  static let exclamation: Float = 0.3
  static let exclamations = 4
  /// Weights of what stands before and after a contrast in its sentence.
  static let beforeContrast: Float = 0.6
  static let afterContrast: Float = 1.3
  /// A sum of this size becomes 1/√2.
  static let scale: Float = 4

  private let lexicon = SentimentLexicon.standard
  /// Entries of the words before, the last one first.
  private var recent: [SentimentLexicon.Entry] = Array(repeating: .init(), count: Self.reach)

  init() {}

  /// −1…1; 0 where no word says anything.
  mutating func score(_ text: Span<UInt8>, _ scanner: borrowing WordScanner) -> Float {
    let words = scanner.words.span
    var capitalised = 0
    var exclamations = Int(scanner.endExclamations)
    for i in words.indices {
      if words[i].shape.contains(.capitals) { capitalised += 1 }
      exclamations += Int(words[i].exclamations)
    }
    let shouts = capitalised > 0 && capitalised < words.count
    var (total, sentence): (Float, Float) = (0, 0)
    var weight: Float = 1
    var phraseEnd = 0
    for i in words.indices {
      let word = words[i]
      if word.gap.contains(.sentence) {
        total += sentence
        (sentence, weight) = (0, 1)
        clear()
      } else if word.gap.contains(.clause) {
        clear()
      }
      var entry = lexicon[word.hash] ?? .init()
      if entry.valence == 0, entry.boost == 0, word.shape.contains(.stretched) {
        entry = lexicon[Self.unstretched(text, word)] ?? .init()
      }
      if i < phraseEnd {
        entry.valence = 0
      } else if let (valence, end) = phrase(words, i, entry.role) {
        entry.valence = valence
        phraseEnd = end
        entry.role.remove(.negator)
      }
      if entry.role.contains(.contrast) {
        sentence *= Self.beforeContrast
        weight = Self.afterContrast
        clear()
      }
      if entry.valence != 0 {
        sentence += weight * value(of: entry.valence, word, shouts: shouts)
        entry.boost = 0
      }
      remember(entry)
    }
    total += sentence
    if total == 0 { return 0 }
    total += Self.sign(total) * Self.exclamation * Float(min(exclamations, Self.exclamations))
    return total / (total * total + Self.scale * Self.scale).squareRoot()
  }

  private func value(of valence: Float, _ word: Word, shouts: Bool) -> Float {
    let sign = Self.sign(valence)
    var value = valence
    if shouts, word.shape.contains(.capitals) { value += sign * Self.capitals }
    if word.shape.contains(.stretched) { value += sign * Self.stretching }
    var isNegated = false
    for (back, entry) in recent.enumerated() {
      value += sign * entry.boost * (1 - 0.1 * Float(back))
      if entry.role.contains(.negator) { isNegated.toggle() }
    }
    if Self.sign(value) != sign { value = 0 }
    guard isNegated else { return value }
    return value * (value > 0 ? Self.negatedPositive : Self.negatedNegative)
  }

  /// The valence of the phrase that begins at `i`, and the index behind it; the longest counts.
  @inline(__always) private func phrase(
    _ words: Span<Word>, _ i: Int, _ role: SentimentLexicon.Role
  ) -> (Float, Int)? {
    guard !role.isDisjoint(with: [.opening, .longOpening]), i + 1 < words.count,
      !words[i + 1].gap.contains(.clause)
    else { return nil }
    let two = SentimentLexicon.joined(words[i].hash, words[i + 1].hash)
    if role.contains(.longOpening), i + 2 < words.count, !words[i + 2].gap.contains(.clause),
      let entry = lexicon[SentimentLexicon.joined(two, words[i + 2].hash)]
    {
      return (entry.valence, i + 3)
    }
    guard role.contains(.opening), let entry = lexicon[two] else { return nil }
    return (entry.valence, i + 2)
  }

  private mutating func remember(_ entry: SentimentLexicon.Entry) {
    for back in stride(from: Self.reach - 1, to: 0, by: -1) { recent[back] = recent[back - 1] }
    recent[0] = entry
  }

  private mutating func clear() { for back in recent.indices { recent[back] = .init() } }

  @inline(__always) private static func sign(_ value: Float) -> Float { value < 0 ? -1 : 1 }

  /// The hash of a word with each run of equal letters as one: "soooo" as "so", where ``Word/hash`` has "soo".
  private static func unstretched(_ text: Span<UInt8>, _ word: Word) -> UInt64 {
    var hash = Word.seed
    var last: UInt8 = 0
    for i in Int(word.start)..<Int(word.start) + Int(word.length) {
      let byte = text[i] | 0x20
      if byte != last { hash = (hash ^ UInt64(byte)) &* Word.prime }
      last = byte
    }
    return hash
  }
}
