/// Days of the Gregorian calendar in UTC, without Foundation's calendars, which take microseconds for each.
package enum CalendarDay {
  /// Days since 1970-01-01 of a time in Unix seconds.
  package static func day(of time: Int64) -> Int {
    Int(time >= 0 ? time / 86_400 : (time - 86_399) / 86_400)
  }

  /// Year, month and day of a number of days since 1970-01-01. Years begin in March here, so that the leap day is a
  /// year's last and an era of 400 years has 146,097 days.
  package static func civil(day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * march + 2) / 5 + 1)
  }

  /// Days since 1970-01-01 of the first of January.
  static func firstDay(ofYear year: Int) -> Int {
    let before = year - 1
    return 365 * before + before / 4 - before / 100 + before / 400 - 719_162
  }

  /// `2026-01-31`.
  package static func text(day: Int) -> String {
    let (year, month, day) = civil(day: day)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
