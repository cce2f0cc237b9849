package import ThrongLinearAlgebra

extension KMeans {
  /// How the first centroids are found.
  package enum Initialization: Sendable, Equatable {
    /// Rows drawn at random, without regard to distance.
    case randomRows
    /// Greedy k-means++ (Arthur and Vassilvitskii 2007): rows drawn in proportion to their squared distance
    /// from the nearest centroid so far, the best of 2 + ⌊ln k⌋ candidates at each step.
    case kMeansPlusPlus
    /// A rough k-means with `factor` × k clusters, whose weighted centroids Ward's method joins down to k.
    ///
    /// Where those centroids would take more than ``KMeans/microcentroidLimit`` (k × factor × columns × 4 bytes:
    /// sparse rows with many columns) the start is ``kMeansPlusPlus`` instead.
    ///
    /// On labelled LSA rows (five corpora, ten seeds) it finds a lower inertia in fewer iterations than greedy
    /// k-means++, and raises mean NMI from 58.1 to 60.3 and mean ARI from 37.7 to 40.3.
    case wardOfMicroclusters(factor: Int)
    /// k-means‖ (Bahmani et al. 2012, arXiv 1203.6402): in each of a few rounds about `oversampling` × k rows at
    /// once, each with a chance in proportion to its squared distance from the nearest so far; greedy k-means++
    /// over all of them, weighed by the rows nearest to each, leaves k. Five rounds of 2 × k are the paper's.
    case kMeansParallel(oversampling: Int, rounds: Int)
    /// AFK-MC² (Bachem et al. 2016, "Fast and Provably Good Seedings for k-Means"): each centroid is the end of a
    /// Markov chain of this length, whose limit is the draw of k-means++; after one pass over the rows the work no
    /// longer depends on their number. The paper's length is 200.
    case markovChain(length: Int)
  }

  /// Which rows each round looks at.
  package enum Algorithm: Sendable, Equatable {
    /// All of them: Lloyd's algorithm.
    case lloyd
    /// Nested mini-batches (Newling and Fleuret 2016, arXiv 1602.02934): rounds of Lloyd's algorithm over `rowsPerCluster` × k
    /// rows drawn at random, then twice as many, the former among them, and so on to all rows. A row counts once in
    /// a mean, however often it was looked at. A batch grows once the centroids move by a small share of their
    /// standard error only, which more rounds over the same rows would not lower.
    case nestedMiniBatch(rowsPerCluster: Int)
    /// Lloyd's algorithm over `rowsPerCluster` × k rows drawn at random; then each of the others goes to its nearest
    /// centroid, once.
    case sampleThenAssign(rowsPerCluster: Int)
  }

  /// Settings of ``KMeans/fit(_:weights:parameters:workers:progress:)``.
  package struct Parameters: Sendable {
    /// Number of clusters k, at least 1.
    package var clusters: Int
    /// Numbers of clusters that would do as well as ``clusters``: where Ward's heights leap within them, the leap
    /// decides. Only for ``KMeans/Initialization/wardOfMicroclusters(factor:)``. Default nil: exactly ``clusters``.
    package var clusterChoices: ClosedRange<Int>?
    /// Seed of the first centroids; each restart has a stream of its own. Default 1.
    package var seed: UInt64
    /// Independent runs, of which the one of least inertia is kept (the earlier, of equals). They share the rows'
    /// norms, the memory of bounds and sums, and the best inertia so far: see ``abandonsRestarts``. Default 1.
    package var restarts: Int
    /// Whether a restart of ``Algorithm/lloyd`` is given up once its inertia falls too slowly to reach that of the
    /// best before it: were it to go on falling with the square of the iteration, and twice that much, it would
    /// still end above. Default true.
    package var abandonsRestarts: Bool
    /// Default ``Algorithm/lloyd``.
    package var algorithm: Algorithm
    /// Rounds of assignment and update at most, over all batches, at least 1. Default 100.
    package var maximumIterations: Int
    /// A run has converged once the centroids' root mean square movement is at most this share of the rows'
    /// root mean square distance from their mean; 0 waits until no row changes its cluster. Default 1e-4.
    package var tolerance: Double
    /// Rows and centroids at unit length, so that clusters are by direction (cosine). Default true.
    package var spherical: Bool
    /// Default ``KMeans/Initialization/wardOfMicroclusters(factor:)`` with a factor of 3.
    package var initialization: Initialization
    /// Initialization looks at this many rows per cluster, but no fewer than 20,000; at a seeded sample where
    /// there are more. At least 2. Default 32.
    package var initializationRowsPerCluster: Int
    /// Centroids to start from, clusters × columns, instead of any initialization. One restart. Default nil.
    package var initialCentroids: Matrix?
    /// Whether dense rows may pass over centroids that cannot be the nearest; no result depends on it. Default true.
    package var usesBounds: Bool

    package init(
      clusters: Int, seed: UInt64 = 1, restarts: Int = 1, maximumIterations: Int = 100,
      tolerance: Double = 1e-4, spherical: Bool = true,
      initialization: Initialization = .wardOfMicroclusters(factor: 3),
      initializationRowsPerCluster: Int = 32, initialCentroids: Matrix? = nil,
      clusterChoices: ClosedRange<Int>? = nil, usesBounds: Bool = true, algorithm: Algorithm = .lloyd,
      abandonsRestarts: Bool = true
    ) {
      self.clusters = clusters
      self.seed = seed
      self.restarts = restarts
      self.maximumIterations = maximumIterations
      self.tolerance = tolerance
      self.spherical = spherical
      self.initialization = initialization
      self.initializationRowsPerCluster = initializationRowsPerCluster
      self.initialCentroids = initialCentroids
      self.clusterChoices = clusterChoices
      self.usesBounds = usesBounds
      self.algorithm = algorithm
      self.abandonsRestarts = abandonsRestarts
    }

    /// - Throws: ``ClusteringFailure`` for what no run over `x` can use.
    func check(rows x: some ClusteringRows) throws {
      func need(_ holds: Bool, _ name: String, _ reason: String) throws {
        if !holds { throw ClusteringFailure.parameter(name: name, reason: reason) }
      }
      try need(clusters >= 1, "clusters", "must be at least 1, and is \(clusters)")
      try need(
        clusterChoices.map { $0.contains(clusters) && $0.lowerBound >= 1 } ?? true, "clusterChoices",
        "must hold the number of clusters")
      try need(restarts >= 1, "restarts", "must be at least 1, and is \(restarts)")
      try need(maximumIterations >= 1, "maximumIterations", "must be at least 1, and is \(maximumIterations)")
      try need(
        tolerance >= 0 && tolerance.isFinite, "tolerance",
        "must be a finite number and not negative, and is \(tolerance)")
      try need(
        initializationRowsPerCluster >= 2, "initializationRowsPerCluster",
        "must be at least 2, and is \(initializationRowsPerCluster)")
      switch initialization {
      case .randomRows, .kMeansPlusPlus: break
      case .wardOfMicroclusters(let factor):
        try need(factor >= 1, "wardOfMicroclusters", "must have a factor of at least 1, and has \(factor)")
      case .kMeansParallel(let oversampling, let rounds):
        try need(
          oversampling >= 1 && rounds >= 1, "kMeansParallel",
          "must oversample at least once in at least 1 round, not \(oversampling) times in \(rounds)")
      case .markovChain(let length):
        try need(length >= 1, "markovChain", "must have a length of at least 1, and has \(length)")
      }
      switch algorithm {
      case .lloyd: break
      case .nestedMiniBatch(let rows), .sampleThenAssign(let rows):
        try need(rows >= 2, "algorithm", "must look at 2 rows per cluster at least, not \(rows)")
      }
      if let start = initialCentroids {
        try need(
          start.rows == clusters && start.columns == x.columns, "initialCentroids",
          "must be \(clusters) × \(x.columns), and are \(start.rows) × \(start.columns)")
      }
      guard x.rows >= clusters else {
        throw ClusteringFailure.tooFewRows(rows: x.rows, clusters: clusters)
      }
      guard KMeans.bytes(ofCentroids: clusters, columns: x.columns) <= Double(KMeans.centroidLimit) else {
        throw ClusteringFailure.centroidsTooLarge(
          clusters: clusters, columns: x.columns, limit: KMeans.centroidLimit)
      }
    }
  }
}
