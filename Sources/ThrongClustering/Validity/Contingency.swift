internal import Foundation

/// How often each pair of a true and a found label occurs. Labels are any numbers; only equality counts.
struct Contingency {
  /// One pair of labels that occurs, with positions in ``rowSums`` and ``columnSums``.
  struct Cell {
    let row: Int
    let column: Int
    let count: Double
  }

  let total: Double
  let rowSums: [Double]
  let columnSums: [Double]
  /// Cells that are not empty, by row, then column.
  let cells: [Cell]

  /// O(n log n).
  init(_ truth: [Int32], _ found: [Int32]) {
    precondition(truth.count == found.count)
    let (rows, rowNames) = Self.numbered(truth)
    let (columns, columnNames) = Self.numbered(found)
    var rowSums = [Double](repeating: 0, count: rowNames)
    var columnSums = [Double](repeating: 0, count: columnNames)
    let pairs = rows.indices.map { i in
      rowSums[rows[i]] += 1
      columnSums[columns[i]] += 1
      return rows[i] * columnNames + columns[i]
    }.sorted()
    var cells: [Cell] = []
    var start = 0
    while start < pairs.count {
      var end = start
      while end < pairs.count && pairs[end] == pairs[start] { end += 1 }
      let (row, column) = pairs[start].quotientAndRemainder(dividingBy: columnNames)
      cells.append(Cell(row: row, column: column, count: Double(end - start)))
      start = end
    }
    (total, self.cells) = (Double(truth.count), cells)
    (self.rowSums, self.columnSums) = (rowSums, columnSums)
  }

  /// Labels as positions among the distinct labels in rising order.
  static func numbered(_ labels: [Int32]) -> (positions: [Int], distinct: Int) {
    var names: [Int32] = []
    for label in labels.sorted() where names.last != label { names.append(label) }
    let position = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    return (labels.map { position[$0]! }, names.count)
  }

  /// Entropy in nats of sums that add up to ``total``.
  func entropy(_ sums: [Double]) -> Double {
    -sums.reduce(0) { $0 + $1 / total * log($1 / total) }
  }

  /// Mutual information in nats, never negative.
  var mutualInformation: Double {
    max(
      0,
      cells.reduce(0) { sum, cell in
        let expected = rowSums[cell.row] / total * columnSums[cell.column]
        return sum + cell.count / total * log(cell.count / expected)
      })
  }
}
