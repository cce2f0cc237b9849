internal import ThrongClustering
internal import ThrongCore
internal import ThrongLinearAlgebra

/// How base clusters are made.
package enum BaseMethod: String, Sendable, CaseIterable {
  /// k-means, and a tree over its clusters.
  case kMeans = "k-means"
  /// A tree over all conversations, cut. O(conversations²) time.
  case tree
}

extension BaseMethod {
  /// Base clusters, their unit centroids, and the tree over them, of which ``tree`` cuts the lower part off.
  ///
  /// - Parameter rows: conversations × dimensions.
  /// - Throws: `ClusteringFailure`, also where the linkage takes fewer points; `Interrupted`.
  static func cutTree(_ rows: Matrix, clusters: Int, linkage: Linkage, workers: Workers) throws
    -> (assignments: [Int32], centroids: Matrix, tree: Dendrogram)
  {
    guard rows.rows >= clusters else {
      throw ClusteringFailure.tooFewRows(rows: rows.rows, clusters: clusters)
    }
    let whole = try Dendrogram.agglomerate(
      rows, weights: [Double](repeating: 1, count: rows.rows), linkage: linkage, workers: workers)
    let labels = whole.cut(clusters: clusters)
    let means = try rows.groupedMeans(
      labels: labels, groups: clusters, weights: nil, unit: true,
      fallback: Matrix(rows: clusters, columns: rows.columns), workers: workers)
    return (labels, means.means, whole.top(clusters))
  }
}
