package import ThrongCore

extension CSRMatrix {
  /// Some rows as the columns of a dense factor: `columns` × `width`, zeros past the rows chosen; for
  /// ``multiply(_:by:into:)``. In stripes of columns, each of which stays in cache while it is filled.
  /// O(columns · width + entries of those rows).
  ///
  /// - Precondition: the columns of a row rise.
  package func factor(ofRisingRows chosen: [Int], width: Int, workers: Workers) throws -> Matrix {
    precondition(width >= chosen.count)
    let filled: [Float] = try unsafe parallelArray(
      count: columns, stride: width, blockSize: 2048, workers: workers
    ) { out, range in
      unsafe out.initialize(repeating: 0, count: range.count * width)
      let (columnIndices, values) = (columnIndices.span, values.span)
      for (slot, row) in chosen.enumerated() {
        var entry = firstEntry(ofRow: row, from: UInt32(range.lowerBound))
        let end = rowOffsets[row + 1]
        while entry < end, columnIndices[entry] < range.upperBound {
          unsafe out[(Int(columnIndices[entry]) - range.lowerBound) * width + slot] = values[entry]
          entry += 1
        }
      }
    }
    return Matrix(rows: columns, columns: width, values: filled)
  }

  /// The first position in a row of rising columns whose column is `column` or later. O(log entries).
  private func firstEntry(ofRow row: Int, from column: UInt32) -> Int {
    var (low, high) = (rowOffsets[row], rowOffsets[row + 1])
    while low < high {
      let middle = (low + high) / 2
      if columnIndices[middle] < column { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
