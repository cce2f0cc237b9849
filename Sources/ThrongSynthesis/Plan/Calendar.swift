/// Twenty-six weeks from Monday, 5 January 2026, with the rhythm of a week and of a day.
struct Calendar: Sendable {
  private static let hours = 26 * 7 * 24
  private static let ofWeek = [1.05, 1.12, 1.1, 1.06, 0.97, 0.58, 0.62]
  private static let ofDay = [
    0.3, 0.2, 0.12, 0.1, 0.12, 0.25, 0.5, 0.9, 1.4, 1.7, 1.75, 1.6,
    1.35, 1.45, 1.6, 1.55, 1.4, 1.3, 1.3, 1.45, 1.5, 1.35, 0.95, 0.6,
  ]
  private static let monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  /// Running share of the traffic at the end of each hour.
  private let cumulative: [Double]

  init() {
    var running = 0.0
    let sums = (0..<Self.hours).map { hour in
      // The service grows by half over the period.
      let growth = 1 + 0.5 * Double(hour) / Double(Self.hours)
      running += Self.ofWeek[hour / 24 % 7] * Self.ofDay[hour % 24] * growth
      return running
    }
    cumulative = sums.map { $0 / running }
  }

  /// Second since the start at which a share of the traffic, from 0 to 1, has passed. Monotone.
  func second(at share: Double) -> Int {
    var low = 0
    var high = cumulative.count - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] <= share { low = middle + 1 } else { high = middle }
    }
    let before = low == 0 ? 0 : cumulative[low - 1]
    let within = (share - before) / (cumulative[low] - before)
    return low * 3600 + min(3599, max(0, Int(within * 3600)))
  }

  /// Appends `2026-01-05T09:30:00Z`.
  func append(_ second: Int, to out: inout [UInt8]) {
    var day = second / 86_400 + 4
    var month = 0
    while day >= Self.monthDays[month] {
      day -= Self.monthDays[month]
      month += 1
    }
    let time = second % 86_400
    func two(_ value: Int) {
      out.append(0x30 + UInt8(value / 10))
      out.append(0x30 + UInt8(value % 10))
    }
    Identity.append("2026-", to: &out)
    two(month + 1)
    Identity.append("-", to: &out)
    two(day + 1)
    Identity.append("T", to: &out)
    two(time / 3600)
    Identity.append(":", to: &out)
    two(time / 60 % 60)
    Identity.append(":", to: &out)
    two(time % 60)
    Identity.append("Z", to: &out)
  }
}
