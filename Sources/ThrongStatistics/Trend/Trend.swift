internal import Glibc

/// How a share moves from period to period, as a line on the scale of log odds: a logistic regression on time.
///
/// Real logs vary more from week to week than draws of single conversations would, so the errors are scaled by what is
/// seen around the line (quasi-binomial: McCullagh and Nelder 1989, chapter 4), never below 1.
package struct Trend: Sendable, Equatable {
  /// Change of the log odds per period, with its interval.
  package var slope: Interval
  /// Student's t with two degrees of freedom less than periods.
  package var test: TestResult
  /// Pearson's χ² per degree of freedom around the line; the errors grow with the root of it where above 1.
  package var dispersion: Double
  /// The share on the line in the first and in the last period.
  package var fitted: (first: Double, last: Double) {
    (Self.logistic(level + slope.estimate * firstTime), Self.logistic(level + slope.estimate * lastTime))
  }
  private var level: Double
  private var firstTime: Double
  private var lastTime: Double

  /// Fits counts of a topic to counts of all, period by period; nil with fewer than three periods that have any, or where
  /// the topic is all or nothing in them. Newton's method, O(periods · steps).
  ///
  /// - Parameters:
  ///   - counts: of the topic.
  ///   - totals: of all, in the same periods; no smaller.
  ///   - scaled: false takes the counts for draws of independent conversations: the dispersion is 1, the test normal.
  package init?(counts: [Double], totals: [Double], scaled: Bool = true, confidence: Double = 0.95) {
    precondition(counts.count == totals.count && zip(counts, totals).allSatisfy { $0 >= 0 && $0 <= $1 })
    let periods = totals.indices.filter { totals[$0] > 0 }
    guard periods.count >= 3, let first = periods.first, let last = periods.last else { return nil }
    let (sum, total) = (counts.reduce(0, +), totals.reduce(0, +))
    guard sum > 0, sum < total else { return nil }
    // Time counts from its mean, so that level and slope hardly depend on each other.
    let middle = periods.reduce(0) { $0 + totals[$1] * Double($1) } / total
    func time(_ period: Int) -> Double { Double(period) - middle }
    var (level, slope) = (log(sum / (total - sum)), 0.0)
    var information = (a: 0.0, b: 0.0, c: 0.0)
    var converged = false
    for _ in 0..<100 {
      var score = (0.0, 0.0)
      information = (0, 0, 0)
      for period in periods {
        let p = Self.logistic(level + slope * time(period))
        let (residual, weight) = (counts[period] - totals[period] * p, totals[period] * p * (1 - p))
        score.0 += residual
        score.1 += residual * time(period)
        information.a += weight
        information.b += weight * time(period)
        information.c += weight * time(period) * time(period)
      }
      let determinant = information.a * information.c - information.b * information.b
      guard determinant > 0 else { return nil }
      let step = (
        (information.c * score.0 - information.b * score.1) / determinant,
        (information.a * score.1 - information.b * score.0) / determinant
      )
      level += step.0
      slope += step.1
      // A line that grows without end parts the periods into all and nothing.
      guard abs(level) < 1e3, abs(slope) < 1e3 else { return nil }
      converged = max(abs(step.0), abs(step.1)) < 1e-13 * (1 + max(abs(level), abs(slope)))
      if converged { break }
    }
    let chiSquared = periods.reduce(0.0) {
      let p = Self.logistic(level + slope * time($1))
      let residual = counts[$1] - totals[$1] * p
      return $0 + residual * residual / (totals[$1] * p * (1 - p))
    }
    guard chiSquared.isFinite else { return nil }
    let degrees = Double(periods.count - 2)
    dispersion = chiSquared / degrees
    let determinant = information.a * information.c - information.b * information.b
    let error = (information.a / determinant * (scaled ? max(1, dispersion) : 1)).squareRoot()
    let statistic = slope / error
    let half =
      error
      * (scaled
        ? Distributions.studentQuantile(tails: 1 - confidence, degrees: degrees)
        : Distributions.normalQuantile(0.5 + confidence / 2))
    self.slope = Interval(slope, slope - half, slope + half)
    test = TestResult(
      statistic: statistic,
      pValue: scaled
        ? Distributions.studentTails(statistic, degrees: degrees) : Distributions.normalTails(statistic))
    self.level = level
    (firstTime, lastTime) = (time(first), time(last))
  }

  private static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}

/// Trends of many topics over the same periods, with p-values that know how many there are.
package struct TopicTrends: Sendable {
  /// In the order given; nil where none can be fitted.
  package var trends: [Trend?]
  /// The p-value of each, adjusted; NaN where there is no trend.
  package var adjusted: [Double]

  /// - Parameters:
  ///   - topics: for each topic its counts in every period.
  ///   - totals: of all conversations in every period.
  package init(topics: [[Double]], totals: [Double], correction: MultipleTests = .benjaminiHochberg) {
    trends = topics.map { Trend(counts: $0, totals: totals) }
    adjusted = correction.adjusted(trends.map { $0?.test.pValue ?? .nan })
  }
}
