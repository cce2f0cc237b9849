package import ThrongCore

/// Rows that k-means can cluster, however they are stored.
///
/// Every call works on a block of rows or more, so what a generic caller pays for not knowing the store is
/// nothing that a row would notice. Results do not depend on the number of threads.
package protocol ClusteringRows: Sendable {
  /// How rounds of k-means find the nearest centroids of such rows.
  associatedtype Search: CentroidSearch = PlainSearch<Self> where Search.Rows == Self

  var rows: Int { get }
  var columns: Int { get }

  /// - Throws: ``LinearAlgebraFailure/notFinite(row:)`` with the first row that holds a NaN or an infinity.
  func checkFinite(workers: Workers) throws

  /// The squared Euclidean length of each row.
  func squaredRowNorms(workers: Workers) throws -> [Float]

  /// The rows at unit length; rows of zeros stay as they are.
  consuming func normalizingRows(workers: Workers) throws -> Self

  /// The given rows, in the order given.
  func selectingRows(_ indices: [Int]) -> Self

  /// The given rows, in the order given, dense.
  func denseRows(_ indices: [Int]) -> Matrix

  /// The given rows in the layout that ``multiply(_:by:into:)`` wants them in.
  func factor(ofRows indices: [Int]) -> Matrix

  /// The dot products of each row in `range` with each row of a factor, row-major: `range.count` × the rows
  /// of the factor.
  ///
  /// - Parameter factor: made by ``factor(ofRows:)``.
  func multiply(_ range: Range<Int>, by factor: Matrix, into products: inout MutableSpan<Float>)

  /// For each row x the centroid c of least ‖c‖² − 2x·c, and that score; the lowest index where several are
  /// equal. Adding ‖x‖² makes the score a squared Euclidean distance.
  ///
  /// - Parameters:
  ///   - centroids: at least one row, as many columns as here.
  ///   - norms: ‖c‖² for each centroid; or one value for all of them to rank by x·c alone.
  func nearestRows(in centroids: Matrix, norms: [Float], workers: Workers) throws
    -> (labels: [Int32], scores: [Float])

  /// The weighted mean of the rows of each group.
  ///
  /// - Parameters:
  ///   - labels: the group of each row, in `0..<groups`.
  ///   - weights: one for each row; nil weighs all the same.
  ///   - unit: scales each mean to unit length.
  ///   - fallback: `groups` × `columns`: what stands for a group without rows, or, when `unit`, whose rows
  ///     cancel out; nil for zeros.
  func groupedMeans(
    labels: [Int32], groups: Int, weights: [Float]?, unit: Bool, fallback: Matrix?, workers: Workers
  ) throws -> GroupedMeans
}

/// Means of rows by group.
package struct GroupedMeans: Sendable {
  /// groups × columns.
  package let means: Matrix
  /// Summed weights of each group.
  package let masses: [Double]
  /// Rows of each group.
  package let sizes: [Int]
}

/// Writes a sum of rows as their mean, or as its direction, from position `start` of `means` on; writes nothing
/// where a sum has no direction.
func writeMean(
  of sum: Span<Double>, mass: Double, unit: Bool, into means: inout MutableSpan<Float>, at start: Int
) {
  var divisor = mass
  if unit {
    var square = 0.0
    for j in sum.indices { square += sum[j] * sum[j] }
    guard square > 0 else { return }
    divisor = square.squareRoot()
  }
  for j in sum.indices { means[start + j] = Float(sum[j] / divisor) }
}

/// Rows in order of their group, and in their own order inside it: a counting sort. O(rows + groups).
struct Grouping {
  /// Row numbers; group g holds those at `starts[g]..<starts[g + 1]`.
  let order: [Int]
  let starts: [Int]

  init(labels: [Int32], groups: Int) {
    var starts = [Int](repeating: 0, count: groups + 1)
    for label in labels { starts[Int(label) + 1] += 1 }
    for group in 0..<groups { starts[group + 1] += starts[group] }
    var next = starts
    var order = [Int](repeating: 0, count: labels.count)
    for (row, label) in labels.enumerated() {
      order[next[Int(label)]] = row
      next[Int(label)] += 1
    }
    (self.order, self.starts) = (order, starts)
  }

  var sizes: [Int] { (0..<starts.count - 1).map { starts[$0 + 1] - starts[$0] } }
}
