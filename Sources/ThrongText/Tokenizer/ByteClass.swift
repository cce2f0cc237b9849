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

  static let table: InlineArray<256, UInt8> = {
    var table = InlineArray<256, UInt8>(repeating: between)
    for b in 0..<0x20 where b != 0x09 && b != 0x0D { table[b] = ending }
    table[0x0A] = newline
    for b in ".,;:!?()[]{}\"|".utf8 { table[Int(b)] = ending }
    for b in 0x30...0x39 { table[b] = digit }
    for b in 0x41...0x5A {
      table[b] = letter
      table[b + 0x20] = letter
    }
    for b in 0x80...0xFF { table[b] = beyond }
    return table
  }()

  /// Each byte, ASCII capitals as small letters.
  static let lower: InlineArray<256, UInt8> = {
    var table = InlineArray<256, UInt8>(repeating: 0)
    for b in 0...255 { table[b] = ASCII.lower(UInt8(b)) }
    return table
  }()
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
