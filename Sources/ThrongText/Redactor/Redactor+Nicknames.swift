extension Redactor {
  private static let longestNickname = 32

  /// A single word at the start of a message before ':' or ',' and a space, or in angle brackets as chat programs log
  /// it: perhaps the nickname of whom it calls.
  static func nickname(atStartOf text: Span<UInt8>) -> Range<Int>? {
    var start = 0
    while start < text.count, ASCII.isBlank(text[start]) { start += 1 }
    let isBracketed = text.at(start) == 0x3C
    if isBracketed || text.at(start) == 0x40 { start += 1 }
    var end = start
    var hasLetter = false
    while end < text.count, end - start <= longestNickname, isNickname(text[end]) {
      hasLetter = hasLetter || !ASCII.isDigit(text[end])
      end += 1
    }
    guard hasLetter, (2...longestNickname).contains(end - start) else { return nil }
    if isBracketed { return text.at(end) == 0x3E ? start..<end : nil }
    let isCalled = text.at(end) == 0x3A || text.at(end) == 0x2C
    return isCalled && ASCII.isSpace(text.at(end + 1)) ? start..<end : nil
  }

  /// Letters, digits, and what chat networks allow besides: - _ [ ] \ ^ ` { } |
  private static func isNickname(_ b: UInt8) -> Bool {
    isNameByte(b) || b == 0x2D || (0x5B...0x60).contains(b) || (0x7B...0x7D).contains(b)
  }
}
