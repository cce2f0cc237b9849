import Foundation
import Testing
import ThrongCore
import ThrongPrivacy

/// R10: the samplers against exact probabilities, which are worked out here from the definitions.
@Suite struct NoiseSamplerTests {
  /// Pearson's χ² of `draws` against `probability`, values pooled until 20 are expected of each; as a standard normal value
  /// (Wilson and Hilferty 1931), so that above 5 stands for odds of one in three million.
  static func deviation(of draws: [Int], from probability: (Int) -> Double, within range: ClosedRange<Int>)
    -> Double
  {
    let counts = Dictionary(draws.map { ($0, 1) }, uniquingKeysWith: +)
    var (square, cells) = (0.0, 0)
    var (seen, expected) = (Double(draws.filter { !range.contains($0) }.count), 0.0)
    var mass = 0.0
    for value in range {
      seen += Double(counts[value] ?? 0)
      expected += Double(draws.count) * probability(value)
      mass += probability(value)
      guard expected >= 20, value < range.upperBound else { continue }
      square += (seen - expected) * (seen - expected) / expected
      cells += 1
      (seen, expected) = (0, 0)
    }
    // The last cell has what is left, beyond the range too.
    expected += Double(draws.count) * max(0, 1 - mass)
    if expected > 0 {
      square += (seen - expected) * (seen - expected) / expected
      cells += 1
    }
    let freedom = Double(max(1, cells - 1))
    let spread = 2 / (9 * freedom)
    return (pow(square / freedom, 1.0 / 3) - (1 - spread)) / spread.squareRoot()
  }

  private static let draws = 60_000

  /// A fraction's exp, and no other's: coins of 1 % more or less are told apart.
  @Test(arguments: [(0, 1), (1, 3), (1, 1), (7, 2), (999, 1000)] as [(UInt128, UInt128)])
  func coins(numerator: UInt128, denominator: UInt128) {
    var generator = RandomSource(seed: UInt64(numerator * 1000 + denominator))
    let p = exp(-Double(numerator) / Double(denominator))
    let n = 400_000
    let heads = (0..<n).filter { _ in
      ExactSampling.bernoulliExp(minus: .init(numerator, denominator), using: &generator)
    }.count
    let error = abs(Double(heads) - Double(n) * p)
    #expect(error <= 5 * (Double(n) * p * (1 - p)).squareRoot())
    if numerator > 0 { #expect(abs(Double(heads) - Double(n) * p * 1.05) > 0.5 * error) }
  }

  /// The largest fractions there are: nothing overflows, and exp(−1 + 2⁻¹²⁸) is drawn like exp(−1), exp(−2¹²⁸) never.
  @Test func coinsOfLargeFractions() {
    var generator = RandomSource(seed: 3)
    let heads = (0..<20_000).filter { _ in
      ExactSampling.bernoulliExp(minus: .init(.max - 1, .max), using: &generator)
    }.count
    // 20,000/e = 7357.6, of standard deviation 68.2.
    #expect((7017...7698).contains(heads))
    #expect(!(0..<100).contains { _ in ExactSampling.bernoulliExp(minus: .init(.max), using: &generator) })
    #expect((0..<100).allSatisfy { _ in ExactSampling.uniform(below: .max, using: &generator) < .max })
  }

  @Test(arguments: [1, 2, 3, 7, 1 << 64, 1 << 64 + 5] as [UInt128]) func uniform(bound: UInt128) {
    var generator = RandomSource(seed: UInt64(truncatingIfNeeded: bound))
    // The position within the range, in sevenths, is uniform too.
    let draws = (0..<Self.draws).map { _ in ExactSampling.uniform(below: bound, using: &generator) }
    #expect(draws.allSatisfy { $0 < bound })
    let small = bound < 8
    let buckets = draws.map { small ? Int($0) : Int($0 / (bound / 7 + 1)) }
    let cells = small ? Int(bound) : 7
    if cells > 1 {
      #expect(Self.deviation(of: buckets, from: { _ in 1 / Double(cells) }, within: 0...cells - 1) < 5)
    }
  }

  private func laplace(_ scale: Double) -> (Int) -> Double {
    // P(0) (1 + 2 Σ rˣ) = 1.
    let r = exp(-1 / scale)
    return { pow(r, Double(abs($0))) * (1 - r) / (1 + r) }
  }

  @Test(arguments: [(1, 1), (1, 3), (5, 2), (20, 1), (3_000_000, 412_500)] as [(UInt64, UInt64)])
  func discreteLaplace(numerator: UInt64, denominator: UInt64) {
    let noise = DiscreteLaplace(scale: numerator, over: denominator)
    var generator = RandomSource(seed: numerator + denominator)
    let draws = (0..<Self.draws).map { _ in noise.draw(using: &generator) }
    let scale = Double(numerator) / Double(denominator)
    let range = -Int(40 * scale + 10)...Int(40 * scale + 10)
    #expect(Self.deviation(of: draws, from: laplace(scale), within: range) < 5)
    // The test sees a scale that is 5 % off, where there is enough to see.
    #expect(scale < 0.5 || Self.deviation(of: draws, from: laplace(scale * 1.05), within: range) > 5)
    for x in [-3, -1, 0, 1, 2, 30] {
      let sum = (x...x + range.upperBound * 2).reduce(0) { $0 + laplace(scale)($1) }
      #expect(abs(noise.tail(x) - sum) < 1e-9)
    }
  }

  private func gaussian(_ variance: Double) -> (Int) -> Double {
    let reach = Int(15 * variance.squareRoot()) + 15
    let whole = (-reach...reach).reduce(0) { $0 + exp(-Double($1 * $1) / (2 * variance)) }
    return { exp(-Double($0 * $0) / (2 * variance)) / whole }
  }

  @Test(arguments: [(1, 4), (1, 1), (3, 1), (50, 3), (900, 1), (10_241, 1024)] as [(UInt64, UInt64)])
  func discreteGaussian(numerator: UInt64, denominator: UInt64) {
    let noise = DiscreteGaussian(variance: numerator, over: denominator)
    var generator = RandomSource(seed: numerator + denominator)
    let draws = (0..<Self.draws).map { _ in noise.draw(using: &generator) }
    let variance = Double(numerator) / Double(denominator)
    let reach = Int(12 * variance.squareRoot()) + 12
    #expect(Self.deviation(of: draws, from: gaussian(variance), within: -reach...reach) < 5)
    #expect(
      variance < 0.5 || Self.deviation(of: draws, from: gaussian(variance * 1.2), within: -reach...reach) > 5
    )
    for x in [-3, 0, 1, 5] {
      let sum = (x...x + 2 * reach).reduce(0) { $0 + gaussian(variance)($1) }
      #expect(abs(noise.tail(x) - sum) < 1e-9)
    }
  }

  /// The ends of the ranges: no trap, and magnitudes as they should be.
  @Test func theLargestParameters() {
    var generator = RandomSource(seed: 8)
    let laplace = DiscreteLaplace(scale: 1 << 32)
    let mean =
      (0..<2_000).reduce(0.0) { sum, _ in sum + abs(Double(laplace.draw(using: &generator))) } / 2_000
    #expect((0.85...1.15).contains(mean / 0x1p32))
    for (numerator, denominator) in [(1 << 40, 1), (1 << 40, 1 << 20), (1, 1 << 20)] as [(UInt64, UInt64)] {
      let gaussian = DiscreteGaussian(variance: numerator, over: denominator)
      let squares = (0..<2_000).reduce(0.0) { sum, _ in
        let x = Double(gaussian.draw(using: &generator))
        return sum + x * x
      }
      let variance = Double(numerator) / Double(denominator)
      #expect(variance < 1 ? squares == 0 : (0.8...1.2).contains(squares / 2_000 / variance))
    }
  }

  /// Without a generator of one's own, the bits are the system's; two rows of draws do not repeat each other.
  @Test func theSystemsGenerator() {
    var generator = NoiseGenerator.fresh
    let noise = DiscreteLaplace(scale: 1000)
    let rows = (0..<2).map { _ in (0..<50).map { _ in noise.draw(using: &generator) } }
    #expect(rows[0] != rows[1])
    let draws = (0..<20_000).map { _ in DiscreteLaplace(scale: 3).draw(using: &generator) }
    #expect(Self.deviation(of: draws, from: laplace(3), within: -130...130) < 6.5)
  }
}
