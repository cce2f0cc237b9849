internal import CKernels
internal import CLinearAlgebra
package import ThrongCore

extension Matrix {
  /// XᵀX in double, `columns` × `columns`, row-major, both triangles.
  ///
  /// Products and sums are in double, so that a factorisation of it loses nothing that the floats of X had.
  /// Blocks of rows are added in block order. O(rows · columns²).
  package func gram(workers: Workers) throws -> [Double] {
    let d = columns
    guard d > 0 else { return [] }
    let chunk = 256
    let partials = try workers.mapBlocks(count: rows, blockSize: 2048) { _, range in
      BLASProvider.useOneThread()
      var partial = [Double](repeating: 0, count: d * d)
      var wide = [Double](repeating: 0, count: chunk * d)
      for start in stride(from: range.lowerBound, to: range.upperBound, by: chunk) {
        let count = min(chunk, range.upperBound - start)
        unsafe values.withUnsafeBufferPointer { x in
          unsafe ck_widen(x.baseAddress! + start * d, &wide, count * d)
        }
        unsafe cblas_dsyrk(
          CblasRowMajor, CblasUpper, CblasTrans, Int32(d), Int32(count), 1, &wide, Int32(d), 1, &partial,
          Int32(d))
      }
      return partial
    }
    var sum = [Double](repeating: 0, count: d * d)
    for partial in partials { for i in 0..<d * d { sum[i] += partial[i] } }
    for i in 0..<d { for j in 0..<i { sum[i * d + j] = sum[j * d + i] } }
    return sum
  }

  /// An orthonormal basis of the columns, `rows` × `columns`, for a matrix with no fewer rows than columns.
  ///
  /// Cholesky QR, XᵀX = RᵀR in double and Q = X·R⁻¹, twice (Fukaya et al. 2014, doi:10.1109/ScalA.2014.11).
  /// Where XᵀX is too near to singular, Householder's QR of LAPACK instead, which completes the basis by
  /// arbitrary but reproducible directions. O(rows · columns²).
  ///
  /// - Throws: ``LinearAlgebraFailure/lapack(routine:info:)``.
  package consuming func orthonormalized(workers: Workers) throws -> Matrix {
    let once = try orthonormalizedOnce(gram: gram(workers: workers), workers: workers)
    return try once.orthonormalizedOnce(gram: once.gram(workers: workers), workers: workers)
  }

  /// The same, given XᵀX and with one pass: orthogonal to about 10⁻⁷ × the condition of X.
  consuming func orthonormalizedOnce(gram: [Double], workers: Workers) throws -> Matrix {
    precondition(rows >= columns && gram.count == columns * columns)
    guard columns > 0 else { return self }
    guard let factor = Self.cholesky(gram, order: columns) else { return try householder() }
    try solve(upper: factor, workers: workers)
    return self
  }

  /// R of a positive definite matrix G = RᵀR, upper triangular, row-major; nil where G is nearly singular.
  private static func cholesky(_ gram: [Double], order d: Int) -> [Float]? {
    var r = gram
    let info = unsafe LAPACKE_dpotrf(LAPACK_ROW_MAJOR, upperTriangle, Int32(d), &r, Int32(d))
    guard info == 0 else { return nil }
    let pivots = (0..<d).map { r[$0 * d + $0] }
    // Floats carry about seven digits: a column that much inside the others' span is noise.
    guard let least = pivots.min(), let most = pivots.max(), least > 1e-5 * most else { return nil }
    return r.map(Float.init)
  }

  /// X ← X·R⁻¹ for an upper triangular R.
  private mutating func solve(upper r: [Float], workers: Workers) throws {
    let d = columns
    try unsafe values.withParallelBlocks(count: rows, blockSize: Self.blockRows, workers: workers) {
      x, range in
      BLASProvider.useOneThread()
      unsafe r.withUnsafeBufferPointer { r in
        unsafe cblas_strsm(
          CblasRowMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, Int32(range.count), Int32(d), 1,
          r.baseAddress!, Int32(d), x + range.lowerBound * d, Int32(d))
      }
    }
  }

  /// Our row-major X is LAPACK's column-major Xᵀ, whose LQ factorisation has Qᵀ for its Q.
  private consuming func householder() throws -> Matrix {
    BLASProvider.useOneThread()
    let (m, n) = (Int32(columns), Int32(rows))
    var tau = [Float](repeating: 0, count: columns)
    var info = unsafe LAPACKE_sgelqf(LAPACK_COL_MAJOR, m, n, &values, m, &tau)
    guard info == 0 else { throw LinearAlgebraFailure.lapack(routine: "sgelqf", info: Int(info)) }
    info = unsafe LAPACKE_sorglq(LAPACK_COL_MAJOR, m, n, m, &values, m, &tau)
    guard info == 0 else { throw LinearAlgebraFailure.lapack(routine: "sorglq", info: Int(info)) }
    return self
  }
}

private let upperTriangle = Int8(UInt8(ascii: "U"))

/// The least eigenvalue of a symmetric matrix. O(order³).
///
/// - Throws: ``LinearAlgebraFailure/lapack(routine:info:)``.
func leastEigenvalue(_ matrix: [Double], order: Int) throws -> Double {
  var (work, values) = (matrix, [Double](repeating: 0, count: order))
  let info = unsafe LAPACKE_dsyevd(
    LAPACK_COL_MAJOR, Int8(UInt8(ascii: "N")), upperTriangle, Int32(order), &work, Int32(order), &values)
  guard info == 0 else { throw LinearAlgebraFailure.lapack(routine: "dsyevd", info: Int(info)) }
  return values[0]
}

/// Eigenvalues in falling order and eigenvectors (column j of a row-major order × order matrix belongs to
/// value j) of a symmetric matrix. O(order³).
///
/// - Throws: ``LinearAlgebraFailure/lapack(routine:info:)``.
package func symmetricEigen(_ matrix: [Double], order: Int) throws -> (values: [Double], vectors: [Double]) {
  precondition(matrix.count == order * order)
  guard order > 0 else { return ([], []) }
  BLASProvider.useOneThread()
  var rising = matrix
  var values = [Double](repeating: 0, count: order)
  // Symmetric, so column-major reads the same; eigenvector j then lies in row j of what comes back.
  let info = unsafe LAPACKE_dsyevd(
    LAPACK_COL_MAJOR, Int8(UInt8(ascii: "V")), upperTriangle, Int32(order), &rising, Int32(order), &values)
  guard info == 0 else { throw LinearAlgebraFailure.lapack(routine: "dsyevd", info: Int(info)) }
  var vectors = [Double](repeating: 0, count: order * order)
  for j in 0..<order {
    for i in 0..<order { vectors[i * order + j] = rising[(order - 1 - j) * order + i] }
  }
  return (values.reversed(), vectors)
}
