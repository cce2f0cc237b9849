import Testing
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

private let workers = Workers(threads: 2)

struct KMeansBatchTests {
  /// Rows are powers of two: the bits of a sum say which rows are in it. A row that counted twice would carry.
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func batchesAreNestedAndCountEachRowOnce(seed: UInt64) throws {
    let x = Matrix(rows: 16, columns: 1, values: (0..<16).map { Float(1 << $0) })
    var before = 0
    // The second round of a batch finds no row moved, which ends it.
    for (iterations, rows) in [(1, 2), (2, 2), (3, 4), (4, 4), (5, 8), (7, 16), (100, 16)] {
      let found = try KMeans.fit(
        x,
        parameters: .init(
          clusters: 1, seed: seed, maximumIterations: iterations, tolerance: 0, spherical: false,
          algorithm: .nestedMiniBatch(rowsPerCluster: 2)), workers: workers)
      let sum = Int(found.centroids.values[0] * Float(rows))
      #expect(sum.nonzeroBitCount == rows && sum < 1 << 16, "seed \(seed)")
      #expect(sum & before == before, "seed \(seed)")
      #expect(found.iterations.last?.rows == rows, "seed \(seed)")
      #expect(found.converged == (iterations == 100))
      before = sum
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64], [true, false])
  func batchesDoubleUpToAllRows(seed: UInt64, spherical: Bool) throws {
    let x = noise(rows: 5000, columns: 6, seed: seed)
    var random = RandomSource(seed: seed)
    let weights = (0..<x.rows).map { _ in Float(random.uniform() + 0.1) }
    func fit(_ algorithm: KMeans.Algorithm) throws -> KMeansResult {
      try KMeans.fit(
        x, weights: weights,
        parameters: .init(
          clusters: 12, seed: seed, maximumIterations: 1000, tolerance: 0, spherical: spherical,
          algorithm: algorithm), workers: workers)
    }
    let found = try fit(.nestedMiniBatch(rowsPerCluster: 10))
    var sizes: [Int] = []
    for iteration in found.iterations where sizes.last != iteration.rows { sizes.append(iteration.rows) }
    #expect(sizes == [120, 240, 480, 960, 1920, 3840, 5000], "seed \(seed)")
    #expect(found.converged && found.iterations.last?.movedRows == 0)
    // Converged on all rows: as good as a fit that looked at all of them from the start.
    let rows = spherical ? try x.normalizingRows(workers: workers) : x
    #expect(abs(inertia(rows, found, weights: weights) / found.inertia - 1) < 1e-5, "seed \(seed)")
    #expect(found.inertia < 1.03 * (try fit(.lloyd)).inertia, "seed \(seed)")
    // Some batch grew although rows still moved in it: the centroids moved less than they were known.
    let ends = zip(found.iterations, found.iterations.dropFirst()).filter { $0.rows != $1.rows }.map(\.0)
    #expect(ends.contains { $0.movedRows > 0 }, "seed \(seed)")
  }

  @Test(arguments: [true, false])
  func aSampleIsFittedAndTheRestAssigned(spherical: Bool) throws {
    let x = blobs(clusters: 6, perCluster: 300, columns: 7, seed: 3)
    let found = try KMeans.fit(
      x,
      parameters: .init(
        clusters: 6, restarts: 3, spherical: spherical, algorithm: .sampleThenAssign(rowsPerCluster: 20)),
      workers: workers)
    #expect(found.iterations.allSatisfy { $0.rows == 120 && $0.computedDistances <= 120 * 6 })
    #expect(Validity.adjustedRand((0..<1800).map { Int32($0 / 300) }, found.assignments) == 1)
    let rows = spherical ? try x.normalizingRows(workers: workers) : x
    #expect(abs(inertia(rows, found, weights: nil) / found.inertia - 1) < 1e-4)
  }

  /// Batches and samples that reach all rows at once are Lloyd's algorithm.
  @Test(
    arguments: [.nestedMiniBatch(rowsPerCluster: .max), .sampleThenAssign(rowsPerCluster: 100)]
      as [KMeans.Algorithm])
  func allRowsAtOnceAreLloyd(algorithm: KMeans.Algorithm) throws {
    let x = noise(rows: 700, columns: 5, seed: 2)
    var parameters = KMeans.Parameters(clusters: 7)
    let plain = try KMeans.fit(x, parameters: parameters, workers: workers)
    parameters.algorithm = algorithm
    let found = try KMeans.fit(x, parameters: parameters, workers: workers)
    #expect(found.assignments == plain.assignments && found.iterations == plain.iterations)
  }

  @Test(arguments: algorithms)
  func awkwardRowsAreNoTrouble(algorithm: KMeans.Algorithm) throws {
    // Two places, and rows of zeros.
    let x = Matrix(
      rows: 600, columns: 2,
      values: (0..<600).flatMap { [[1, 0], [0, 1], [0, 0]][$0 % 3] as [Float] })
    for spherical in [true, false] {
      let found = try KMeans.fit(
        x, parameters: .init(clusters: 5, spherical: spherical, algorithm: algorithm), workers: workers)
      #expect(found.centroids.values.allSatisfy { $0.isFinite })
      #expect(Set(found.assignments).count == (spherical ? 2 : 3))
    }
    #expect(throws: ClusteringFailure.tooFewRows(rows: 600, clusters: 601)) {
      try KMeans.fit(x, parameters: .init(clusters: 601, algorithm: algorithm), workers: workers)
    }
  }
}
