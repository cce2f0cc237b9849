/// The month of the time stamp, in UTC.
struct MonthFacet: ComputedFacet {
  let name = ".month"
  let summary = "month of the time stamp, in UTC"
  let isOrdered = true

  /// Months since the beginning of the year 0; nothing outside of the years 1 to 9999.
  func value(of facts: ConversationFacts) -> Int32 {
    guard let time = facts.createdAt else { return -1 }
    let (year, month, _) = CalendarDay.civil(day: CalendarDay.day(of: time))
    return (1...9999).contains(year) ? Int32(12 * year + month - 1) : -1
  }

  func title(of value: Int32) -> String {
    CalendarDay.padded(Int(value) / 12, 4) + "-" + CalendarDay.padded(Int(value) % 12 + 1, 2)
  }
}
