internal import CKernels
package import ThrongCore

extension Matrix: ClusteringRows {
  package typealias Search = BoundedSearch

  /// No product is stored (see Nearest.c). O(rows · columns · centroids.rows) time, O(rows) memory.
  package func nearestRows(in centroids: Matrix, norms: [Float], workers: Workers) throws
    -> (labels: [Int32], scores: [Float])
  {
    precondition(centroids.rows > 0 && norms.count == centroids.rows && centroids.columns == columns)
    var panels = CentroidPanels(CentroidGroups(single: centroids.rows), width: columns)
    panels.load(centroids, norms: norms, previous: nil)
    var scores = [Float](repeating: 0, count: rows)
    var labels = [Int32](repeating: 0, count: rows)
    try unsafe panels.withKernelView { view in
      nonisolated(unsafe) let view = unsafe view
      try unsafe labels.withUnsafeMutableBufferPointer { labels in
        nonisolated(unsafe) let labels = unsafe labels
        try unsafe scores.withParallelBlocks(count: rows, blockSize: assignmentBlock, workers: workers) {
          scores, range in
          let first = range.lowerBound
          unsafe values.withUnsafeBufferPointer { x in
            unsafe ck_assign(
              view, x.baseAddress! + first * columns, range.count, scores + first,
              labels.baseAddress! + first)
          }
        }
      }
    }
    return (labels, scores)
  }

  /// As many rows as stay in a core's own cache, with panels of centroids beside them.
  var assignmentBlock: Int {
    min(Int(CK_BLOCK), max(128, (1 << 17) / max(1, columns) / 64 * 64))
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
