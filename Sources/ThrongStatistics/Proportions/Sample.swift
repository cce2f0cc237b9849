internal import Glibc

/// Statistics of lists of numbers. Sums run in order, in two passes: O(values).
package enum Sample {
  /// Mean and variance with n − 1; NaN where there are too few.
  package static func moments(_ x: [Double]) -> (mean: Double, variance: Double) {
    let mean = x.reduce(0, +) / Double(x.count)
    let squares = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, squares / Double(x.count - 1))
  }

  /// Pearson's r with Fisher's interval. Undefined of fewer than four pairs, or where one list does not vary.
  package static func correlation(_ x: [Double], _ y: [Double], confidence: Double = 0.95) -> Interval {
    precondition(x.count == y.count)
    guard x.count >= 4 else { return .undefined }
    let r = pearson(x, y)
    guard r.isFinite else { return .undefined }
    let half = Distributions.normalQuantile(0.5 + confidence / 2) / Double(x.count - 3).squareRoot()
    return Interval(r, tanh(atanh(r) - half), tanh(atanh(r) + half))
  }

  /// Whether two lists are correlated: Student's t with n − 2 degrees of freedom.
  package static func correlationTest(_ x: [Double], _ y: [Double]) -> TestResult {
    precondition(x.count == y.count)
    let r = pearson(x, y)
    let degrees = Double(x.count - 2)
    guard r.isFinite, degrees > 0 else { return TestResult(statistic: .nan, pValue: .nan) }
    let t = r * (degrees / max(0, 1 - r * r)).squareRoot()
    return TestResult(statistic: t, pValue: Distributions.studentTails(t, degrees: degrees))
  }

  /// Cohen's d of `x` against `y`, with the pooled deviation: 0.2 is small, 0.5 medium, 0.8 large.
  package static func effectSize(_ x: [Double], _ y: [Double]) -> Double {
    let (a, b) = (moments(x), moments(y))
    let (n, m) = (Double(x.count), Double(y.count))
    return (a.mean - b.mean) / (((n - 1) * a.variance + (m - 1) * b.variance) / (n + m - 2)).squareRoot()
  }

  /// The value below which the share `q` of an ascending list lies, between neighbours on a line.
  package static func quantile(_ sorted: [Double], _ q: Double) -> Double {
    guard !sorted.isEmpty else { return .nan }
    let place = min(max(0, q), 1) * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }

  private static func pearson(_ x: [Double], _ y: [Double]) -> Double {
    let (a, b) = (moments(x), moments(y))
    let products = zip(x, y).reduce(0) { $0 + ($1.0 - a.mean) * ($1.1 - b.mean) }
    let scale = (a.variance * b.variance).squareRoot() * Double(x.count - 1)
    // A list without variance has no correlation; rounding must not make more than one of it.
    return scale > 0 ? min(1, max(-1, products / scale)) : .nan
  }
}
