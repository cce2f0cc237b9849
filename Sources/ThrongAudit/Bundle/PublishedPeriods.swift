internal import Foundation

/// The days on which the periods of a release begin, by a calendar of the system's.
enum PublishedPeriods {
  /// First day as ISO 8601 and its midnight in Unix seconds; nil where the facet is no period or the value none of its.
  static func start(of value: String, facet: String) -> (day: String, unix: Int)? {
    var calendar = Calendar(identifier: facet == ".week" ? .iso8601 : .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0)!
    let numbers = value.split(whereSeparator: { "-WQ".contains($0) }).map { Int($0) }
    guard !numbers.contains(nil), let year = numbers.first ?? nil, value.utf8.count <= 10 else { return nil }
    let rest = numbers.dropFirst().map { $0! }
    var components: DateComponents?
    switch (facet, rest.count) {
    case (".year", 0): components = DateComponents(year: year, month: 1, day: 1)
    case (".quarter", 1): components = DateComponents(year: year, month: 3 * rest[0] - 2, day: 1)
    case (".month", 1): components = DateComponents(year: year, month: rest[0], day: 1)
    case (".day", 2): components = DateComponents(year: year, month: rest[0], day: rest[1])
    case (".week", 1): components = DateComponents(weekday: 2, weekOfYear: rest[0], yearForWeekOfYear: year)
    default: break
    }
    guard let components, let date = calendar.date(from: components) else { return nil }
    return (String(date.formatted(.iso8601).prefix(10)), Int(date.timeIntervalSince1970))
  }
}
