/// What the word scanner has to know of code points beyond ASCII.
struct LetterTable: Sendable {
  enum Kind {
    case letter
    /// A word of its own.
    case single
    case emoji, mark
    /// Joiners, variation selectors, tones of skin.
    case invisible
  }

  static let standard = LetterTable()

  private static let first: UInt32 = 0x80
  private static let limit: UInt32 = 0x800
  /// Small letters of `first..<limit`.
  private let smalls: [UInt16]

  private init() {
    smalls = (Self.first..<Self.limit).map { value in
      let mapping = Unicode.Scalar(value)!.properties.lowercaseMapping.unicodeScalars
      guard mapping.count == 1, let small = mapping.first, small.value < Self.limit else {
        return UInt16(value)
      }
      return UInt16(small.value)
    }
  }

  @inline(__always) func small(_ value: UInt32) -> UInt32 {
    value < Self.limit ? UInt32(smalls[Int(value - Self.first)]) : value
  }

  /// Whether an ASCII byte is a letter or a digit.
  @inline(__always) static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }

  /// Whether a letter or digit begins at `i`.
  static func isWordStart(_ text: Span<UInt8>, _ i: Int) -> Bool {
    guard i < text.count else { return false }
    return isWord(text[i]) || text[i] >= 0x80 && kind(Decoded(text, i).value) == .letter
  }

  /// Whether the last character is part of a word of several.
  static func endsInLetter(_ text: Span<UInt8>) -> Bool {
    var i = text.count - 1
    while i > 0, text[i] & 0xC0 == 0x80 { i -= 1 }
    return isWordStart(text, i)
  }

  /// Whether an apostrophe at `i` stands before a letter.
  static func joins(_ text: Span<UInt8>, _ i: Int, _ length: Int) -> Bool { isWordStart(text, i + length) }

  /// Of a code point of U+0080 or more. Blocks, not properties: what is rare in none of them is a letter.
  static func kind(_ value: UInt32) -> Kind {
    switch value {
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0x1F3FB...0x1F3FF,
      0xE0000...0xE0FFF:
      return .invisible
    case 0xAA, 0xB5, 0xBA: return .letter
    case 0x80...0xBF, 0xD7, 0xF7: return .mark
    case 0x2600...0x27BF, 0x2B50, 0x2B55, 0x1F000...0x1FAFF: return .emoji
    case 0x2000...0x206F, 0x20A0...0x20CF, 0x2190...0x2BFF, 0x2E00...0x2E7F, 0x3000...0x303F, 0xFF01...0xFF0F,
      0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65, 0xFFFD:
      return .mark
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF,
      0x20000...0x3FFFF:
      return .single
    default: return .letter
    }
  }
}

/// A code point of U+0080 or more, decoded from valid UTF-8.
struct Decoded {
  let value: UInt32
  let length: Int

  @inline(__always) init(_ text: Span<UInt8>, _ i: Int) {
    let byte = UInt32(text[i])
    func tail(_ k: Int) -> UInt32 { UInt32(text.byte(i + k) & 0x3F) }
    if byte < 0xE0 {
      (value, length) = (byte < 0xC0 ? 0xFFFD : (byte & 0x1F) << 6 | tail(1), byte < 0xC0 ? 1 : 2)
    } else if byte < 0xF0 {
      (value, length) = ((byte & 0x0F) << 12 | tail(1) << 6 | tail(2), 3)
    } else {
      (value, length) = ((byte & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
    }
  }
}
