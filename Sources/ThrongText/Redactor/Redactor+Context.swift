// What the words around a number decide: dates with a month in words, ages, postal codes, numbers of documents.

extension Redactor {
  /// The last chance of a number that no pattern of its own claims; answers where to go on.
  mutating func context(_ text: Span<UInt8>, _ run: Range<Int>) -> Int {
    let before = text.at(run.lowerBound - 1)
    if ASCII.isAlphanumeric(before) || before == 0x5F { return run.upperBound }
    let word = Self.wordBefore(text, run.lowerBound)
    if run.count <= 4, let date = Self.writtenDate(text, run, behind: word) {
      add(.date, date)
      return date.upperBound
    }
    if run.count <= 3, Self.isAge(text, run, behind: word) {
      add(.age, run)
      return run.upperBound
    }
    if let code = Self.postalCode(text, run, behind: word) {
      add(.postalCode, code)
      return code.upperBound
    }
    if run.count >= 5, Self.identityContext(text, run.lowerBound) {
      add(.nationalID, run)
    }
    return run.upperBound
  }

  /// The word that ends before `at`, at most three marks or spaces away in the same line; empty where there is none.
  static func wordBefore(_ text: Span<UInt8>, _ at: Int) -> Range<Int> {
    var end = at
    while end > 0, at - end < 3, !isWordByte(text[end - 1]) {
      if text[end - 1] == 0x0A { return at..<at }
      end -= 1
    }
    var start = end
    while start > 0, end - start < 16, isWordByte(text[start - 1]) { start -= 1 }
    return start..<end
  }

  private static func isWordByte(_ b: UInt8) -> Bool { ASCII.isLetter(b) || b >= 0x80 }

  // MARK: Dates with a month in words

  private static let months = WordSet(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul \
    aug sep sept oct nov dec januar jänner februar märz mai juni juli oktober dezember okt dez janvier février \
    fevrier mars avril juin juillet août aout septembre octobre novembre décembre decembre enero febrero marzo \
    abril mayo junio julio agosto septiembre octubre noviembre diciembre janeiro fevereiro março maio junho julho \
    setembro outubro novembro dezembro gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre \
    januari februari maart mei augustus augusti stycznia lutego marca kwietnia maja czerwca lipca sierpnia \
    września października listopada grudnia января февраля марта апреля мая июня июля августа сентября октября \
    ноября декабря
    """)

  /// "5 April 1993", "5th of April, 1993", "12-Apr-93", "April 5, 1993", "1993年4月5日", with the time behind.
  private static func writtenDate(
    _ text: Span<UInt8>, _ run: Range<Int>, behind month: Range<Int>
  ) -> Range<Int>? {
    if run.count == 4 {
      guard text.at(run.upperBound) >= 0x80, let end = ideographicDate(text, run.upperBound) else {
        return nil
      }
      return run.lowerBound..<end
    }
    guard run.count <= 2 else { return nil }
    var day = 0
    for i in run { day = day * 10 + Int(text[i] & 15) }
    guard (1...31).contains(day) else { return nil }
    var at = run.upperBound
    if ASCII.isLetter(text.at(at)) {
      for ordinal: StaticString in ["st", "nd", "rd", "th"] where text.has(ordinal, at: at) { at += 2 }
    }
    if let end = monthAndYear(text, at) { return run.lowerBound..<time(text, behind: end) }
    // The month before: a space or its point and a space apart.
    guard run.lowerBound - month.upperBound <= 2, month.count >= 3, months.contains(text, month),
      let end = year(text, at, allowsShort: false)
    else { return nil }
    return month.lowerBound..<time(text, behind: end)
  }

  @inline(__always) private static func isDateMark(_ b: UInt8) -> Bool {
    b == 0x20 || b == 0x2E || b == 0x2D || b == 0x2F
  }

  /// The end of a month in words and a year from `at`.
  private static func monthAndYear(_ text: Span<UInt8>, _ at: Int) -> Int? {
    var start = at
    while start - at < 3, isDateMark(text.at(start)) { start += 1 }
    let joint = text.at(start - 1)
    guard start > at, isWordByte(text.at(start)) else { return nil }
    for word: StaticString in ["of ", "de "] where text.has(word, at: start) { start += 3 }
    var end = start
    while end < text.count, end - start < 20, isWordByte(text[end]) { end += 1 }
    guard end - start >= 3, months.contains(text, start..<end) else { return nil }
    return year(text, end, allowsShort: joint == 0x2D && text.at(end) == 0x2D)
  }

  /// The end of a year behind one to three marks from `at`: four digits, or two where a hyphen joins it.
  private static func year(_ text: Span<UInt8>, _ at: Int, allowsShort: Bool) -> Int? {
    var start = at
    while start - at < 3, isDateMark(text.at(start)) || text.at(start) == 0x2C { start += 1 }
    for word: StaticString in ["of ", "de "] where text.has(word, at: start) { start += 3 }
    var end = start
    while ASCII.isDigit(text.at(end)), end - start < 5 { end += 1 }
    let isLong = end - start == 4 && (text[start] == 0x31 || text[start] == 0x32)
    guard start > at, isLong || allowsShort && end - start == 2, !ASCII.isLetter(text.at(end)) else {
      return nil
    }
    return end
  }

  /// The end of 年 4 月 5 日 from `at`, or of 년 4월 5일.
  private static func ideographicDate(_ text: Span<UInt8>, _ at: Int) -> Int? {
    var end = at
    for (k, mark) in [("年", "년"), ("月", "월"), ("日", "일")].enumerated() {
      if k > 0 {
        while text.at(end) == 0x20 { end += 1 }
        let start = end
        while ASCII.isDigit(text.at(end)), end - start < 2 { end += 1 }
        guard end > start else { return nil }
      }
      guard has(text, mark.0, end) || has(text, mark.1, end) else { return nil }
      end += 3
    }
    return end
  }

  private static func has(_ text: Span<UInt8>, _ mark: String, _ at: Int) -> Bool {
    mark.utf8.enumerated().allSatisfy { text.at(at + $0.offset) == $0.element }
  }

  /// The end of a time of day behind a date that ends at `end`; `end` where there is none.
  static func time(_ text: Span<UInt8>, behind end: Int) -> Int {
    var at = end
    if text.at(at) == 0x2C { at += 1 }
    guard text.at(at) == 0x20 || text.at(at) | 0x20 == 0x74 else { return end }
    at += 1
    let hour = at
    while ASCII.isDigit(text.at(at)), at - hour < 2 { at += 1 }
    guard at > hour, text.at(at) == 0x3A, ASCII.isDigit(text.at(at + 1)), ASCII.isDigit(text.at(at + 2))
    else {
      return end
    }
    at += 3
    if text.at(at) == 0x3A, ASCII.isDigit(text.at(at + 1)), ASCII.isDigit(text.at(at + 2)) { at += 3 }
    if text.at(at) == 0x2E, ASCII.isDigit(text.at(at + 1)) {
      at += 1
      while ASCII.isDigit(text.at(at)) { at += 1 }
    }
    return at
  }

  // MARK: Ages

  private static let ageWords = WordSet("age aged turned turning edad idade alter leeftijd âge")
  private static let being = WordSet("was is am m")
  private static let people = WordSet("i he she")

  /// "33 years old", "33-year-old", "41 y/o", "aged 7", "just turned 64", "when he was 78."
  private static func isAge(_ text: Span<UInt8>, _ run: Range<Int>, behind word: Range<Int>) -> Bool {
    var value = 0
    for i in run { value = value * 10 + Int(text[i] & 15) }
    let isPart = text.at(run.lowerBound - 1) == 0x2E || text.at(run.lowerBound - 1) == 0x2C
    guard (1...120).contains(value), text[run.lowerBound] != 0x30, !isPart else { return false }
    var at = run.upperBound
    if text.at(at) == 0x20 || text.at(at) == 0x2D { at += 1 }
    switch text.at(at) | 0x20 {
    case 0x79:
      // Capitals come from encoded files.
      guard ASCII.isLower(text.at(at)) || ASCII.isUpper(text.at(at + 2)) else { break }
      for short: StaticString in ["y/o", "y.o", "yo"] where text.has(short, at: at) {
        return ASCII.isLower(text[at]) && !ASCII.isAlphanumeric(text.at(at + short.utf8CodeUnitCount))
      }
      let length = text.has("year", at: at) ? 4 : text.has("yr", at: at) ? 2 : 0
      guard length > 0 else { break }
      at += length
      if text.at(at) | 0x20 == 0x73 { at += 1 }
      while text.at(at) == 0x20 || text.at(at) == 0x2D || text.at(at) == 0x2E { at += 1 }
      return text.has("old", at: at) && !ASCII.isLetter(text.at(at + 3)) || text.has("of age", at: at)
    case 0x6A:
      if text.has("jahre alt", at: at) || text.has("jaar oud", at: at) { return true }
    default: break
    }
    if word.isEmpty { return false }
    if ageWords.contains(text, word) {
      for unit: StaticString in [" degree", " month", " week", " day", "%"]
      where text.has(unit, at: run.upperBound) { return false }
      return true
    }
    guard word.count <= 3, being.contains(text, word),
      people.contains(text, wordBefore(text, word.lowerBound))
    else { return false }
    let next = text.at(run.upperBound)
    let ends =
      next == 0 || next == 0x0A || ",.!?;)".utf8.contains(next) && !ASCII.isDigit(text.at(run.upperBound + 1))
    return ends || text.has(" and ", at: run.upperBound) || text.has(" when ", at: run.upperBound)
  }

  // MARK: Postal codes

  private static let postalWords = WordSet("zip zipcode postcode postal plz cep pincode postleitzahl")
  private static let codeWords = WordSet("zip postal post pin")
  private static let states = WordSet(
    """
    al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or \
    pa ri sc sd tn tx ut vt va wa wv wi wy dc pr gu vi aa ae ap ab bc mb nb nl ns on pe qc sk yt nt nu
    """)

  /// A number behind "ZIP" and the like with the group that belongs to it, or of five digits behind a state.
  static func postalCode(
    _ text: Span<UInt8>, _ run: Range<Int>, behind word: Range<Int>
  ) -> Range<Int>? {
    guard (3...6).contains(run.count) else { return nil }
    let at = run.lowerBound
    if run.count == 5, at >= 3, text[at - 1] == 0x20, ASCII.isUpper(text[at - 2]),
      ASCII.isUpper(text[at - 3]),
      !ASCII.isAlphanumeric(text.at(at - 4)), states.contains(text, at - 3..<at - 1)
    {
      return at..<(secondGroup(text, run.upperBound, counts: 4...4) ?? run.upperBound)
    }
    guard word.count >= 3,
      postalWords.contains(text, word)
        || text.has("code", at: word.lowerBound) && word.count == 4
          && codeWords.contains(text, wordBefore(text, word.lowerBound))
    else { return nil }
    return at..<(secondGroup(text, run.upperBound, counts: 2...4) ?? run.upperBound)
  }

  /// The end of a hyphen or space and digits or two capitals from `at`.
  private static func secondGroup(_ text: Span<UInt8>, _ at: Int, counts: ClosedRange<Int>) -> Int? {
    guard text.at(at) == 0x2D || text.at(at) == 0x20 else { return nil }
    var end = at + 1
    while ASCII.isDigit(text.at(end)) { end += 1 }
    if end == at + 1, text.at(at) == 0x20, ASCII.isUpper(text.at(end)), ASCII.isUpper(text.at(end + 1)) {
      end += 2
    }
    guard counts.contains(end - at - 1), !ASCII.isAlphanumeric(text.at(end)) else { return nil }
    return end
  }

  /// British and Canadian codes by their own shape, in capitals: "SW1A 1AA", "K1A 0B1".
  static func letteredPostalCode(_ text: Span<UInt8>, _ run: Range<Int>) -> Range<Int>? {
    let (start, end) = (run.lowerBound, run.upperBound)
    guard (2...4).contains(run.count), ASCII.isUpper(text[start]), text.at(end) == 0x20,
      ASCII.isDigit(text.at(end + 1)), ASCII.isUpper(text.at(end + 2)),
      !ASCII.isAlphanumeric(text.at(end + 4))
    else { return nil }
    if ASCII.isDigit(text.at(end + 3)) {
      let isCanadian = run.count == 3 && ASCII.isDigit(text[start + 1]) && ASCII.isUpper(text[start + 2])
      return isCanadian ? start..<end + 4 : nil
    }
    // The last two letters are none of these.
    guard ASCII.isUpper(text.at(end + 3)), !"CIKMOV".utf8.contains(text[end + 2]),
      !"CIKMOV".utf8.contains(text[end + 3])
    else { return nil }
    let digit = ASCII.isDigit(text[start + 1]) ? start + 1 : start + 2
    guard digit < end, ASCII.isDigit(text[digit]) else { return nil }
    for i in digit..<end where !ASCII.isDigit(text[i]) && (i == digit || !ASCII.isUpper(text[i])) {
      return nil
    }
    return end - digit <= 2 ? start..<end + 4 : nil
  }

  // MARK: Numbers of documents and accounts

  private static let identityWords = WordSet(
    """
    passport passeport pasaporte passaporto reisepass paspoort licence license licencia licenza permis führerschein \
    fuehrerschein patente ssn nino nhs medicare medicaid aadhaar aadhar pesel nip nif nie dni tin itin ein cpf cnpj \
    bsn nric steuernummer account acct konto kontonummer cuenta compte conto rekening routing mrn member membership \
    policy insurance ausweis personnummer taxpayer passnummer
    """)

  /// Whether one of the six words before, in the line or at the end of the line before, names a document or an account.
  static func identityContext(_ text: Span<UInt8>, _ at: Int) -> Bool {
    var end = at
    var words = 0
    var lines = 0
    while end > 0, words < 6, at - end < 48 {
      guard isWordByte(text[end - 1]) else {
        if text[end - 1] == 0x0A { lines += 1 }
        if lines > 1 { return false }
        end -= 1
        continue
      }
      var start = end
      while start > 0, end - start < 24, isWordByte(text[start - 1]) { start -= 1 }
      if end - start >= 3, identityWords.contains(text, start..<end) { return true }
      words += 1
      end = start
    }
    return false
  }
}
