package import ThrongCore

extension CSRMatrix {
  /// Columns of a factor that are filled at a time: they stay in the second cache.
  private static let factorBlock = 1024

  /// Some rows, ready for products with the rows of another matrix. O(columns + entries of those rows, `width` numbers for each
  /// column that one of them uses).
  ///
  /// - Parameters:
  ///   - chosen: rows whose columns rise.
  ///   - width: places for rows, zeros past those chosen.
  package func factor(ofRows chosen: [Int], width: Int, workers: Workers) throws -> RowFactor {
    precondition(width >= chosen.count)
    var places = [UInt32](repeating: .max, count: columns)
    for row in chosen {
      for entry in entries(ofRow: row) { places[Int(columnIndices[entry])] = 0 }
    }
    let used = places.indices.filter { places[$0] == 0 }.map { UInt32($0) }
    for (place, column) in used.enumerated() { places[Int(column)] = UInt32(place) }
    let placeOf = places
    let values = try unsafe parallelArray(
      count: used.count, stride: width, blockSize: Self.factorBlock, workers: workers
    ) { (out: UnsafeMutablePointer<Float>, range) in
      unsafe out.update(repeating: 0, count: range.count * width)
      for (slot, row) in chosen.enumerated() {
        let own = entries(ofRow: row)
        let first = columnIndices[own].lowerBound(of: used[range.lowerBound])
        for entry in first..<own.upperBound {
          let place = Int(placeOf[Int(columnIndices[entry])])
          guard place < range.upperBound else { break }
          unsafe out[(place - range.lowerBound) * width + slot] += self.values[entry]
        }
      }
    }
    return RowFactor(places: places, factor: Matrix(rows: used.count, columns: width, values: values))
  }
}

extension ArraySlice<UInt32> {
  /// The first position whose value is not below this, of rising values. O(log count).
  fileprivate func lowerBound(of value: UInt32) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Sparse rows side by side: of the columns that at least one of them uses, a dense row each. Where they are few of many columns,
/// all of it stays in cache.
package struct RowFactor: Sendable {
  /// By column its row in ``factor``; `.max` where nobody uses it.
  private let places: [UInt32]
  private let factor: Matrix

  fileprivate init(places: [UInt32], factor: Matrix) { (self.places, self.factor) = (places, factor) }

  package var width: Int { factor.columns }

  /// The dot products of the given rows with those of the factor: rows × ``width``, row-major. O(entries · width).
  package func products(withRows chosen: ArraySlice<Int>, of x: CSRMatrix) -> [Float] {
    precondition(x.columns == places.count)
    let most = chosen.reduce(0) { $0 + x.entries(ofRow: $1).count }
    var (offsets, columns) = ([0], [UInt32](repeating: 0, count: most))
    var values = [Float](repeating: 0, count: most)
    var used = 0
    do {
      var kept = columns.mutableSpan
      var keptValues = values.mutableSpan
      let (places, columnIndices, allValues) = (places.span, x.columnIndices.span, x.values.span)
      for row in chosen {
        for entry in x.entries(ofRow: row) {
          // Written in any case, and over where nobody uses it: which are is no branch's guess.
          let place = places[Int(columnIndices[entry])]
          (kept[used], keptValues[used]) = (place, allValues[entry])
          used &+= place == .max ? 0 : 1
        }
        offsets.append(used)
      }
    }
    columns.removeLast(most - used)
    values.removeLast(most - used)
    let local = CSRMatrix(
      rows: chosen.count, columns: factor.rows, rowOffsets: offsets, columnIndices: columns, values: values)
    var products = [Float](repeating: 0, count: chosen.count * width)
    var span = products.mutableSpan
    local.multiply(0..<chosen.count, by: factor, into: &span)
    return products
  }
}
