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
  /// - Throws: `ClusteringFailure` when there are fewer conversations than clusters; `Interrupted`.
  package init(
    corpus: PreparedCorpus, clusters: Int, choices: ClosedRange<Int>? = nil, settings: ClusteringSettings,
    workers: Workers,
    progress: any ProgressReporter, clock: inout StageClock
  ) throws {
    let rows = try clock.time("vectorise") {
      progress.report(stage: "weigh", done: 0, total: nil)
      return try corpus.features.weighted(
        settings: settings.text, users: corpus.users,
        minimumUsers: settings.minimumColumnUsers ?? corpus.defaultMinimumColumnUsers, workers: workers
      ).matrix
    }
    var parameters = KMeans.Parameters(
      clusters: clusters, seed: settings.seed, restarts: settings.restarts, initialization: settings.start,
      clusterChoices: choices, algorithm: settings.algorithm)
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
    if let dimensions = settings.dimensions {
      let dense = try clock.time("reduce") {
        progress.report(stage: "reduce", done: 0, total: nil)
        return try Self.reduce(rows, dimensions: dimensions, seed: settings.seed, workers: workers)
      }
      kMeans = try clock.time("cluster") {
        try KMeans.fit(dense, parameters: parameters, workers: workers, progress: progress)
      }
    } else {
      kMeans = try clock.time("cluster") {
        try KMeans.fit(rows, parameters: parameters, workers: workers, progress: progress)
      }
    }
    assignments = kMeans.assignments
    emptyRows = (0..<rows.rows).filter { rows.rowOffsets[$0] == rows.rowOffsets[$0 + 1] }
  }

  static func reduce(_ rows: CSRMatrix, dimensions: Int, seed: UInt64, workers: Workers) throws -> Matrix {
    var parameters = TruncatedSVD.Parameters()
    parameters.components = dimensions
    parameters.seed = seed
    parameters.sampleRows = rows.rows > sampleRows ? sampleRows : nil
    return try TruncatedSVD.fit(rows, parameters: parameters, workers: workers)
      .transform(rows, workers: workers)
  }
}
