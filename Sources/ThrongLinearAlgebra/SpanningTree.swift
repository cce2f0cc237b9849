internal import CKernels
package import ThrongCore

extension DoubleMatrix {
  /// One edge of a spanning tree: two rows and their distance.
  package struct Edge: Sendable, Equatable {
    package let a: Int
    package let b: Int
    package let distance: Double
  }

  /// The `rows` − 1 edges of a Euclidean spanning tree of least total length, in the order in which it grows from
  /// row 0 (Prim 1957, doi:10.1002/j.1538-7305.1957.tb01515.x). Of equally near rows the lowest is taken.
  /// O(rows² · columns) time, O(rows) memory.
  package func spanningTree(workers: Workers) throws -> [Edge] {
    guard rows > 1 else { return [] }
    let blockSize = max(256, (1 << 17) / max(1, columns))
    // How near each row is to the tree, and to which row of it; −∞ marks a row of the tree.
    var reach = [(distance: Double, row: Int)](repeating: (.infinity, 0), count: rows)
    var edges: [Edge] = []
    var last = 0
    while edges.count < rows - 1 {
      reach[last].distance = -.infinity
      let newest = last
      let nearest = try unsafe reach.withUnsafeMutableBufferPointer { reach in
        nonisolated(unsafe) let reach = unsafe reach
        return try workers.mapBlocks(count: rows, blockSize: blockSize) { _, range in
          let distances = self.distances(from: newest, to: range)
          var best = (distance: Double.infinity, row: -1)
          for (i, row) in range.enumerated() {
            if unsafe distances[i] < reach[row].distance { unsafe reach[row] = (distances[i], newest) }
            let distance = unsafe reach[row].distance
            if distance >= 0 && (best.row < 0 || distance < best.distance) { best = (distance, row) }
          }
          return best
        }
      }
      let best = nearest.filter { $0.row >= 0 }.min { ($0.distance, $0.row) < ($1.distance, $1.row) }!
      edges.append(Edge(a: reach[best.row].row, b: best.row, distance: best.distance))
      last = best.row
    }
    return edges
  }
}
