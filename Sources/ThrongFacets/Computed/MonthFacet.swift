/// The month of the time stamp, in UTC.
struct MonthFacet: ComputedFacet {
  let name = ".month"
  let summary = "month of the time stamp, in UTC"
  let isOrdered = true

  private static let years = 1000...2999

  /// Months since the beginning of ``years``; no log speaks of others, so other times are slips.
  func value(of facts: ConversationFacts) -> Int32 {
    guard let time = facts.createdAt else { return -1 }
    let (year, month, _) = CalendarDay.civil(day: CalendarDay.day(of: time))
    return Self.years.contains(year) ? Int32(12 * (year - Self.years.lowerBound) + month - 1) : -1
  }

  func title(of value: Int32) -> String {
    CalendarDay.padded(Int(value) / 12 + Self.years.lowerBound, 4) + "-"
      + CalendarDay.padded(Int(value) % 12 + 1, 2)
  }
}
