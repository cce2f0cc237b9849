internal import Foundation

/// How texts are compared: in lower case, without accents, in compatibility form, without characters that take no room.
///
/// Each code point is folded for itself: NFKD, lower case, combining accents dropped. Both sides are folded alike, so
/// what matters is only that disguises of one string come out as one.
enum Folding {
  enum Kind {
    static let separator: UInt8 = 0
    /// A letter, a digit, or a mark that belongs to a word.
    static let word: UInt8 = 1
    /// A character of a script without spaces; a word of its own.
    static let unspaced: UInt8 = 2
    /// Takes no room: zero width, soft hyphen, variation selector.
    static let ignorable: UInt8 = 3
  }

  /// Kinds and foldings of the code points below 2¹⁶: a folding that is one code point, or 0 and more in ``longer``.
  final class Table: Sendable {
    let kinds: [UInt8]
    let folded: [UInt32]
    let longer: [UInt32: [UInt8]]

    init(kinds: [UInt8], folded: [UInt32], longer: [UInt32: [UInt8]]) {
      (self.kinds, self.folded, self.longer) = (kinds, folded, longer)
    }
  }

  /// Made at first use, in some 50 ms.
  static let table: Table = {
    var kinds = [UInt8](repeating: 0, count: 1 << 16)
    var folded = [UInt32](repeating: 0, count: 1 << 16)
    var longer: [UInt32: [UInt8]] = [:]
    for value in 0..<UInt32(1 << 16) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let kind = kind(scalar)
      kinds[Int(value)] = kind
      let isPlain = kind == Kind.separator || kind == Kind.ignorable || (0x3000...0xD7FF).contains(value)
      let scalars = isPlain ? [value] : fold(scalar)
      if scalars.count == 1 {
        folded[Int(value)] = scalars[0]
      } else {
        longer[value] = scalars.flatMap { Array(String(Unicode.Scalar($0)!).utf8) }
      }
    }
    return Table(kinds: kinds, folded: folded, longer: longer)
  }()

  private static func fold(_ scalar: Unicode.Scalar) -> [UInt32] {
    String(scalar).lowercased().decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
      .map(\.value).filter { !(0x300...0x36F).contains($0) }
  }

  static func kind(_ scalar: Unicode.Scalar) -> UInt8 {
    switch scalar.value {
    case 0xAD, 0x34F, 0x61C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F,
      0xFEFF:
      return Kind.ignorable
    case 0x0E01...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3041...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF,
      0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x3FFFF:
      return Kind.unspaced
    default: break
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      return Kind.word
    default: return Kind.separator
    }
  }
}

/// A 64-bit hash of folded bytes (FNV-1a with a finaliser). Not keyed: both sides of the comparison are the auditor's.
struct WordHash {
  private(set) var state: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always) mutating func absorb(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }

  @inline(__always) var value: UInt64 {
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash = WordHash()
    for byte in bytes { hash.absorb(byte) }
    return hash.value
  }
}

/// One word of a text.
struct Word {
  var hash: UInt64
  /// Bytes of the text that it stands in.
  var start: Int
  var end: Int
  /// Folded bytes.
  var length: Int
  var isDigits: Bool
  var isUnspaced: Bool
  /// Whether it follows the word before with nothing between.
  var isGlued: Bool
}

/// Cuts texts into words: runs of letters and digits, and single characters of scripts without spaces.
///
/// Simpler than the tokenizer whose work it checks, and meant to be: apostrophes, underscores and hyphens part words.
struct WordScanner {
  /// Folded bytes of the word that was read last.
  private(set) var folded: [UInt8] = []
  private var at: Int
  private let end: Int
  private var lastEnd = -1
  private let table = Folding.table

  init(_ range: Range<Int>) {
    at = range.lowerBound
    end = range.upperBound
  }

  /// The next word of `text`, always the same text. O(bytes).
  ///
  /// - Parameter keepsFolded: whether ``folded`` is filled.
  mutating func next(in text: Span<UInt8>, keepsFolded: Bool = false) -> Word? {
    if keepsFolded { folded.removeAll(keepingCapacity: true) }
    var hash = WordHash()
    var (length, isDigits) = (0, true)
    var start = -1
    while at < end {
      let byte = text[at]
      if byte < 0x80 {
        let isDigit = byte >= 0x30 && byte <= 0x39
        let isLetter = byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
        guard isDigit || isLetter else {
          if start >= 0 { break }
          at += 1
          continue
        }
        if start < 0 { start = at }
        let small = isLetter ? byte | 0x20 : byte
        hash.absorb(small)
        if keepsFolded { folded.append(small) }
        isDigits = isDigits && isDigit
        length += 1
        at += 1
        continue
      }
      let (scalar, width) = Self.decode(text, at, end)
      let kind = scalar < 0x10000 ? table.kinds[Int(scalar)] : Unicode.Scalar(scalar).map(Folding.kind) ?? 0
      if kind == Folding.Kind.ignorable {
        at += width
        continue
      }
      if kind == Folding.Kind.separator || kind == Folding.Kind.unspaced && start >= 0 {
        if start >= 0 { break }
        at += width
        continue
      }
      if start < 0 { start = at }
      isDigits = false
      let one = scalar < 0x10000 ? table.folded[Int(scalar)] : scalar
      if one != 0 {
        Self.encode(one) { byte in
          hash.absorb(byte)
          if keepsFolded { folded.append(byte) }
          length += 1
        }
      } else {
        for byte in table.longer[scalar] ?? [] {
          hash.absorb(byte)
          if keepsFolded { folded.append(byte) }
          length += 1
        }
      }
      at += width
      if kind == Folding.Kind.unspaced {
        return word(hash, start, length, isDigits: false, isUnspaced: true)
      }
    }
    guard start >= 0 else { return nil }
    return word(hash, start, length, isDigits: isDigits, isUnspaced: false)
  }

  private mutating func word(
    _ hash: WordHash, _ start: Int, _ length: Int, isDigits: Bool, isUnspaced: Bool
  ) -> Word {
    let isGlued = start == lastEnd
    lastEnd = at
    return Word(
      hash: hash.value, start: start, end: at, length: length, isDigits: isDigits, isUnspaced: isUnspaced,
      isGlued: isGlued)
  }

  /// The code point at `at`; U+FFFD and one byte where there is none.
  private static func decode(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> (UInt32, Int) {
    let first = UInt32(text[at])
    func more(_ i: Int) -> UInt32? {
      guard at + i < end, text[at + i] & 0xC0 == 0x80 else { return nil }
      return UInt32(text[at + i] & 0x3F)
    }
    if first >= 0xC2, first < 0xE0, let a = more(1) { return ((first & 0x1F) << 6 | a, 2) }
    if first >= 0xE0, first < 0xF0, let a = more(1), let b = more(2) {
      return ((first & 0x0F) << 12 | a << 6 | b, 3)
    }
    if first >= 0xF0, first < 0xF5, let a = more(1), let b = more(2), let c = more(3) {
      return ((first & 0x07) << 18 | a << 12 | b << 6 | c, 4)
    }
    return (0xFFFD, 1)
  }

  private static func encode(_ scalar: UInt32, _ body: (UInt8) -> Void) {
    switch scalar {
    case ..<0x80: body(UInt8(scalar))
    case ..<0x800:
      body(UInt8(0xC0 | scalar >> 6))
      body(UInt8(0x80 | scalar & 0x3F))
    case ..<0x10000:
      body(UInt8(0xE0 | scalar >> 12))
      body(UInt8(0x80 | scalar >> 6 & 0x3F))
      body(UInt8(0x80 | scalar & 0x3F))
    default:
      body(UInt8(0xF0 | scalar >> 18))
      body(UInt8(0x80 | scalar >> 12 & 0x3F))
      body(UInt8(0x80 | scalar >> 6 & 0x3F))
      body(UInt8(0x80 | scalar & 0x3F))
    }
  }
}

extension [UInt8] {
  /// The words of these bytes with their folded spelling.
  var words: [(word: Word, folded: [UInt8])] {
    var scanner = WordScanner(0..<count)
    var words: [(Word, [UInt8])] = []
    while let word = scanner.next(in: span, keepsFolded: true) { words.append((word, scanner.folded)) }
    return words
  }
}
