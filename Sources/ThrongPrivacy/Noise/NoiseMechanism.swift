/// One way to noise a whole number: what is drawn, and what a reader may conclude from the sum.
package enum NoiseMechanism: Sendable, Hashable {
  /// Decides about showing a cell and noises its users with the same draw.
  case truncatedGeometric(TruncatedGeometric)
  case laplace(DiscreteLaplace)
  case gaussian(DiscreteGaussian)

  /// The tighter of discrete Laplace and discrete Gaussian noise for a vector of counts.
  ///
  /// The Gaussian variance is σ² = Δ₂²/2ρ with the largest ρ for which ρ-concentrated privacy is (ε, δ)-differential
  /// privacy by ε = ρ + 2√(ρ ln 1/δ) (Bun and Steinke 2016, arXiv 1605.02065, proposition 1.3).
  ///
  /// - Parameters:
  ///   - absolute: Δ₁, the most that one user changes all counts together.
  ///   - squared: Δ₂², the most of the sum of squares.
  ///   - epsilonMillionths: ε for the whole vector.
  ///   - delta: δ for the whole vector, of which only Gaussian noise makes use; 0 rules it out.
  package static func tighter(
    absolute: Int, squared: Int, epsilonMillionths: Int, delta: Double
  ) -> NoiseMechanism {
    let laplace = DiscreteLaplace(
      scale: UInt64(absolute) * 1_000_000, over: UInt64(epsilonMillionths))
    guard delta > 0 else { return .laplace(laplace) }
    let length = -PlanningMath.log(delta)
    let root = (length + Double(epsilonMillionths) / 1e6).squareRoot() - length.squareRoot()
    let variance = Double(squared) / (2 * root * root)
    // 95 % lie within ln(20) scales of a Laplace distribution, and within 1.96 deviations of a normal one.
    guard variance < 0x1p29, 1.96 * variance.squareRoot() < PlanningMath.log(20) * laplace.scale else {
      return .laplace(laplace)
    }
    return .gaussian(
      DiscreteGaussian(variance: UInt64((variance * (1 + 1e-9) * 1024).rounded(.up)), over: 1024))
  }

  package func draw(using generator: inout some RandomNumberGenerator) -> Int {
    switch self {
    case .truncatedGeometric(let noise): noise.draw(using: &generator)
    case .laplace(let noise): noise.draw(using: &generator)
    case .gaussian(let noise): noise.draw(using: &generator)
    }
  }

  /// P(draw ≥ x).
  package func tail(_ x: Int) -> Double {
    switch self {
    case .truncatedGeometric(let noise): noise.tail(x)
    case .laplace(let noise): noise.tail(x)
    case .gaussian(let noise): noise.tail(x)
    }
  }

  /// As the release names it.
  package var name: String {
    switch self {
    case .truncatedGeometric: "truncated geometric"
    case .laplace: "discrete Laplace"
    case .gaussian: "discrete Gaussian"
    }
  }

  /// 1/ε of a geometric distribution, σ of a Gaussian one.
  package var scale: Double {
    switch self {
    case .truncatedGeometric(let noise): noise.laplace.scale
    case .laplace(let noise): noise.scale
    case .gaussian(let noise): noise.deviation
    }
  }
}

extension DiscreteGaussian {
  /// P(draw ≥ x), summed over twelve deviations. O(σ).
  package func tail(_ x: Int) -> Double {
    if x <= 0 { return 1 - tail(1 - x) }
    let reach = Int((12 * deviation).rounded(.up)) + 12
    let twice = 2 * deviation * deviation
    func weight(_ y: Int) -> Double { PlanningMath.exp(-Double(y) * Double(y) / twice) }
    var (above, all) = (0.0, 1.0)
    for y in (1...x + reach).reversed() {
      all += 2 * weight(y)
      if y >= x { above += weight(y) }
    }
    return above / all
  }
}

/// What a noised count says about the count before the noise.
package enum NoiseInterval {
  /// The counts n ≥ `least` for which `noised` lies in the central 95 % of what n could have become.
  ///
  /// Where a count is shown only from `threshold` on, that condition is part of what n could have become: just above the
  /// threshold much of a count may be noise, and the interval says so. For every n the interval
  /// holds n in at least 95 % of the cases in which there is one, since the family of distributions is monotone in n.
  ///
  /// O(log width) tails.
  package static func of(
    _ noised: Int, noise: NoiseMechanism, threshold: Int? = nil, least: Int = 0
  ) -> ClosedRange<Int> {
    func shown(_ n: Int) -> Double { threshold.map { noise.tail($0 - n) } ?? 1 }
    func plausible(_ mass: Double, _ n: Int) -> Bool {
      let all = shown(n)
      return all > 0 && mass > 0.025 * all
    }
    // P(sum ≥ noised) and P(sum ≤ noised), each given that the sum is shown.
    func isNotTooLow(_ n: Int) -> Bool { plausible(noise.tail(noised - n), n) }
    func isNotTooHigh(_ n: Int) -> Bool { plausible(shown(n) - noise.tail(noised + 1 - n), n) }
    let low = isNotTooLow(least) ? least : edge(from: least, to: max(least, noised)) { !isNotTooLow($0) } + 1
    var step = 1
    while isNotTooHigh(noised + step) { step *= 2 }
    let high = edge(from: noised, to: noised + step, while: isNotTooHigh)
    return max(least, min(low, noised))...max(least, high, noised)
  }

  /// The last of a run of whole numbers for which `holds`, which is true at `low` and false at or before `high`, or nowhere
  /// false in between.
  private static func edge(from low: Int, to high: Int, while holds: (Int) -> Bool) -> Int {
    var (low, high) = (low, high)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if holds(middle) { low = middle } else { high = middle }
    }
    return low
  }
}
