internal import CKernels
package import ThrongCore

/// A dense matrix of `Float`, row-major: entry (i, j) is `values[i * columns + j]`.
package struct Matrix: Sendable, Equatable {
  package let rows: Int
  package let columns: Int
  /// `rows * columns` values. Must keep its length.
  package var values: [Float]

  /// Zeros.
  package init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, values: [Float](repeating: 0, count: rows * columns))
  }

  /// - Parameter values: `rows * columns` values, row-major.
  package init(rows: Int, columns: Int, values: [Float]) {
    precondition(rows >= 0 && columns >= 0 && values.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  package subscript(row: Int, column: Int) -> Float {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// Row `i`, `columns` values.
  package func row(_ i: Int) -> ArraySlice<Float> { values[i * columns..<(i + 1) * columns] }

  /// The given rows, in the order given. O(indices · columns).
  package func selectingRows(_ indices: [Int]) -> Matrix {
    var chosen: [Float] = []
    chosen.reserveCapacity(indices.count * columns)
    for i in indices { chosen.append(contentsOf: row(i)) }
    return Matrix(rows: indices.count, columns: columns, values: chosen)
  }

  /// The squared Euclidean length of each row. O(rows · columns).
  package func squaredRowNorms(workers: Workers) throws -> [Float] {
    try unsafe parallelArray(count: rows, blockSize: 4096, workers: workers) { (out, range) in
      unsafe values.withUnsafeBufferPointer { x in
        guard columns > 0 else { return unsafe out.initialize(repeating: 0, count: range.count) }
        unsafe ck_row_norms(x.baseAddress! + range.lowerBound * columns, range.count, columns, out)
      }
    }
  }

  /// The rows at unit length; rows of zeros stay as they are. O(rows · columns).
  package consuming func normalizingRows(workers: Workers) throws -> Matrix {
    let norms = try squaredRowNorms(workers: workers)
    let columns = columns
    try unsafe values.withParallelBlocks(count: rows, blockSize: 4096, workers: workers) { x, range in
      for i in range where norms[i] > 0 {
        let scale = 1 / norms[i].squareRoot()
        for j in 0..<columns { unsafe x[i * columns + j] *= scale }
      }
    }
    return self
  }

  /// - Throws: ``LinearAlgebraFailure/notFinite(row:)`` with the first row that holds a NaN or an infinity.
  package func checkFinite(workers: Workers) throws {
    guard columns > 0 else { return }
    try workers.forEachBlock(count: rows, blockSize: 4096) { _, range in
      if let at = values.firstNotFinite(in: range.lowerBound * columns..<range.upperBound * columns) {
        throw LinearAlgebraFailure.notFinite(row: at / columns)
      }
    }
  }
}

extension [Float] {
  /// The first position in `range` that holds a NaN or an infinity.
  func firstNotFinite(in range: Range<Int>) -> Int? {
    let values = self.span
    // x · 0 is 0 but for NaN and infinities, which stick: one addition per value, no branch.
    var lanes = SIMD8<Float>.zero
    var at = range.lowerBound
    while at + 8 <= range.upperBound {
      for l in 0..<8 { lanes[l] += values[at + l] * 0 }
      at += 8
    }
    let tail = (at..<range.upperBound).allSatisfy { values[$0].isFinite }
    if tail && lanes == .zero { return nil }
    return range.first { !values[$0].isFinite }
  }
}
