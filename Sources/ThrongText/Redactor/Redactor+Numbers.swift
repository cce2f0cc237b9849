// Numbers: cards, telephone numbers, IPv4 addresses, national ids, long runs of digits.

extension Redactor {
  mutating func atDigit(_ text: Span<UInt8>, _ at: Int) -> Int {
    if at >= tokenEnd, let end = token(text, containing: at) { return end }
    var runEnd = at + 1
    while runEnd < text.count, ASCII.isDigit(text[runEnd]) { runEnd += 1 }
    let before = text.at(at - 1)
    // Digits inside a word are the token matcher's business.
    if ASCII.isAlphanumeric(before) || before == 0x5F { return runEnd }
    if let end = version4(text, at) { return end }
    if ASCII.isLetter(text.at(runEnd)), !NumberScan.isExtension(text, runEnd) { return runEnd }
    if runEnd - at > NumberScan.maximumDigits {
      add(.digits, at..<runEnd)
      return runEnd
    }
    number.read(text, from: at)
    // A date, with or without a time behind; "02.27.96.63.08" goes on in the same way and is none.
    if number.groups.count >= 3, isDate(3),
      number.groups.count == 3 || number.groups[3].separator != number.groups[2].separator
    {
      return number.groups[2].range.upperBound
    }
    for count in stride(from: number.groups.count, to: 0, by: -1) {
      // No class has fewer than six digits.
      if number.digitCount(count) < 6 { break }
      if count == 2, isDate(2) { return number.groups[1].range.upperBound }
      guard var end = Optional(number.groups[count - 1].range.upperBound),
        let kind = classify(text, groups: count, end: &end)
      else { continue }
      let opened = kind == .phone || number.hasBracket && text.at(end) == 0x29
      add(kind, (opened ? number.start : at)..<end)
      return end
    }
    return runEnd
  }

  /// What the first `count` groups of the scanned number are; `end` moves past what belongs to them.
  private func classify(_ text: Span<UInt8>, groups count: Int, end: inout Int) -> RedactionClass? {
    let total = number.digitCount(count)
    let separator = number.separator(count)
    let shape = number.shape(count)
    let digits = number.digits[..<total]
    if isNational(text, total: total, shape: shape, separator: separator, end: &end) { return .nationalID }
    if (12...19).contains(total), digits[0] != 0, !number.hasPlus, let separator, separator != 0x2F,
      separator != 0x29, count == 1 || number.groups[..<count].allSatisfy({ (3...7).contains($0.count) }),
      Checksum.luhn(digits)
    {
      return .card
    }
    if isPhone(text, groups: count, total: total, shape: shape, separator: separator) {
      if NumberScan.isExtension(text, end) {
        end += 1
        while end < text.count, ASCII.isDigit(text[end]) { end += 1 }
      }
      return .phone
    }
    return count == 1 && total >= 9 ? .digits : nil
  }

  // MARK: National ids

  private func isNational(
    _ text: Span<UInt8>, total: Int, shape: UInt64, separator: UInt8?, end: inout Int
  ) -> Bool {
    let digits = number.digits[..<total]
    switch (total, shape) {
    case (9, 0x324):
      // US social security number: no part is all zeros.
      guard separator == 0x2D || separator == 0x20 else { return false }
      return number.value(0..<3) != 0 && number.value(0..<3) != 666 && number.value(3..<5) != 0
        && number.value(5..<9) != 0
    case (11, 0x3332):
      return Checksum.cpf(digits)
    case (11, 0xB), (11, 0x2333):
      if shape == 0xB, Checksum.cpf(digits) { return true }
      return digits[0] != 0 && Checksum.mod1110(digits)
    case (15, 0xF), (15, 0x122_2332):
      // French INSEE number: sex 1 or 2, and 97 minus the rest of thirteen digits by 97.
      return (1...2).contains(digits[0]) && 97 - number.value(0..<13) % 97 == number.value(13..<15)
    case (8, 0x8):
      // Spanish DNI with a separator: the letter behind is the rest by 23.
      let letter = end + 1
      guard text.at(end) == 0x2D || text.at(end) == 0x20 else { return false }
      guard ASCII.isLetter(text.at(letter)), !ASCII.isAlphanumeric(text.at(letter + 1)),
        text[letter] & 0xDF == Checksum.dniLetter(number.value(0..<8))
      else { return false }
      end = letter + 1
      return true
    default:
      return total == 18 && number.groups.count == 1
        && Checksum.mod112(digits.dropLast(), last: Int(digits[17]))
    }
  }

  // MARK: Dates

  /// Three groups that read as a date, two years as a span, or a date with a time behind.
  private func isDate(_ count: Int) -> Bool {
    func isYear(_ k: Int) -> Bool {
      number.groups[k].count == 4 && (1000...2199).contains(value(k))
    }
    func isPart(_ k: Int, _ limit: Int) -> Bool {
      number.groups[k].count <= 2 && (1...limit).contains(value(k))
    }
    func value(_ k: Int) -> Int {
      number.value(number.groups[k].first..<number.groups[k].first + number.groups[k].count)
    }
    if count == 2 { return isYear(0) && isYear(1) && !number.hasPlus }
    guard count == 3, let separator = number.separator(3), separator != 0x29 else { return false }
    if isYear(0) { return isPart(1, 12) && isPart(2, 31) }
    let dayAndMonth = isPart(0, 31) && isPart(1, 12) || isPart(0, 12) && isPart(1, 31)
    return dayAndMonth && (isYear(2) || number.groups[2].count == 2 && separator != 0x20)
  }

  // MARK: IPv4

  /// Four octets; not behind the word "version", and not part of a longer dotted number.
  private mutating func version4(_ text: Span<UInt8>, _ at: Int) -> Int? {
    var end = at
    var octets = 0
    while octets < 4 {
      let from = end
      var value = 0
      while end < text.count, ASCII.isDigit(text[end]), end - from < 3 {
        value = value * 10 + Int(text[end] & 15)
        end += 1
      }
      guard end > from, value < 256 else { return nil }
      octets += 1
      if octets < 4 {
        guard text.at(end) == 0x2E else { return nil }
        end += 1
      }
    }
    let next = text.at(end)
    guard !Self.isNameByte(next) || next >= 0x80, !(next == 0x2E && ASCII.isDigit(text.at(end + 1))),
      !(text.at(at - 1) == 0x2E && ASCII.isDigit(text.at(at - 2))),
      !Self.wordBefore(text, at, in: Self.versionWords)
    else { return nil }
    if next == 0x3A || next == 0x2F, ASCII.isDigit(text.at(end + 1)) {
      end += 1
      while end < text.count, ASCII.isDigit(text[end]) { end += 1 }
    }
    add(.ipAddress, at..<end)
    return end
  }

  private static let versionWords = Set(
    ["version", "ver", "release", "rev", "build", "section", "chapter", "firmware"].map { ASCII.packed($0) })

  private static func wordBefore(_ text: Span<UInt8>, _ at: Int, in words: Set<UInt64>) -> Bool {
    var end = at
    while end > 0, at - end < 3, !ASCII.isLetter(text[end - 1]) { end -= 1 }
    var start = end
    while start > 0, end - start < 9, ASCII.isLetter(text[start - 1]) { start -= 1 }
    return ASCII.packed(text, start..<end).map { words.contains($0) } ?? false
  }

  // MARK: Telephone numbers

  private static let phoneWords = Set(
    """
    phone phones tel telefon tele call calls called calling cell cellular mobile mobil fax voice dial ring \
    whatsapp number ph handy telefono landline tty
    """.split(separator: " ").map { ASCII.packed(String($0)) })

  /// Whether one of the five words before says that a telephone number follows.
  private static func phoneContext(_ text: Span<UInt8>, _ at: Int) -> Bool {
    var end = at
    var words = 0
    while end > 0, words < 5, at - end < 48, text[end - 1] != 0x0A {
      guard ASCII.isLetter(text[end - 1]) else {
        end -= 1
        continue
      }
      var start = end
      while start > 0, ASCII.isLetter(text[start - 1]) { start -= 1 }
      if let word = ASCII.packed(text, start..<end), phoneWords.contains(word) { return true }
      words += 1
      end = start
    }
    return false
  }

  private func isPhone(
    _ text: Span<UInt8>, groups count: Int, total: Int, shape: UInt64, separator: UInt8?
  ) -> Bool {
    guard (6...15).contains(total) else { return false }
    let from = number.groups[0].range.lowerBound
    if number.hasPlus { return total >= 8 }
    if Self.isPriceOrFraction(text, from) { return false }
    let digits = number.digits
    if count == 1 {
      if total == 10 { return digits[0] >= 2 || digits[0] == 0 && digits[1] > 0 }
      if total == 11 || total == 12 { return digits[0] <= 1 || digits[0] == 4 }
      return total >= 7 && Self.phoneContext(text, from)
    }
    // A single digit is a list, a version or a quantity, but for the trunk code 1 and a bracketed (0).
    for k in 0..<count where number.groups[k].count == 1 {
      let isTrunk = k == 0 && digits[0] <= 1 && total >= 10 && count > 2
      guard isTrunk || number.groups[k].separator == 0x29 else { return false }
    }
    if number.hasBracket || number.groups[1].separator == 0x29 {
      return number.groups[1].separator == 0x29 && total >= 7 && number.groups[0].count <= 5
        && (number.hasBracket || count >= 3)
    }
    let starts0 = digits[0] == 0
    switch shape {
    // North America, with or without the trunk code; 3-4 is its local form.
    case 0x334, 0x1334: return true
    // A United States postal code with its extension.
    case 0x54: return starts0 ? Self.phoneContext(text, from) : separator != 0x2D
    case 0x34: return (separator == 0x2D || separator == 0x20) && (!isYearLike(1) || separator == 0x2D)
    default: break
    }
    if separator == 0x2E {
      // Thousands and decimals use dots too.
      guard count >= 3 else { return false }
      return starts0 && total >= 8 || number.groups[..<count].allSatisfy { $0.count == 2 } && count >= 4
    }
    if separator == 0x2F { return starts0 && total >= 8 && count == 2 }
    if total >= 7, total <= 13 || (digits[0] == 0 && digits[1] == 0) {
      if starts0, (2...5).contains(number.groups[0].count) { return true }
      let isThousands =
        separator == 0x20 && number.groups[1..<count].allSatisfy { $0.count == 3 }
        && digits[..<total].suffix(3).allSatisfy { $0 == 0 }
      if separator != nil, !isThousands, number.groups[..<count].allSatisfy({ (2...7).contains($0.count) }),
        total >= 8,
        !(count == 2 && isYearLike(0) && isYearLike(1))
      {
        return true
      }
    }
    let isPaired = number.groups[..<count].allSatisfy { $0.count == 2 }
    return separator != nil && (total >= 7 || isPaired) && Self.phoneContext(text, from)
  }

  private func isYearLike(_ k: Int) -> Bool {
    let group = number.groups[k]
    return group.count == 4 && (1000...2199).contains(number.value(group.first..<group.first + 4))
  }

  /// Behind a currency sign, or in the middle of a longer number.
  private static func isPriceOrFraction(_ text: Span<UInt8>, _ at: Int) -> Bool {
    var before = at - 1
    if text.at(before) == 0x20 { before -= 1 }
    let b = text.at(before)
    if b == 0x24 { return true }
    // £ and ¥ end in A3 and A5 behind C2, € in AC behind E2 82.
    if b == 0xA3 || b == 0xA5, text.at(before - 1) == 0xC2 { return true }
    if b == 0xAC, text.at(before - 1) == 0x82, text.at(before - 2) == 0xE2 { return true }
    let adjacent = text.at(at - 1)
    return (adjacent == 0x2E || adjacent == 0x2C || adjacent == 0x2D || adjacent == 0x2F || adjacent == 0x3A)
      && ASCII.isDigit(text.at(at - 2))
  }
}
