package import ThrongCore

/// A sparse matrix in compressed rows: row i holds the entries
/// `rowOffsets[i]..<rowOffsets[i + 1]` of `columnIndices` and `values`.
///
/// Entries of a row may come in any order; two entries of one column add up.
package struct CSRMatrix: Sendable, Equatable {
  package let rows: Int
  package let columns: Int
  /// `rows + 1` positions, from 0 to the number of stored entries, never falling.
  package let rowOffsets: [Int]
  package let columnIndices: [UInt32]
  package let values: [Float]

  /// - Precondition: offsets and indices are as described above. O(rows + entries) to check.
  package init(rows: Int, columns: Int, rowOffsets: [Int], columnIndices: [UInt32], values: [Float]) {
    precondition(rows >= 0 && columns >= 0 && columns <= UInt32.max && rowOffsets.count == rows + 1)
    precondition(rowOffsets[0] == 0 && rowOffsets[rows] == values.count)
    precondition(columnIndices.count == values.count)
    // The kernels trust these: an index past the end would read outside the dense factor.
    precondition((0..<rows).allSatisfy { rowOffsets[$0] <= rowOffsets[$0 + 1] })
    precondition(columnIndices.reduce(0, max) < UInt32(columns) || columnIndices.isEmpty)
    self.rows = rows
    self.columns = columns
    self.rowOffsets = rowOffsets
    self.columnIndices = columnIndices
    self.values = values
  }

  /// Stored entries.
  package var entryCount: Int { values.count }

  /// The stored entries of row `i`, as positions in `columnIndices` and `values`.
  package func entries(ofRow i: Int) -> Range<Int> { rowOffsets[i]..<rowOffsets[i + 1] }

  /// The given rows, in the order given. O(entries of those rows).
  package func selectingRows(_ indices: [Int]) -> CSRMatrix {
    var offsets = [0]
    var chosenColumns: [UInt32] = []
    var chosenValues: [Float] = []
    offsets.reserveCapacity(indices.count + 1)
    for i in indices {
      chosenColumns.append(contentsOf: columnIndices[entries(ofRow: i)])
      chosenValues.append(contentsOf: values[entries(ofRow: i)])
      offsets.append(chosenValues.count)
    }
    return CSRMatrix(
      rows: indices.count, columns: columns, rowOffsets: offsets, columnIndices: chosenColumns,
      values: chosenValues)
  }

  /// - Throws: ``LinearAlgebraFailure/notFinite(row:)`` with the first row that holds a NaN or an infinity.
  package func checkFinite(workers: Workers) throws {
    try workers.forEachBlock(count: rows, blockSize: 4096) { _, range in
      let entries = rowOffsets[range.lowerBound]..<rowOffsets[range.upperBound]
      if let at = values.firstNotFinite(in: entries) {
        throw LinearAlgebraFailure.notFinite(row: range.last { rowOffsets[$0] <= at }!)
      }
    }
  }
}
