import Testing
import ThrongCore
import ThrongStatistics

@Suite struct BootstrapTests {
  private static let workers = Workers(threads: 2)
  private static let skewed = [
    0.521, 0.84, 5.279, 1.933, 0.194, 0.995, 0.536, 1.16, 0.2, 1.274, 1.265, 4.834, 1.373, 1.666, 0.225,
    9.514,
    0.147, 3.01, 0.719, 0.415, 0.519, 0.511, 1.463, 0.896, 4.404, 0.16, 0.997, 0.41, 2.172, 0.12,
  ]

  /// scipy.stats.bootstrap with 200,000 resamples; the tolerance is the spread of 20,000.
  @Test(arguments: [
    (ClusterBootstrap.Method.percentile, 0.9607666666666668, 2.381134166666666),
    (.bca, 1.0599, 2.6236232694532795),
  ])
  func agreesWithScipy(method: ClusterBootstrap.Method, lower: Double, upper: Double) throws {
    var bootstrap = ClusterBootstrap()
    bootstrap.resamples = 20_000
    bootstrap.method = method
    let values = Self.skewed
    let sums = ClusteredSums(
      users: values.indices.map { UInt32($0) }, columns: [values, values.map { _ in 1 }])
    let found = try bootstrap.intervals(of: sums, [.quotient(0, 1)], workers: Self.workers)[0]
    #expect(abs(found.estimate - values.reduce(0, +) / 30) < 1e-12)
    #expect(abs(found.lower - lower) < 0.02 && abs(found.upper - upper) < 0.03)
  }

  /// Efron's formula in numpy on 40 given values.
  @Test func correctsBias() {
    var bootstrap = ClusterBootstrap()
    let values = (1...40).map { 0.1 * Double($0 * $0) }
    let found = bootstrap.interval(50, values, acceleration: 0.05)
    #expect(abs(found.lower - 1.138755620910735) < 1e-9 && abs(found.upper - 157.82422791430992) < 1e-9)
    bootstrap.method = .percentile
    #expect(abs(bootstrap.interval(50, values).lower - 0.3925) < 1e-9)
  }

  /// 40 users of whom each says one thing ten times: the interval of 40, not of 400.
  @Test func usersAreTheSample() throws {
    let users = (0..<400).map { UInt32($0 / 10) }
    let ones = [Double](repeating: 1, count: 400)
    let says = users.map { $0 % 2 == 0 ? 1.0 : 0 }
    let byUser = try ClusterBootstrap().intervals(
      of: ClusteredSums(users: users, columns: [says, ones]), [.quotient(0, 1)], workers: Self.workers)[0]
    let byRow = try ClusterBootstrap().intervals(
      of: ClusteredSums(users: (0..<400).map { UInt32($0) }, columns: [says, ones]), [.quotient(0, 1)],
      workers: Self.workers)[0]
    #expect(byUser.estimate == 0.5 && byRow.estimate == 0.5)
    // ±1.96·√(¼/40) and ±1.96·√(¼/400).
    #expect(abs(byUser.width - 0.31) < 0.04 && abs(byRow.width - 0.098) < 0.012)
  }

  @Test func differencesAndRatios() throws {
    // Two groups with means 1 and 3; columns: sum of the first, its size, sum of the second, its size.
    let columns = [[1.0, 1, 0, 0], [1, 1, 0, 0], [0, 0, 3, 3], [0, 0, 1, 1]]
    let sums = ClusteredSums(users: [0, 1, 2, 3], columns: columns)
    let figures: [Figure] = [
      .difference(.quotient(2, 3), .quotient(0, 1)), .ratio(.quotient(2, 3), .quotient(0, 1)),
      .quotient(0, 3),
    ]
    let found = try ClusterBootstrap().intervals(of: sums, figures, workers: Self.workers)
    // One resample in eight has nobody of one group: more than may be left out.
    #expect(found[0].estimate == 2 && found[1].estimate == 3 && !found[0].isDefined)
    let many = ClusteredSums(
      users: (0..<40).map { UInt32($0) }, columns: columns.map { column in (0..<40).map { column[$0 % 4] } })
    let defined = try ClusterBootstrap().intervals(of: many, figures, workers: Self.workers)
    #expect(defined[0] == Interval(2, 2, 2) && defined[1] == Interval(3, 3, 3))
    #expect(defined[2].estimate == 1 && defined[2].lower < 0.7 && defined[2].upper > 1.4)
  }

  @Test func cellsAndColumnsAgree() {
    let users: [UInt32] = [3, 0, 3, 7]
    let cells = ClusteredSums(users: users, cells: [[0], [1], [0, 2], []], columns: 3)
    let columns = ClusteredSums(users: users, columns: [[1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 1, 0]])
    #expect(cells.users == 3 && columns.users == 3)
    #expect(cells.totals == [2, 1, 1] && columns.totals == [2, 1, 1])
  }

  @Test func sameNumbersAtAnyNumberOfThreads() throws {
    var random = RandomSource(seed: 5)
    let users = (0..<3000).map { _ in UInt32(random.below(900)) }
    let columns = (0..<3).map { _ in users.map { _ in random.uniform() } }
    let sums = ClusteredSums(users: users, columns: columns)
    let figures: [Figure] = [.quotient(0, 1), .difference(.quotient(1, 2), .quotient(0, 2))]
    let one = try ClusterBootstrap().intervals(of: sums, figures, workers: Workers(threads: 1))
    let four = try ClusterBootstrap().intervals(of: sums, figures, workers: Workers(threads: 4))
    #expect(one == four)
    var other = ClusterBootstrap()
    other.seed = 2
    #expect(try other.intervals(of: sums, figures, workers: Self.workers) != one)
  }

  /// Users with one to nine conversations that resemble each other; nominal 95 %.
  @Test(arguments: ClusterBootstrap.Method.allCases)
  func covers(method: ClusterBootstrap.Method) throws {
    var bootstrap = ClusterBootstrap()
    bootstrap.method = method
    var covered = 0
    for seed in 1...100 {
      var random = RandomSource(seed: UInt64(seed))
      var (users, hits): ([UInt32], [Double]) = ([], [])
      for user in 0..<200 {
        // The share of a user is 0.1 or 0.5; in the mean 0.2, whatever the number of conversations.
        let chance = random.uniform() < 0.25 ? 0.5 : 0.1
        for _ in 0...random.below(9) {
          users.append(UInt32(user))
          hits.append(random.uniform() < chance ? 1 : 0)
        }
      }
      let sums = ClusteredSums(users: users, columns: [hits, hits.map { _ in 1 }])
      bootstrap.seed = UInt64(seed)
      covered +=
        try bootstrap.intervals(of: sums, [.quotient(0, 1)], workers: Self.workers)[0].contains(0.2) ? 1 : 0
    }
    // Fewer than 89 of 100 at 95 % happen once in 200 trials.
    #expect(covered >= 89)
  }

  @Test func nobodySaysNothing() throws {
    let sums = ClusteredSums(users: [], columns: [[], []])
    #expect(
      !(try ClusterBootstrap().intervals(of: sums, [.quotient(0, 1)], workers: Self.workers)[0].isDefined))
  }
}
