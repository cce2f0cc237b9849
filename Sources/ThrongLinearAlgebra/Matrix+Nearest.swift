internal import CKernels
package import ThrongCore

extension Matrix: ClusteringRows {
  package typealias Search = BoundedSearch

  /// Products in blocks of rows × tiles of centroids that stay in cache until their least is taken.
  /// O(rows · columns · centroids.rows) time, O(rows) memory.
  package func nearestRows(in centroids: Matrix, norms: [Float], workers: Workers) throws
    -> (labels: [Int32], scores: [Float])
  {
    precondition(centroids.rows > 0 && norms.count == centroids.rows && centroids.columns == columns)
    let blockSize = 256
    let tile = 512
    var scores = [Float](repeating: .infinity, count: rows)
    var labels = [Int32](repeating: 0, count: rows)
    try unsafe labels.withUnsafeMutableBufferPointer { labels in
      nonisolated(unsafe) let labels = unsafe labels
      try unsafe scores.withParallelBlocks(count: rows, blockSize: blockSize, workers: workers) {
        scores, range in
        let width = min(tile, centroids.rows)
        unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: range.count * width) { products in
          for first in stride(from: 0, to: centroids.rows, by: tile) {
            let count = min(tile, centroids.rows - first)
            unsafe multiply(
              range, byTransposed: centroids, rows: first..<first + count, into: products.baseAddress!)
            unsafe norms.withUnsafeBufferPointer { norms in
              unsafe ck_nearest(
                products.baseAddress!, range.count, count, norms.baseAddress! + first, Int32(first),
                scores + range.lowerBound, labels.baseAddress! + range.lowerBound)
            }
          }
        }
      }
    }
    return (labels, scores)
  }

  package func denseRows(_ indices: [Int]) -> Matrix { selectingRows(indices) }

  /// Row-major, as they are.
  package func factor(ofRows indices: [Int]) -> Matrix { selectingRows(indices) }

  package func multiply(_ range: Range<Int>, by factor: Matrix, into products: inout MutableSpan<Float>) {
    precondition(factor.columns == columns && products.count == range.count * factor.rows)
    unsafe products.withUnsafeMutableBufferPointer {
      guard let out = $0.baseAddress else { return }
      unsafe multiply(range, byTransposed: factor, rows: 0..<factor.rows, into: out)
    }
  }

  /// out = rows `range` of this times some rows of `other`, transposed; all zeros where there are no columns.
  func multiply(
    _ range: Range<Int>, byTransposed other: Matrix, rows chosen: Range<Int>,
    into out: UnsafeMutablePointer<Float>
  ) {
    guard columns > 0 else { return unsafe out.initialize(repeating: 0, count: range.count * chosen.count) }
    unsafe values.withUnsafeBufferPointer { x in
      unsafe other.values.withUnsafeBufferPointer { y in
        unsafe sgemm(
          a: x.baseAddress! + range.lowerBound * columns, rows: range.count, inner: columns,
          b: y.baseAddress! + chosen.lowerBound * columns, transposed: true, columns: chosen.count, out: out)
      }
    }
  }
}
