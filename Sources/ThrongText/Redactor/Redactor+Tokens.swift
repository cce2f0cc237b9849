// Strings of letters and digits: IBANs, crypto addresses, keys, UUIDs, national ids with letters, PEM blocks.

extension Redactor {
  /// Matches the alphanumeric run around the digit at `at`, with what belongs to it; answers where to go on.
  mutating func token(_ text: Span<UInt8>, containing at: Int) -> Int? {
    var start = at
    while start > 0, ASCII.isAlphanumeric(text[start - 1]) { start -= 1 }
    var end = at + 1
    while end < text.count, ASCII.isAlphanumeric(text[end]) { end += 1 }
    tokenEnd = end
    if let match = iban(text, start..<end) ?? cisco(text, start, end) ?? hyphenated(text, start..<end) {
      add(match.kind, match.range)
      return match.range.upperBound
    }
    let shape = TokenShape(text, start..<end)
    if Self.isCryptoAddress(text, start..<end, shape) {
      add(.cryptoAddress, start..<end)
      return end
    }
    if let key = key(text, start..<end, shape) {
      add(.secret, key)
      return key.upperBound
    }
    guard shape.letters > 0 else { return nil }
    if let code = Self.letteredPostalCode(text, start..<end) {
      add(.postalCode, code)
      return code.upperBound
    }
    guard let kind = Self.mixed(text, start..<end, shape) else { return nil }
    add(kind, start..<end)
    return end
  }

  typealias Match = (kind: RedactionClass, range: Range<Int>)

  /// Classes of a single run of letters and digits.
  private static func mixed(_ text: Span<UInt8>, _ run: Range<Int>, _ shape: TokenShape) -> RedactionClass? {
    let start = run.lowerBound
    let count = run.count
    // "00011100B" is a binary number.
    if shape.letters == 1, count >= 8, text[run.upperBound - 1] & 0xDF == 0x42,
      isBinary(text, start..<run.upperBound - 1)
    {
      return nil
    }
    // National Insurance number in one run: two letters, six digits, A to D.
    if count == 9, isNationalInsurance(text, start) { return .nationalID }
    if count == 16, isCodiceFiscale(text, start) { return .nationalID }
    if count == 9, isSpanish(text, run) { return .nationalID }
    if count == 18, shape.digits == 17, text[run.upperBound - 1] & 0xDF == 0x58 {
      var digits: [UInt8] = []
      for k in start..<start + 17 { digits.append(text[k] & 15) }
      if Checksum.mod112(digits[...], last: 10) { return .nationalID }
    }
    if count == 11, isFinnish(text, start) { return .nationalID }
    // Indian tax number: five letters, four digits, a letter.
    if count == 10, matches(text, start, "LLLLLDDDDL") { return .nationalID }
    // Mexican: four letters, a birthday, a sex, five letters, a letter or digit, a digit.
    if count == 18, matches(text, start, "LLLLDDDDDDLLLLLL"), ASCII.isDigit(text[start + 17]) {
      return .nationalID
    }
    // British driving licence: five of a name, a birthday, two initials, three more.
    if count == 16, shape.digits >= 6, matches(text, start, "LLLLLDDDDDD") { return .nationalID }
    if shape.digits >= 5, (6...20).contains(count), identityContext(text, start) { return .nationalID }
    // A serial number: a licence, an account, a passport.
    return shape.longestDigits >= 6 && shape.letters <= 4 && count <= 24 && count >= 8 ? .digits : nil
  }

  private static func isBinary(_ text: Span<UInt8>, _ run: Range<Int>) -> Bool {
    for k in run where text[k] & 0xFE != 0x30 { return false }
    return true
  }

  // MARK: IBAN

  /// Two letters, two check digits and up to thirty characters, plain or in groups of four.
  private func iban(_ text: Span<UInt8>, _ run: Range<Int>) -> Match? {
    let start = run.lowerBound
    guard run.count >= 4, ASCII.isLetter(text[start]), ASCII.isLetter(text[start + 1]),
      ASCII.isDigit(text[start + 2]),
      ASCII.isDigit(text[start + 3])
    else { return nil }
    var bytes: [UInt8] = []
    var at = start
    var best: Int?
    while bytes.count < 34, at < text.count {
      let b = text[at]
      if ASCII.isAlphanumeric(b) {
        bytes.append(b)
        at += 1
        let next = text.at(at)
        if bytes.count >= 15, !ASCII.isAlphanumeric(next), Checksum.iban(bytes[...]) { best = at }
      } else if (b == 0x20 || b == 0x2D), bytes.count % 4 == 0, ASCII.isAlphanumeric(text.at(at + 1)) {
        at += 1
      } else {
        break
      }
    }
    return best.map { (.iban, start..<$0) }
  }

  // MARK: Hexadecimal with separators

  /// "aabb.ccdd.eeff": a MAC address as some switches write it.
  private func cisco(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Match? {
    guard end - start == 4, text.at(end) == 0x2E, text.at(start + 9) == 0x2E,
      !ASCII.isAlphanumeric(text.at(start + 14))
    else { return nil }
    for group in 0..<3 {
      for k in 0..<4 where !ASCII.isHexadecimal(text.at(start + group * 5 + k)) { return nil }
    }
    var letters = 0
    for k in start..<start + 14 where ASCII.isLetter(text[k]) { letters += 1 }
    return letters > 0 ? (.macAddress, start..<start + 14) : nil
  }

  /// UUIDs, and identities of two letters and six digits in pairs.
  private func hyphenated(_ text: Span<UInt8>, _ run: Range<Int>) -> Match? {
    let start = run.lowerBound
    if run.count == 8, text.at(run.upperBound) == 0x2D {
      var at = start
      for (k, length) in [8, 4, 4, 4, 12].enumerated() {
        for _ in 0..<length {
          guard ASCII.isHexadecimal(text.at(at)) else { return nil }
          at += 1
        }
        if k < 4 {
          guard text.at(at) == 0x2D else { return nil }
          at += 1
        }
      }
      return ASCII.isAlphanumeric(text.at(at)) ? nil : (.secret, start..<at)
    }
    if run.count == 6, text.at(run.upperBound) == 0x2D || text.at(run.upperBound) == 0x2B,
      Self.isFinnish(text, start)
    {
      return (.nationalID, start..<start + 11)
    }
    // "QQ 12 34 56 C": the digit found is the first of a pair behind two letters and a space.
    if run.count == 2, start >= 3, text[start - 1] == 0x20, ASCII.isLetter(text[start - 2]),
      ASCII.isLetter(text[start - 3]),
      !ASCII.isAlphanumeric(text.at(start - 4)), text.at(start + 2) == 0x20, text.at(start + 5) == 0x20,
      text.at(start + 8) == 0x20, (0x41...0x44).contains(text.at(start + 9) & 0xDF),
      !ASCII.isAlphanumeric(text.at(start + 10))
    {
      for k in [0, 1, 3, 4, 6, 7] where !ASCII.isDigit(text.at(start + k)) { return nil }
      return (.nationalID, start - 3..<start + 10)
    }
    return nil
  }

  /// MAC addresses with hyphens, and PEM blocks.
  mutating func atHyphen(_ text: Span<UInt8>, _ at: Int) -> Int {
    if text.at(at + 1) == 0x2D {
      var end = at + 1
      while text.at(end) == 0x2D { end += 1 }
      if end - at >= 5, let stop = armour(text, from: end) {
        add(.secret, at..<stop)
        return stop
      }
      return end
    }
    guard text.at(at + 3) == 0x2D, at >= 2, !ASCII.isAlphanumeric(text.at(at - 3)) else { return at + 1 }
    let end = at + 15
    guard end <= text.count, !ASCII.isAlphanumeric(text.at(end)) else { return at + 1 }
    for k in 0..<17 {
      let b = text[at - 2 + k]
      guard k % 3 == 2 ? b == 0x2D : ASCII.isHexadecimal(b) else { return at + 1 }
    }
    add(.macAddress, at - 2..<end)
    return end
  }

  /// The end of an armoured key, certificate, signature or message whose "BEGIN" is at `from`. A signed
  /// message is text, so only its head line is left alone.
  private func armour(_ text: Span<UInt8>, from: Int) -> Int? {
    guard text.has("begin ", at: from), !text.has("begin pgp signed", at: from) else { return nil }
    var at = from + 6
    while at < text.count {
      if text[at] == 0x2D, text.has("-----end ", at: at) {
        at += 9
        while at < text.count, text[at] != 0x0A { at += 1 }
        return at
      }
      at += 1
    }
    return text.count
  }

  // MARK: Keys

  /// Known prefixes, and long strings that mix their characters as words do not.
  private mutating func key(_ text: Span<UInt8>, _ run: Range<Int>, _ shape: TokenShape) -> Range<Int>? {
    if run.count >= 32, shape.isHexadecimal && shape.letters > 0 || shape.isHexadecimalBehindPrefix {
      return run
    }
    if run.count >= 20, shape.isRandom { return extended(text, run) }
    let isLong = run.count >= 12 && shape.isRandom
    // What joins many runs is looked at once, by the first of them.
    guard isLong || run.lowerBound >= joinedEnd else { return nil }
    let wide = extended(text, run)
    joinedEnd = wide.upperBound
    guard wide.count >= 16 else { return nil }
    let start = wide.lowerBound
    for prefix in Self.keyPrefixes where text.has(prefix, at: start) { return wide }
    if wide.count >= 20, isLong { return wide }
    return nil
  }

  /// The run with what keys are joined by: '_', '-', and '.' as in a JSON web token.
  private func extended(_ text: Span<UInt8>, _ run: Range<Int>) -> Range<Int> {
    func isJoined(_ at: Int) -> Bool {
      let b = text.at(at)
      return ASCII.isAlphanumeric(b) || b == 0x5F || b == 0x2D || b == 0x2B || b == 0x2F || b == 0x3D
        || b == 0x2E && ASCII.isAlphanumeric(text.at(at + 1)) && ASCII.isAlphanumeric(text.at(at - 1))
    }
    var start = run.lowerBound
    while start > 0, run.lowerBound - start < 256, isJoined(start - 1), text[start - 1] != 0x3D,
      text[start - 1] != 0x2F
    {
      start -= 1
    }
    var end = run.upperBound
    while end < text.count, end - run.upperBound < 4096, isJoined(end) { end += 1 }
    return start..<end
  }

  private static let keyPrefixes: [StaticString] = [
    "sk-", "sk_", "pk_", "rk_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "akia",
    "asia",
    "aiza", "ya29.", "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xapp-", "eyj", "hf_", "npm_", "pypi-",
    "sg.",
    "shpat_", "dop_v1_", "eaac", "ssh-", "aaaab3nza", "aaaac3nza",
  ]

  // MARK: Crypto addresses

  private static func isCryptoAddress(_ text: Span<UInt8>, _ run: Range<Int>, _ shape: TokenShape) -> Bool {
    let start = run.lowerBound
    if run.count == 42, text.has("0x", at: start) {
      for k in start + 2..<run.upperBound where !ASCII.isHexadecimal(text[k]) { return false }
      return true
    }
    if run.count >= 14, run.count <= 90, text.has("bc1", at: start) || text.has("tb1", at: start) {
      for k in start + 3..<run.upperBound where "1bioBIO".utf8.contains(text[k]) { return false }
      return shape.digits >= 3
    }
    // Base58check of 25 bytes, of which Bitcoin's first characters are 1 and 3.
    guard (26...35).contains(run.count), text[start] == 0x31 || text[start] == 0x33, shape.lowers > 0,
      shape.uppers > 0
    else { return false }
    for k in run where "0OIl".utf8.contains(text[k]) { return false }
    return true
  }

  // MARK: National ids with letters

  private static func isNationalInsurance(_ text: Span<UInt8>, _ start: Int) -> Bool {
    guard ASCII.isLetter(text[start]), ASCII.isLetter(text[start + 1]),
      (0x41...0x44).contains(text[start + 8] & 0xDF)
    else { return false }
    for k in start + 2..<start + 8 where !ASCII.isDigit(text[k]) { return false }
    return true
  }

  /// Spanish DNI: eight digits and their check letter; NIE: X, Y or Z stand for a first digit 0, 1 or 2.
  private static func isSpanish(_ text: Span<UInt8>, _ run: Range<Int>) -> Bool {
    let first = text[run.lowerBound] & 0xDF
    var value = (0x58...0x5A).contains(first) ? Int(first) - 0x58 : Int(text[run.lowerBound]) - 0x30
    guard (0...9).contains(value) else { return false }
    for k in run.lowerBound + 1..<run.upperBound - 1 {
      guard ASCII.isDigit(text[k]) else { return false }
      value = value * 10 + Int(text[k] & 15)
    }
    return text[run.upperBound - 1] & 0xDF == Checksum.dniLetter(value)
  }

  /// Whether letters and digits stand where `pattern` has L and D.
  private static func matches(_ text: Span<UInt8>, _ start: Int, _ pattern: StaticString) -> Bool {
    pattern.withUTF8Buffer { kinds in
      for k in 0..<kinds.count {
        let b = text.at(start + k)
        guard unsafe kinds[k] == 0x4C ? ASCII.isLetter(b) : ASCII.isDigit(b) else { return false }
      }
      return true
    }
  }

  /// A Finnish identity code: a birthday, a sign of the century, three digits, and the rest of nine digits by 31.
  private static func isFinnish(_ text: Span<UInt8>, _ start: Int) -> Bool {
    guard matches(text, start, "DDDDDD"), matches(text, start + 7, "DDD"),
      !ASCII.isAlphanumeric(text.at(start + 11))
    else { return false }
    var value = 0
    for k in [0, 1, 2, 3, 4, 5, 7, 8, 9] { value = value * 10 + Int(text[start + k] & 15) }
    return ASCII.lower(text.at(start + 10)) == "0123456789abcdefhjklmnprstuvwxy".utf8.dropFirst(value % 31)
      .first!
  }

  /// The Italian tax code: a pattern of sixteen and a check letter over weighted characters.
  private static func isCodiceFiscale(_ text: Span<UInt8>, _ start: Int) -> Bool {
    guard matches(text, start, "LLLLLLDDLDDLDDDL") else { return false }
    let odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
    var sum = 0
    for k in 0..<15 {
      let b = text[start + k]
      let value = ASCII.isDigit(b) ? Int(b & 15) : Int(ASCII.lower(b)) - 0x61
      sum += k & 1 == 0 ? odd[value] : value
    }
    return sum % 26 == Int(ASCII.lower(text[start + 15])) - 0x61
  }
}

/// Counts over one alphanumeric run.
struct TokenShape {
  var digits = 0
  var lowers = 0
  var uppers = 0
  /// Changes between digit, lower and upper case along the run.
  var changes = 0
  var longestDigits = 0
  var isHexadecimal = true
  /// "0x" and hexadecimal digits.
  var isHexadecimalBehindPrefix = false
  var count = 0
  var letters: Int { lowers + uppers }

  init(_ text: Span<UInt8>, _ run: Range<Int>) {
    count = run.count
    var last: UInt8 = 0
    var streak = 0
    var others = 0
    for k in run {
      let b = text[k]
      let kind: UInt8
      if ASCII.isDigit(b) {
        digits += 1
        streak += 1
        longestDigits = max(longestDigits, streak)
        kind = 1
      } else {
        streak = 0
        if ASCII.isLower(b) { lowers += 1 } else { uppers += 1 }
        kind = ASCII.isLower(b) ? 2 : 3
      }
      if kind != last, last != 0 { changes += 1 }
      last = kind
      if !ASCII.isHexadecimal(b) { others += 1 }
    }
    isHexadecimal = others == 0
    isHexadecimalBehindPrefix = others == 1 && count > 2 && text.has("0x", at: run.lowerBound)
  }

  /// Letters and digits mixed as no word, file name or model number mixes them: at least two digits, and a
  /// change of class every four characters or more often.
  var isRandom: Bool { digits >= 2 && letters >= 4 && changes * 4 >= count }
}
