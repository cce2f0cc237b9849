/// Digit groups with single separators between them, as "0490 75 40 81" or "4929-1167-…".
struct NumberScan {
  struct Group {
    /// Range in the text, and the index of its first digit among all digits.
    var range: Range<Int>
    var first: Int
    /// The separator before it: a space, '-', '.', '/', or ')' where a bracket stood; 0 before the first.
    var separator: UInt8
    var count: Int { range.count }
  }

  static let maximumDigits = 24
  static let maximumGroups = 8

  /// Both keep their size: the first `count` and `groupCount` are the number's.
  private(set) var digits = [UInt8](repeating: 0, count: maximumDigits)
  private(set) var groups = [Group](
    repeating: Group(range: 0..<0, first: 0, separator: 0), count: maximumGroups)
  private(set) var count = 0
  private(set) var groupCount = 0
  /// Start of the number with a sign or bracket before it.
  private(set) var start = 0
  private(set) var hasPlus = false
  private(set) var hasBracket = false

  /// Reads the number whose first digit is at `from`.
  mutating func read(_ text: Span<UInt8>, from: Int) {
    (count, groupCount) = (0, 0)
    start = from
    hasBracket = text.at(start - 1) == 0x28
    if hasBracket { start -= 1 }
    hasPlus = text.at(start - 1) == 0x2B
    if hasPlus { start -= 1 }
    var at = from
    var separator: UInt8 = 0
    while true {
      let begin = at
      while at < text.count, ASCII.isDigit(text[at]), count < Self.maximumDigits {
        digits[count] = text[at] & 15
        count += 1
        at += 1
      }
      groups[groupCount] = Group(range: begin..<at, first: count - (at - begin), separator: separator)
      groupCount += 1
      guard count < Self.maximumDigits, groupCount < Self.maximumGroups, let next = Self.separator(text, &at)
      else { break }
      separator = next
    }
    // "12 345abc": the last group belongs to a word.
    let last = groups[groupCount - 1]
    if groupCount > 1, ASCII.isLetter(text.at(last.range.upperBound)),
      !Self.isExtension(text, last.range.upperBound), !Self.isTime(text, last.range.upperBound)
    {
      count -= last.count
      groupCount -= 1
    }
  }

  /// Passes over one separator that a digit follows: a space, a hyphen with or without spaces, a bracket with
  /// a space or a hyphen, or a dot or slash alone.
  static func separator(_ text: Span<UInt8>, _ at: inout Int) -> UInt8? {
    var next = at
    var kind: UInt8 = 0
    while next - at <= 3 {
      let b = text.at(next)
      if ASCII.isDigit(b) {
        guard next > at, !(kind == 0x20 && next - at > 1) else { return nil }
        at = next
        return kind
      }
      switch b {
      case 0x20: kind = max(kind, 0x20)
      case 0x2D: if kind != 0x29 { kind = 0x2D }
      case 0x28, 0x29: kind = 0x29
      case 0x2E, 0x2F:
        guard next == at || kind == 0x29, ASCII.isDigit(text.at(next + 1)) else { return nil }
        if kind != 0x29 { kind = b }
      default: return nil
      }
      next += 1
    }
    return nil
  }

  /// "x4587", "ext. 12", behind a telephone number.
  static func isExtension(_ text: Span<UInt8>, _ at: Int) -> Bool {
    (text.at(at) | 0x20) == 0x78 && ASCII.isDigit(text.at(at + 1))
  }

  /// "T23:59", behind a date.
  private static func isTime(_ text: Span<UInt8>, _ at: Int) -> Bool {
    text.at(at) == 0x54 && ASCII.isDigit(text.at(at + 1)) && ASCII.isDigit(text.at(at + 2))
      && text.at(at + 3) == 0x3A
  }

  /// Digits of the first `count` groups.
  func digitCount(_ count: Int) -> Int { groups[count - 1].first + groups[count - 1].count }

  /// The number of groups' first `count` digits as lengths, packed in nibbles, first group highest.
  func shape(_ count: Int) -> UInt64 { groups[..<count].reduce(0) { $0 << 4 | UInt64(min($1.count, 15)) } }

  /// The separator of all of the first `count` groups, 0 for a single group, nil where they differ.
  func separator(_ count: Int) -> UInt8? {
    guard count > 1 else { return 0 }
    let first = groups[1].separator
    return groups[1..<count].allSatisfy { $0.separator == first } ? first : nil
  }

  func value(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1) } }
}
