internal import Foundation
package import ThrongCore
package import ThrongLinearAlgebra

/// How many clusters there are: the number at which two halves of the rows, clustered without knowing of each
/// other, agree best on who belongs together, in the mean of a few halvings.
///
/// Each half becomes small clusters and those become Ward's tree, which gives all numbers at once (as k-means starts).
/// For a number k, both halves are cut into k clusters; the rows of each are labelled by their own centroids and by
/// those of the other half, and the adjusted mutual information of the two is what agrees (prediction strength:
/// Tibshirani and Walther 2005, doi:10.1198/106186005X59243; the measure does not rise with k by itself).
///
/// True clusters are found again in any half, and so are unions of them that lie far from the others, while parts of
/// them depend on the draw. So agreement has a plateau that ends with the true number, or several where topics have
/// topics of their own: of the peaks that agree as well as any but for ``tolerance(best:)`` that of the fewest clusters is
/// taken, and of the numbers close by the best.
///
/// A number of topics, not of base clusters of a release: these are planned from the gate's thresholds, because a
/// cluster that the gate withholds is of no use, and are finer than topics, because the tree above them is what
/// gathers them.
package enum ClusterCount {
  /// Settings of ``estimate(_:parameters:workers:progress:)``.
  package struct Parameters: Sendable, Equatable {
    /// Numbers of clusters to choose from; the lower bound at least 2.
    package var range: ClosedRange<Int>
    /// Seed of the halves and of their clusters. Default 1.
    package var seed: UInt64 = 1
    /// Whether clusters are of directions. Default true.
    package var spherical = true
    /// Rows looked at, a seeded sample where there are more, but no fewer than 40 for each cluster. Default 100,000.
    package var sampleRows = 100_000

    package init(range: ClosedRange<Int>) { self.range = range }
  }

  /// What was found.
  package struct Estimate: Sendable, Equatable {
    package let clusters: Int
    /// The numbers that were tried, rising, and how well the halves agree on each: 1 wholly, 0 as by chance.
    package let curve: [Trial]
  }

  package struct Trial: Sendable, Equatable {
    package let clusters: Int
    package let agreement: Double
  }

  /// How often the rows are halved: the mean of this many agreements is compared. One alone found 131 topics instead of 20 on
  /// one seed of five.
  static let splits = 3

  /// From one number tried to the next.
  static let step = 1.25

  /// Numbers worth trying for so many rows: 20 rows for each cluster at least, and no more clusters than 4·√rows, which
  /// is what somebody may still read. From 8 on, because a few parts of anything are found again (languages, say), so
  /// that their agreement tells nothing.
  package static func range(rows: Int) -> ClosedRange<Int> {
    8...max(8, min(rows / 20, Int(4 * Double(rows).squareRoot())))
  }

  /// How much less than the best a peak of fewer clusters may agree: 0.04, where the halves agree well half of what they disagree
  /// on.
  static func tolerance(best: Double) -> Double { min(0.04, max(0, 1 - best) / 2) }

  /// Estimates the number of clusters of the rows of `x`.
  ///
  /// With a sample of s rows and at most k clusters, O(s · k · columns) about 75 times, as a few fits of k-means take, and
  /// Ward over 3k points six times: a corpus of any size takes no longer than its sample.
  ///
  /// - Returns: within the range; its lower bound where there are too few different rows to choose.
  /// - Throws: ``ClusteringFailure`` for rows that cannot be used; `Interrupted`.
  package static func estimate<Store: ClusteringRows>(
    _ x: Store, parameters: Parameters, workers: Workers, progress: any ProgressReporter = SilentProgress()
  ) throws -> Estimate {
    precondition(parameters.range.lowerBound >= 2)
    do {
      try x.checkFinite(workers: workers)
    } catch LinearAlgebraFailure.notFinite(let row) {
      throw ClusteringFailure.notFinite(row: row)
    }
    let norms = try x.squaredRowNorms(workers: workers)
    let usable = norms.indices.filter { !parameters.spherical || norms[$0] > 0 }
    let size = min(usable.count, max(parameters.sampleRows, 40 * min(parameters.range.upperBound, x.rows)))
    let chosen = Validity.draw(size, of: usable.count, seed: parameters.seed)
    guard size / 2 >= 4 * parameters.range.lowerBound else {
      return Estimate(clusters: parameters.range.lowerBound, curve: [])
    }
    let splits = try (0..<UInt64(splits)).map { split in
      let first = Validity.draw(size / 2, of: size, seed: parameters.seed, stream: 1 + split)
      let second = Set(0..<size).subtracting(first).sorted()
      return try [first, second].enumerated().map { half, rows in
        try Half(
          x.selectingRows(rows.map { usable[chosen[$0]] }), parameters: parameters,
          stream: 2 * split + UInt64(half), workers: workers)
      }
    }
    let last = min(parameters.range.upperBound, splits.joined().map(\.tree.leaves).min()! - 1)
    guard last >= parameters.range.lowerBound else {
      return Estimate(clusters: parameters.range.lowerBound, curve: [])
    }
    var curve: [Trial] = []
    func agreement(_ clusters: Int) throws -> Double {
      try splits.reduce(0) { try $0 + Self.agreement($1[0], $1[1], clusters: clusters) }
        / Double(splits.count)
    }
    func look(at counts: [Int]) throws {
      for count in counts where !curve.contains(where: { $0.clusters == count }) {
        try workers.cancellation.check()
        curve.append(Trial(clusters: count, agreement: try agreement(count)))
        progress.report(stage: "count clusters", done: curve.count, total: nil)
      }
      curve.sort { $0.clusters < $1.clusters }
    }
    try look(at: geometric(from: parameters.range.lowerBound, through: last, step: step))
    // Then around the number found, for the first step is coarse.
    let rough = mostThatAgreeWholly(curve) ?? fewest(curve)
    let (low, high) = (Int(Double(rough) / step), Int((Double(rough) * step).rounded(.up)))
    let around = max(low + 1, parameters.range.lowerBound)...max(min(high - 1, last), rough)
    try look(at: geometric(from: around.lowerBound, through: around.upperBound, step: 1.08))
    let near = curve.filter { around.contains($0.clusters) }
    if let whole = mostThatAgreeWholly(near) { return Estimate(clusters: whole, curve: curve) }
    let best = near.map(\.agreement).max()!
    return Estimate(clusters: near.first { $0.agreement == best }!.clusters, curve: curve)
  }

  /// Where clusters lie far apart, the halves agree on them wholly, and as wholly on unions of them: the most that they
  /// agree on, then. nil where they never do.
  private static func mostThatAgreeWholly(_ curve: [Trial]) -> Int? {
    let best = curve.map(\.agreement).max()!
    guard best > 0.98 else { return nil }
    return curve.last { $0.agreement >= best - 0.003 }!.clusters
  }

  private static func fewest(_ curve: [Trial]) -> Int {
    let agreements = curve.map(\.agreement)
    let least = agreements.max()! - tolerance(best: agreements.max()!)
    return curve.indices.first { i in
      agreements[i] >= max(least, agreements[max(0, i - 1)], agreements[min(i + 1, agreements.count - 1)])
    }.map { curve[$0].clusters }!
  }

  private static func geometric(from first: Int, through last: Int, step: Double) -> [Int] {
    var counts = [first]
    while counts.last! < last {
      counts.append(min(last, max(counts.last! + 1, Int((Double(counts.last!) * step).rounded()))))
    }
    return counts
  }

  private static func agreement<Store: ClusteringRows>(
    _ a: Half<Store>, _ b: Half<Store>, clusters: Int
  ) throws -> Double {
    let (own, others) = (try a.clusters(clusters), try b.clusters(clusters))
    return try
      (Validity.adjustedMutualInformation(own.assignments, a.labels(by: others.centroids))
      + Validity.adjustedMutualInformation(others.assignments, b.labels(by: own.centroids))) / 2
  }
}

extension ClusterCount {
  /// Half of the rows, and Ward's tree over small clusters of them.
  private struct Half<Store: ClusteringRows> {
    let data: KMeans.Rows<Store>
    let means: Matrix
    let masses: [Double]
    let tree: Dendrogram

    init(_ x: Store, parameters: Parameters, stream: UInt64, workers: Workers) throws {
      data = try KMeans.Rows(x, weights: nil, spherical: parameters.spherical, workers: workers)
      var random = RandomSource(seed: parameters.seed, stream: 2 + stream)
      let small = min(parameters.range.upperBound, x.rows) * 3
      // Sparse rows have wide centroids.
      let most = KMeans.microcentroidLimit / (MemoryLayout<Float>.size * max(1, x.columns))
      let count = max(1, min(small, x.rows / 4, most))
      let start = try KMeans.means(ofDrawn: count, batch: max(16, count / 50), data, random: &random)
      let found = try Self.lloyd(data, from: start, rounds: 1)
      let parts = try data.x.groupedMeans(
        labels: found.assignments, groups: count, weights: nil, unit: false, fallback: nil, workers: workers)
      let used = (0..<count).filter { parts.sizes[$0] > 0 }
      (means, masses) = (parts.means.selectingRows(used), used.map { parts.masses[$0] })
      tree = try Dendrogram.agglomerate(means, weights: masses, linkage: .ward, workers: workers)
    }

    /// The tree cut into so many clusters, and one round of k-means.
    func clusters(_ count: Int) throws -> KMeansResult {
      let joined = try means.groupedMeans(
        labels: tree.cut(clusters: count), groups: count, weights: masses.map(Float.init),
        unit: data.spherical, fallback: nil, workers: data.workers)
      return try Self.lloyd(data, from: joined.means, rounds: 1)
    }

    private static func lloyd(_ data: KMeans.Rows<Store>, from start: Matrix, rounds limit: Int) throws
      -> KMeansResult
    {
      var rounds = try KMeans.Rounds(data, usesBounds: true)
      return try rounds.result(of: rounds.run(from: start, limit: limit, tolerance: 1e-4))
    }

    func labels(by centroids: Matrix) throws -> [Int32] {
      let norms =
        data.spherical
        ? [Float](repeating: 1, count: centroids.rows)
        : try centroids.squaredRowNorms(workers: data.workers)
      return try data.x.nearestRows(in: centroids, norms: norms, workers: data.workers).labels
    }
  }
}
