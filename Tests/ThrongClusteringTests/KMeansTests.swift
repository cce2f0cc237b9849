import Testing
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

private let oneThread = Workers(threads: 1)
private let twoThreads = Workers(threads: 2)
let starts: [KMeans.Initialization] = [
  .randomRows, .kMeansPlusPlus, .wardOfMicroclusters(factor: 1), .wardOfMicroclusters(factor: 3),
  .kMeansParallel(oversampling: 2, rounds: 5), .markovChain(length: 100),
]
let algorithms: [KMeans.Algorithm] = [
  .lloyd, .nestedMiniBatch(rowsPerCluster: 4), .sampleThenAssign(rowsPerCluster: 8),
]

/// `perCluster` points around each of `clusters` corners, far apart; truth is row / perCluster.
func blobs(clusters: Int, perCluster: Int, columns: Int, seed: UInt64) -> Matrix {
  var random = RandomSource(seed: seed)
  var x = Matrix(rows: clusters * perCluster, columns: columns)
  for i in 0..<x.rows {
    for j in 0..<columns { x[i, j] = Float(random.uniform() - 0.5) }
    x[i, i / perCluster % columns] += Float(20 * (1 + i / perCluster / columns))
  }
  return x
}

func noise(rows: Int, columns: Int, seed: UInt64) -> Matrix {
  var random = RandomSource(seed: seed)
  return Matrix(
    rows: rows, columns: columns, values: (0..<rows * columns).map { _ in Float(random.uniform() - 0.5) })
}

/// Inertia by definition, in double.
func inertia(_ x: Matrix, _ result: KMeansResult, weights: [Float]?) -> Double {
  (0..<x.rows).reduce(0.0) { sum, i in
    let square = (0..<x.columns).reduce(0.0) {
      let difference = Double(x[i, $1]) - Double(result.centroids[Int(result.assignments[i]), $1])
      return $0 + difference * difference
    }
    return sum + square * (weights.map { Double($0[i]) } ?? 1)
  }
}

struct KMeansTests {
  @Test(arguments: starts, [true, false])
  func clustersFarApartAreFound(start: KMeans.Initialization, spherical: Bool) throws {
    let x = blobs(clusters: 5, perCluster: 40, columns: 6, seed: 1)
    let truth = (0..<x.rows).map { Int32($0 / 40) }
    let found = try KMeans.fit(
      x, parameters: .init(clusters: 5, restarts: 5, spherical: spherical, initialization: start),
      workers: twoThreads)
    #expect(Validity.adjustedRand(truth, found.assignments) == 1)
    #expect(found.converged)
  }

  @Test(arguments: starts, [1, 2, 3] as [UInt64])
  func inertiaNeverRisesAndIsThatOfTheResult(start: KMeans.Initialization, seed: UInt64) throws {
    let x = noise(rows: 700, columns: 9, seed: seed)
    var random = RandomSource(seed: seed, stream: 9)
    let weights = (0..<x.rows).map { _ in Float(random.uniform() + 0.1) }
    for spherical in [true, false] {
      let rows = spherical ? try x.normalizingRows(workers: oneThread) : x
      for tolerance in [0, 1e-2] {
        let found = try KMeans.fit(
          x, weights: weights,
          parameters: .init(
            clusters: 13, seed: seed, tolerance: tolerance, spherical: spherical, initialization: start),
          workers: twoThreads)
        let course = found.iterations.map(\.inertia) + [found.inertia]
        for (earlier, later) in zip(course, course.dropFirst()) {
          #expect(later <= earlier * (1 + 1e-6), "seed \(seed)")
        }
        #expect(abs(inertia(rows, found, weights: weights) / found.inertia - 1) < 1e-5, "seed \(seed)")
        #expect(found.iterations[0].movedRows == x.rows)
        if tolerance == 0 && found.converged { #expect(found.iterations.last!.movedRows == 0) }
      }
    }
  }

  @Test func rowsBelongToTheirNearestCentroidAndCentroidsAreMeans() throws {
    let x = noise(rows: 300, columns: 4, seed: 6)
    let found = try KMeans.fit(
      x, parameters: .init(clusters: 7, tolerance: 0, spherical: false), workers: twoThreads)
    #expect(found.converged)
    for cluster in 0..<7 {
      let members = (0..<x.rows).filter { found.assignments[$0] == cluster }
      for j in 0..<4 {
        let mean = members.reduce(0.0) { $0 + Double(x[$1, j]) } / Double(members.count)
        #expect(abs(Double(found.centroids[cluster, j]) - mean) < 1e-6)
      }
    }
    for i in 0..<x.rows {
      let distances = (0..<7).map { c in
        (0..<4).reduce(0.0) {
          let difference = Double(x[i, $1]) - Double(found.centroids[c, $1])
          return $0 + difference * difference
        }
      }
      #expect(distances[Int(found.assignments[i])] < distances.min()! + 1e-5)
    }
  }

  @Test(arguments: [4, 5, 6] as [UInt64])
  func moreRestartsAreNeverWorse(seed: UInt64) throws {
    let x = noise(rows: 400, columns: 5, seed: seed)
    var last = Double.infinity
    for restarts in 1...5 {
      let found = try KMeans.fit(
        x, parameters: .init(clusters: 20, seed: seed, restarts: restarts, initialization: .randomRows),
        workers: twoThreads)
      #expect(found.inertia <= last, "seed \(seed)")
      last = found.inertia
    }
  }

  @Test(arguments: starts, algorithms)
  func theSameBytesForAnyNumberOfThreads(start: KMeans.Initialization, algorithm: KMeans.Algorithm) throws {
    // More rows than the sample for initialization, and than any block.
    let x = noise(rows: 21_000, columns: 7, seed: 3)
    let parameters = KMeans.Parameters(
      clusters: 11, seed: 5, restarts: 2, maximumIterations: 6, initialization: start,
      algorithm: algorithm)
    let first = try KMeans.fit(x, parameters: parameters, workers: oneThread)
    for threads in [2, 3] {
      let other = try KMeans.fit(x, parameters: parameters, workers: Workers(threads: threads))
      #expect(other.centroids == first.centroids)
      #expect(other.assignments == first.assignments)
      #expect(other.iterations == first.iterations)
      #expect(other.inertia == first.inertia)
    }
  }

  @Test func weightsCountLikeRepeatedRows() throws {
    let x = noise(rows: 120, columns: 3, seed: 2)
    let weights = (0..<x.rows).map { Float(1 + $0 % 3) }
    let repeated = x.selectingRows((0..<x.rows).flatMap { [Int](repeating: $0, count: 1 + $0 % 3) })
    let start = x.selectingRows([0, 40, 80])
    let parameters = KMeans.Parameters(clusters: 3, spherical: false, initialCentroids: start)
    let weighted = try KMeans.fit(x, weights: weights, parameters: parameters, workers: twoThreads)
    let plain = try KMeans.fit(repeated, parameters: parameters, workers: twoThreads)
    #expect(weighted.centroids.largestDifference(from: plain.centroids) < 1e-5)
    #expect(abs(weighted.inertia / plain.inertia - 1) < 1e-5)
  }

  @Test func anEmptyClusterTakesTheFarthestRow() throws {
    // Both centroids start left of everything; the second is never nearest.
    let x = Matrix(rows: 4, columns: 1, values: [0, 1, 2, 10])
    let start = Matrix(rows: 2, columns: 1, values: [0, -50])
    let found = try KMeans.fit(
      x, parameters: .init(clusters: 2, spherical: false, initialCentroids: start), workers: oneThread)
    #expect(found.iterations[0].repairedClusters == 1)
    #expect(found.assignments == [0, 0, 0, 1])
    #expect(found.centroids.values == [1, 10])
    #expect(found.inertia == 2)
  }

  @Test(arguments: starts)
  func duplicatesLeaveClustersEmpty(start: KMeans.Initialization) throws {
    let rows = 30
    let x = Matrix(
      rows: rows, columns: 2, values: (0..<rows).flatMap { $0 % 2 == 0 ? [1, 0] : [0, 1] as [Float] })
    for spherical in [true, false] {
      let found = try KMeans.fit(
        x, parameters: .init(clusters: 5, spherical: spherical, initialization: start), workers: twoThreads)
      #expect(Set(found.assignments).count == 2)
      #expect(abs(found.inertia) < 1e-5)
      #expect(found.centroids.values.allSatisfy { $0.isFinite })
    }
  }

  @Test(arguments: starts)
  func rowsOfZerosGoToClusterZeroAndWeighOnNothing(start: KMeans.Initialization) throws {
    var x = blobs(clusters: 3, perCluster: 20, columns: 4, seed: 4)
    let parameters = KMeans.Parameters(clusters: 3, restarts: 4, initialization: start)
    for i in [5, 33, 59] { for j in 0..<4 { x[i, j] = 0 } }
    let found = try KMeans.fit(x, parameters: parameters, workers: twoThreads)
    for i in [5, 33, 59] { #expect(found.assignments[i] == 0) }
    let others = (0..<60).filter { ![5, 33, 59].contains($0) }
    #expect(Validity.adjustedRand(others.map { Int32($0 / 20) }, others.map { found.assignments[$0] }) == 1)

    let zeros = try KMeans.fit(Matrix(rows: 6, columns: 2), parameters: parameters, workers: oneThread)
    #expect(zeros.assignments == [0, 0, 0, 0, 0, 0])
    #expect(zeros.centroids.values.allSatisfy { $0.isFinite })
  }

  @Test(arguments: starts)
  func oneClusterIsTheMean(start: KMeans.Initialization) throws {
    let x = Matrix(rows: 4, columns: 2, values: [1, 2, 3, 4, 5, 6, 7, 8])
    let found = try KMeans.fit(
      x, parameters: .init(clusters: 1, spherical: false, initialization: start), workers: twoThreads)
    #expect(found.centroids.values == [4, 5])
    #expect(found.inertia == 40)
    #expect(found.assignments == [0, 0, 0, 0])
  }

  @Test(arguments: starts)
  func asManyClustersAsRowsFitPerfectly(start: KMeans.Initialization) throws {
    let x = noise(rows: 9, columns: 5, seed: 1)
    let found = try KMeans.fit(x, parameters: .init(clusters: 9, initialization: start), workers: twoThreads)
    #expect(Set(found.assignments).count == 9)
    #expect(found.inertia < 1e-5)
  }

  @Test func aWarmStartFromTheResultStaysThere() throws {
    let x = noise(rows: 500, columns: 6, seed: 7)
    let first = try KMeans.fit(x, parameters: .init(clusters: 8, tolerance: 0), workers: twoThreads)
    let again = try KMeans.fit(
      x, parameters: .init(clusters: 8, tolerance: 1e-4, initialCentroids: first.centroids),
      workers: twoThreads)
    #expect(again.iterations.count == 1)
    #expect(again.assignments == first.assignments)
  }

  @Test(arguments: [true, false], [1, 2, 3] as [UInt64])
  func boundsChangeNothingButTheWork(spherical: Bool, seed: UInt64) throws {
    var x = noise(rows: 6000, columns: 8, seed: seed)
    // Corners of a cube with noise about them: clusters that bounds can tell apart.
    for i in 0..<x.rows { for j in 0..<8 where i >> j & 1 == 1 { x[i, j] += 3 } }
    var parameters = KMeans.Parameters(
      clusters: 150, seed: seed, restarts: 2, maximumIterations: 15, spherical: spherical,
      initialization: .randomRows)
    let bounded = try KMeans.fit(x, parameters: parameters, workers: twoThreads)
    parameters.usesBounds = false
    let plain = try KMeans.fit(x, parameters: parameters, workers: twoThreads)
    #expect(bounded.assignments == plain.assignments)
    #expect(bounded.centroids == plain.centroids)
    #expect(bounded.inertia == plain.inertia)
    #expect(plain.iterations.allSatisfy { $0.computedDistances == 6000 * 150 })
    #expect(bounded.iterations.last!.computedDistances < 6000 * 150 / 2)
  }
}
