/// The discrete Gaussian distribution, P(x) ∝ exp(−x²/2σ²) on the whole numbers: counts of Euclidean sensitivity Δ with
/// it are Δ²/2σ²-zero-concentrated differentially private, just as with the continuous one.
///
/// Sampled exactly (see ``ExactSampling``) after Canonne, Kamath and Steinke 2020, arXiv 2004.00010, algorithm 3:
/// a discrete Laplace of about the same width, accepted so often that the Gaussian is left.
/// Attack and twin: `NoiseSamplerTests`.
package struct DiscreteGaussian: Sendable, Hashable {
  /// Numerator of σ², n; 1...2⁴⁰.
  package let numerator: UInt64
  /// Denominator of σ², d; 1...2²⁰.
  package let denominator: UInt64
  /// ⌊σ⌋ + 1, the scale of the Laplace distribution that is drawn from.
  private let width: UInt64

  /// The distribution of variance `numerator`/`denominator`; 1...2⁴⁰ and 1...2²⁰, else the process stops.
  package init(variance numerator: UInt64, over denominator: UInt64 = 1) {
    precondition((1...1 << 40).contains(numerator) && (1...1 << 20).contains(denominator))
    self.numerator = numerator
    self.denominator = denominator
    // The floor of the root of a fraction is that of its whole part.
    let whole = numerator / denominator
    var root = UInt64(Double(whole).squareRoot())
    while root * root > whole { root -= 1 }
    while (root + 1) * (root + 1) <= whole { root += 1 }
    width = root + 1
  }

  /// σ, for planning and reports only.
  package var deviation: Double { (Double(numerator) / Double(denominator)).squareRoot() }

  /// One draw. Constant memory, expected O(1).
  ///
  /// A proposal y of the Laplace distribution of scale t is accepted with probability
  /// exp(−(|y| − σ²/t)²/2σ²) = exp(−(|y|dt − n)²/(2ndt²)). With n ≤ 2⁴⁰ and d ≤ 2²⁰ the denominator stays under
  /// 2¹⁰⁵; and since dt² ≤ 4n or t = 1, the numerator stays under 2¹²⁷ for all |y| up to 2²⁰ t, beyond which
  /// a proposal lies with probability exp(−2²⁰).
  package func draw(using generator: inout some RandomNumberGenerator) -> Int {
    let (n, d, t) = (UInt128(numerator), UInt128(denominator), UInt128(width))
    let proposal = DiscreteLaplace(scale: width)
    while true {
      let y = proposal.draw(using: &generator)
      let scaled = UInt128(y.magnitude) * d * t
      let distance = scaled > n ? scaled - n : n - scaled
      if ExactSampling.bernoulliExp(minus: .init(distance * distance, 2 * n * d * t * t), using: &generator) {
        return y
      }
    }
  }
}
