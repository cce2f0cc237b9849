/// What a byte is to the tokenizer.
enum ByteClass {
  /// Between words, ends no phrase: white space, hyphens, quote marks of a reply, marks of emphasis.
  static let between: UInt8 = 0
  static let letter: UInt8 = 1
  static let digit: UInt8 = 2
  /// Between words, ends a phrase: punctuation, and the markers of redaction.
  static let ending: UInt8 = 3
  /// Ends a phrase where a second follows.
  static let newline: UInt8 = 4
  /// Part of a longer UTF-8 sequence.
  static let beyond: UInt8 = 5

  @inline(__always) static func of(_ b: UInt8) -> UInt8 {
    if ASCII.isLetter(b) { return letter }
    if ASCII.isDigit(b) { return digit }
    switch b {
    case 0x80...: return beyond
    case 0x0A: return newline
    case 0x09, 0x0D: return between
    // Controls, among them the markers, and . , ; : ! ? ( ) [ ] { } " |
    case 0x00..<0x20, 0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x28, 0x29, 0x5B, 0x5D, 0x7B, 0x7D, 0x22, 0x7C:
      return ending
    default: return between
    }
  }
}

/// A code point decoded from UTF-8, with its class.
struct Scalar {
  var value: UInt32
  var length: Int
  var kind: UInt8

  /// The code point at `i`, where the byte is 0x80 or more. What is not UTF-8 is one byte of class `other`.
  @inline(__always)
  init(_ text: Span<UInt8>, _ i: Int, classes: Span<UInt8>) {
    let b = UInt32(text[i])
    let left = text.count - i
    func tail(_ k: Int) -> UInt32 { UInt32(text[i + k] & 0x3F) }
    if b & 0xE0 == 0xC0, left >= 2 {
      (value, length) = ((b & 0x1F) << 6 | tail(1), 2)
    } else if b & 0xF0 == 0xE0, left >= 3 {
      (value, length) = ((b & 0x0F) << 12 | tail(1) << 6 | tail(2), 3)
    } else if b & 0xF8 == 0xF0, left >= 4 {
      (value, length) = ((b & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
    } else {
      (value, length) = (0xFFFD, 1)
    }
    kind = Int(value) < classes.count ? classes[Int(value)] : CharacterClass.beyondTable(value)
  }
}
