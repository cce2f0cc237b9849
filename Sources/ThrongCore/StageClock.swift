/// Wall-clock seconds of each stage, in the order the stages ran.
package struct StageClock: Sendable {
  package private(set) var seconds: [(stage: String, seconds: Double)] = []
  private let start = ContinuousClock.now

  package init() {}

  /// Seconds since this clock was made.
  package var total: Double { Self.seconds(ContinuousClock.now - start) }

  /// Runs `body` and books its time under `stage`.
  package mutating func time<Result>(_ stage: String, _ body: () throws -> Result) rethrows -> Result {
    let begun = ContinuousClock.now
    defer { book(stage, Self.seconds(ContinuousClock.now - begun)) }
    return try body()
  }

  /// Books seconds that were measured elsewhere.
  package mutating func book(_ stage: String, _ seconds: Double) {
    self.seconds.append((stage, seconds))
  }

  /// Seconds booked under `stage`.
  package subscript(stage: String) -> Double {
    seconds.reduce(0) { $0 + ($1.stage == stage ? $1.seconds : 0) }
  }

  package static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
