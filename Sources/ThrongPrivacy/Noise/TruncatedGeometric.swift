/// The two-sided geometric distribution cut off at ±`bound`: P(x) ∝ exp(−ε|x|) for |x| ≤ bound, else 0.
///
/// **Why.** A count n of users, plus one draw, shown only where the sum exceeds `bound`: nothing is ever shown of n = 0,
/// and of n = 1 with probability ``edge`` only. That is (ε, ``edge``)-differentially private, shows a cell as often as any
/// such mechanism can, and gives the noised count along with the decision (Desfontaines, Voss, Gipson and
/// Mandayam 2020, arXiv 2006.03684). Which cells exist is private too, and this is what protects it.
///
/// Drawn exactly: a discrete Laplace draw that is repeated until it falls within the bound.
/// Attack and twin: `NoisePartitionTests`, `NoiseSamplerTests`.
package struct TruncatedGeometric: Sendable, Hashable {
  /// The largest magnitude.
  package let bound: Int
  /// The distribution before the cut; its scale is 1/ε.
  package let laplace: DiscreteLaplace

  package init(bound: Int, laplace: DiscreteLaplace) {
    precondition(bound >= 0)
    self.bound = bound
    self.laplace = laplace
  }

  /// The narrowest one whose edge is at most `delta`. O(log bound).
  ///
  /// The bound is planned in floating point, with a margin of 10⁻⁹ of `delta`, far above its error.
  package init(laplace: DiscreteLaplace, delta: Double) {
    precondition(delta > 0)
    let target = delta * (1 - 1e-9)
    var (low, high) = (0, 1)
    while TruncatedGeometric(bound: high, laplace: laplace).edge > target { high *= 2 }
    while low < high {
      let middle = (low + high) / 2
      if TruncatedGeometric(bound: middle, laplace: laplace).edge > target {
        low = middle + 1
      } else {
        high = middle
      }
    }
    self.init(bound: high, laplace: laplace)
  }

  /// P(`bound`): the probability of what one of two neighbours can show and the other cannot.
  package var edge: Double { probability(of: bound) }

  /// P(draw = x).
  package func probability(of x: Int) -> Double {
    guard x.magnitude <= bound else { return 0 }
    return PlanningMath.exp(-Double(x.magnitude) / laplace.scale) / total
  }

  /// P(draw ≥ x).
  package func tail(_ x: Int) -> Double {
    if x > bound { return 0 }
    if x <= -bound { return 1 }
    if x <= 0 { return 1 - tail(1 - x) }
    let r = PlanningMath.exp(-1 / laplace.scale)
    let terms = Double(bound - x + 1)
    return PlanningMath.exp(-Double(x) / laplace.scale) * -PlanningMath.expm1(-terms / laplace.scale)
      / (1 - r) / total
  }

  /// P(a cell of `users` users is shown): P(draw > bound − users).
  package func selection(users: Int) -> Double { users <= 0 ? 0 : tail(bound + 1 - users) }

  /// One draw. Constant memory; expected O(1), since a draw falls outside at most as often as it falls on 0.
  package func draw(using generator: inout some RandomNumberGenerator) -> Int {
    while true {
      let x = laplace.draw(using: &generator)
      if x.magnitude <= bound { return x }
    }
  }

  /// 1 + 2(r + r² + … + r^bound).
  private var total: Double {
    let scale = laplace.scale
    let r = PlanningMath.exp(-1 / scale)
    return 1 + 2 * r * -PlanningMath.expm1(-Double(bound) / scale) / -PlanningMath.expm1(-1 / scale)
  }
}
