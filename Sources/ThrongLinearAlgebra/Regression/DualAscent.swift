internal import CKernels
package import ThrongCore

/// A softmax regression from its dual side, row by row: min ½‖W‖² + Σ cost · loss.
///
/// Every row has chances of the classes, W is the sum of cost · row · (truth − chances), and at the optimum the chances are
/// those of W's scores. A step finds the best chances of one row while all others stay: chances = softmax(scores −
/// cost · ‖row‖² · (chances − old chances)), which is one equation in one unknown (Yu, Huang and Lin 2011, doi
/// 10.1007/s10994-010-5221-8, who bisect). How far chances are from those of the scores, in nats, is the duality gap: it says how
/// near the end is whatever the scale of the objective, and which rows need no step for a while.
///
/// Single precision throughout, and one thread, because a step needs the one before. So it is a start, from which a
/// quasi-Newton method has few steps left.
package struct DualAscent {
  /// In order of how many rows have a column, the commonest first.
  private let rows: CSRMatrix
  /// Where each column went.
  private let places: [UInt32]
  private let costs: [Float]
  private let labels: [Int32]
  private let classes: Int
  private let stride: Int
  /// Value of the last column in each row.
  private let free: Float

  /// O(entries + columns · log columns).
  ///
  /// - Parameters:
  ///   - rows: the last column is all ones, and its weights are without a penalty.
  ///   - labels: of each row, below `classes`.
  ///   - costs: of each row, above 0.
  package init(rows: CSRMatrix, labels: [Int32], classes: Int, costs: [Float]) {
    precondition(labels.count == rows.rows && costs.count == rows.rows && classes >= 2)
    precondition(labels.allSatisfy { (0..<Int32(classes)).contains($0) })
    self.labels = labels
    self.costs = costs
    self.classes = classes
    stride = (classes + 7) / 8 * 8
    var counts = [Int](repeating: 0, count: rows.columns)
    for column in rows.columnIndices { counts[Int(column)] += 1 }
    var places = [UInt32](repeating: 0, count: rows.columns)
    for (place, column) in counts.indices.sorted(by: { (counts[$1], $0) < (counts[$0], $1) }).enumerated() {
      places[column] = UInt32(place)
    }
    // A small value hardly shortens the steps of a row; too small a one would shorten those of its own weights.
    let last = UInt32(rows.columns - 1)
    let squares = zip(rows.columnIndices, rows.values).reduce(0.0) {
      $0 + ($1.0 == last ? 0 : Double($1.1) * Double($1.1))
    }
    let total = costs.reduce(0.0) { $0 + Double($1) }
    let free = Float(max(0.01 * squares / Double(max(1, rows.rows)), 10 / max(10, total)).squareRoot())
    self.free = free
    self.places = places
    self.rows = CSRMatrix(
      rows: rows.rows, columns: rows.columns, rowOffsets: rows.rowOffsets,
      columnIndices: rows.columnIndices.map { places[Int($0)] },
      values: zip(rows.columnIndices, rows.values).map { $0 == last ? free : $1 })
  }

  /// The weights, columns × classes, at which the duality gap is about `gap` of the objective.
  ///
  /// Earlier ones where each row could have had `sweeps` steps, or where ten did not halve the gap: many rows that contradict each
  /// other in few columns under a weak penalty are slow here, and no trouble to a quasi-Newton method. Rows that are near their
  /// end wait for two sweeps or four; the gap counts once all are seen. O(sweeps · entries · classes) time, and floats of
  /// (rows + columns) · classes.
  package func run(gap: Double, sweeps: Int, workers: Workers) throws -> Matrix {
    let count = stride * (rows.columns + rows.rows + 3)
    let floats = unsafe UnsafeMutableRawBufferPointer.allocate(
      byteCount: MemoryLayout<Float>.stride * count, alignment: 64
    ).initializeMemory(as: Float.self, repeating: 0)
    defer { unsafe floats.deallocate() }
    let weights = floats.baseAddress!
    let chances = unsafe weights + rows.columns * stride
    for (row, label) in labels.enumerated() { unsafe chances[row * stride + Int(label)] = 1 }
    var state = (0..<rows.rows).map { row in
      let square = rows.values[rows.entries(ofRow: row)].reduce(0) { $0 + $1 * $1 }
      return ck_dual_row(cost: costs[row], square: square, shift: .nan, gap: 0, label: labels[row])
    }
    var waits = [UInt8](repeating: 0, count: rows.rows)
    var order = (0..<UInt32(rows.rows)).map { $0 }
    var random = RandomSource(seed: 0)
    var centre = [Float](repeating: 0, count: classes)
    var (steps, marked) = (0, (steps: 0, gap: Double.infinity))
    var objective = 0.0
    while steps < sweeps * rows.rows {
      try workers.cancellation.check()
      order.shuffle(using: &random)
      let chosen = order.filter { waits[Int($0)] == 0 }
      steps += chosen.count
      let loss = unsafe sweep(chosen, &state, weights, chances)
      let ofRows = state.reduce(0) { $0 + Double($1.gap) }
      let found = unsafe ofRows + settle(weights, &centre, gap: ofRows)
      let isWhole = chosen.count == rows.rows
      if isWhole { objective = unsafe loss + penalty(weights) }
      if found <= gap * objective {
        if isWhole { break }
        // What rows had that wait is out of date.
        for i in waits.indices { waits[i] = 0 }
        continue
      }
      if steps >= marked.steps + 10 * rows.rows {
        if found > marked.gap / 2 { break }
        marked = (steps, found)
      }
      let mean = Float(found / Double(rows.rows))
      for i in waits.indices {
        waits[i] =
          waits[i] > 0 ? waits[i] - 1 : state[i].gap > 0.3 * mean ? 0 : state[i].gap > 0.1 * mean ? 2 : 4
      }
    }
    return unsafe unpacked(weights)
  }

  /// Where the free weights lie.
  private var freeColumn: Int { Int(places[rows.columns - 1]) * stride }

  /// What the free weights pay for having left their centre: ½ of it is penalty, and the optimum has none. Once that is most of
  /// what is left to gain, the centre moves on: the method of multipliers.
  private func settle(
    _ weights: UnsafeMutablePointer<Float>, _ centre: inout [Float], gap: Double
  ) -> Double {
    let free = unsafe weights + freeColumn
    let paid = (0..<classes).reduce(0.0) { sum, k in
      let away = unsafe Double(free[k] - centre[k])
      return sum + away * away
    }
    if gap <= paid {
      for k in 0..<classes {
        let moved = unsafe free[k]
        unsafe free[k] += moved - centre[k]
        centre[k] = moved
      }
    }
    return paid
  }

  /// The weights in the order and scale of the columns that were given.
  private func unpacked(_ weights: UnsafeMutablePointer<Float>) -> Matrix {
    // A common shift of all free weights changes nothing, and rounding leaves one.
    let shift = (0..<classes).reduce(0) { unsafe $0 + weights[freeColumn + $1] } / Float(classes)
    for k in 0..<classes { unsafe weights[freeColumn + k] = free * (weights[freeColumn + k] - shift) }
    var found = Matrix(rows: rows.columns, columns: classes)
    for column in 0..<rows.columns {
      let row = unsafe weights + Int(places[column]) * stride
      for k in 0..<classes { unsafe found.values[column * classes + k] = row[k] }
    }
    return found
  }

  private func sweep(
    _ order: [UInt32], _ state: inout [ck_dual_row], _ weights: UnsafeMutablePointer<Float>,
    _ chances: UnsafeMutablePointer<Float>
  ) -> Double {
    unsafe rows.rowOffsets.withUnsafeBufferPointer { offsets in
      unsafe rows.columnIndices.withUnsafeBufferPointer { indices in
        unsafe rows.values.withUnsafeBufferPointer { values in
          unsafe state.withUnsafeMutableBufferPointer { state in
            unsafe order.withUnsafeBufferPointer { order in
              guard let first = order.baseAddress, !values.isEmpty else { return 0 }
              var dual = unsafe ck_dual(
                offsets: offsets.baseAddress!, indices: indices.baseAddress!, values: values.baseAddress!,
                rows: state.baseAddress!, classes: classes, stride: stride, weights: weights,
                chances: chances,
                scratch: chances + rows.rows * stride)
              return unsafe ck_dual_sweep(&dual, first, order.count)
            }
          }
        }
      }
    }
  }

  /// ½‖W‖² without the free weights.
  private func penalty(_ weights: UnsafeMutablePointer<Float>) -> Double {
    var sum = 0.0
    for place in 0..<rows.columns where place * stride != freeColumn {
      var norm: Float = 0
      unsafe ck_row_norms(weights + place * stride, 1, stride, &norm)
      sum += Double(norm)
    }
    return sum / 2
  }
}
