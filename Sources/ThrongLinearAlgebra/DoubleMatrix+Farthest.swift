internal import CKernels
package import ThrongCore

extension DoubleMatrix {
  /// The greatest distance between a row of `a` and a row of `b`, or some distance over `limit` as soon as one is
  /// found. O(a · b · columns).
  package func farthest(_ a: [Int32], _ b: [Int32], limit: Double) -> Double {
    guard columns > 0 else { return 0 }
    // A little more, so that rounding gives up no pair that lies at the limit.
    let square = limit * limit * (1 + 1e-12)
    var greatest = 0.0
    let columns = columns
    unsafe values.withUnsafeBufferPointer { x in
      let x = x.baseAddress!
      for i in a {
        for j in b {
          greatest = max(greatest, unsafe ck_square(x + Int(i) * columns, x + Int(j) * columns, columns))
        }
        if greatest > square { return }
      }
    }
    return greatest.squareRoot()
  }

  /// For each group the greatest distance of `row` to a row of it; 0 for a group without rows. In parallel over rows.
  /// O(rows · columns).
  ///
  /// - Parameter groupOfRow: group of each row, in 0..<`groups`.
  package func farthest(from row: Int, groupOfRow: [Int32], groups: Int, workers: Workers) throws -> [Double]
  {
    let blockSize = max(512, (1 << 18) / max(1, columns))
    let blocks = try workers.mapBlocks(count: rows, blockSize: blockSize) { _, range in
      distances(from: row, to: range)
    }
    var greatest = [Double](repeating: 0, count: groups)
    var group = groupOfRow.makeIterator()
    for block in blocks {
      for distance in block {
        let at = Int(group.next()!)
        if distance > greatest[at] { greatest[at] = distance }
      }
    }
    return greatest
  }
}
