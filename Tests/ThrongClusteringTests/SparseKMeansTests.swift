import Testing
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

private let oneThread = Workers(threads: 1)
private let twoThreads = Workers(threads: 2)

/// Rows about `topics` sets of columns, with some noise: what tf-idf rows look like. Columns of a row come in no
/// order; row `i` is of topic `i % topics`.
private func topical(
  rows: Int, columns: Int, topics: Int, perRow: Int, seed: UInt64
) -> CSRMatrix {
  var random = RandomSource(seed: seed)
  var (offsets, indices, values) = ([0], [UInt32](), [Float]())
  for row in 0..<rows {
    for _ in 0..<perRow {
      let own = columns / topics
      let column = random.below(5) == 0 ? random.below(columns) : row % topics * own + random.below(own)
      // May name a column twice: the two add up.
      indices.append(UInt32(column))
      values.append(Float(random.uniform() + 0.1))
    }
    offsets.append(values.count)
  }
  return CSRMatrix(rows: rows, columns: columns, rowOffsets: offsets, columnIndices: indices, values: values)
}

extension CSRMatrix {
  fileprivate var dense: Matrix {
    var result = Matrix(rows: rows, columns: columns)
    for i in 0..<rows { for p in entries(ofRow: i) { result[i, Int(columnIndices[p])] += values[p] } }
    return result
  }

  fileprivate init(dense: Matrix) {
    var (offsets, indices, values) = ([0], [UInt32](), [Float]())
    for i in 0..<dense.rows {
      for j in 0..<dense.columns where dense[i, j] != 0 {
        indices.append(UInt32(j))
        values.append(dense[i, j])
      }
      offsets.append(values.count)
    }
    self.init(
      rows: dense.rows, columns: dense.columns, rowOffsets: offsets, columnIndices: indices, values: values)
  }
}

/// What two fits of the same rows agree on, up to rounding.
private func expectSame(
  _ found: KMeansResult, _ expected: KMeansResult, _ comment: Comment,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  // A failure that listed all labels would hide the others.
  let sameLabels = found.assignments == expected.assignments
  #expect(sameLabels, comment, sourceLocation: sourceLocation)
  #expect(
    abs(found.inertia - expected.inertia) <= 1e-5 * max(1, expected.inertia), comment,
    sourceLocation: sourceLocation)
  #expect(
    found.centroids.largestDifference(from: expected.centroids) < 1e-5, comment,
    sourceLocation: sourceLocation)
}

struct SparseKMeansTests {
  struct Shape: Sendable {
    var (rows, columns, clusters, perRow): (Int, Int, Int, Int)
  }

  /// Around the tile of 64 centroids, the lanes of 16 and the block of 256 rows.
  static let shapes = [
    Shape(rows: 40, columns: 30, clusters: 3, perRow: 5),
    Shape(rows: 257, columns: 90, clusters: 16, perRow: 7),
    Shape(rows: 300, columns: 700, clusters: 17, perRow: 12),
    Shape(rows: 900, columns: 400, clusters: 64, perRow: 9),
    Shape(rows: 1100, columns: 530, clusters: 65, perRow: 11),
    Shape(rows: 1500, columns: 1300, clusters: 130, perRow: 8),
  ]

  @Test(arguments: shapes, [true, false])
  func sparseRowsClusterAsTheSameDenseRows(shape: Shape, spherical: Bool) throws {
    let seed = UInt64(shape.rows + shape.columns)
    let x = topical(
      rows: shape.rows, columns: shape.columns, topics: shape.clusters, perRow: shape.perRow, seed: seed)
    var random = RandomSource(seed: seed, stream: 1)
    let weights = (0..<x.rows).map { _ in Float(random.uniform() + 0.5) }
    let dense = x.dense
    let start = dense.selectingRows(Array(0..<shape.clusters))
    for weights in [nil, weights] {
      let parameters = KMeans.Parameters(
        clusters: shape.clusters, tolerance: 0, spherical: spherical, initialCentroids: start)
      let found = try KMeans.fit(x, weights: weights, parameters: parameters, workers: twoThreads)
      let expected = try KMeans.fit(dense, weights: weights, parameters: parameters, workers: twoThreads)
      expectSame(found, expected, "seed \(seed)")
      #expect(found.iterations.count == expected.iterations.count, "seed \(seed)")
    }
  }

  @Test(arguments: starts, [3, 4, 5] as [UInt64])
  func sparseRowsStartAsTheSameDenseRows(start: KMeans.Initialization, seed: UInt64) throws {
    let x = topical(rows: 600, columns: 240, topics: 12, perRow: 15, seed: seed)
    let parameters = KMeans.Parameters(clusters: 12, seed: seed, initialization: start)
    expectSame(
      try KMeans.fit(x, parameters: parameters, workers: twoThreads),
      try KMeans.fit(x.dense, parameters: parameters, workers: twoThreads), "seed \(seed)")
  }

  @Test(arguments: starts)
  func topicsAreFound(start: KMeans.Initialization) throws {
    let x = topical(rows: 900, columns: 3000, topics: 6, perRow: 60, seed: 8)
    let found = try KMeans.fit(
      x, parameters: .init(clusters: 6, restarts: 5, initialization: start), workers: twoThreads)
    let truth = (0..<x.rows).map { Int32($0 % 6) }
    #expect(Validity.adjustedRand(truth, found.assignments) > 0.99)
  }

  @Test(arguments: starts)
  func theSameBytesForAnyNumberOfThreads(start: KMeans.Initialization) throws {
    // More rows than the sample for initialization, and more centroids than a tile.
    let x = topical(rows: 21_000, columns: 300, topics: 40, perRow: 6, seed: 3)
    let parameters = KMeans.Parameters(
      clusters: 70, seed: 5, maximumIterations: 4, initialization: start)
    let first = try KMeans.fit(x, parameters: parameters, workers: oneThread)
    for threads in [2, 3] {
      let other = try KMeans.fit(x, parameters: parameters, workers: Workers(threads: threads))
      #expect(other.centroids == first.centroids)
      #expect(other.assignments == first.assignments)
      #expect(other.iterations == first.iterations)
      #expect(other.inertia == first.inertia)
    }
  }

  @Test(arguments: starts)
  func rowsWithoutEntriesGoToClusterZeroAndWeighOnNothing(start: KMeans.Initialization) throws {
    var dense = topical(rows: 60, columns: 90, topics: 3, perRow: 40, seed: 4).dense
    for i in [0, 33, 59] { for j in 0..<dense.columns { dense[i, j] = 0 } }
    let parameters = KMeans.Parameters(clusters: 3, restarts: 4, initialization: start)
    let found = try KMeans.fit(CSRMatrix(dense: dense), parameters: parameters, workers: twoThreads)
    for i in [0, 33, 59] { #expect(found.assignments[i] == 0) }
    let others = (0..<60).filter { ![0, 33, 59].contains($0) }
    #expect(Validity.adjustedRand(others.map { Int32($0 % 3) }, others.map { found.assignments[$0] }) == 1)

    let none = CSRMatrix(
      rows: 6, columns: 2, rowOffsets: Array(repeating: 0, count: 7), columnIndices: [], values: [])
    let zeros = try KMeans.fit(none, parameters: parameters, workers: oneThread)
    #expect(zeros.assignments == [0, 0, 0, 0, 0, 0])
    #expect(zeros.centroids.values.allSatisfy { $0.isFinite })
    let bare = CSRMatrix(rows: 3, columns: 0, rowOffsets: [0, 0, 0, 0], columnIndices: [], values: [])
    #expect(try KMeans.fit(bare, parameters: parameters, workers: oneThread).assignments == [0, 0, 0])
  }

  @Test(arguments: starts)
  func duplicatesLeaveClustersEmpty(start: KMeans.Initialization) throws {
    let dense = Matrix(
      rows: 30, columns: 2, values: (0..<30).flatMap { $0 % 2 == 0 ? [1, 0] : [0, 1] as [Float] })
    let found = try KMeans.fit(
      CSRMatrix(dense: dense), parameters: .init(clusters: 5, initialization: start), workers: twoThreads)
    #expect(Set(found.assignments).count == 2)
    #expect(abs(found.inertia) < 1e-5)
  }

  @Test func whereMicroclustersWouldBeTooLargeTheStartIsPlusPlus() throws {
    let (columns, clusters) = (400_000, 120)
    #expect(clusters * 3 * columns * 4 > KMeans.microcentroidLimit)
    let x = topical(rows: 1500, columns: columns, topics: clusters, perRow: 4, seed: 2)
    let joined = try KMeans.fit(
      x, parameters: .init(clusters: clusters, maximumIterations: 1), workers: twoThreads)
    let drawn = try KMeans.fit(
      x, parameters: .init(clusters: clusters, maximumIterations: 1, initialization: .kMeansPlusPlus),
      workers: twoThreads)
    #expect(joined.assignments == drawn.assignments)
    #expect(joined.inertia == drawn.inertia)
  }

  @Test func whatCannotBeUsedIsRefused() throws {
    let x = topical(rows: 4, columns: 8, topics: 2, perRow: 3, seed: 1)
    #expect(throws: ClusteringFailure.tooFewRows(rows: 4, clusters: 5)) {
      try KMeans.fit(x, parameters: .init(clusters: 5), workers: oneThread)
    }
    let broken = CSRMatrix(
      rows: 3, columns: 2, rowOffsets: [0, 1, 1, 2], columnIndices: [0, 1], values: [1, .nan])
    #expect(throws: ClusteringFailure.notFinite(row: 2)) {
      try KMeans.fit(broken, parameters: .init(clusters: 1), workers: oneThread)
    }
  }

  @Test func centroidsBeyondTheLimitAreRefusedBeforeTheyAreMade() throws {
    // 2^30 values are the limit: 2^12 clusters of 2^18 columns just fit, one column more does not.
    let columns = (1 << 18) + 1
    let wide = CSRMatrix(
      rows: 1 << 12, columns: columns, rowOffsets: Array(repeating: 0, count: (1 << 12) + 1),
      columnIndices: [],
      values: [])
    let failure = ClusteringFailure.centroidsTooLarge(
      clusters: 1 << 12, columns: columns, limit: KMeans.centroidLimit)
    #expect(throws: failure) {
      try KMeans.fit(wide, parameters: .init(clusters: 1 << 12), workers: oneThread)
    }
    #expect(failure.message.contains("4 GiB") && failure.message.contains("4096 centroids of 262145 columns"))
    #expect(failure.exitStatus == ExitCode.usage.rawValue)
  }
}
