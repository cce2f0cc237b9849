package import ThrongCore
package import ThrongLinearAlgebra

// Aims, in order: the same result for the same input and seed at any thread count; inertia; speed.
// A NaN or an infinity is refused with its row. Duplicate rows are allowed: clusters that no row is left for
// stay empty. Rows of zeros have no direction: spherical k-means puts them in cluster 0 and lets them weigh
// on nothing. A row equally near to several centroids goes to the lowest. An empty cluster takes over the
// row farthest from its centroid.

/// Lloyd's k-means, spherical (Dhillon and Modha 2001, doi:10.1023/A:1007612920971) or Euclidean.
package struct KMeans {
  /// Bytes of centroids at most: clusters × columns × 4. A fit holds them about three times.
  package static let centroidLimit = 4 << 30

  /// Clusters the rows of `x`.
  ///
  /// O(rows · clusters · columns) for each iteration; memory beside `x`: a copy of it when spherical, and
  /// O(rows + clusters · columns).
  ///
  /// - Parameters:
  ///   - x: rows × columns.
  ///   - weights: one positive number for each row; nil weighs all the same.
  ///   - progress: told of the stage `k-means`, in iterations.
  /// - Throws: ``ClusteringFailure`` for input that cannot be used; ``Interrupted`` when cancelled.
  package static func fit(
    _ x: Matrix, weights: [Float]? = nil, parameters: Parameters, workers: Workers,
    progress: any ProgressReporter = SilentProgress()
  ) throws -> KMeansResult {
    try fit(rows: x, weights: weights, parameters: parameters, workers: workers, progress: progress)
  }

  /// Clusters the rows of a sparse `x` as they are; the same but for rounding as for the dense rows.
  ///
  /// Centroids are dense. O(entries · clusters + clusters · columns) for each iteration; memory beside `x`: a
  /// copy of its values when spherical, and O(rows + clusters · columns), at most about three times
  /// ``centroidLimit``.
  ///
  /// - Parameters: as for dense rows.
  /// - Throws: ``ClusteringFailure`` for input that cannot be used, with
  ///   ``ClusteringFailure/centroidsTooLarge(clusters:columns:limit:)`` among it; ``Interrupted`` when
  ///   cancelled.
  package static func fit(
    _ x: CSRMatrix, weights: [Float]? = nil, parameters: Parameters, workers: Workers,
    progress: any ProgressReporter = SilentProgress()
  ) throws -> KMeansResult {
    try fit(rows: x, weights: weights, parameters: parameters, workers: workers, progress: progress)
  }

  /// Specialised for each store by the two above.
  private static func fit<Store: ClusteringRows>(
    rows x: Store, weights: [Float]?, parameters: Parameters, workers: Workers,
    progress: any ProgressReporter
  ) throws -> KMeansResult {
    try parameters.check(rows: x)
    let data = try Rows(x, weights: weights, spherical: parameters.spherical, workers: workers)
    let restarts = parameters.initialCentroids == nil ? parameters.restarts : 1
    var rounds = try Rounds(data, usesBounds: parameters.usesBounds)
    var best: KMeansResult?
    var (iterations, abandoned) = (0, 0)
    var parameters = parameters
    for restart in 0..<restarts {
      var random = RandomSource(seed: parameters.seed, stream: UInt64(restart))
      let start = try initialCentroids(of: data, parameters: parameters, random: &random)
      let result = try course(
        from: start, rounds: &rounds, parameters: parameters, best: best?.inertia, random: &random
      ) {
        iterations += 1
        // Nobody knows how many there will be: their limit is far off.
        progress.report(stage: "k-means", done: iterations, total: nil, unit: .iterations)
      }
      // Restarts compare by inertia, so they share the number of clusters that the first one chose.
      parameters.clusters = start.rows
      parameters.clusterChoices = nil
      guard let result else {
        abandoned += 1
        continue
      }
      if best.map({ result.inertia < $0.inertia }) ?? true { best = result }
    }
    best!.abandonedRestarts = abandoned
    return best!
  }

  /// One run of the chosen algorithm; nil where it was given up.
  private static func course<Store>(
    from start: Matrix, rounds: inout Rounds<Store>, parameters: Parameters, best: Double?,
    random: inout RandomSource, report: () -> Void
  ) throws -> KMeansResult? {
    switch parameters.algorithm {
    case .lloyd:
      var last: Double?
      let course = try rounds.run(
        from: start, limit: parameters.maximumIterations, tolerance: parameters.tolerance
      ) { round in
        report()
        defer { last = round.statistics.inertia }
        guard parameters.abandonsRestarts, let best, let last else { return false }
        return isHopeless(round.statistics.inertia, after: last, iteration: round.number, best: best)
      }
      return course.wasStopped ? nil : try rounds.result(of: course)
    case .nestedMiniBatch(let rowsPerCluster):
      return try nestedMiniBatch(
        from: start, rounds: &rounds, rowsPerCluster: rowsPerCluster, parameters: parameters,
        random: &random, report: report)
    case .sampleThenAssign(let rowsPerCluster):
      return try sampleThenAssign(
        from: start, rounds: &rounds, rowsPerCluster: rowsPerCluster, parameters: parameters,
        random: &random, report: report)
    }
  }

  /// Decreases that fall with the square of the iteration t add up to t times the last from there on.
  static func isHopeless(_ inertia: Double, after last: Double, iteration: Int, best: Double) -> Bool {
    iteration >= 4 && inertia - 2 * Double(iteration) * (last - inertia) > best
  }

  /// What one fit reads: checked, and at unit length when spherical.
  struct Rows<Store: ClusteringRows> {
    let x: Store
    /// Squared lengths; for spherical fits 1, and 0 of rows of zeros, whose distance to any centroid is 1.
    let norms: [Float]
    let weights: [Float]?
    /// `weights`, but 0 for rows that must not become centroids.
    let seedWeights: [Float]
    let spherical: Bool
    let workers: Workers

    init(_ x: Store, weights: [Float]?, spherical: Bool, workers: Workers) throws {
      do {
        try x.checkFinite(workers: workers)
      } catch LinearAlgebraFailure.notFinite(let row) {
        throw ClusteringFailure.notFinite(row: row)
      }
      if let weights {
        precondition(weights.count == x.rows)
        if let row = weights.firstIndex(where: { !($0 > 0 && $0.isFinite) }) {
          throw ClusteringFailure.weight(row: row)
        }
      }
      let squares = try x.squaredRowNorms(workers: workers)
      // Rows that are unit but for rounding need no copy.
      let unit = squares.allSatisfy { $0 == 0 || abs($0 - 1) <= 0x1p-21 }
      self.x = spherical && !unit ? try x.normalizingRows(workers: workers) : x
      norms = spherical ? squares.map { $0 == 0 ? 0 : 1 } : squares
      seedWeights = squares.indices.map { spherical && squares[$0] == 0 ? 0 : weights?[$0] ?? 1 }
      self.weights = weights
      self.spherical = spherical
      self.workers = workers
    }

    init(
      x: Store, norms: [Float], weights: [Float]?, seedWeights: [Float], spherical: Bool, workers: Workers
    ) {
      (self.x, self.norms, self.weights, self.seedWeights) = (x, norms, weights, seedWeights)
      (self.spherical, self.workers) = (spherical, workers)
    }

    /// `count` of the rows, drawn without replacement, in their order.
    func sample(_ count: Int, random: inout RandomSource) -> Rows {
      selecting(KMeans.drawn(count, of: x.rows, random: &random))
    }

    func selecting(_ rows: [Int]) -> Rows {
      Rows(
        x: x.selectingRows(rows), norms: rows.map { norms[$0] },
        weights: weights.map { weights in rows.map { weights[$0] } },
        seedWeights: rows.map { seedWeights[$0] }, spherical: spherical, workers: workers)
    }

    /// `perCluster` × `clusters`, and no more than there are.
    func rows(_ perCluster: Int, times clusters: Int) -> Int {
      let (product, overflow) = perCluster.multipliedReportingOverflow(by: clusters)
      return overflow ? x.rows : min(x.rows, product)
    }

    func weight(_ row: Int) -> Double { weights.map { Double($0[row]) } ?? 1 }
  }
}

/// What k-means found. Private like the rows themselves: neither `Codable` nor printable.
package struct KMeansResult: Sendable {
  /// clusters × columns; at unit length when spherical.
  package let centroids: Matrix
  /// The cluster of each row: that of the nearest of ``centroids``.
  package let assignments: [Int32]
  /// Sum of weight × squared distance to the assigned centroid; of unit rows when spherical.
  package let inertia: Double
  /// One entry for each iteration.
  package let iterations: [IterationStatistics]
  /// Whether the tolerance was met before the iterations ran out.
  package let converged: Bool
  /// Restarts that were given up before they had converged.
  package internal(set) var abandonedRestarts = 0
}

/// What one round of assignment and update did.
package struct IterationStatistics: Sendable, Equatable {
  /// Rows that took part: a sample's or a batch's, else all.
  package let rows: Int
  /// Inertia of those rows about the centroids that they were assigned to.
  package let inertia: Double
  /// Rows that changed their cluster; all of them in the first iteration.
  package let movedRows: Int
  /// Root mean square movement of the centroids, as a share of the rows' root mean square distance from
  /// their mean.
  package let centroidShift: Double
  /// Empty clusters that were given a row.
  package let repairedClusters: Int
  /// Distances of a row to a centroid that were computed; what is left to rows × clusters, bounds ruled out.
  package let computedDistances: Int
}
