package import ThrongClustering
package import ThrongCore
internal import ThrongLinearAlgebra
internal import ThrongText

/// From sparse features to base clusters: weigh, reduce unless told not to, k-means.
package struct Clustering: Sendable {
  /// Base cluster of each conversation.
  package var assignments: [Int32]
  /// Conversations in which no kept column occurs; they have no direction and so no nearest centroid.
  package var emptyRows: [Int]
  package var kMeans: KMeansResult

  /// Rows on which the SVD is fitted at most; the rest is folded in.
  static let sampleRows = 100_000

  /// Clusters `corpus` into `clusters` base clusters, or another number of `choices` where the data speak for it. Books the stages `vectorise`, `reduce` and `cluster`.
  ///
  /// - Parameter shaping: the conversations that the weights of words, the reduction and the centroids are made from; the
  ///   others only go to the nearest centroid. nil: all.
  /// - Throws: `ClusteringFailure` when there are fewer conversations than clusters; `Interrupted`.
  package init(
    corpus: PreparedCorpus, shaping: ShapingRecords? = nil, clusters: Int, choices: ClosedRange<Int>? = nil,
    settings: ClusteringSettings, workers: Workers,
    progress: any ProgressReporter, clock: inout StageClock
  ) throws {
    let shaping = shaping?.unlessAll(of: corpus.count)
    let rows = try clock.time("vectorise") {
      progress.report(stage: "weigh", done: 0, total: nil)
      return try corpus.features.weighted(
        settings: settings.text, users: corpus.users, shaping: shaping,
        minimumUsers: settings.minimumColumnUsers ?? corpus.defaultMinimumColumnUsers, workers: workers
      ).matrix
    }
    var parameters = KMeans.Parameters(
      clusters: clusters, seed: settings.seed, restarts: settings.restarts, clusterChoices: choices)
    // The last rounds move few rows; on large corpora they would cost minutes.
    parameters.maximumIterations = min(100, max(20, 20_000_000_000 / max(1, rows.rows * clusters)))
    if rows.columns == 0 {
      // No word is shared by enough users: nothing to tell conversations apart by.
      kMeans = try KMeans.fit(
        Matrix(rows: rows.rows, columns: 1), parameters: .init(clusters: 1), workers: workers)
      assignments = kMeans.assignments
      emptyRows = Array(0..<rows.rows)
      return
    }
    let chosen = shaping?.map { Int($0) }
    if let dimensions = settings.dimensions {
      let dense = try clock.time("reduce") {
        progress.report(stage: "reduce", done: 0, total: nil)
        return try Self.reduce(
          rows, fittedTo: chosen, dimensions: dimensions, seed: settings.seed, workers: workers)
      }
      (kMeans, assignments) = try clock.time("cluster") {
        try Self.cluster(dense, by: chosen, workers: workers) {
          try KMeans.fit($0, parameters: parameters, workers: workers, progress: progress)
        }
      }
    } else {
      (kMeans, assignments) = try clock.time("cluster") {
        try Self.cluster(rows, by: chosen, workers: workers) {
          try KMeans.fit($0, parameters: parameters, workers: workers, progress: progress)
        }
      }
    }
    emptyRows = (0..<rows.rows).filter { rows.rowOffsets[$0] == rows.rowOffsets[$0 + 1] }
  }

  /// Centroids of the `chosen` rows, and for every row the nearest of them.
  private static func cluster<Rows: ClusteringRows>(
    _ rows: Rows, by chosen: [Int]?, workers: Workers, fit: (Rows) throws -> KMeansResult
  ) throws -> (KMeansResult, [Int32]) {
    guard let chosen else {
      let result = try fit(rows)
      return (result, result.assignments)
    }
    let result = try fit(rows.selectingRows(chosen))
    // By direction, as k-means did: rows and centroids are compared by their product alone.
    let norms = [Float](repeating: 1, count: result.centroids.rows)
    var labels = try rows.nearestRows(in: result.centroids, norms: norms, workers: workers).labels
    for (row, label) in zip(chosen, result.assignments) { labels[row] = label }
    return (result, labels)
  }

  static func reduce(
    _ rows: CSRMatrix, fittedTo chosen: [Int]?, dimensions: Int, seed: UInt64, workers: Workers
  ) throws -> Matrix {
    let fitted = chosen.map { rows.selectingRows($0) } ?? rows
    var parameters = TruncatedSVD.Parameters()
    parameters.components = dimensions
    parameters.seed = seed
    parameters.sampleRows = fitted.rows > sampleRows ? sampleRows : nil
    return try TruncatedSVD.fit(fitted, parameters: parameters, workers: workers)
      .transform(rows, workers: workers)
  }
}
