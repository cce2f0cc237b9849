import Foundation
import Testing
import ThrongFacets

/// Beside Foundation's calendar, which does it another way.
@Suite struct PeriodTests {
  private static let iso: Calendar = {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = TimeZone(secondsFromGMT: 0)!
    return calendar
  }()

  private func title(_ name: String, _ time: Int64, utcOffset: Int = 0) throws -> String? {
    var settings = FacetSettings()
    settings.utcOffset = utcOffset
    let plan = try FacetPlan([FacetRequest(name)], settings: settings)
    let table = try table([Talk([(.human, "a")], at: time)], plan)
    return table.levels(0)[0] < 0 ? nil : table.title(table.levels(0)[0], of: 0)
  }

  @Test func weeksAreThoseOfISO8601() throws {
    // The days around the turn of years in which weeks have 52 and 53.
    for year in [1970, 1999, 2004, 2005, 2009, 2010, 2015, 2016, 2020, 2021, 2024, 2026, 2028, 2032] {
      for day in -4...4 {
        let first = Self.iso.date(from: DateComponents(year: year, month: 1, day: 1, hour: 12))!
        let date = first.addingTimeInterval(Double(day) * 86_400)
        if date.timeIntervalSince1970 < 0 { continue }
        let parts = Self.iso.dateComponents([.yearForWeekOfYear, .weekOfYear, .weekday], from: date)
        let number = parts.weekOfYear! < 10 ? "0\(parts.weekOfYear!)" : "\(parts.weekOfYear!)"
        let time = Int64(date.timeIntervalSince1970)
        #expect(try title(".week", time) == "\(parts.yearForWeekOfYear!)-W\(number)")
        let names = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
        #expect(try title(".weekday", time) == names[parts.weekday! - 1])
      }
    }
  }

  @Test func otherPeriods() throws {
    // 2026-03-31T23:59:59Z.
    let time: Int64 = 1_775_001_599
    #expect(try title(".day", time) == "2026-03-31")
    #expect(try title(".quarter", time) == "2026-Q1")
    #expect(try title(".quarter", time + 1) == "2026-Q2")
    #expect(try title(".year", time) == "2026")
    #expect(try title(".hour", time) == "23 h")
    #expect(try title(".hour", time + 1) == "00 h")
    #expect(try title(".weekday", time) == "Tuesday")
  }

  @Test func theClockCanBeElsewhere() throws {
    let time: Int64 = 1_775_001_599
    #expect(try title(".hour", time, utcOffset: 5 * 3600 + 1800) == "05 h")
    #expect(try title(".day", time, utcOffset: 3600) == "2026-04-01")
    #expect(try title(".day", time, utcOffset: -86_400) == "2026-03-30")
    #expect(try title(".hour", -1) == "23 h")
    #expect(try title(".weekday", -1) == "Wednesday")
  }

  @Test func timesThatAreSlipsHaveNoPeriod() throws {
    for time in [Int64.min + 1, -100_000_000_000, 99_999_999_999, .max] {
      for name in [".day", ".week", ".month", ".quarter", ".year"] { #expect(try title(name, time) == nil) }
    }
  }
}
