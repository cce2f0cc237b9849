import Foundation
import Testing
import ThrongFacets
import ThrongText

@Suite struct ComputedFacetTests {
  private func title(
    _ name: String, turns: Int = 1, bytes: Int = 1, text: String? = nil, time: Int64? = nil,
    utcOffset: Int = 0
  ) throws -> String? {
    var settings = FacetSettings()
    settings.utcOffset = utcOffset
    let facet = try #require(ComputedFacets.named(name, settings) as? any ComputedFacet)
    var facts = ConversationFacts(humanMessages: turns, textBytes: bytes, createdAt: time)
    if let text {
      var detector = LanguageDetector()
      detector.append(Array(text.utf8).span)
      facts.language = detector.detect()
    }
    let level = facet.value(of: facts).level
    return level < 0 ? nil : facet.title(of: level)
  }

  @Test(arguments: [
    (0, "0"), (1, "1"), (3, "3"), (4, "4 to 5"), (5, "4 to 5"), (6, "6 to 10"), (10, "6 to 10"),
    (11, "11 to 20"),
    (20, "11 to 20"), (21, "21 or more"), (9999, "21 or more"),
  ]) func turns(count: Int, expected: String) throws {
    #expect(try title(".turns", turns: count) == expected)
  }

  @Test(arguments: [
    (0, "under 100 bytes"), (99, "under 100 bytes"), (100, "100 to 299 bytes"), (999, "300 to 999 bytes"),
    (1000, "1 to 3 kB"), (30_000, "30 kB or more"),
  ]) func length(bytes: Int, expected: String) throws {
    #expect(try title(".length", bytes: bytes) == expected)
  }

  @Test func languagesAndTheirReliability() throws {
    #expect(try title(".language") == nil)
    #expect(try title(".language", text: "") == "unreliable")
    #expect(try title(".language", text: "ok 12 + 7") == "unreliable")
    #expect(
      try title(".language", text: "Could you tell me how long the parcel takes to arrive at our house?")
        == "en")
    #expect(
      try title(".language", text: "Wie lange braucht das Paket, bis es bei uns zu Hause ankommt?") == "de")
    #expect(try title(".language", text: "荷物が家に届くまでどのくらいかかりますか。") == "ja")
    #expect(try title(".language", text: "כמה זמן לוקח לחבילה להגיע אלינו הביתה?") == "he")
  }

  /// Leap days, the turn of a century and times before 1970, beside Foundation's calendar.
  @Test func monthsAreThoseOfTheCalendar() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    for year in [1899, 1900, 1969, 1970, 2000, 2024, 2026, 2100] {
      for (month, day) in [(1, 1), (2, 28), (3, 1), (12, 31)] {
        for hour in [0, 23] {
          let date = try #require(
            calendar.date(from: DateComponents(year: year, month: month, day: day, hour: hour, minute: 59)))
          let time = Int64(date.timeIntervalSince1970)
          let text = String(date.ISO8601Format().prefix(10))
          #expect(CalendarDay.text(day: CalendarDay.day(of: time)) == text)
          #expect(try title(".month", time: time) == String(text.prefix(7)))
        }
      }
    }
    #expect(try title(".month") == nil)
    #expect(try title(".month", time: -100_000_000_000) == nil)
    #expect(try title(".month", time: 99_999_999_999) == nil)
  }

  @Test func namesCannotBeFields() {
    #expect(ComputedFacets.names.allSatisfy { $0.hasPrefix(".") })
    #expect(Set(ComputedFacets.names).count == ComputedFacets.names.count)
  }
}
