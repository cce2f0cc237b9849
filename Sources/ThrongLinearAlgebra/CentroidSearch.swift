package import ThrongCore

/// The rounds of Lloyd's k-means on one store of rows: assignments to nearest centroids, and means of what was
/// assigned. Keeps what one round can use of the one before.
package protocol CentroidSearch<Rows> {
  associatedtype Rows: ClusteringRows

  /// - Parameters:
  ///   - norms: squared lengths of the rows; 1 or 0 when `unit`.
  ///   - weights: one for each row; nil weighs all the same.
  ///   - unit: rows are unit or zero, and centroids are unit.
  ///   - usesBounds: false to compute every distance in every round.
  init(_ x: Rows, norms: [Float], weights: [Float]?, unit: Bool, usesBounds: Bool, workers: Workers) throws

  /// The nearest of the last assignment's centroids for each row; the lowest of equals.
  var labels: [Int32] { get }
  /// Squared distances to them.
  var distances: [Float] { get }

  /// Forgets what holds only near the centroids of the last assignment: the next are others.
  mutating func startAnew()

  /// Assigns each row to its nearest centroid. Returns the number of distances computed.
  ///
  /// - Parameter isLast: no other assignment follows that could use what this one learns.
  mutating func assign(to centroids: Matrix, isLast: Bool) throws -> Int

  /// The weighted means of rows by label, or their directions when `unit`.
  ///
  /// - Parameters:
  ///   - labels: ``labels``, but perhaps for a few rows.
  ///   - fallback: what stands for a label without rows, or whose rows cancel out.
  mutating func means(labels: [Int32], fallback: Matrix) throws -> Matrix
}

/// Without bounds: every distance anew in every round.
package struct PlainSearch<Rows: ClusteringRows>: CentroidSearch {
  private let (x, norms, weights): (Rows, [Float], [Float]?)
  private let unit: Bool
  private let workers: Workers
  package private(set) var labels: [Int32] = []
  package private(set) var distances: [Float] = []

  package init(
    _ x: Rows, norms: [Float], weights: [Float]?, unit: Bool, usesBounds: Bool, workers: Workers
  ) {
    (self.x, self.norms, self.weights) = (x, norms, weights)
    (self.unit, self.workers) = (unit, workers)
  }

  package mutating func startAnew() {}

  package mutating func assign(to centroids: Matrix, isLast: Bool) throws -> Int {
    let squares = try centroids.scoreNorms(unit: unit, workers: workers)
    (labels, distances) = try x.nearestRows(in: centroids, norms: squares, workers: workers)
    for i in distances.indices { distances[i] = max(0, norms[i] + distances[i]) }
    return x.rows * centroids.rows
  }

  package func means(labels: [Int32], fallback: Matrix) throws -> Matrix {
    try x.groupedMeans(
      labels: labels, groups: fallback.rows, weights: weights, unit: unit, fallback: fallback,
      workers: workers
    ).means
  }
}

extension Matrix {
  /// Squared lengths of centroids; those at unit length differ by rounding only, and one norm for all keeps
  /// ties what they are.
  func scoreNorms(unit: Bool, workers: Workers) throws -> [Float] {
    unit ? [Float](repeating: 1, count: rows) : try squaredRowNorms(workers: workers)
  }
}
