internal import ThrongCore

/// Finds the words of redacted text and folds them.
///
/// Works on UTF-8 bytes. Runs of ASCII letters and digits are found 64 bytes at a time, and where one is a word by itself,
/// as most are, it goes to ``TermCounter`` with all up to the next that is not. What is left is read byte by byte: the
/// beginnings of lines, joints such as those of "don't", "node.js" and "e-mail", and other letters, which follow their
/// class (see ``CharacterClass``); runs of scripts without spaces go through ICU.
struct Tokenizer {
  /// Underscores part words too: for the local parts of addresses.
  var partsAtUnderscore = false

  let terms: TermCounter
  private let settings: TextSettings
  private let findsRuns: Bool
  private var functionWords: FunctionWords
  /// Classes of code points; empty until a text beyond ASCII comes.
  private var characters: [UInt8] = []
  private var boundaries: [Int32] = []
  /// The word that is read.
  private var word: [UInt8] = []

  /// - Parameter findsRuns: false for the reference that tests compare with: all is read byte by byte.
  /// Throws ``TextFailure`` when memory runs out.
  init(settings: TextSettings, secret: Secret, findsRuns: Bool) throws {
    self.settings = settings
    self.findsRuns = findsRuns
    functionWords = FunctionWords(hasher: settings.dropsFunctionWords ? secret.hasher(for: "term") : nil)
    terms = try TermCounter(settings: settings, secret: secret, functionWords: functionWords)
  }

  /// Begins a document.
  mutating func begin() { terms.begin() }

  /// Ends a document, without the words that are grammar in its language; answers how many terms the block has now.
  mutating func endDocument() throws -> Int {
    functionWords.count(terms)
    return try terms.endDocument(without: functionWords.language)
  }

  /// Reads a text that is folded, or ASCII. Phrases do not cross texts. `unicode` may be nil for ASCII.
  /// O(bytes), but for dictionary scripts.
  mutating func read(_ text: Span<UInt8>, unicode: UnicodeText?) throws {
    try terms.begin(text)
    if unicode != nil, characters.isEmpty { characters = CharacterClass.table }
    if findsRuns {
      try readRuns(text, unicode: unicode)
    } else {
      _ = try scan(text, from: 0, until: text.count, unicode: unicode)
    }
    terms.endText()
  }

  private mutating func readRuns(_ text: Span<UInt8>, unicode: UnicodeText?) throws {
    let runs = terms.findRuns(text)
    var (run, stop, i) = (0, 0, 0)
    // Whether all before the run has been read.
    var continues = false
    while run < runs.count {
      let next = stop < runs.stops ? runs.stop(stop).run : runs.count
      if run < next {
        terms.add(run..<next, of: text, continues: continues)
        i = runs.end(next - 1)
        (run, continues) = (next, false)
      }
      if stop == runs.stops { break }
      let isJoined = runs.stop(stop).isJoined
      stop += 1
      i = try scan(text, from: i, until: isJoined ? runs.end(run) : runs.start(run), unicode: unicode)
      continues = i <= runs.start(run)
      // What was read may hold more runs.
      while run < runs.count, runs.start(run) < i { run += 1 }
      while stop < runs.stops, runs.stop(stop).run < run { stop += 1 }
    }
    if !runs.isASCII { _ = try scan(text, from: i, until: text.count, unicode: unicode) }
  }

  /// Reads words from `from` on until one ends at `end` or behind; answers where.
  private mutating func scan(
    _ text: Span<UInt8>, from: Int, until end: Int, unicode: UnicodeText?
  ) throws -> Int {
    var i = from
    while i < end {
      let b = text[i]
      switch ByteClass.of(b) {
      case ByteClass.between: i += 1
      case ByteClass.letter, ByteClass.digit: i = readWord(text, i)
      case ByteClass.newline:
        if text.at(i + 1) == 0x0A { terms.breakPhrase() }
        i += 1
        if settings.discountsQuotations { terms.readLine(text, at: i) }
      case ByteClass.ending:
        if b == 0x2E, isWordStart(text, i + 1) {
          // A dot inside a name, as in "alt.atheism", ends no phrase; ".net" is a word.
          let isDotNet = text.has("net", at: i + 1) && !isWordStart(text, i + 4) && !isWordEnd(text, i)
          i = isDotNet ? readWord(text, i) : i + 1
        } else {
          terms.breakPhrase()
          i += 1
        }
      default:
        let scalar = Scalar(text, i, classes: characters.span)
        switch scalar.kind {
        case CharacterClass.letter: i = readWord(text, i)
        case CharacterClass.unspaced: i = try unspaced(text, i, unicode!)
        default:
          if scalar.kind == CharacterClass.other { terms.breakPhrase() }
          i += scalar.length
        }
      }
    }
    return i
  }

  // MARK: Words

  /// Reads the word that begins at `from` with an ASCII letter or digit, a spaced letter, or the dot of ".net".
  private mutating func readWord(_ text: Span<UInt8>, _ from: Int) -> Int {
    word.removeAll(keepingCapacity: true)
    var i = from
    if text[i] == 0x2E {
      word.append(0x2E)
      i += 1
    }
    scan: while i < text.count {
      let b = text[i]
      if ASCII.isLetter(b) || ASCII.isDigit(b) {
        // A digit has the bit that makes a letter small.
        word.append(b | 0x20)
        i += 1
        continue
      }
      if ASCII.isSpace(b) { break }
      var length = 1
      if b >= 0x80 {
        let scalar = Scalar(text, i, classes: characters.span)
        length = scalar.length
        if scalar.kind == CharacterClass.letter || scalar.kind == CharacterClass.mark {
          for k in i..<i + length { word.append(text[k]) }
          i += length
          continue
        }
        guard scalar.kind == CharacterClass.joiner else { break }
      }
      switch joint(text, i, length, word: word.span) {
      case .none: break scan
      case .part(let byte):
        word.append(byte)
        i += length
      case .suffix(let count):
        for k in i..<i + count { word.append(text[k]) }
        i += count
        break scan
      }
    }
    add(word.span)
    return i
  }

  /// Adds a word. A possessive is its noun.
  private func add(_ word: Span<UInt8>) {
    let count = word.count
    let isPossessive = count > 2 && word[count - 1] == 0x73 && word[count - 2] == 0x27
    terms.add(isPossessive ? word.extracting(..<(count - 2)) : word)
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
    _ text: Span<UInt8>, _ from: Int, _ unicode: UnicodeText
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
          terms.breakPhrase()
        } else {
          add(text.extracting(segment))
        }
      } else if kind == CharacterClass.other {
        terms.breakPhrase()
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
