internal import CKernels
package import ThrongCore

extension CSRMatrix {
  /// A·X, `rows` × `x.columns`, for a dense X of `columns` rows.
  ///
  /// A gather: each row of the result is the weighted sum of those rows of X that the sparse row names.
  /// O(entries · x.columns); the same result for any number of threads.
  package func multiplied(by x: Matrix, workers: Workers) throws -> Matrix {
    precondition(columns == x.rows)
    let width = x.columns
    let product: [Float] = try unsafe parallelArray(
      count: rows, stride: width, blockSize: 256, workers: workers
    ) { out, range in
      unsafe multiply(range, by: x, into: out)
    }
    return Matrix(rows: rows, columns: width, values: product)
  }

  /// Rows `range` of A·X, dense, on the calling thread.
  func multiply(_ range: Range<Int>, by x: Matrix, into out: UnsafeMutablePointer<Float>) {
    unsafe rowOffsets.withUnsafeBufferPointer { offsets in
      unsafe columnIndices.withUnsafeBufferPointer { indices in
        unsafe values.withUnsafeBufferPointer { values in
          unsafe x.values.withUnsafeBufferPointer { factor in
            guard let indices = indices.baseAddress, let values = values.baseAddress,
              let factor = factor.baseAddress
            else { return unsafe out.initialize(repeating: 0, count: range.count * x.columns) }
            unsafe ck_sparse_rows(
              0, range.count, offsets.baseAddress! + range.lowerBound, indices, values, factor, x.columns, out
            )
          }
        }
      }
    }
  }

  /// AᵀA·X, `columns` × `x.columns`, for a dense X of `columns` rows, without A·X.
  ///
  /// A few columns of X at a time, beside their sums: both stay in the third cache while the entries stream past, where A·X, which may
  /// be much the larger, would be written to memory and gathered from there. Beyond some hundred thousand rows of X nothing
  /// stays, and the products are taken in turn; `transposed` is what that needs.
  /// O(entries · x.columns); the same result for any number of threads.
  package func gramMultiplied(by x: Matrix, transposed: CSRMatrix, workers: Workers) throws -> Matrix {
    precondition(columns == x.rows && transposed.rows == columns && transposed.columns == rows)
    guard columns <= Self.gramColumns, entryCount > 0 else {
      return try transposed.multiplied(by: multiplied(by: x, workers: workers), workers: workers)
    }
    let lanes = columns <= Self.wideGramColumns ? 24 : 8
    var product = Matrix(rows: columns, columns: x.columns)
    try unsafe product.values.withParallelBlocks(count: x.columns, blockSize: lanes, workers: workers) {
      product, range in
      let pairs = UnsafeMutableRawBufferPointer.allocate(
        byteCount: columns * 2 * lanes * MemoryLayout<Float>.stride, alignment: 64)
      defer { unsafe pairs.deallocate() }
      let floats = unsafe pairs.bindMemory(to: Float.self)
      unsafe floats.initialize(repeating: 0)
      for row in 0..<columns {
        for j in range {
          unsafe floats[row * 2 * lanes + j - range.lowerBound] = x.values[row * x.columns + j]
        }
      }
      unsafe ck_sparse_gram(rows, rowOffsets, columnIndices, values, lanes, floats.baseAddress!)
      for row in 0..<columns {
        for j in range {
          unsafe product[row * x.columns + j] = floats[row * 2 * lanes + lanes + j - range.lowerBound]
        }
      }
    }
    return product
  }

  /// Up to so many rows of X, 192 bytes of X and its sums in each, are 8 MB for a thread.
  private static let wideGramColumns = 43_000
  /// Up to so many 64 bytes in each are 16 MB.
  private static let gramColumns = 262_000

  /// Aᵀ as compressed rows, so that Aᵀ·X is a gather too and needs no atomic sums.
  ///
  /// Entries of a row come in ascending column. A counting sort in stripes of rows: O(entries + stripes ·
  /// columns) time, 8 bytes per entry and 4 bytes per column and stripe of memory.
  package func transposed(workers: Workers) throws -> CSRMatrix {
    precondition(rows <= UInt32.max)
    // Few stripes, because each has a counter per column; their number does not depend on the threads.
    let stripe = max(1, (rows + 7) / 8)
    var counts = try workers.mapBlocks(count: rows, blockSize: stripe) { _, range in
      var counts = [UInt32](repeating: 0, count: columns)
      for entry in rowOffsets[range.lowerBound]..<rowOffsets[range.upperBound] {
        counts[Int(columnIndices[entry])] += 1
      }
      return counts
    }
    // Counts become the place of each stripe's next entry, relative to the start of its column.
    var offsets = [Int](repeating: 0, count: columns + 1)
    for column in 0..<columns {
      var total: UInt32 = 0
      for stripe in counts.indices {
        let count = counts[stripe][column]
        counts[stripe][column] = total
        total += count
      }
      offsets[column + 1] = offsets[column] + Int(total)
    }
    let (starts, places) = (offsets, counts)
    var indices = [UInt32](repeating: 0, count: entryCount)
    var moved = [Float](repeating: 0, count: entryCount)
    try unsafe indices.withUnsafeMutableBufferPointer { indices in
      nonisolated(unsafe) let indices = unsafe indices
      try unsafe moved.withParallelBlocks(count: rows, blockSize: stripe, workers: workers) { moved, range in
        var next = places[range.lowerBound / stripe]
        for row in range {
          for entry in entries(ofRow: row) {
            let column = Int(columnIndices[entry])
            let place = starts[column] + Int(next[column])
            next[column] += 1
            unsafe indices[place] = UInt32(row)
            unsafe moved[place] = values[entry]
          }
        }
      }
    }
    return CSRMatrix(rows: columns, columns: rows, rowOffsets: offsets, columnIndices: indices, values: moved)
  }
}
