package import ThrongLinearAlgebra

extension Validity {
  /// Dispersion between clusters against that within, each by its degrees of freedom
  /// (Caliński and Harabasz 1974, doi:10.1080/03610927408827101). Higher is better. O(rows · columns).
  ///
  /// - Returns: nil where there are fewer than two clusters or no more points than clusters; infinite where no
  ///   point differs from its centroid.
  /// - Throws: ``ClusteringFailure/notFinite(row:)``.
  package static func calinskiHarabasz(_ points: DoubleMatrix, _ labels: [Int32]) throws -> Double? {
    let groups = try Grouping(points, labels)
    let (n, clusters) = (Double(points.rows), Double(groups.sizes.count))
    guard clusters > 1, n > clusters else { return nil }
    let all = try Grouping(points, [Int32](repeating: 0, count: labels.count)).centroids
    let between = groups.centroids.distances(from: all, row: 0)
    let dispersion = zip(between, groups.sizes).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
    let within = groups.squaresWithin(points).reduce(0, +)
    return dispersion / (clusters - 1) / (within / (n - clusters))
  }

  /// The mean over clusters of the greatest ratio (s + s′) / d to another: s is the mean distance to the centroid, d
  /// that of the centroids (Davies and Bouldin 1979, doi:10.1109/TPAMI.1979.4766909). Lower is better.
  /// O((rows + clusters²) · columns).
  ///
  /// - Returns: nil where there are fewer than two clusters; infinite where two different clusters share a centroid.
  /// - Throws: ``ClusteringFailure/notFinite(row:)``.
  package static func daviesBouldin(_ points: DoubleMatrix, _ labels: [Int32]) throws -> Double? {
    let groups = try Grouping(points, labels)
    let clusters = groups.sizes.count
    guard clusters > 1 else { return nil }
    var spreads = [Double](repeating: 0, count: clusters)
    for (row, square) in groups.squaresWithin(points).enumerated() {
      spreads[groups.cluster[row]] += square.squareRoot() / groups.sizes[groups.cluster[row]]
    }
    let worst = (0..<clusters).map { k in
      let distances = groups.centroids.distances(from: k, to: 0..<clusters)
      return (0..<clusters).reduce(0.0) { greatest, other in
        let sum = spreads[k] + spreads[other]
        return other == k || sum == 0 ? greatest : max(greatest, sum / distances[other])
      }
    }
    return worst.reduce(0, +) / Double(clusters)
  }
}
