internal import ThrongLinearAlgebra

/// Points by cluster. Labels are any numbers; clusters are counted from 0 in rising order of label.
struct Grouping {
  let cluster: [Int]
  let sizes: [Double]
  /// clusters × columns.
  let centroids: DoubleMatrix

  /// O(rows · (columns + log rows)).
  ///
  /// - Throws: ``ClusteringFailure/notFinite(row:)``.
  init(_ points: DoubleMatrix, _ labels: [Int32]) throws {
    precondition(labels.count == points.rows)
    if let row = points.firstRowNotFinite() { throw ClusteringFailure.notFinite(row: row) }
    let (cluster, count) = Contingency.numbered(labels)
    let columns = points.columns
    var sizes = [Double](repeating: 0, count: count)
    var sums = [Double](repeating: 0, count: count * columns)
    for (row, k) in cluster.enumerated() {
      sizes[k] += 1
      for j in 0..<columns { sums[k * columns + j] += points.values[row * columns + j] }
    }
    for k in 0..<count { for j in 0..<columns { sums[k * columns + j] /= sizes[k] } }
    (self.cluster, self.sizes) = (cluster, sizes)
    centroids = DoubleMatrix(rows: count, columns: columns, values: sums)
  }

  /// The squared distance of each point to its own centroid.
  func squaresWithin(_ points: DoubleMatrix) -> [Double] {
    cluster.indices.map { row in
      (0..<points.columns).reduce(0) { sum, j in
        let apart =
          points.values[row * points.columns + j]
          - centroids.values[cluster[row] * points.columns + j]
        return sum + apart * apart
      }
    }
  }
}
