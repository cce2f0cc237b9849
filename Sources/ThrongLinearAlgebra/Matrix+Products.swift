internal import CLinearAlgebra
package import ThrongCore

extension Matrix {
  /// Rows handed to one BLAS call: enough to reach full speed, few enough to stay in cache.
  static let blockRows = 512

  /// A·B, `rows` × `b.columns`. O(rows · columns · b.columns).
  package func multiplied(by b: Matrix, workers: Workers) throws -> Matrix {
    precondition(columns == b.rows)
    return try rowBlocks(times: b, transposed: false, columns: b.columns, workers: workers)
  }

  /// A·Bᵀ, `rows` × `b.rows`. O(rows · columns · b.rows).
  package func multiplied(byTransposed b: Matrix, workers: Workers) throws -> Matrix {
    precondition(columns == b.columns)
    return try rowBlocks(times: b, transposed: true, columns: b.rows, workers: workers)
  }

  private func rowBlocks(times b: Matrix, transposed: Bool, columns width: Int, workers: Workers) throws
    -> Matrix
  {
    guard columns > 0 else { return Matrix(rows: rows, columns: width) }
    let product: [Float] = try unsafe parallelArray(
      count: rows, stride: width, blockSize: Self.blockRows, workers: workers
    ) { out, range in
      unsafe values.withUnsafeBufferPointer { a in
        unsafe b.values.withUnsafeBufferPointer { bValues in
          unsafe sgemm(
            a: a.baseAddress! + range.lowerBound * columns, rows: range.count, inner: columns,
            b: bValues.baseAddress!, transposed: transposed, columns: width, out: out)
        }
      }
    }
    return Matrix(rows: rows, columns: width, values: product)
  }

  /// Aᵀ·B, `columns` × `b.columns`, for a B of as many rows as A.
  ///
  /// Blocks of rows give partial products, added in double in block order. O(rows · columns · b.columns).
  package func transposedMultiplied(by b: Matrix, workers: Workers) throws -> Matrix {
    precondition(rows == b.rows)
    let size = columns * b.columns
    guard size > 0 else { return Matrix(rows: columns, columns: b.columns) }
    let partials = try workers.mapBlocks(count: rows, blockSize: 2048) { _, range in
      BLASProvider.useOneThread()
      var partial = [Float](repeating: 0, count: size)
      unsafe values.withUnsafeBufferPointer { a in
        unsafe b.values.withUnsafeBufferPointer { bValues in
          unsafe cblas_sgemm(
            CblasRowMajor, CblasTrans, CblasNoTrans, Int32(columns), Int32(b.columns), Int32(range.count), 1,
            a.baseAddress! + range.lowerBound * columns, Int32(columns),
            bValues.baseAddress! + range.lowerBound * b.columns, Int32(b.columns), 0, &partial,
            Int32(b.columns))
        }
      }
      return partial
    }
    var sum = [Double](repeating: 0, count: size)
    for partial in partials { for i in 0..<size { sum[i] += Double(partial[i]) } }
    return Matrix(rows: columns, columns: b.columns, values: sum.map(Float.init))
  }
}

/// out = A·B or A·Bᵀ, row-major and dense, on the calling thread. A is rows × inner, out rows × columns.
func sgemm(
  a: UnsafePointer<Float>, rows: Int, inner: Int, b: UnsafePointer<Float>, transposed: Bool, columns: Int,
  out: UnsafeMutablePointer<Float>
) {
  BLASProvider.useOneThread()
  unsafe cblas_sgemm(
    CblasRowMajor, CblasNoTrans, transposed ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns),
    Int32(inner), 1, a, Int32(inner), b, Int32(transposed ? inner : columns), 0, out, Int32(columns))
}
