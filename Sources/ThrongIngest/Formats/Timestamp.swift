/// Times as logs write them: ISO 8601, or Unix seconds or milliseconds.
enum Timestamp {
  /// Seconds since 1970 of a string or a number; nil where it is no time.
  static func seconds(_ value: JSONValue) -> Int64? { microseconds(value).map { floor($0, by: 1_000_000) } }

  /// The same in microseconds, for what has to be put in order.
  static func microseconds(_ value: JSONValue) -> Int64? {
    if let number = value.double { return microseconds(number) }
    return value.withText { text in iso8601(text) ?? decimal(text).flatMap { microseconds($0) } } ?? nil
  }

  /// Numbers of 10¹¹ and more are milliseconds, as seconds they lie past the year 5000; of 10¹⁴ and more microseconds,
  /// of 10¹⁷ and more nanoseconds.
  private static func microseconds(_ number: Double) -> Int64? {
    let micro: Double =
      switch abs(number) {
      case ..<1e11: number * 1e6
      case ..<1e14: number * 1e3
      case ..<1e17: number
      default: number / 1e3
      }
    guard abs(micro) < 1e18 else { return nil }
    return Int64(micro.rounded())
  }

  static func floor(_ a: Int64, by b: Int64) -> Int64 { a >= 0 ? a / b : -((b - 1 - a) / b) }

  /// A string of digits, with a fraction or without.
  private static func decimal(_ text: Span<UInt8>) -> Double? {
    guard text.count <= 24 else { return nil }
    return Double(String(decoding: (0..<text.count).map { text[$0] }, as: UTF8.self))
  }

  /// Microseconds of `2025-03-14`, `2025-03-14T15:44Z`, `2025-03-14 15:44:00.123+01:00`; UTC where no offset is given.
  static func iso8601(_ text: Span<UInt8>) -> Int64? {
    var at = 0
    guard let year = digits(4, text, &at), skip("-", text, &at), let month = digits(2, text, &at),
      skip("-", text, &at), let day = digits(2, text, &at),
      (1...12).contains(month), day >= 1, day <= days(month, year)
    else { return nil }
    let midnight = daysSinceEpoch(year: year, month: month, day: day) * 86_400
    if at == text.count { return Int64(midnight) * 1_000_000 }
    guard skip("T", text, &at) || skip("t", text, &at) || skip(" ", text, &at) else { return nil }
    guard let hour = digits(2, text, &at), skip(":", text, &at), let minute = digits(2, text, &at),
      hour < 24, minute < 60
    else { return nil }
    var second = 0
    var micro = 0
    if skip(":", text, &at) {
      guard let value = digits(2, text, &at), value <= 60 else { return nil }
      second = value
      if skip(".", text, &at) || skip(",", text, &at) {
        guard let first = digits(1, text, &at) else { return nil }
        micro = first * 100_000
        var unit = 10_000
        while let digit = digits(1, text, &at) {
          micro += digit * unit
          unit /= 10
        }
      }
    }
    guard let offset = offset(text, &at), at == text.count else { return nil }
    return Int64(midnight + hour * 3600 + minute * 60 + second - offset) * 1_000_000 + Int64(micro)
  }

  /// Seconds east of Greenwich: `Z`, `+01:00`, `+0100`, `+01`, or nothing.
  private static func offset(_ text: Span<UInt8>, _ at: inout Int) -> Int? {
    if at == text.count || skip("Z", text, &at) || skip("z", text, &at) { return 0 }
    let isWest = skip("-", text, &at)
    guard isWest || skip("+", text, &at), let hours = digits(2, text, &at), hours < 24 else { return nil }
    var minutes = 0
    if at < text.count {
      _ = skip(":", text, &at)
      guard let value = digits(2, text, &at), value < 60 else { return nil }
      minutes = value
    }
    return (isWest ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  /// A number of exactly `count` digits.
  private static func digits(_ count: Int, _ text: Span<UInt8>, _ at: inout Int) -> Int? {
    guard at + count <= text.count else { return nil }
    var value = 0
    for i in at..<at + count {
      guard text[i] >= UInt8(ascii: "0"), text[i] <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(text[i] - UInt8(ascii: "0"))
    }
    at += count
    return value
  }

  private static func skip(_ character: Unicode.Scalar, _ text: Span<UInt8>, _ at: inout Int) -> Bool {
    guard at < text.count, text[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private static func days(_ month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days from 1970-01-01 in the Gregorian calendar, counted in years that begin with March so that the leap
  /// day comes last.
  private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let marchYear = month > 2 ? year : year - 1
    let months = (month + 9) % 12
    let leapDays = floor(marchYear, 4) - floor(marchYear, 100) + floor(marchYear, 400)
    return marchYear * 365 + leapDays + (months * 153 + 2) / 5 + day - 1 - 719_468
  }

  private static func floor(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((b - 1 - a) / b) }
}
