internal import Glibc

/// A share: so many of so many. Counts may be fractions, as an effective number of conversations is.
package struct Proportion: Sendable, Equatable {
  package let successes: Double
  package let trials: Double

  /// - Precondition: 0 ≤ successes ≤ trials.
  package init(_ successes: Double, of trials: Double) {
    precondition(successes >= 0 && successes <= trials)
    self.successes = successes
    self.trials = trials
  }

  /// NaN of no trials.
  package var share: Double { successes / trials }

  /// Wilson's score interval (Wilson 1927, doi 10.1080/01621459.1927.10502953); undefined of no trials.
  package func wilson(confidence: Double = 0.95) -> Interval {
    guard trials > 0 else { return .undefined }
    let z = Distributions.normalQuantile(0.5 + confidence / 2)
    let p = share
    let scale = 1 / (1 + z * z / trials)
    let middle = scale * (p + z * z / (2 * trials))
    let half = scale * z * (p * (1 - p) / trials + z * z / (4 * trials * trials)).squareRoot()
    // Rounding must not push the ends past 0 and 1, where they lie exactly.
    return Interval(
      p, successes == 0 ? 0 : max(0, middle - half), successes == trials ? 1 : min(1, middle + half))
  }

  /// Clopper and Pearson's interval (1934, doi 10.1093/biomet/26.4.404): never covers less than it says.
  package func exact(confidence: Double = 0.95) -> Interval {
    guard trials > 0 else { return .undefined }
    let tail = (1 - confidence) / 2
    let failures = trials - successes
    return Interval(
      share, successes == 0 ? 0 : Distributions.betaQuantile(tail, successes, failures + 1),
      failures == 0 ? 1 : Distributions.betaQuantile(1 - tail, successes + 1, failures))
  }

  /// This share minus `other`, with the interval of Newcombe's method 10 (1998, doi
  /// 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I), which two Wilson intervals make.
  package func difference(from other: Proportion, confidence: Double = 0.95) -> Interval {
    let (a, b) = (wilson(confidence: confidence), other.wilson(confidence: confidence))
    let difference = a.estimate - b.estimate
    func distance(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
    return Interval(
      difference, difference - distance(a.estimate - a.lower, b.upper - b.estimate),
      difference + distance(a.upper - a.estimate, b.estimate - b.lower))
  }

  /// Whether this share differs from `other`: the z-test with the pooled share. NaN where no trial tells them apart.
  package func test(against other: Proportion) -> TestResult {
    let pooled = (successes + other.successes) / (trials + other.trials)
    let error = (pooled * (1 - pooled) * (1 / trials + 1 / other.trials)).squareRoot()
    guard error > 0 else { return TestResult(statistic: .nan, pValue: .nan) }
    let z = (share - other.share) / error
    return TestResult(statistic: z, pValue: Distributions.normalTails(z))
  }

  /// Cohen's h, the difference of two shares on the arcsine scale: 0.2 is small, 0.5 medium, 0.8 large.
  package func effectSize(against other: Proportion) -> Double {
    2 * asin(share.squareRoot()) - 2 * asin(other.share.squareRoot())
  }
}
