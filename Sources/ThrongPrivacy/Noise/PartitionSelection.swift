/// Optimal partition selection: the largest probability with which a cell of n users may be shown under (ε, δ)-differential
/// privacy with respect to one user more or less,
///
///     p₀ = 0,  pₙ = min(e^ε pₙ₋₁ + δ, 1 − e^{−ε}(1 − pₙ₋₁ − δ), 1)
///
/// (Desfontaines, Voss, Gipson and Mandayam 2020, arXiv 2006.03684, theorem 1). ``TruncatedGeometric`` attains it where δ
/// is one of its edges, and draws without floats; this table plans and checks.
///
/// What it does not protect: the words of a label, or which clusters there were to choose from.
package struct PartitionSelection: Sendable {
  /// p₀, p₁, … up to the first 1.
  package let table: [Double]

  /// O(users at which the probability reaches 1).
  ///
  /// - Parameters:
  ///   - epsilon: above 0.
  ///   - delta: in 0..<1 and above 0.
  package init(epsilon: Double, delta: Double) {
    precondition(epsilon > 0 && delta > 0 && delta < 1)
    var table = [0.0]
    let (up, down) = (PlanningMath.exp(epsilon), PlanningMath.exp(-epsilon))
    while let last = table.last, last < 1 {
      table.append(min(up * last + delta, 1 - down * (1 - last - delta), 1))
    }
    self.table = table
  }

  /// pₙ.
  package func probability(users n: Int) -> Double { n < 0 ? 0 : n < table.count ? table[n] : 1 }
}
