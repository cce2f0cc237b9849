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

  /// The distances of one row to the rows of a range. O(range · columns).
  package func distances(from row: Int, to range: Range<Int>) -> [Double] {
    distances(of: range, from: self, row: row)
  }

  /// The distances of all rows to a row of `other`, of as many columns. O(rows · columns).
  package func distances(from other: DoubleMatrix, row: Int) -> [Double] {
    distances(of: 0..<rows, from: other, row: row)
  }

  private func distances(of range: Range<Int>, from other: DoubleMatrix, row: Int) -> [Double] {
    precondition(other.columns == columns)
    guard columns > 0, !range.isEmpty else { return [Double](repeating: 0, count: range.count) }
    return unsafe [Double](unsafeUninitializedCapacity: range.count) { out, count in
      unsafe values.withUnsafeBufferPointer { x in
        unsafe other.values.withUnsafeBufferPointer { y in
          unsafe ck_distances(
            x.baseAddress! + range.lowerBound * columns, range.count, columns,
            y.baseAddress! + row * columns, out.baseAddress!)
        }
      }
      count = range.count
    }
  }
}
