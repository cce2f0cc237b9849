import Foundation
import Testing
import ThrongCore
import ThrongPrivacy

/// R9 in the differential tier: which cells are shown, and with which count.
@Suite struct NoisePartitionTests {
  /// By hand for e^ε = 2, δ = 0.1: 0.1; 2 · 0.1 + 0.1 = 0.3; 2 · 0.3 + 0.1 = 0.7; 1 − ½(1 − 0.7 − 0.1) = 0.9; 1 − ½ · 0 = 1.
  @Test func theTableByHand() {
    let table = PartitionSelection(epsilon: log(2), delta: 0.1).table
    #expect(table.count == 6)
    #expect(zip(table, [0, 0.1, 0.3, 0.7, 0.9, 1]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(PartitionSelection(epsilon: log(2), delta: 0.1).probability(users: 1_000) == 1)
    #expect(PartitionSelection(epsilon: log(2), delta: 0.1).probability(users: -1) == 0)
  }

  static let budgets: [(Double, Double)] = [(0.1, 1e-6), (1.0 / 3, 3e-7), (1, 1e-5), (1, 0.05), (4, 1e-8)]

  /// One user more or less changes the odds of being shown, and of not being shown, by e^ε but for δ, for every n.
  @Test(arguments: budgets) func neighboursAreClose(epsilon: Double, delta: Double) {
    let p = PartitionSelection(epsilon: epsilon, delta: delta).table + [1, 1]
    let bound = exp(epsilon)
    #expect(p[0] == 0)
    for n in p.indices.dropLast() {
      for (a, b) in [(p[n], p[n + 1]), (p[n + 1], p[n]), (1 - p[n], 1 - p[n + 1]), (1 - p[n + 1], 1 - p[n])] {
        #expect(a - bound * b <= delta * (1 + 1e-9) + 1e-13, "n = \(n)")
      }
      #expect(p[n] <= p[n + 1])
    }
  }

  /// The mechanism attains the table where δ is its edge, and its edge is the largest that is at most δ.
  @Test(arguments: [(1, 5), (1, 2), (2, 1), (1, 10)] as [(UInt64, UInt64)])
  func truncatedGeometricIsOptimal(numerator: UInt64, denominator: UInt64) {
    // ε = numerator / denominator.
    let laplace = DiscreteLaplace(scale: denominator, over: numerator)
    let noise = TruncatedGeometric(laplace: laplace, delta: 1e-5)
    #expect(noise.edge <= 1e-5)
    #expect(TruncatedGeometric(bound: noise.bound - 1, laplace: laplace).edge > 1e-5)
    let table = PartitionSelection(epsilon: Double(numerator) / Double(denominator), delta: noise.edge)
    for n in 0...2 * noise.bound + 3 {
      #expect(abs(noise.selection(users: n) - table.probability(users: n)) < 1e-9, "n = \(n)")
    }
    let whole = (-noise.bound...noise.bound).reduce(0) { $0 + noise.probability(of: $1) }
    #expect(abs(whole - 1) < 1e-12)
  }

  /// The largest P(event of n) − e^ε P(event of n′) over all events, when cells that reach `threshold` are shown with their sum.
  private func loss(
    _ n: Int, _ other: Int, epsilon: Double, threshold: Int, probability: (Int) -> Double
  ) -> Double {
    let sums = threshold...threshold + 4 * (threshold + 1)
    var loss = 0.0
    var hidden = (1.0, 1.0)
    for sum in sums {
      let (a, b) = (probability(sum - n), probability(sum - other))
      loss += max(0, a - exp(epsilon) * b)
      hidden = (hidden.0 - a, hidden.1 - b)
    }
    return loss + max(0, hidden.0 - exp(epsilon) * hidden.1)
  }

  /// The noised count goes out with the decision at no further cost; without noise, or one unit of threshold lower, it does not.
  @Test func theNoisedCountIsPrivateToo() {
    let noise = TruncatedGeometric(laplace: DiscreteLaplace(scale: 2), delta: 0.001)
    let threshold = noise.bound + 1
    for n in 0...3 * noise.bound {
      for (a, b) in [(n, n + 1), (n + 1, n)] {
        let loss = loss(a, b, epsilon: 0.5, threshold: threshold, probability: noise.probability)
        #expect(loss <= noise.edge * (1 + 1e-9), "\(a), \(b)")
      }
    }
    let exact = loss(threshold, threshold - 1, epsilon: 0.5, threshold: threshold) { $0 == 0 ? 1 : 0 }
    #expect(exact == 1)
    // Cells of nobody would be shown, but it is known that there are none: showing them betrays their first user.
    #expect(loss(1, 0, epsilon: 0.5, threshold: 1, probability: { $0 == 0 ? 1 : 0 }) > 0.9)
    let narrow = TruncatedGeometric(bound: noise.bound / 2, laplace: noise.laplace)
    let tooNarrow = loss(1, 0, epsilon: 0.5, threshold: narrow.bound + 1, probability: narrow.probability)
    #expect(tooNarrow > 10 * noise.edge)
  }

  /// The draws are those of the distribution, and cells of n users are shown as often as the table says.
  @Test func draws() {
    let noise = TruncatedGeometric(bound: 6, laplace: DiscreteLaplace(scale: 2))
    var generator = RandomSource(seed: 5)
    let draws = (0..<60_000).map { _ in noise.draw(using: &generator) }
    let whole = (-6...6).reduce(0) { $0 + exp(-Double(abs($1)) / 2) }
    #expect(draws.allSatisfy { abs($0) <= 6 })
    #expect(
      NoiseSamplerTests.deviation(of: draws, from: { exp(-Double(abs($0)) / 2) / whole }, within: -6...6) < 5)
    let table = PartitionSelection(epsilon: 0.5, delta: exp(-3) / whole)
    for n in 0...14 {
      let p = table.probability(users: n)
      let shown = Double(draws.filter { n + $0 > 6 }.count) / 60_000
      #expect(abs(shown - p) <= 5 * (p * (1 - p) / 60_000).squareRoot() + 1e-9, "n = \(n)")
    }
  }

  /// Of any count, the interval of what is shown of it holds it in at least 95 of 100 cases, right at the threshold too;
  /// summed over the distribution, not drawn.
  @Test func intervalsCover() {
    let truncated = TruncatedGeometric(laplace: DiscreteLaplace(scale: 4), delta: 1e-4)
    let cases: [(NoiseMechanism, Int?, (Int) -> Double)] = [
      (.truncatedGeometric(truncated), truncated.bound + 1, truncated.probability),
      (.truncatedGeometric(truncated), truncated.bound + 12, truncated.probability),
      (.laplace(DiscreteLaplace(scale: 5)), nil, laplace(5)),
      (.laplace(DiscreteLaplace(scale: 5)), 25, laplace(5)),
      (.gaussian(DiscreteGaussian(variance: 40)), nil, gaussian(40)),
    ]
    for (noise, threshold, probability) in cases {
      let sums = (threshold ?? -150)...200
      let intervals = sums.map { NoiseInterval.of($0, noise: noise, threshold: threshold, least: 1) }
      for n in 1...100 {
        var (shown, covered) = (0.0, 0.0)
        for (sum, interval) in zip(sums, intervals) {
          shown += probability(sum - n)
          if interval.contains(n) { covered += probability(sum - n) }
        }
        #expect(shown == 0 || covered >= 0.95 * shown - 1e-9, "\(noise.name), \(threshold ?? 0), n = \(n)")
      }
    }
    // The plain interval, twice the usual width of the noise, fails at the threshold.
    let half = 12
    let n = truncated.bound / 2
    let sums = (truncated.bound + 1)...(truncated.bound + n)
    let shown = sums.reduce(0) { $0 + truncated.probability(of: $1 - n) }
    let covered = sums.filter { abs($0 - n) <= half }.reduce(0) { $0 + truncated.probability(of: $1 - n) }
    #expect(covered < 0.5 * shown)
  }

  private func laplace(_ scale: Double) -> (Int) -> Double {
    { exp(-Double(abs($0)) / scale) * tanh(0.5 / scale) }
  }

  private func gaussian(_ variance: Double) -> (Int) -> Double {
    let whole = (-100...100).reduce(0) { $0 + exp(-Double($1 * $1) / (2 * variance)) }
    return { exp(-Double($0 * $0) / (2 * variance)) / whole }
  }
}
