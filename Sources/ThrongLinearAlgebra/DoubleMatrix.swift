/// A dense matrix of `Double`, row-major, for what must be true to more than single precision.
package struct DoubleMatrix: Sendable, Equatable {
  package let rows: Int
  package let columns: Int
  /// `rows * columns` values.
  package let values: [Double]

  package init(rows: Int, columns: Int, values: [Double]) {
    precondition(rows >= 0 && columns >= 0 && values.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// The same values, widened. O(rows · columns).
  package init(_ matrix: Matrix) {
    self.init(rows: matrix.rows, columns: matrix.columns, values: matrix.values.map(Double.init))
  }

  /// The given rows, in the order given. O(indices · columns).
  package func selectingRows(_ indices: [Int]) -> DoubleMatrix {
    var chosen: [Double] = []
    chosen.reserveCapacity(indices.count * columns)
    for i in indices { chosen.append(contentsOf: values[i * columns..<(i + 1) * columns]) }
    return DoubleMatrix(rows: indices.count, columns: columns, values: chosen)
  }

  /// The row, from 0, that first holds a NaN or an infinity. O(rows · columns).
  package func firstRowNotFinite() -> Int? {
    values.firstIndex { !$0.isFinite }.map { $0 / columns }
  }

  /// For each row the first row that equals it, itself where none comes before. O(rows · (columns + log rows)).
  package func firstEqualRows() -> [Int] {
    // Rows of equal hash, in order; those that only share the hash are told apart by comparing.
    let hashes = (0..<rows).map { i in
      values[i * columns..<(i + 1) * columns].reduce(into: UInt64(14_695_981_039_346_656_037)) {
        $0 = ($0 ^ ($1 + 0).bitPattern) &* 1_099_511_628_211
        $0 ^= $0 >> 29
      }
    }
    var first = Array(0..<rows)
    let order = first.sorted { (hashes[$0], $0) < (hashes[$1], $1) }
    var distinct: [Int] = []
    for (place, i) in order.enumerated() {
      if place > 0 && hashes[order[place - 1]] != hashes[i] { distinct = [] }
      if let same = distinct.first(where: { areEqual($0, i) }) { first[i] = same } else { distinct.append(i) }
    }
    return first
  }

  private func areEqual(_ a: Int, _ b: Int) -> Bool {
    (0..<columns).allSatisfy { values[a * columns + $0] == values[b * columns + $0] }
  }
}
