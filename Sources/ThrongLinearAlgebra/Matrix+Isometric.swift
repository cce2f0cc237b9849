internal import CKernels
internal import CLinearAlgebra
package import ThrongCore

extension Matrix {
  /// As many points in no more dimensions than there are points, at the same distances from each other.
  ///
  /// n points span at most n dimensions: X·Xᵀ = L·Lᵀ, with the pivoted Cholesky factorisation, and the rows of L
  /// are the points. All of it is in double, so that the distances lose nothing that the floats had; points
  /// in the span of others to 10⁻¹² of the greatest squared length are taken to lie in it.
  /// O(rows² · columns + rows³) time, O(rows²) memory.
  ///
  /// - Returns: rows × rank.
  /// - Throws: ``LinearAlgebraFailure/lapack(routine:info:)``; `Interrupted`.
  package func isometric(workers: Workers) throws -> Matrix {
    guard rows > 0 else { return Matrix(rows: 0, columns: 0) }
    var factor = try rowProducts(workers: workers)
    let greatest = (0..<rows).reduce(0.0) { max($0, factor[$1 * rows + $1]) }
    BLASProvider.useOneThread()
    let order = Int32(rows)
    var pivots = [Int32](repeating: 0, count: rows)
    var rank: Int32 = 0
    // Our lower triangle is LAPACK's column-major upper one, and so is the factor. A rank below the order
    // comes back as info 1.
    let info = unsafe LAPACKE_dpstrf(
      LAPACK_COL_MAJOR, Int8(UInt8(ascii: "U")), order, &factor, order, &pivots, &rank, 1e-12 * greatest)
    guard info >= 0 else { throw LinearAlgebraFailure.lapack(routine: "dpstrf", info: Int(info)) }
    var points = Matrix(rows: rows, columns: Int(rank))
    for (i, pivot) in pivots.enumerated() {
      for j in 0..<min(i + 1, Int(rank)) { points[Int(pivot) - 1, j] = Float(factor[i * rows + j]) }
    }
    return points
  }

  /// The lower triangle of X·Xᵀ in double, row-major, zeros above. O(rows² · columns).
  private func rowProducts(workers: Workers) throws -> [Double] {
    let (rowChunk, columnChunk) = (128, 2048)
    return try unsafe parallelArray(count: rows, stride: rows, blockSize: rowChunk, workers: workers) {
      out, range in
      BLASProvider.useOneThread()
      unsafe out.initialize(repeating: 0, count: range.count * rows)
      var wide = [Double](repeating: 0, count: range.upperBound * columnChunk)
      for start in stride(from: 0, to: columns, by: columnChunk) {
        let count = min(columnChunk, columns - start)
        unsafe values.withUnsafeBufferPointer { x in
          unsafe wide.withUnsafeMutableBufferPointer { wide in
            let wide = wide.baseAddress!
            for row in 0..<range.upperBound {
              unsafe ck_widen(x.baseAddress! + row * columns + start, wide + row * count, count)
            }
            unsafe cblas_dgemm(
              CblasRowMajor, CblasNoTrans, CblasTrans, Int32(range.count), Int32(range.upperBound),
              Int32(count), 1, wide + range.lowerBound * count, Int32(count), wide, Int32(count), 1, out,
              Int32(rows))
          }
        }
      }
    }
  }
}
