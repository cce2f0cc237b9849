internal import Glibc

/// A share estimated from independent trials.
package struct Proportion: Sendable, Equatable {
  package let hits: Int
  package let trials: Int

  package init(hits: Int, of trials: Int) {
    precondition(trials > 0 && (0...trials).contains(hits))
    self.hits = hits
    self.trials = trials
  }

  package var value: Double { Double(hits) / Double(trials) }

  /// The 95 % interval of Clopper and Pearson (1934, doi:10.1093/biomet/26.4.404): it covers the truth at least so often,
  /// whatever it is. Each end is where the tail has 2.5 %, by bisection. O(trials · 50).
  package var interval: ClosedRange<Double> {
    let tail = 0.025
    let low = hits == 0 ? 0 : Self.root { Self.upperTail(hits, trials, $0) - tail }
    let high = hits == trials ? 1 : Self.root { tail - Self.lowerTail(hits, trials, $0) }
    return low...high
  }

  /// Where a rising function crosses 0 in [0, 1].
  private static func root(_ f: (Double) -> Double) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if f(middle) < 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  private static func upperTail(_ hits: Int, _ trials: Int, _ p: Double) -> Double {
    (hits...trials).reduce(0) { $0 + mass($1, trials, p) }
  }

  private static func lowerTail(_ hits: Int, _ trials: Int, _ p: Double) -> Double {
    (0...hits).reduce(0) { $0 + mass($1, trials, p) }
  }

  private static func mass(_ hits: Int, _ trials: Int, _ p: Double) -> Double {
    if p <= 0 { return hits == 0 ? 1 : 0 }
    if p >= 1 { return hits == trials ? 1 : 0 }
    let (n, k) = (Double(trials), Double(hits))
    return exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log1p(-p))
  }

  /// The 95 % score interval (Wilson 1927), which ``Advantage`` is made from.
  var score: ClosedRange<Double> {
    let z = 1.959963984540054
    let n = Double(trials)
    let centre = (value + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (value * (1 - value) / n + z * z / (4 * n * n)).squareRoot()
    return max(0, centre - half)...min(1, centre + half)
  }
}

/// How much likelier something is seen with the victim than without: 0 is guessing, 1 certainty.
package struct Advantage: Sendable, Equatable {
  package let present: Proportion
  package let absent: Proportion

  package init(present: Proportion, absent: Proportion) {
    self.present = present
    self.absent = absent
  }

  package var value: Double { present.value - absent.value }

  /// The 95 % interval of a difference of shares (Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I,
  /// method 10).
  package var interval: ClosedRange<Double> {
    let (p, q) = (present.score, absent.score)
    func root(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    let low = value - root(present.value - p.lowerBound, q.upperBound - absent.value)
    let high = value + root(p.upperBound - present.value, absent.value - q.lowerBound)
    return max(-1, low)...min(1, high)
  }

  /// Whether it cannot be told from guessing.
  package var isGuessing: Bool { interval.contains(0) }
}
