// Numbers: cards, telephone numbers, IPv4 addresses, national ids, long runs of digits.

extension Redactor {
  mutating func atDigit(_ text: Span<UInt8>, _ at: Int) -> Int {
    var runEnd = at + 1
    while runEnd < text.count, ASCII.isDigit(text[runEnd]) { runEnd += 1 }
    if usesFilters, runEnd - at < 6, Self.standsAlone(text, at..<runEnd) { return context(text, at..<runEnd) }
    if at >= tokenEnd, let end = token(text, containing: at) { return end }
    let before = text.at(at - 1)
    // Digits inside a word are the token matcher's business.
    if ASCII.isAlphanumeric(before) || before == 0x5F { return runEnd }
    if let end = version4(text, at) { return end }
    if ASCII.isLetter(text.at(runEnd)), !NumberScan.isExtension(text, runEnd) {
      return context(text, at..<runEnd)
    }
    if runEnd - at > NumberScan.maximumDigits {
      add(.digits, at..<runEnd)
      return runEnd
    }
    number.read(text, from: at)
    // A date, with or without a time behind; "02.27.96.63.08" goes on in the same way and is none.
    if number.groupCount >= 3, isDate(3),
      number.groupCount == 3 || number.groups[3].separator != number.groups[2].separator
    {
      let end = number.groups[2].range.upperBound
      guard isCertainDate(text) else { return end }
      let timeEnd = Self.time(text, behind: end)
      add(.date, at..<timeEnd)
      return timeEnd
    }
    if (3...6).contains(runEnd - at),
      let code = Self.postalCode(text, at..<runEnd, behind: Self.wordBefore(text, at))
    {
      add(.postalCode, code)
      return code.upperBound
    }
    if let card = cardInside() {
      add(.card, card)
      return card.upperBound
    }
    for count in stride(from: number.groupCount, to: 0, by: -1) {
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
    return context(text, at..<runEnd)
  }

  /// Whether a number has nothing beside it that could make it part of a longer one, or of a word.
  @inline(__always)
  private static func standsAlone(_ text: Span<UInt8>, _ run: Range<Int>) -> Bool {
    if isJoint(text.at(run.lowerBound - 1)) { return false }
    let next = text.at(run.upperBound)
    if next == 0x2E ? ASCII.isAlphanumeric(text.at(run.upperBound + 1)) : isJoint(next) { return false }
    var behind = run.upperBound
    return NumberScan.separator(text, &behind) == nil
  }

  /// Letters, digits, and _ - + / = . by which numbers and keys are joined.
  @inline(__always)
  private static func isJoint(_ b: UInt8) -> Bool {
    if ASCII.isAlphanumeric(b) { return true }
    switch b {
    case 0x5F, 0x2D, 0x2B, 0x2F, 0x3D, 0x2E: return true
    default: return false
    }
  }

  /// A card number among the groups of the number, wherever it begins: "pin 12 4111 1111 1111 1111".
  private func cardInside() -> Range<Int>? {
    guard number.groupCount > 1, number.count >= 13, !number.hasPlus else { return nil }
    for first in 0..<number.groupCount {
      var total = 0
      var shape: UInt64 = 0
      for last in first..<number.groupCount {
        let group = number.groups[last]
        total += group.count
        shape = shape << 4 | UInt64(min(group.count, 15))
        let isJoined = last == first || [0x20, 0x2D, 0x2E].contains(group.separator)
        guard total <= 19, last - first < 5, isJoined else { break }
        let from = number.groups[first].first
        // Major industry identifiers of payment cards, and the groups in which cards are written.
        guard last == first ? total >= 14 : [0x4444, 0x4_4443, 0x465, 0x464].contains(shape),
          (2...6).contains(number.digits[from]), Checksum.luhn(number.digits[from..<from + total])
        else { continue }
        return number.groups[first].range.lowerBound..<group.range.upperBound
      }
    }
    return nil
  }

  /// What the first `count` groups of the scanned number are; `end` moves past what belongs to them.
  private func classify(_ text: Span<UInt8>, groups count: Int, end: inout Int) -> RedactionClass? {
    let total = number.digitCount(count)
    let separator = number.separator(count)
    let shape = number.shape(count)
    let digits = number.digits[..<total]
    if isNational(text, total: total, shape: shape, separator: separator, end: &end) { return .nationalID }
    if (12...19).contains(total), digits[0] != 0, !number.hasPlus, let separator, separator != 0x2F,
      separator != 0x29, isGroupedAsCard(count, shape: shape), Checksum.luhn(digits)
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

  /// Groups of four, or as American Express and Diners Club print theirs.
  private func isGroupedAsCard(_ count: Int, shape: UInt64) -> Bool {
    if count == 1 || shape == 0x465 || shape == 0x464 { return true }
    return number.groups[..<(count - 1)].allSatisfy { $0.count == 4 }
      && (3...7).contains(number.groups[count - 1].count)
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
      if shape == 0xB, Checksum.cpf(digits) || isElevenDigitID(digits) { return true }
      return digits[0] != 0 && Checksum.mod1110(digits)
    case (11, 0x2_2232):
      // Belgian, "85.07.30-033.28": the birthday of six digits, three, two.
      return isBirthday(month: 2, day: 4) && Checksum.belgian(digits)
    case (10, 0x64):
      // Danish and Swedish: the birthday of six digits and four; the Swedish with Luhn's check. Czech with mod 11.
      if separator == 0x2F {
        return number.value(0..<10) % 11 == 0 && isBirthday(month: 2, day: 4, offset: 50)
      }
      guard separator == 0x2D else { return false }
      return isBirthday(month: 2, day: 0)
        || isBirthday(month: 2, day: 4, offset: 60) && Checksum.luhn(digits)
    case (10, 0x334):
      return separator == 0x20 && Self.identityContext(text, number.groups[0].range.lowerBound)
        && Checksum.weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], modulus: 11)
    case (9, 0x333):
      // Canadian with Luhn's check, Australian tax file numbers with weights.
      guard
        separator == 0x2D
          || separator == 0x20 && Self.identityContext(text, number.groups[0].range.lowerBound)
      else { return false }
      return digits[0] != 0
        && (Checksum.luhn(digits) || Checksum.weighted(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10], modulus: 11))
    case (12, 0x444), (12, 0xC):
      return digits[0] >= 2 && separator != 0x2E && separator != 0x2F && Checksum.verhoeff(digits)
    case (13, 0xD), (13, 0x3442), (13, 0x67), (13, 0x1_4521):
      return isThirteenDigitID(shape, separator)
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
      return total == 18 && number.groupCount == 1
        && Checksum.mod112(digits.dropLast(), last: Int(digits[17]))
    }
  }

  /// Polish, Turkish, Norwegian and Belgian numbers in one run.
  private func isElevenDigitID(_ digits: ArraySlice<UInt8>) -> Bool {
    isBirthday(month: 2, day: 4, offset: 80)
      && Checksum.weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1], modulus: 10)
      || Checksum.turkish(digits) || isBirthday(month: 2, day: 0) && Checksum.norwegian(digits)
      || isBirthday(month: 2, day: 4) && Checksum.belgian(digits)
  }

  /// Swiss, South African, Romanian, Korean and Thai numbers.
  private func isThirteenDigitID(_ shape: UInt64, _ separator: UInt8?) -> Bool {
    let digits = number.digits[..<13]
    switch shape {
    case 0x67:
      return separator == 0x2D && isBirthday(month: 2, day: 4) && (1...8).contains(digits[6])
    case 0x3442: return number.value(0..<3) == 756 && Checksum.ean(digits)
    case 0x1_4521:
      let sum = (0..<12).reduce(0) { $0 + Int(digits[$1]) * (13 - $1) }
      return (11 - sum % 11) % 10 == Int(digits[12])
    default:
      if number.value(0..<3) == 756, Checksum.ean(digits) { return true }
      if isBirthday(month: 2, day: 4), digits[10] <= 1, Checksum.luhn(digits) { return true }
      let weights = [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]
      let rest = (0..<12).reduce(0) { $0 + Int(digits[$1]) * weights[$1] } % 11
      return (1...8).contains(digits[0]) && isBirthday(month: 3, day: 5)
        && (rest == 10 ? 1 : rest) == Int(digits[12])
    }
  }

  /// Whether two digits each are a month and a day, and what stands for the year does not matter; `offset` is what some countries add to month or day.
  private func isBirthday(month: Int, day: Int, offset: Int = 0) -> Bool {
    func value(_ k: Int) -> Int { number.value(k..<k + 2) }
    var (m, d) = (value(month), value(day))
    switch offset {
    // Women have 50 more in the month; other centuries 20, 40, 60 or 80; a Swedish substitute has 60 in the day.
    case 50: m = m > 50 ? m - 50 : m
    case 80: m %= 20
    case 60: d = d > 60 ? d - 60 : d
    default: break
    }
    return (1...12).contains(m) && (1...31).contains(d)
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

  /// Whether what reads as a date is none of the other things that do: versions, sections, counts of three.
  private func isCertainDate(_ text: Span<UInt8>) -> Bool {
    let separator = number.groups[1].separator
    if number.groups[0].count == 4 || number.groups[2].count == 4 { return separator != 0x20 }
    switch separator {
    case 0x2F: return true
    case 0x2D: return number.groups[0].count + number.groups[1].count >= 3
    case 0x2E:
      return number.groups[0].count + number.groups[1].count == 4
        && !Self.wordBefore(text, number.groups[0].range.lowerBound, in: Self.versionWords)
    default: return false
    }
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

  static func wordBefore(_ text: Span<UInt8>, _ at: Int, in words: Set<UInt64>) -> Bool {
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
