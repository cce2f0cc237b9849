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

  private(set) var digits: [UInt8] = []
  private(set) var groups: [Group] = []
  /// Start of the number with a sign or bracket before it.
  private(set) var start = 0
  private(set) var hasPlus = false
  private(set) var hasBracket = false

  init() {
    digits.reserveCapacity(Self.maximumDigits)
    groups.reserveCapacity(Self.maximumGroups)
  }

  /// Reads the number whose first digit is at `from`.
  mutating func read(_ text: Span<UInt8>, from: Int) {
    digits.removeAll(keepingCapacity: true)
    groups.removeAll(keepingCapacity: true)
    start = from
    hasBracket = text.at(start - 1) == 0x28
    if hasBracket { start -= 1 }
    hasPlus = text.at(start - 1) == 0x2B
    if hasPlus { start -= 1 }
    var at = from
    var separator: UInt8 = 0
    while true {
      let begin = at
      while at < text.count, ASCII.isDigit(text[at]), digits.count < Self.maximumDigits {
        digits.append(text[at] & 15)
        at += 1
      }
      groups.append(Group(range: begin..<at, first: digits.count - (at - begin), separator: separator))
      guard digits.count < Self.maximumDigits, groups.count < Self.maximumGroups,
        let next = Self.separator(text, &at)
      else { break }
      separator = next
    }
    // "12 345abc": the last group belongs to a word.
    if groups.count > 1, let last = groups.last, ASCII.isLetter(text.at(last.range.upperBound)),
      !Self.isExtension(text, last.range.upperBound)
    {
      digits.removeLast(last.count)
      groups.removeLast()
    }
  }

  /// Passes over one separator that a digit follows: a space, a hyphen with or without spaces, a bracket with
  /// a space or a hyphen, or a dot or slash alone.
  private static func separator(_ text: Span<UInt8>, _ at: inout Int) -> UInt8? {
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

/// Check digits of numbers that carry them.
enum Checksum {
  /// The Luhn test of payment cards, false for a number of one repeated digit.
  static func luhn(_ digits: ArraySlice<UInt8>) -> Bool {
    var sum = 0
    for (k, digit) in digits.reversed().enumerated() {
      let weighted = k & 1 == 0 ? Int(digit) : Int(digit) * 2
      sum += weighted > 9 ? weighted - 9 : weighted
    }
    return sum % 10 == 0 && digits.contains { $0 != digits.first }
  }

  /// ISO 7064 mod 11,10, of the German tax identification number.
  static func mod1110(_ digits: ArraySlice<UInt8>) -> Bool {
    var product = 10
    for digit in digits.dropLast() {
      let sum = (Int(digit) + product) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
    }
    return (11 - product) % 10 == Int(digits.last ?? 0)
  }

  /// ISO 7064 mod 11-2, of the Chinese resident identity number; `last` is 10 for "X".
  static func mod112(_ digits: ArraySlice<UInt8>, last: Int) -> Bool {
    (digits.reduce(0) { ($0 + Int($1)) * 2 % 11 } + last) % 11 == 1
  }

  /// The check letter of a Spanish DNI or NIE number, as an ASCII capital.
  static func dniLetter(_ number: Int) -> UInt8 {
    "TRWAGMYFPDXBNJZSQVHLCKE".utf8.dropFirst(number % 23).first!
  }

  /// The two check digits of a Brazilian CPF.
  static func cpf(_ digits: ArraySlice<UInt8>) -> Bool {
    let digits = Array(digits)
    guard digits.count == 11, digits.contains(where: { $0 != digits[0] }) else { return false }
    for length in [9, 10] {
      let sum = (0..<length).reduce(0) { $0 + Int(digits[$1]) * (length + 1 - $1) }
      guard sum * 10 % 11 % 10 == Int(digits[length]) else { return false }
    }
    return true
  }

  /// ISO 7064 mod 97-10 of an IBAN given as bytes of digits and letters without separators.
  static func iban(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = 0
    for b in bytes.dropFirst(4) + bytes.prefix(4) {
      if ASCII.isDigit(b) {
        rest = (rest * 10 + Int(b & 15)) % 97
      } else {
        rest = (rest * 100 + Int(ASCII.lower(b)) - 0x61 + 10) % 97
      }
    }
    return rest == 1
  }
}
