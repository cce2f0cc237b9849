/// The discrete Laplace distribution, P(x) ∝ exp(−|x|/scale) on the whole numbers: a count of sensitivity Δ with it at
/// scale Δ/ε is ε-differentially private.
///
/// Sampled exactly (see ``ExactSampling``) after Canonne, Kamath and Steinke 2020, arXiv 2004.00010, algorithm 2.
/// Attack and twin: `NoiseSamplerTests` (χ² against the exact probabilities).
package struct DiscreteLaplace: Sendable, Hashable {
  /// Numerator of the scale, t; 1...2³².
  package let numerator: UInt64
  /// Denominator of the scale, s; 1...2³².
  package let denominator: UInt64

  /// The distribution of scale `numerator`/`denominator`; both 1...2³², else the process stops.
  package init(scale numerator: UInt64, over denominator: UInt64 = 1) {
    precondition((1...1 << 32).contains(numerator) && (1...1 << 32).contains(denominator))
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The scale, for planning and reports only.
  package var scale: Double { Double(numerator) / Double(denominator) }

  /// One draw. Constant memory, expected O(1).
  ///
  /// The geometric part counts up one by one and could only overflow beyond 2³¹ successes in a row of probability 1/e.
  package func draw(using generator: inout some RandomNumberGenerator) -> Int {
    while true {
      let remainder = ExactSampling.uniform(below: UInt128(numerator), using: &generator)
      let accepted = ExactSampling.bernoulliExp(
        minus: .init(remainder, UInt128(numerator)), using: &generator)
      guard accepted else { continue }
      var units: UInt64 = 0
      while ExactSampling.bernoulliExp(minus: .init(1), using: &generator) { units += 1 }
      let magnitude = Int((UInt64(remainder) + numerator * units) / denominator)
      let isNegative = ExactSampling.uniform(below: 2, using: &generator) == 1
      // Zero has one sign only, or it would be drawn twice as often as it should.
      if isNegative, magnitude == 0 { continue }
      return isNegative ? -magnitude : magnitude
    }
  }

  /// P(draw ≥ x).
  package func tail(_ x: Int) -> Double { Geometric(scale: scale).tail(x) }
}

/// Tails of the two-sided geometric distribution P(x) ∝ rˣ, r = exp(−1/scale), in floating point: for thresholds,
/// intervals and reports, never for drawing.
struct Geometric {
  let scale: Double

  /// P(X ≥ x). Relative error about 10⁻¹⁵, far into the tail too.
  func tail(_ x: Int) -> Double {
    if x <= 0 { return 1 - upper(1 - x) }
    return upper(x)
  }

  /// Σ over y ≥ x of P(y), for x above 0: rˣ/(1 + r).
  private func upper(_ x: Int) -> Double {
    PlanningMath.exp(-Double(x) / scale) / (1 + PlanningMath.exp(-1 / scale))
  }
}
