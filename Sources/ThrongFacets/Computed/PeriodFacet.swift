/// When a conversation took place, by the Gregorian calendar.
struct PeriodFacet: ComputedFacet {
  enum Period: String, CaseIterable {
    case day, week, month, quarter, year, weekday, hour
  }

  let period: Period
  /// Seconds east of Greenwich.
  let utcOffset: Int64

  init(_ period: Period, utcOffset: Int = 0) {
    self.period = period
    self.utcOffset = Int64(utcOffset)
  }

  var name: String { ".\(period.rawValue)" }
  var summary: String {
    switch period {
    case .week: "week of the time stamp by ISO 8601"
    case .weekday: "day of the week, Monday first"
    case .hour: "hour of the day"
    default: "\(period.rawValue) of the time stamp"
    }
  }
  var kind: FacetKind { .ordinal }

  /// No log speaks of other years, so other times are slips.
  private static let years = 1000...2999
  /// So that a level stays below 2¹⁵: days are told from 1970 to 2059.
  private static let dayLimit = 1 << 15

  func value(of facts: ConversationFacts) -> FacetValue {
    guard let time = facts.createdAt, (Int64.min / 2...Int64.max / 2).contains(time) else { return .none }
    let local = time + utcOffset
    let day = CalendarDay.day(of: local)
    // 1970-01-01 was a Thursday.
    let weekday = ((day + 3) % 7 + 7) % 7
    let (year, month, _) = CalendarDay.civil(day: day)
    guard Self.years.contains(year) else { return .none }
    let level: Int
    switch period {
    case .hour: level = Int(local - Int64(day) * 86_400) / 3600
    case .weekday: level = weekday
    case .day, .week:
      let first = period == .day ? day : day - weekday + 3
      guard (0..<Self.dayLimit).contains(first) else { return .none }
      level = period == .day ? first : first / 7
    case .month: level = 12 * (year - Self.years.lowerBound) + month - 1
    case .quarter: level = 4 * (year - Self.years.lowerBound) + (month - 1) / 3
    case .year: level = year
    }
    return FacetValue(level: Int32(level))
  }

  func title(of level: Int32) -> String {
    let level = Int(level)
    func year(_ number: Int) -> String { CalendarDay.padded(number, 4) }
    switch period {
    case .hour: return CalendarDay.padded(level, 2) + " h"
    case .weekday:
      return ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][level]
    case .day: return CalendarDay.text(day: level)
    case .week:
      // A week is counted in the year of its Thursday, of which the level tells the number since 1970-01-01.
      let thursday = 7 * level
      let civil = CalendarDay.civil(day: thursday)
      let number = (thursday - CalendarDay.firstDay(ofYear: civil.year)) / 7 + 1
      return "\(year(civil.year))-W\(CalendarDay.padded(number, 2))"
    case .month:
      return year(level / 12 + Self.years.lowerBound) + "-" + CalendarDay.padded(level % 12 + 1, 2)
    case .quarter: return year(level / 4 + Self.years.lowerBound) + "-Q\(level % 4 + 1)"
    case .year: return year(level)
    }
  }
}
