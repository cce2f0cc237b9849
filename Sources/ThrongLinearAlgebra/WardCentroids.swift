internal import CKernels
package import ThrongCore

/// Weighted centroids in double that join by Ward's rule; slot i starts as row i.
package struct WardCentroids: Sendable {
  private let count: Int
  private let columns: Int
  private var centroids: [Double]
  /// 0 where the slot was joined into another.
  private var masses: [Double]

  /// - Parameter masses: one positive number for each row.
  package init(_ points: Matrix, masses: [Double]) {
    precondition(masses.count == points.rows)
    count = points.rows
    columns = points.columns
    centroids = points.values.map(Double.init)
    self.masses = masses
  }

  /// The slot nearest to slot `a` and √(2·m·m′ / (m + m′)) × the distance of their centroids; `previous`
  /// where none is strictly nearer, then the lowest. O(count · columns).
  package func nearest(to a: Int, atLeastAsNearAs previous: Int?, workers: Workers) throws
    -> (index: Int, distance: Double)
  {
    var best = previous.map { least(to: a, in: $0..<$0 + 1) } ?? (index: -1, square: .infinity)
    // Blocks of about 2^18 numbers: less is not worth handing to another thread.
    let blockSize = max(1, (1 << 18) / max(1, columns))
    let found = try workers.mapBlocks(count: count, blockSize: blockSize) { _, range in
      guard range.contains(a) else { return least(to: a, in: range) }
      let before = least(to: a, in: range.lowerBound..<a)
      let after = least(to: a, in: a + 1..<range.upperBound)
      return after.square < before.square ? after : before
    }
    for block in found where block.square < best.square { best = block }
    return (best.index, best.square.squareRoot())
  }

  private func least(to a: Int, in range: Range<Int>) -> (index: Int, square: Double) {
    var (square, index) = (Double.infinity, -1)
    guard columns > 0 else {
      return range.first { masses[$0] > 0 }.map { ($0, 0) } ?? (index, square)
    }
    unsafe centroids.withUnsafeBufferPointer { x in
      unsafe ck_ward_nearest(
        x.baseAddress!, masses, range.lowerBound, range.upperBound, columns, x.baseAddress! + a * columns,
        masses[a], &square, &index)
    }
    return (index, square)
  }

  /// Slot `a` becomes the weighted mean of both; slot `b` is gone. O(columns).
  package mutating func join(_ b: Int, into a: Int) {
    let share = masses[b] / (masses[a] + masses[b])
    for j in 0..<columns {
      let (own, other) = (centroids[a * columns + j], centroids[b * columns + j])
      centroids[a * columns + j] = own + share * (other - own)
    }
    masses[a] += masses[b]
    masses[b] = 0
  }
}

extension Matrix {
  /// Euclidean distances of all pairs of rows in double, `rows` × `rows`. O(rows² · columns).
  package func pairwiseDistances(workers: Workers) throws -> [Double] {
    let wide = values.map(Double.init)
    guard columns > 0 else { return [Double](repeating: 0, count: rows * rows) }
    return try unsafe parallelArray(count: rows, stride: rows, blockSize: 16, workers: workers) {
      out, range in
      unsafe wide.withUnsafeBufferPointer { x in
        for (i, row) in range.enumerated() {
          unsafe ck_distances(x.baseAddress!, rows, columns, x.baseAddress! + row * columns, out + i * rows)
        }
      }
    }
  }
}
