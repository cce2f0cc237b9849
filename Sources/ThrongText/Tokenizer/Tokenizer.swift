internal import ThrongCore

/// Folds and hashes the words of redacted text.
///
/// Works on UTF-8 bytes. ASCII words are folded by a table; other letters follow their class (see
/// ``CharacterClass``), and runs of scripts without spaces go through ICU. Words are written one after the
/// other into an arena with a single space between, so that the spelling of a bigram is a slice of it.
struct Tokenizer {
  /// One occurrence of a term, and where the arena spells it.
  struct Occurrence: BitwiseCopyable {
    var hash: UInt64
    /// Start in the arena << 32 | quoted << 31 | length << 8 | languages in which it is grammar << 2 | number of
    /// words.
    var location: UInt64

    var start: Int { Int(location >> 32) }
    var length: Int { Int(location >> 8 & 0x7FFFFF) }
    /// Whether it stands, or begins, in a line that quotes somebody.
    var isQuoted: Bool { location >> 31 & 1 == 1 }
    var words: UInt8 { UInt8(truncatingIfNeeded: location) & 3 }
    var foreign: FunctionWords.Mask { UInt8(truncatingIfNeeded: location) >> 2 }
  }

  /// Spellings, of which the first `used` bytes count.
  private(set) var arena: [UInt8] = []
  private(set) var used = 0
  var occurrences: [Occurrence] = []

  /// Underscores part words too: for the local parts of addresses.
  var partsAtUnderscore = false

  let wordHasher: SipHash
  let pairHasher: SipHash
  let settings: TextSettings
  private var functionWords: FunctionWords
  /// Classes of code points; empty until a text beyond ASCII comes.
  var characters: [UInt8] = []
  var boundaries: [Int32] = []

  /// Whether the line that is read quotes somebody.
  private var isQuoted = false

  /// The word before, while a phrase goes on.
  private var previous:
    (hash: UInt64, start: Int, isNumber: Bool, isQuoted: Bool, foreign: FunctionWords.Mask)?

  init(settings: TextSettings, secret: Secret) {
    self.settings = settings
    wordHasher = secret.hasher(for: "term")
    pairHasher = secret.hasher(for: "bigram")
    functionWords = FunctionWords(hasher: settings.dropsFunctionWords ? wordHasher : nil)
  }

  /// Forgets all spellings and occurrences.
  mutating func clear() {
    used = 0
    occurrences.removeAll(keepingCapacity: true)
  }

  /// Begins a document.
  mutating func begin() {
    occurrences.removeAll(keepingCapacity: true)
    functionWords.begin()
  }

  /// Drops the occurrences that are grammar in the language of the document. O(occurrences).
  mutating func endDocument() {
    let language = functionWords.language
    if language != 0 { occurrences.removeAll { $0.foreign & language != 0 } }
  }

  /// Goes back to where the arena held `used` bytes and the list `count` occurrences.
  mutating func rewind(used: Int, count: Int) {
    self.used = used
    occurrences.removeSubrange(count...)
  }

  /// Reads a text that is folded, or ASCII. Phrases do not cross texts. `unicode` may be nil for ASCII.
  /// O(bytes), but for dictionary scripts.
  mutating func read(_ text: Span<UInt8>, unicode: UnicodeText?) throws {
    // A byte gives at most itself and, in scripts without spaces, a space every other byte.
    let needed = used + 2 * text.count + 16
    if arena.count < needed {
      arena.append(contentsOf: repeatElement(0, count: max(needed, arena.count * 2) - arena.count))
    }
    if unicode != nil, characters.isEmpty { characters = CharacterClass.table }
    previous = nil
    var arena: [UInt8] = []
    swap(&arena, &self.arena)
    defer { swap(&arena, &self.arena) }
    var out = arena.mutableSpan
    try scan(text, unicode: unicode, into: &out)
  }

  private mutating func scan(
    _ text: Span<UInt8>, unicode: UnicodeText?, into out: inout MutableSpan<UInt8>
  ) throws {
    var i = 0
    let count = text.count
    isQuoted = settings.discountsQuotations && Quotation.begins(text, at: 0)
    while i < count {
      let b = text[i]
      switch ByteClass.of(b) {
      case ByteClass.between: i += 1
      case ByteClass.letter, ByteClass.digit: i = word(text, i, &out)
      case ByteClass.newline:
        if text.at(i + 1) == 0x0A { previous = nil }
        i += 1
        isQuoted = settings.discountsQuotations && Quotation.begins(text, at: i)
      case ByteClass.ending:
        if b == 0x2E, i + 1 < count, isWordStart(text, i + 1) {
          // A dot inside a name, as in "alt.atheism", ends no phrase; ".net" is a word.
          let isDotNet = text.has("net", at: i + 1) && !isWordStart(text, i + 4) && !isWordEnd(text, i)
          i = isDotNet ? word(text, i, &out) : i + 1
        } else {
          previous = nil
          i += 1
        }
      default:
        let scalar = Scalar(text, i, classes: characters.span)
        switch scalar.kind {
        case CharacterClass.letter: i = word(text, i, &out)
        case CharacterClass.unspaced: i = try unspaced(text, i, unicode!, &out)
        default:
          if scalar.kind == CharacterClass.other { previous = nil }
          i += scalar.length
        }
      }
    }
    previous = nil
  }

  // MARK: Words

  /// Reads the word that begins at `from` with an ASCII letter or digit, a spaced letter, or the dot of ".net".
  private mutating func word(_ text: Span<UInt8>, _ from: Int, _ out: inout MutableSpan<UInt8>) -> Int {
    let start = used
    var end = start
    var i = from
    if text[i] == 0x2E {
      out[end] = 0x2E
      end += 1
      i += 1
    }
    scan: while i < text.count {
      let b = text[i]
      if ASCII.isLetter(b) || ASCII.isDigit(b) {
        // A digit has the bit that makes a letter small.
        out[end] = b | 0x20
        end += 1
        i += 1
        continue
      }
      if ASCII.isSpace(b) { break }
      var length = 1
      if b >= 0x80 {
        let scalar = Scalar(text, i, classes: characters.span)
        length = scalar.length
        if scalar.kind == CharacterClass.letter || scalar.kind == CharacterClass.mark {
          for k in 0..<length { out[end + k] = text[i + k] }
          end += length
          i += length
          continue
        }
        guard scalar.kind == CharacterClass.joiner else { break }
      }
      switch joint(text, i, length, word: out.span.extracting(start..<end)) {
      case .none: break scan
      case .part(let byte):
        out[end] = byte
        end += 1
        i += length
      case .suffix(let count):
        for k in 0..<count { out[end + k] = text[i + k] }
        end += count
        i += count
        break scan
      }
    }
    finish(start..<end, &out)
    return i
  }

  /// What a byte that is neither letter nor digit does to the word before it.
  private enum Joint {
    /// Ends it.
    case none
    /// Joins it with the letter behind; written as this byte.
    case part(UInt8)
    /// Belongs to it, with so many bytes, and ends it: "c++", "f#".
    case suffix(Int)
  }

  private func joint(_ text: Span<UInt8>, _ i: Int, _ length: Int, word: Span<UInt8>) -> Joint {
    let next = i + length
    let b = text[i]
    let last = word[word.count - 1]
    if b == 0x2B {
      let isDouble = text.at(next) == 0x2B && !isWordStart(text, next + 1) && text.at(next + 1) != 0x2B
      return isDouble && ASCII.isLetter(last) ? .suffix(2) : .none
    }
    let isSingle = word.count == 1 && ASCII.isLetter(word[0])
    guard isWordStart(text, next) else { return b == 0x23 && isSingle ? .suffix(1) : .none }
    switch b {
    case 0x27, 0x80...:
      return Elisions.contains(word) ? .none : .part(0x27)
    case 0x5F:
      return partsAtUnderscore ? .none : .part(b)
    case 0x2D:
      // "e-mail", "x-ray", "t-shirt".
      return isSingle && !ASCII.isDigit(text[next]) ? .part(b) : .none
    case 0x2E:
      if ASCII.isDigit(last) { return ASCII.isDigit(text[next]) ? .part(b) : .none }
      // Initials: single letters with dots between; and the two suffixes that people write.
      let isInitial =
        (isSingle || word.count > 1 && word[word.count - 2] == 0x2E) && !isWordStart(text, next + 1)
      let isSuffix =
        text.has("js", at: next) && !isWordStart(text, next + 2)
        || text.has("net", at: next) && !isWordStart(text, next + 3)
      return isInitial && ASCII.isLetter(text[next]) || isSuffix ? .part(b) : .none
    default:
      return .none
    }
  }

  private func isWordStart(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard at < text.count else { return false }
    let kind = ByteClass.of(text[at])
    if kind == ByteClass.beyond {
      return Scalar(text, at, classes: characters.span).kind == CharacterClass.letter
    }
    return kind == ByteClass.letter || kind == ByteClass.digit
  }

  private func isWordEnd(_ text: Span<UInt8>, _ end: Int) -> Bool {
    end > 0 && (ASCII.isAlphanumeric(text[end - 1]) || text[end - 1] >= 0x80)
  }

  // MARK: Scripts without spaces

  /// Reads a stretch of such scripts, with the spaces and marks between, through ICU at once.
  private mutating func unspaced(
    _ text: Span<UInt8>, _ from: Int, _ unicode: UnicodeText, _ out: inout MutableSpan<UInt8>
  ) throws -> Int {
    var end = from
    scan: while end < text.count {
      switch ByteClass.of(text[end]) {
      case ByteClass.beyond:
        let scalar = Scalar(text, end, classes: characters.span)
        if scalar.kind == CharacterClass.letter { break scan }
        end += scalar.length
      case ByteClass.between: end += 1
      default: break scan
      }
    }
    try unicode.words(text.extracting(from..<end), into: &boundaries)
    for k in 1..<boundaries.count {
      let segment = from + Int(boundaries[k - 1])..<from + Int(boundaries[k])
      guard text[segment.lowerBound] >= 0x80 else { continue }
      let kind = Scalar(text, segment.lowerBound, classes: characters.span).kind
      if kind == CharacterClass.unspaced {
        if settings.dropsFunctionWords, isShortHiragana(text.extracting(segment)) {
          previous = nil
          continue
        }
        let start = used
        for (k, i) in segment.enumerated() { out[start + k] = text[i] }
        finish(start..<start + segment.count, &out)
      } else if kind == CharacterClass.other {
        previous = nil
      }
    }
    return end
  }

  /// Japanese writes its endings and particles in hiragana and most content words with kanji or katakana, so up to
  /// three hiragana are taken for grammar; the few short words written so are lost.
  private func isShortHiragana(_ segment: Span<UInt8>) -> Bool {
    guard segment.count <= 9 else { return false }
    var i = 0
    while i + 2 < segment.count {
      let isHiragana =
        segment[i] == 0xE3 && (segment[i + 1] == 0x81 || segment[i + 1] == 0x82 && segment[i + 2] < 0xA0)
      guard isHiragana else { return false }
      i += 3
    }
    return i == segment.count
  }

  // MARK: Terms

  /// Ends a word: it becomes a term and makes a bigram with the one before, or it breaks the phrase.
  private mutating func finish(_ range: Range<Int>, _ out: inout MutableSpan<UInt8>) {
    let start = range.lowerBound
    var end = range.upperBound
    // A possessive is its noun.
    if end - start > 2, out[end - 1] == 0x73, out[end - 2] == 0x27 { end -= 2 }
    let count = end - start
    let isDigit = ASCII.isDigit(out[start])
    var isNumber = false
    if isDigit {
      var digits = 0
      var others = 0
      for k in start..<end {
        if ASCII.isDigit(out[k]) { digits += 1 } else if out[k] != 0x2E { others += 1 }
      }
      isNumber = others == 0
      if isNumber, digits > settings.maximumDigits { return previous = nil }
    }
    guard count <= settings.maximumTokenBytes, count > 1 || isDigit else { return previous = nil }
    let hash = wordHasher.hash13(out.span.extracting(start..<end))
    var foreign: FunctionWords.Mask = 0
    switch functionWords.meet(hash) {
    case .content: break
    case .grammar: return previous = nil
    case .foreign(let languages): foreign = languages
    }
    // One digit is no term, but "windows 7" is.
    if count > 1 {
      occurrences.append(
        Occurrence(
          hash: hash, start: start, length: count, words: 1, isQuoted: isQuoted, foreign: foreign))
    }
    if settings.bigrams, let previous, !(isNumber && previous.isNumber) {
      occurrences.append(
        Occurrence(
          hash: pairHasher.hash13(previous.hash, hash), start: previous.start, length: end - previous.start,
          words: 2, isQuoted: isQuoted || previous.isQuoted, foreign: previous.foreign | foreign))
    }
    out[end] = 0x20
    used = end + 1
    previous = (hash, start, isNumber, isQuoted, foreign)
  }
}

/// Words that French and Italian shorten before a vowel: "l'école", "dell'arte". They are no part of the word
/// behind.
enum Elisions {
  private static let words = Set(
    "c d j l m n s t qu un all dall dell nell sull quell jusqu lorsqu puisqu quelqu".split(separator: " ").map
    {
      ASCII.packed(String($0))
    })

  static func contains(_ word: Span<UInt8>) -> Bool {
    if word.count == 1 { return "cdjlmnst".utf8.contains(word[0]) }
    guard let packed = ASCII.packed(word, 0..<word.count) else { return false }
    return words.contains(packed)
  }
}

extension Tokenizer.Occurrence {
  init(
    hash: UInt64, start: Int, length: Int, words: UInt64, isQuoted: Bool, foreign: FunctionWords.Mask
  ) {
    self.init(
      hash: hash,
      location: UInt64(start) << 32 | (isQuoted ? 1 << 31 : 0) | UInt64(length) << 8 | UInt64(foreign) << 2
        | words)
  }
}
