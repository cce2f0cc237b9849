import Synchronization
import Testing
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

private let workers = Workers(threads: 2)

struct KMeansRefusalTests {
  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func rowsThatAreNotFiniteAreNamed(value: Float) throws {
    var x = Matrix(rows: 10, columns: 3)
    x[7, 1] = value
    #expect(throws: ClusteringFailure.notFinite(row: 7)) {
      try KMeans.fit(x, parameters: .init(clusters: 2), workers: workers)
    }
  }

  @Test(arguments: [Float.nan, .infinity, 0, -1])
  func weightsThatAreNotPositiveAreNamed(value: Float) throws {
    #expect(throws: ClusteringFailure.weight(row: 1)) {
      try KMeans.fit(
        Matrix(rows: 3, columns: 1), weights: [1, value, 1], parameters: .init(clusters: 2), workers: workers)
    }
  }

  @Test func fewerRowsThanClustersAreRefused() throws {
    #expect(throws: ClusteringFailure.tooFewRows(rows: 3, clusters: 4)) {
      try KMeans.fit(Matrix(rows: 3, columns: 2), parameters: .init(clusters: 4), workers: workers)
    }
    #expect(ClusteringFailure.tooFewRows(rows: 3, clusters: 4).exitStatus == ExitCode.usage.rawValue)
  }

  @Test func parametersOutOfRangeAreRefusedByName() throws {
    let cases: [(String, KMeans.Parameters)] = [
      ("clusters", .init(clusters: 0)), ("restarts", .init(clusters: 1, restarts: 0)),
      ("maximumIterations", .init(clusters: 1, maximumIterations: 0)),
      ("tolerance", .init(clusters: 1, tolerance: -1)), ("tolerance", .init(clusters: 1, tolerance: .nan)),
      ("wardOfMicroclusters", .init(clusters: 1, initialization: .wardOfMicroclusters(factor: 0))),
      (
        "kMeansParallel",
        .init(clusters: 1, initialization: .kMeansParallel(oversampling: 0, rounds: 5))
      ),
      (
        "kMeansParallel",
        .init(clusters: 1, initialization: .kMeansParallel(oversampling: 2, rounds: 0))
      ),
      ("markovChain", .init(clusters: 1, initialization: .markovChain(length: 0))),
      ("algorithm", .init(clusters: 1, algorithm: .nestedMiniBatch(rowsPerCluster: 1))),
      ("algorithm", .init(clusters: 1, algorithm: .sampleThenAssign(rowsPerCluster: -3))),
      ("initializationRowsPerCluster", .init(clusters: 1, initializationRowsPerCluster: 1)),
      ("initialCentroids", .init(clusters: 2, initialCentroids: Matrix(rows: 1, columns: 2))),
      (
        "initialCentroids",
        .init(clusters: 1, initialCentroids: Matrix(rows: 1, columns: 2, values: [0, .nan]))
      ),
    ]
    for (name, parameters) in cases {
      let error = #expect(throws: ClusteringFailure.self) {
        try KMeans.fit(Matrix(rows: 5, columns: 2), parameters: parameters, workers: workers)
      }
      #expect(error?.message.hasPrefix(name) == true)
    }
  }

  @Test func aCancelledFitStops() throws {
    let cancellation = Cancellation()
    cancellation.cancel()
    #expect(throws: Interrupted.self) {
      try KMeans.fit(
        Matrix(rows: 5, columns: 2), parameters: .init(clusters: 2),
        workers: Workers(threads: 2, cancellation: cancellation))
    }
  }

  @Test func progressCountsIterationsOfAllRestarts() throws {
    final class Log: ProgressReporter {
      let calls = Mutex<[Int]>([])
      func report(stage: String, done: Int, total: Int?) {
        #expect(stage == "k-means" && total == nil)
        calls.withLock { $0.append(done) }
      }
    }
    let log = Log()
    var random = RandomSource(seed: 1)
    let x = Matrix(rows: 200, columns: 3, values: (0..<600).map { _ in Float(random.uniform()) })
    let result = try KMeans.fit(
      x, parameters: .init(clusters: 9, restarts: 2, maximumIterations: 7, tolerance: 0), workers: workers,
      progress: log)
    let calls = log.calls.withLock { $0 }
    // Counted on from one restart to the next.
    #expect(calls == Array(1...calls.count))
    #expect(calls.count > result.iterations.count && calls.count <= 14)
  }
}

extension Matrix {
  func largestDifference(from other: Matrix) -> Float {
    zip(values, other.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }
}
