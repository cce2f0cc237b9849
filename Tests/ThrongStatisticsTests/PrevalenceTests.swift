import Testing
import ThrongCore
import ThrongStatistics

@Suite struct PrevalenceTests {
  private static let workers = Workers(threads: 2)

  /// (0.1 + 0.95 − 1) / (0.8 + 0.95 − 1), and the interval of the paper's formula in numpy.
  @Test func roganGladen() {
    let correction = RoganGladen(
      truePositives: 80, positives: 100, trueNegatives: 190, negatives: 200, marked: 100, sampled: 1000)
    #expect(abs(correction.estimate - 0.05 / 0.75) < 1e-12)
    let interval = correction.interval()
    #expect(
      abs(interval.lower - 0.01512988342771631) < 1e-9 && abs(interval.upper - 0.11005870021918487) < 1e-9)
    let coin = RoganGladen(
      truePositives: 50, positives: 100, trueNegatives: 50, negatives: 100, marked: 1, sampled: 9)
    #expect(coin.estimate.isNaN && !coin.interval().isDefined)
  }

  /// Solutions of numpy.linalg.solve, and of scipy's SLSQP where that one is negative.
  @Test func matrixForm() throws {
    let confusion = [0.9, 0.07, 0.03, 0.1, 0.8, 0.1, 0.05, 0.15, 0.8]
    let inside = try #require(Prevalence.corrected([0.5, 0.2, 0.3], confusion, classes: 3))
    #expect(
      zip(inside, [0.5211141060197664, 0.14106019766397124, 0.33782569631626236]).allSatisfy {
        abs($0 - $1) < 1e-9
      })
    let edge = try #require(Prevalence.corrected([0.30, 0.06, 0.64], confusion, classes: 3))
    #expect(zip(edge, [0.2594189731820442, 0, 0.7405810268179557]).allSatisfy { abs($0 - $1) < 1e-6 })
    // Two classes of which the classifier sees no difference.
    #expect(
      Prevalence.corrected([0.5, 0.3, 0.2], [0.4, 0.3, 0.3, 0.4, 0.3, 0.3, 0.1, 0.1, 0.8], classes: 3) == nil)
  }

  @Test func binaryMatrixIsRoganGladen() throws {
    let p = try #require(Prevalence.corrected([0.9, 0.1], [0.95, 0.05, 0.2, 0.8], classes: 2))
    #expect(abs(p[1] - 0.05 / 0.75) < 1e-12 && abs(p[0] + p[1] - 1) < 1e-12)
  }

  /// A trial and a log drawn with planted errors, by users; `shares` are the truth.
  private func simulate(
    shares: [Double], confusion: [[Double]], trial: Int, log: Int, seed: UInt64
  ) throws -> Prevalence {
    var random = RandomSource(seed: seed)
    let classes = shares.count
    func draw(_ chances: [Double]) -> Int {
      var left = random.uniform()
      for (i, chance) in chances.enumerated() {
        left -= chance
        if left < 0 { return i }
      }
      return chances.count - 1
    }
    var (users, cells): ([UInt32], [[UInt32]]) = ([], [])
    for i in 0..<trial {
      let truth = i % classes
      users.append(UInt32(random.below(trial / 2)))
      cells.append([UInt32(truth * classes + draw(confusion[truth]))])
    }
    let trials = ClusteredSums(users: users, cells: cells, columns: classes * classes)
    users = []
    cells = []
    for _ in 0..<log {
      users.append(UInt32(random.below(log / 2)))
      cells.append([UInt32(draw(confusion[draw(shares)]))])
    }
    var bootstrap = ClusterBootstrap()
    bootstrap.seed = seed
    bootstrap.resamples = 400
    return try Prevalence(
      trial: trials, log: ClusteredSums(users: users, cells: cells, columns: classes), classes: classes,
      bootstrap: bootstrap, workers: Self.workers)
  }

  /// Nominal 95 %: fewer than 54 of 60 happen once in 100 trials. The naive share misses by far.
  @Test func coversTheTruth() throws {
    var (covered, naive) = (0, 0)
    for seed in 1...60 {
      let found = try simulate(
        shares: [0.97, 0.03], confusion: [[0.98, 0.02], [0.15, 0.85]], trial: 800, log: 4000,
        seed: UInt64(seed))
      covered += found.corrected[1].contains(0.03) ? 1 : 0
      naive += found.naive[1].contains(0.03) ? 1 : 0
    }
    #expect(covered >= 54)
    #expect(naive <= 12)
  }

  @Test func coversThreeClasses() throws {
    var covered = [0, 0, 0]
    let shares = [0.7, 0.25, 0.05]
    for seed in 1...40 {
      let found = try simulate(
        shares: shares, confusion: [[0.9, 0.06, 0.04], [0.1, 0.85, 0.05], [0.1, 0.1, 0.8]], trial: 900,
        log: 3000,
        seed: UInt64(seed))
      for k in 0..<3 where found.corrected[k].contains(shares[k]) { covered[k] += 1 }
      #expect(abs(found.corrected.reduce(0) { $0 + $1.estimate } - 1) < 1e-9)
    }
    #expect(covered.allSatisfy { $0 >= 35 })
  }

  /// Never seen to err in 30 of each: the corrected interval leaves room for errors, the naive one does not.
  @Test func neverSeenToErrIsNotInfallible() throws {
    let users = (0..<60).map { UInt32($0) }
    let trial = ClusteredSums(users: users, cells: users.map { [$0 < 30 ? 0 : 3] }, columns: 4)
    let log = ClusteredSums(
      users: (0..<1000).map { UInt32($0) }, cells: (0..<1000).map { [$0 < 40 ? 1 : 0] }, columns: 2)
    let found = try Prevalence(trial: trial, log: log, classes: 2, workers: Self.workers)
    #expect(abs(found.corrected[1].estimate - 0.04) < 1e-12)
    #expect(found.corrected[1].lower < 0.005 && found.naive[1].lower > 0.02)
    // With 30 of each, as many as 1 in 20 could be wrongly marked.
    #expect(found.corrected[1].upper < 0.06)
  }

  @Test func blindClassifierHasNoCorrection() throws {
    let users = (0..<400).map { UInt32($0) }
    let trial = ClusteredSums(users: users, cells: users.map { [$0 % 4] }, columns: 4)
    let log = ClusteredSums(users: users, cells: users.map { [$0 % 2] }, columns: 2)
    let found = try Prevalence(trial: trial, log: log, classes: 2, workers: Self.workers)
    #expect(!found.corrected[1].isDefined && found.naive[1].isDefined)
  }
}
