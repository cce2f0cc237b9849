/// Cuts messages into ``Word``s in one pass over their bytes, without a string.
///
/// Words are runs of letters and digits of any script; an apostrophe joins ("don't"), a hyphen parts. Each character of a script
/// without spaces (Han, Kana, Thai, Lao, Khmer, Burmese) is a word, so that a phrase of them is found wherever it stands.
/// Small and capital letters are one up to U+07FF (Latin, Greek, Cyrillic, Armenian). Emoji and the common emoticons are words of
/// the shape `symbol`.
package struct WordScanner {
  /// The words of the last message.
  package private(set) var words: [Word] = []
  /// What stands after the last word.
  package private(set) var end = Word.Gap()
  package private(set) var endExclamations: UInt8 = 0

  private var gap = Word.Gap()
  private var exclamations: UInt8 = 0
  private let letters = LetterTable.standard

  package init() {}

  /// Reads a message of valid UTF-8 below 4 GiB. O(bytes).
  package mutating func scan(_ text: Span<UInt8>) {
    words.removeAll(keepingCapacity: true)
    (gap, exclamations) = ([.sentence, .clause], 0)
    var i = 0
    while i < text.count {
      let byte = text[i]
      if LetterTable.isWord(byte) {
        i = word(text, i)
      } else if byte < 0x80 {
        i = mark(text, i)
      } else {
        let scalar = Decoded(text, i)
        switch LetterTable.kind(scalar.value) {
        case .letter: i = word(text, i)
        case .single:
          append(Word.seed ^ UInt64(scalar.value), i, scalar.length, [.small])
          i += scalar.length
        case .emoji:
          append(Word.symbol(scalar.value), i, scalar.length, [.symbol])
          i += scalar.length
        case .mark:
          note(scalar.value)
          i += scalar.length
        case .invisible: i += scalar.length
        }
      }
    }
    (end, endExclamations) = (gap, exclamations)
  }

  private mutating func append(_ hash: UInt64, _ start: Int, _ length: Int, _ shape: Word.Shape) {
    words.append(
      Word(
        hash: hash, start: UInt32(start), length: UInt16(clamping: length), shape: shape, gap: gap,
        exclamations: exclamations))
    (gap, exclamations) = ([], 0)
  }

  private mutating func word(_ text: Span<UInt8>, _ from: Int) -> Int {
    var i = from
    var hash = Word.seed
    var (last, run): (UInt32, Int) = (0, 0)
    var shape = Word.Shape()
    var capitals = 0
    scan: while i < text.count {
      let byte = text[i]
      var value: UInt32
      var length = 1
      if LetterTable.isWord(byte) {
        value = UInt32(byte)
        if byte & 0xDF &- 0x41 < 26 {
          if byte < 0x60 { capitals += 1 } else { shape.insert(.small) }
          value |= 0x20
        }
      } else if byte >= 0x80 {
        let scalar = Decoded(text, i)
        (value, length) = (scalar.value, scalar.length)
        if value == 0x2019, LetterTable.joins(text, i, length) {
          value = 0x27
        } else {
          switch LetterTable.kind(value) {
          case .letter:
            let small = letters.small(value)
            if small != value { capitals += 1 } else { shape.insert(.small) }
            value = small
          case .invisible:
            i += length
            continue scan
          default: break scan
          }
        }
      } else if byte == 0x27, LetterTable.joins(text, i, 1) {
        value = 0x27
      } else {
        break
      }
      if value == 0x27, i > from, i + length < text.count, text[i + length] | 0x20 == 0x73,
        !LetterTable.isWordStart(text, i + length + 1), text.byte(i + length + 1) != 0x27
      {
        shape.insert(.possessive)
        i += length + 1
        break
      }
      run = value == last ? run + 1 : 1
      last = value
      i += length
      if run >= 3, value > 0x39 {
        shape.insert(.stretched)
        continue
      }
      hash = (hash ^ UInt64(value)) &* Word.prime
    }
    if capitals >= 2, !shape.contains(.small) { shape.insert(.capitals) }
    append(hash, from, i - from, shape)
    return i
  }

  /// Reads an ASCII mark, or the emoticon that begins with it.
  private mutating func mark(_ text: Span<UInt8>, _ i: Int) -> Int {
    if let (symbol, length) = Emoticon.read(text, i) {
      append(symbol.hash, i, length, [.symbol])
      return i + length
    }
    // The dots of "3.5" and "example.com" end nothing.
    if text[i] != 0x2E || !LetterTable.isWordStart(text, i + 1) { note(UInt32(text[i])) }
    return i + 1
  }

  private mutating func note(_ mark: UInt32) {
    switch mark {
    case 0x20, 0x09, 0x0D, 0x2D, 0x5F, 0x2A, 0x2F, 0xA0, 0x27, 0x60: break
    case 0x21, 0xFF01, 0x203C:
      gap.formUnion([.sentence, .clause])
      if exclamations < 255 { exclamations += 1 }
    case 0x3F, 0xFF1F, 0x2049: gap.formUnion([.sentence, .clause, .question])
    case 0x0A: gap.formUnion([.sentence, .clause, .line])
    case 0x2E, 0x3002, 0xFF0E: gap.formUnion([.sentence, .clause])
    case 0x22, 0x201C, 0x201D, 0xAB, 0xBB: gap.insert(.quote)
    case 0x2018, 0x2019: break
    default: gap.insert(.clause)
    }
  }
}

extension Word {
  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
  static let prime: UInt64 = 0x0000_0100_0000_01B3

  /// The hash of an emoji.
  static func symbol(_ scalar: UInt32) -> UInt64 { (seed ^ UInt64(scalar) ^ 0xE000_0000) &* prime }
}

extension Span<UInt8> {
  @inline(__always) func byte(_ i: Int) -> UInt8 { i < count ? self[i] : 0 }
}
