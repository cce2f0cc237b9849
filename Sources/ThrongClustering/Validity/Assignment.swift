/// The linear assignment problem.
package enum Assignment {
  /// The column of each row in a one-to-one assignment of least total cost.
  ///
  /// Shortest augmenting paths with dual prices (Kuhn 1955; Jonker and Volgenant 1987,
  /// doi:10.1007/BF02278710). O(rows² · columns).
  ///
  /// - Parameters:
  ///   - costs: rows × columns, row-major, finite.
  ///   - rows: no more than `columns`.
  package static func solve(costs: [Double], rows: Int, columns: Int) -> [Int] {
    precondition(rows <= columns && costs.count == rows * columns)
    var rowPrices = [Double](repeating: 0, count: rows)
    var columnPrices = [Double](repeating: 0, count: columns)
    var rowOfColumn = [Int](repeating: -1, count: columns)
    var columnOfRow = [Int](repeating: -1, count: rows)
    for start in 0..<rows {
      var distance = [Double](repeating: .infinity, count: columns)
      var predecessor = [Int](repeating: start, count: columns)
      var isDone = [Bool](repeating: false, count: columns)
      var row = start
      var reached = 0.0
      var free = -1
      while free < 0 {
        // Reduced costs are not negative, so columns are settled in order of distance (Dijkstra).
        var nearest = -1
        for column in 0..<columns where !isDone[column] {
          let path = reached + costs[row * columns + column] - rowPrices[row] - columnPrices[column]
          if path < distance[column] {
            distance[column] = path
            predecessor[column] = row
          }
          if nearest < 0 || distance[column] < distance[nearest] { nearest = column }
        }
        reached = distance[nearest]
        isDone[nearest] = true
        if rowOfColumn[nearest] < 0 { free = nearest } else { row = rowOfColumn[nearest] }
      }
      rowPrices[start] += reached
      for column in 0..<columns where isDone[column] && column != free {
        let slack = reached - distance[column]
        columnPrices[column] -= slack
        rowPrices[rowOfColumn[column]] += slack
      }
      var column = free
      while column >= 0 {
        let row = predecessor[column]
        let next = columnOfRow[row]
        rowOfColumn[column] = row
        columnOfRow[row] = column
        column = next
      }
    }
    return columnOfRow
  }
}
