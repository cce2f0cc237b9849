import FoundationEssentials
import ThrongPrivacy

/// A period of the calendar as the facets `.day`, `.week`, `.month`, `.quarter` and `.year` name it.
package struct Period: Sendable, Equatable {
  /// `day`, `week`, `month`, `quarter` or `year`.
  package let name: String
  /// The first day, as `2026-01-31`.
  package let start: String
  /// Its midnight in Unix seconds, taking the clock of the facet for UTC.
  package let startUnix: Int

  /// - Parameters:
  ///   - value: `2026-01-31`, `2026-W05` (ISO 8601, Monday first), `2026-01`, `2026-Q1`, `2026`.
  ///   - facet: the name of the facet; nil where it is no period, or `value` none of its values.
  package init?(_ value: String, of facet: String) {
    let parts = value.split(separator: "-", omittingEmptySubsequences: false)
    func number(_ part: Int, prefix: String, digits: Int) -> Int? {
      guard part < parts.count, parts[part].hasPrefix(prefix) else { return nil }
      let text = parts[part].dropFirst(prefix.count)
      guard text.utf8.count == digits, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
        return nil
      }
      return Int(text)
    }
    guard let year = number(0, prefix: "", digits: 4) else { return nil }
    let seconds: Int?
    switch (facet, parts.count) {
    case (".day", 3):
      seconds = number(1, prefix: "", digits: 2).flatMap { month in
        number(2, prefix: "", digits: 2).flatMap { Self.seconds(year, month, $0) }
      }
    case (".week", 2):
      // Week 1 holds 4 January; 1970-01-05 was a Monday.
      seconds = number(1, prefix: "W", digits: 2).flatMap { week in
        guard (1...53).contains(week), let january = Self.seconds(year, 1, 4) else { return nil }
        let sinceMonday = ((january / 86_400 - 4) % 7 + 7) % 7
        return january - 86_400 * sinceMonday + 7 * 86_400 * (week - 1)
      }
    case (".month", 2): seconds = number(1, prefix: "", digits: 2).flatMap { Self.seconds(year, $0, 1) }
    case (".quarter", 2):
      seconds = number(1, prefix: "Q", digits: 1).flatMap {
        (1...4).contains($0) ? Self.seconds(year, 3 * $0 - 2, 1) : nil
      }
    case (".year", 1): seconds = Self.seconds(year, 1, 1)
    default: seconds = nil
    }
    guard let seconds else { return nil }
    name = String(facet.dropFirst())
    startUnix = seconds
    start = String(Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601).prefix(10))
  }

  /// Unix seconds of the midnight that begins a day; nil where there is no such day.
  private static func seconds(_ year: Int, _ month: Int, _ day: Int) -> Int? {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let text = "\(year)-\(padded(month))-\(padded(day))T00:00:00Z"
    guard let date = try? Date(text, strategy: .iso8601), date.formatted(.iso8601) == text else { return nil }
    return Int(date.timeIntervalSince1970)
  }

  /// The published cells of facets that are periods, in the order of the release. O(cells).
  static func cells(of release: Release) -> [(period: Period, cell: Release.FacetCell)] {
    var known: [String: Period?] = [:]
    return release.facetCells.compactMap { cell in
      guard cell.facet.utf8.first == UInt8(ascii: ".") else { return nil }
      let key = "\(cell.facet) \(cell.value)"
      let period = known[key] ?? Period(cell.value, of: cell.facet)
      known[key] = .some(period)
      return period.map { ($0, cell) }
    }
  }
}
