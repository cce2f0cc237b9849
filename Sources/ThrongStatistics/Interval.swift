/// A figure and the range that its uncertainty leaves it.
package struct Interval: Sendable, Equatable {
  package var estimate: Double
  package var lower: Double
  package var upper: Double

  package init(_ estimate: Double, _ lower: Double, _ upper: Double) {
    self.estimate = estimate
    self.lower = lower
    self.upper = upper
  }

  /// Nothing can be said.
  package static let undefined = Interval(.nan, .nan, .nan)

  package var width: Double { upper - lower }
  package var isDefined: Bool { estimate.isFinite && lower.isFinite && upper.isFinite }

  package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

/// The outcome of a test.
package struct TestResult: Sendable, Equatable {
  /// z or t, signed: positive where the second is larger, or the trend rises.
  package var statistic: Double
  /// Two-sided.
  package var pValue: Double

  package init(statistic: Double, pValue: Double) {
    self.statistic = statistic
    self.pValue = pValue
  }
}
