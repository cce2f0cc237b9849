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
