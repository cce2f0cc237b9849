import Testing
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

private let workers = Workers(threads: 2)

struct KMeansSeedingTests {
  /// What rows drawn without regard to distance miss, these starts find: a row in each of 40 places.
  @Test(
    arguments: [
      .kMeansPlusPlus, .kMeansParallel(oversampling: 2, rounds: 5), .markovChain(length: 800),
    ] as [KMeans.Initialization], [1, 2, 3] as [UInt64])
  func startsFindClustersFarApart(start: KMeans.Initialization, seed: UInt64) throws {
    var x = blobs(clusters: 40, perCluster: 30, columns: 8, seed: seed)
    // So far that hardly a draw by squared distance falls into a place that is taken.
    for i in 0..<x.rows { x[i, i / 30 % 8] += Float(180 * (1 + i / 30 / 8)) }
    func first(_ start: KMeans.Initialization) throws -> Double {
      try KMeans.fit(
        x,
        parameters: .init(
          clusters: 40, seed: seed, maximumIterations: 1, spherical: false, initialization: start),
        workers: workers
      ).iterations[0].inertia
    }
    // About a row of the same place: twice 8 columns of variance 1/12. Places are 200 apart.
    let atBest = 2 * 1200 * 8 / 12.0
    #expect(try first(start) < 1.5 * atBest, "seed \(seed)")
    #expect(try first(.randomRows) > 10 * atBest, "seed \(seed)")
  }

  /// Rows 0, 2 and 5 on a line, the second twice as heavy. Which two are drawn shows in what the third adds to
  /// the inertia: 9, 8 or 4. The chances are worked out by hand from weight × squared distance.
  @Test func aLongChainDrawsAsKMeansPlusPlusDoes() throws {
    let x = Matrix(rows: 3, columns: 1, values: [0, 2, 5])
    let draws = 3000
    var counts: [Double: Int] = [:]
    for seed in 1...UInt64(draws) {
      let found = try KMeans.fit(
        x, weights: [1, 2, 1],
        parameters: .init(
          clusters: 2, seed: seed, maximumIterations: 1, spherical: false,
          initialization: .markovChain(length: 40)), workers: Workers(threads: 1))
      counts[found.iterations[0].inertia, default: 0] += 1
    }
    let expected = [
      9.0: 1 / 4.0 * 8 / 33 + 1 / 2.0 * 4 / 13,
      8.0: 1 / 4.0 * 25 / 33 + 1 / 4.0 * 25 / 43,
      4.0: 1 / 2.0 * 9 / 13 + 1 / 4.0 * 18 / 43,
    ]
    for (inertia, chance) in expected {
      // Four standard deviations.
      #expect(abs(Double(counts[inertia] ?? 0) / Double(draws) - chance) < 0.036)
    }
    #expect(Set(counts.keys) == Set(expected.keys))
  }

  @Test(
    arguments: [
      .kMeansParallel(oversampling: 1, rounds: 1), .kMeansParallel(oversampling: 3, rounds: 2),
      .markovChain(length: 1), .markovChain(length: 7),
    ] as [KMeans.Initialization])
  func aStartHasAsManyCentroidsAsAskedFor(start: KMeans.Initialization) throws {
    for (rows, clusters) in [(1, 1), (5, 5), (300, 20), (50, 49)] {
      let x = noise(rows: rows, columns: 3, seed: UInt64(rows))
      let found = try KMeans.fit(
        x, parameters: .init(clusters: clusters, spherical: false, initialization: start), workers: workers)
      #expect(found.centroids.rows == clusters)
      #expect(Set(found.assignments).count == clusters)
    }
  }

  /// A restart that is given up changes nothing but the work.
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func hopelessRestartsAreGivenUp(seed: UInt64) throws {
    let x = blobs(clusters: 30, perCluster: 40, columns: 6, seed: seed)
    var parameters = KMeans.Parameters(
      clusters: 30, seed: seed, restarts: 12, tolerance: 0, spherical: false, initialization: .randomRows)
    let quick = try KMeans.fit(x, parameters: parameters, workers: workers)
    parameters.abandonsRestarts = false
    let patient = try KMeans.fit(x, parameters: parameters, workers: workers)
    #expect(quick.abandonedRestarts > 0 && patient.abandonedRestarts == 0, "seed \(seed)")
    #expect(quick.inertia == patient.inertia, "seed \(seed)")
    #expect(quick.assignments == patient.assignments, "seed \(seed)")
  }
}
