internal import CKernels
package import ThrongCore

extension DoubleMatrix {
  /// Euclidean distances of all pairs of rows, `rows` × `rows`. O(rows² · columns).
  package func pairwiseDistances(workers: Workers) throws -> [Double] {
    guard columns > 0 else { return [Double](repeating: 0, count: rows * rows) }
    return try unsafe parallelArray(count: rows, stride: rows, blockSize: 16, workers: workers) {
      out, range in
      unsafe values.withUnsafeBufferPointer { x in
        for (i, row) in range.enumerated() {
          unsafe ck_distances(x.baseAddress!, rows, columns, x.baseAddress! + row * columns, out + i * rows)
        }
      }
    }
  }
}
