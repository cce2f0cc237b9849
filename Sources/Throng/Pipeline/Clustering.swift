package import ThrongClustering
package import ThrongCore
package import ThrongLinearAlgebra
internal import ThrongText
package import ThrongWorkspace

/// From sparse features to base clusters: weigh, reduce unless told not to, k-means, and a mixture over the words.
package struct Clustering: Sendable {
  /// Base cluster of each conversation.
  package var assignments: [Int32]
  /// Conversations in which no kept column occurs; they have no direction and so no nearest centroid.
  package var emptyRows: [Int]
  /// Clusters × columns, at unit length, in the space that k-means worked in.
  package var centroids: Matrix

  /// Over the base clusters, where they were made by cutting a tree of all conversations.
  package var tree: Dendrogram?

  package var clusters: Int { centroids.rows }

  /// Rows on which the SVD is fitted at most; the rest is folded in.
  static let sampleRows = 100_000

  /// Clusters `corpus` into `clusters` base clusters, or another number of `choices` where the data speak for it. Books
  /// the stages `vectorise`, `reduce` and `cluster`.
  ///
  /// - Parameters:
  ///   - stage: behind which dense rows are kept.
  ///   - shaping: the conversations that the weights of words, the reduction and the centroids are made from; the
  ///     others only go to the nearest centroid. nil: all.
  ///   - memory: how large the sample of the reduction may be, and whether k-means keeps bounds.
  ///   - counted: takes the number of ``ClusterCount`` instead of `clusters`.
  /// - Throws: `ClusteringFailure` when there are fewer conversations than clusters; `Interrupted`.
  package init(
    corpus: PreparedCorpus, after stage: Stage? = nil, shaping: ShapingRecords? = nil, clusters: Int,
    choices: ClosedRange<Int>? = nil, counted: Bool = false, settings: ClusteringSettings,
    memory: MemoryPlan = MemoryPlan(), workers: Workers, progress: any ProgressReporter,
    clock: inout StageClock
  ) throws {
    let shaping = shaping?.unlessAll(of: corpus.count)
    let minimumUsers = settings.minimumColumnUsers ?? corpus.defaultMinimumColumnUsers
    let weighted = try clock.time("vectorise") {
      progress.report(stage: "weigh", done: 0, total: nil)
      return try corpus.features.weighted(
        settings: settings.text, users: corpus.users, shaping: shaping, minimumUsers: minimumUsers,
        workers: workers)
    }
    let rows = weighted.matrix
    if rows.columns == 0 {
      // No word is shared by enough users: nothing to tell conversations apart by.
      assignments = [Int32](repeating: 0, count: rows.rows)
      centroids = Matrix(rows: 1, columns: 1)
      emptyRows = Array(0..<rows.rows)
      return
    }
    emptyRows = (0..<rows.rows).filter { rows.rowOffsets[$0] == rows.rowOffsets[$0 + 1] }
    func parameters(_ x: some ClusteringRows) throws -> KMeans.Parameters {
      let count =
        counted ? try Self.count(x, seed: settings.seed, workers: workers, progress: progress) : clusters
      var parameters = KMeans.Parameters(
        clusters: count, seed: settings.seed, restarts: settings.restarts, initialization: settings.start,
        clusterChoices: choices, usesBounds: memory.usesBounds, algorithm: settings.algorithm)
      // The last rounds move few rows; on large corpora they would cost minutes.
      parameters.maximumIterations = min(100, max(20, 20_000_000_000 / max(1, rows.rows * count)))
      return parameters
    }
    let chosen = shaping?.map { Int($0) }
    let found: Clusters
    if let dimensions = settings.dimensions {
      let dense = try clock.time("reduce") {
        try stage.then(
          "rows", "\(settings.text) \(minimumUsers) \(dimensions) \(settings.seed) \(memory.sampleRows)"
        ).value(
          workers: workers, restore: { try Matrix(rows: rows.rows, from: &$0) },
          store: { $0.store(into: &$1) }
        ) {
          progress.report(stage: "reduce", done: 0, total: nil)
          return try Self.reduce(
            rows, fittedTo: chosen, atMost: memory.sampleRows, dimensions: dimensions, seed: settings.seed,
            workers: workers
          ).normalizingRows(workers: workers)
        }
      }
      if settings.base == .tree {
        let shaping = chosen.map { dense.selectingRows($0) } ?? dense
        (assignments, centroids, tree) = try clock.time("cluster") {
          progress.report(stage: "cluster", done: 0, total: nil)
          let count = try parameters(shaping).clusters
          let found = try BaseMethod.cutTree(
            shaping, clusters: count, linkage: settings.linkage, workers: workers)
          let all = try Self.assign(
            dense, to: found.centroids, known: found.assignments, of: chosen, workers: workers)
          return (all, found.centroids, found.tree)
        }
        return
      }
      found = try clock.time("cluster") {
        try Self.clusters(dense, by: chosen, weighted, settings, workers, progress) {
          try KMeans.fit($0, parameters: parameters($0), workers: workers, progress: progress)
        }
      }
    } else {
      found = try clock.time("cluster") {
        try Self.clusters(rows, by: chosen, weighted, settings, workers, progress) {
          try KMeans.fit($0, parameters: parameters($0), workers: workers, progress: progress)
        }
      }
    }
    (assignments, centroids) = found
  }

  /// Ward's tree over the base clusters, weighted by conversations, or the one they were cut from.
  package func treeOfClusters(workers: Workers) throws -> Dendrogram {
    if let tree { return tree }
    var sizes = [Double](repeating: 0, count: clusters)
    for cluster in assignments { sizes[Int(cluster)] += 1 }
    return try Dendrogram.agglomerate(
      centroids, weights: sizes.map { max($0, 1) }, linkage: .ward, workers: workers)
  }

  private typealias Clusters = (assignments: [Int32], centroids: Matrix)

  /// Clusters of the `chosen` rows, and for every other row the nearest of their centroids.
  private static func clusters<Rows: ClusteringRows>(
    _ rows: Rows, by chosen: [Int]?, _ weighted: WeightedMatrix, _ settings: ClusteringSettings,
    _ workers: Workers, _ progress: any ProgressReporter, fit: (Rows) throws -> KMeansResult
  ) throws -> Clusters {
    guard let chosen else {
      return try refined(try fit(rows), of: rows, weighted, settings, workers, progress)
    }
    let shaping = rows.selectingRows(chosen)
    var words = weighted
    words.matrix = weighted.matrix.selectingRows(chosen)
    let found = try refined(try fit(shaping), of: shaping, words, settings, workers, progress)
    let labels = try assign(
      rows, to: found.centroids, known: found.assignments, of: chosen, workers: workers)
    return (labels, found.centroids)
  }

  /// The `known` clusters of the `chosen` rows, and for every other row the nearest.
  private static func assign(
    _ rows: some ClusteringRows, to centroids: Matrix, known: [Int32], of chosen: [Int]?, workers: Workers
  ) throws -> [Int32] {
    guard let chosen else { return known }
    // By direction, as k-means did: rows and centroids are compared by their product alone.
    let norms = [Float](repeating: 1, count: centroids.rows)
    var labels = try rows.nearestRows(in: centroids, norms: norms, workers: workers).labels
    for (row, label) in zip(chosen, known) { labels[row] = label }
    return labels
  }

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

  private static func count(
    _ rows: some ClusteringRows, seed: UInt64, workers: Workers, progress: any ProgressReporter
  ) throws -> Int {
    var parameters = ClusterCount.Parameters(range: ClusterCount.range(rows: rows.rows))
    parameters.seed = seed
    let estimate = try ClusterCount.estimate(
      rows, parameters: parameters, workers: workers, progress: progress)
    return min(estimate.clusters, rows.rows)
  }

  static func reduce(
    _ rows: CSRMatrix, fittedTo chosen: [Int]?, atMost sampleRows: Int = sampleRows, dimensions: Int,
    seed: UInt64, workers: Workers
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
