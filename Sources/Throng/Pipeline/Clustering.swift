internal import ThrongClustering
package import ThrongCore
package import ThrongLinearAlgebra
internal import ThrongText

/// From sparse features to base clusters: weigh, reduce unless told not to, k-means, and a mixture over the words.
package struct Clustering: Sendable {
  /// Base cluster of each conversation.
  package var assignments: [Int32]
  /// Conversations in which no kept column occurs; they have no direction and so no nearest centroid.
  package var emptyRows: [Int]
  /// Clusters × columns, at unit length, in the space that k-means worked in.
  package var centroids: Matrix

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
    let weighted = try clock.time("vectorise") {
      progress.report(stage: "weigh", done: 0, total: nil)
      return try corpus.features.weighted(
        settings: settings.text, users: corpus.users,
        minimumUsers: settings.minimumColumnUsers ?? corpus.defaultMinimumColumnUsers, workers: workers)
    }
    let rows = weighted.matrix
    var parameters = KMeans.Parameters(
      clusters: clusters, seed: settings.seed, restarts: settings.restarts, clusterChoices: choices)
    // The last rounds move few rows; on large corpora they would cost minutes.
    parameters.maximumIterations = min(100, max(20, 20_000_000_000 / max(1, rows.rows * clusters)))
    if rows.columns == 0 {
      // No word is shared by enough users: nothing to tell conversations apart by.
      assignments = [Int32](repeating: 0, count: rows.rows)
      centroids = Matrix(rows: 1, columns: 1)
      emptyRows = Array(0..<rows.rows)
      return
    }
    let found: Clusters
    if let dimensions = settings.dimensions {
      let dense = try clock.time("reduce") {
        progress.report(stage: "reduce", done: 0, total: nil)
        return try Self.reduce(rows, dimensions: dimensions, seed: settings.seed, workers: workers)
          .normalizingRows(workers: workers)
      }
      found = try clock.time("cluster") {
        let kMeans = try KMeans.fit(dense, parameters: parameters, workers: workers, progress: progress)
        return try Self.refined(kMeans, of: dense, weighted, settings, workers, progress)
      }
    } else {
      found = try clock.time("cluster") {
        let kMeans = try KMeans.fit(rows, parameters: parameters, workers: workers, progress: progress)
        return try Self.refined(kMeans, of: rows, weighted, settings, workers, progress)
      }
    }
    (assignments, centroids) = found
    emptyRows = (0..<rows.rows).filter { rows.rowOffsets[$0] == rows.rowOffsets[$0 + 1] }
  }

  private typealias Clusters = (assignments: [Int32], centroids: Matrix)

  /// The clusters that the mixture over the words of `weighted` makes of those of k-means over `rows`, at unit length.
  private static func refined(
    _ kMeans: KMeansResult, of rows: some ClusteringRows, _ weighted: WeightedMatrix,
    _ settings: ClusteringSettings, _ workers: Workers, _ progress: any ProgressReporter
  ) throws -> Clusters {
    guard let mixture = settings.mixture else { return (kMeans.assignments, kMeans.centroids) }
    let refined = try TermMixture.refine(
      weighted.matrix, labels: kMeans.assignments, unit: weighted.idf, centroids: kMeans.centroids,
      parameters: mixture, workers: workers, progress: progress)
    let means = try rows.groupedMeans(
      labels: refined, groups: kMeans.centroids.rows, weights: nil, unit: true, fallback: kMeans.centroids,
      workers: workers)
    return (refined, means.means)
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
