package import ThrongLinearAlgebra

// Aims, in order: the same picture for the same points, at any thread count; neighbours stay neighbours; speed for
// up to some thousand points. A NaN or an infinity is refused with its row. Equal points may fall apart by less than
// anybody sees; a single point lies at the origin.

/// Places on a plane for points of many dimensions, for a map of clusters.
package enum Projection {
  /// The two directions in which the points differ most (Pearson 1901, doi:10.1080/14786440109462720), by
  /// orthogonal iteration from a fixed start. O(iterations · rows · columns).
  ///
  /// - Returns: x and y of each row, about the origin; the sign of each axis is that of its largest loading.
  /// - Throws: ``ClusteringFailure/notFinite(row:)``.
  package static func principal(_ points: DoubleMatrix) throws -> [(x: Double, y: Double)] {
    if let row = points.firstRowNotFinite() { throw ClusteringFailure.notFinite(row: row) }
    let (n, columns) = (points.rows, points.columns)
    guard n > 1, columns > 0 else { return Array(repeating: (0, 0), count: n) }
    let centred = centred(points)
    var axes: [[Double]] = []
    for axis in 0..<min(2, columns) {
      // A start that no axis of the data is likely to be orthogonal to.
      var direction = (0..<columns).map { 1 + Double(($0 &* 2_654_435_761 &+ axis) % 97) / 97 }
      var last = [Double](repeating: 0, count: columns)
      for _ in 0..<iterations {
        for other in axes { remove(other, from: &direction) }
        guard normalise(&direction) else { break }
        if zip(direction, last).allSatisfy({ abs($0 - $1) < 1e-9 }) { break }
        last = direction
        var next = [Double](repeating: 0, count: columns)
        for row in 0..<n {
          let start = row * columns
          let along = (0..<columns).reduce(0.0) { $0 + centred[start + $1] * direction[$1] }
          for j in 0..<columns { next[j] += along * centred[start + j] }
        }
        direction = next
      }
      for other in axes { remove(other, from: &direction) }
      guard normalise(&direction) else { break }
      let largest = direction.indices.max { (abs(direction[$0]), $1) < (abs(direction[$1]), $0) }!
      axes.append(direction[largest] < 0 ? direction.map { -$0 } : direction)
    }
    func along(_ axis: Int, _ row: Int) -> Double {
      guard axis < axes.count else { return 0 }
      return (0..<columns).reduce(0.0) { $0 + centred[row * columns + $1] * axes[axis][$1] }
    }
    return (0..<n).map { (along(0, $0), along(1, $0)) }
  }

  private static let iterations = 200

  private static func centred(_ points: DoubleMatrix) -> [Double] {
    let (n, columns) = (points.rows, points.columns)
    var mean = [Double](repeating: 0, count: columns)
    for (at, value) in points.values.enumerated() { mean[at % columns] += value / Double(n) }
    return points.values.enumerated().map { $1 - mean[$0 % columns] }
  }

  private static func remove(_ axis: [Double], from direction: inout [Double]) {
    let along = zip(axis, direction).reduce(0) { $0 + $1.0 * $1.1 }
    for j in direction.indices { direction[j] -= along * axis[j] }
  }

  /// False where nothing is left of it.
  private static func normalise(_ direction: inout [Double]) -> Bool {
    let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 1e-12 else { return false }
    for j in direction.indices { direction[j] /= length }
    return true
  }
}
