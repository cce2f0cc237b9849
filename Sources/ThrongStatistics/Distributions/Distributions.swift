internal import Glibc

// Aims, in order: right to ten digits or more where a test or an interval needs it; no state; then speed.
// NaN gives NaN. Arguments outside a distribution's support give the value at its edge.

/// Distribution functions and quantiles of the few distributions that tests and intervals here need.
package enum Distributions {
  /// P(Z ≤ z) for a standard normal Z.
  package static func normal(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

  /// P(|Z| ≥ |z|): the two-sided p-value of a standard normal statistic.
  package static func normalTails(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

  /// The z with P(Z ≤ z) = p; ±∞ at 0 and 1.
  package static func normalQuantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    // In the lower tail the function is exact relative to p, so the upper one goes through it.
    return p <= 0.5 ? invert(normal, at: p, from: -40, to: 0) : -normalQuantile(1 - p)
  }

  /// P(|T| ≥ |t|) for Student's t with `degrees` > 0.
  package static func studentTails(_ t: Double, degrees: Double) -> Double {
    t.isInfinite ? 0 : beta(degrees / (degrees + t * t), degrees / 2, 0.5)
  }

  /// The t with P(|T| ≥ t) = `tails`.
  package static func studentQuantile(tails: Double, degrees: Double) -> Double {
    // |T| ≥ t exactly where degrees / (degrees + T²), a beta variable, is small.
    let x = betaQuantile(tails, degrees / 2, 0.5)
    return (degrees * (1 - x) / x).squareRoot()
  }

  /// P(X ≥ x) for χ² with `degrees` > 0.
  package static func chiSquaredTail(_ x: Double, degrees: Double) -> Double {
    upperGamma(degrees / 2, max(0, x) / 2)
  }

  /// P(B ≤ x) for a beta variable B: the regularised incomplete beta function.
  ///
  /// A continued fraction by Lentz's method, on the side where it converges in O(√max(a, b)) steps (DLMF 8.17.22).
  package static func beta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return x.isNaN ? .nan : 0 }
    guard x < 1 else { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - beta(1 - x, b, a) }
    let front = exp(a * log(x) + b * log1p(-x) - logBeta(a, b)) / a
    return front
      / continuedFraction { step in
        let m = Double(step / 2)
        if step == 0 { return 1 }
        return step % 2 == 0
          ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
          : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      }
  }

  /// The x with P(B ≤ x) = p.
  package static func betaQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    invert({ beta($0, a, b) }, at: p, from: 0, to: 1)
  }

  /// 1 + c₁/(1 + c₂/(1 + …)); `coefficient(0)` is the 1 at the front.
  private static func continuedFraction(_ coefficient: (Int) -> Double) -> Double {
    let tiny = 1e-300
    var value = coefficient(0)
    var (c, d) = (value, 0.0)
    for step in 1..<100_000 {
      let term = coefficient(step)
      d = 1 + term * d
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = 1 + term / c
      if abs(c) < tiny { c = tiny }
      value *= c * d
      if abs(c * d - 1) < 1e-16 { break }
    }
    return value
  }

  /// Γ(s, x) / Γ(s): a series below s + 1 and a continued fraction above it (DLMF 8.7.1 and 8.9.2).
  private static func upperGamma(_ s: Double, _ x: Double) -> Double {
    guard x > 0 else { return 1 }
    let front = exp(s * log(x) - x - logGamma(s))
    if x < s + 1 {
      var (term, sum, n) = (1 / s, 1 / s, s)
      while term > sum * 1e-17 {
        n += 1
        term *= x / n
        sum += term
      }
      return 1 - front * sum
    }
    let tiny = 1e-300
    var b = x + 1 - s
    var c = 1 / tiny
    var d = 1 / b
    var value = d
    for i in 1..<100_000 {
      let a = -Double(i) * (Double(i) - s)
      b += 2
      d = a * d + b
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = b + a / c
      if abs(c) < tiny { c = tiny }
      value *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return front * value
  }

  private static func logBeta(_ a: Double, _ b: Double) -> Double {
    logGamma(a) + logGamma(b) - logGamma(a + b)
  }

  private static func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return unsafe lgamma_r(x, &sign)
  }

  /// The argument at which a rising function reaches `p`, by halving until the bounds are neighbours.
  private static func invert(
    _ function: (Double) -> Double, at p: Double, from lower: Double, to upper: Double
  ) -> Double {
    var (lower, upper) = (lower, upper)
    while true {
      let middle = lower + (upper - lower) / 2
      guard middle > lower, middle < upper else { return middle }
      if function(middle) < p { lower = middle } else { upper = middle }
    }
  }
}
