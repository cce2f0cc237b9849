package import ThrongCore
package import ThrongLinearAlgebra

// Aims, in order: the exact tree, the same at any thread count; memory; speed. Distances are Euclidean and in
// double. A NaN or an infinity is refused with its row. Duplicate points join at height 0. Of equal
// distances the lower index wins, so ties are reproducible.

/// The tree that joining the two nearest clusters, again and again, makes of weighted points.
package struct Dendrogram: Sendable, Equatable {
  /// One join. Nodes are numbered as scipy does: leaf i is node i, the j-th merge makes node `leaves` + j.
  package struct Merge: Sendable, Equatable {
    /// The lower of the two nodes.
    package let left: Int
    package let right: Int
    /// The linkage distance of the two; never less than that of an earlier merge.
    package let height: Double
    /// Summed weights of the leaves below.
    package let size: Double
  }

  package let leaves: Int
  /// `leaves` − 1 merges in rising height.
  package let merges: [Merge]

  /// Points at most for a matrix of all distances, 8 bytes each: average linkage takes no more, and complete linkage goes
  /// on without one.
  package static let matrixLimit = 12_000

  /// Points of more columns than this, and than points, are first moved to a space of their own number of
  /// dimensions, where the distances are the same: no search then depends on the columns.
  private static let wideColumns = 4096

  /// Joins the rows of `points` until one cluster is left.
  ///
  /// All linkages here are reducible, so any two clusters that are each other's nearest may be joined at once
  /// (Murtagh 1983, doi:10.1093/comjnl/26.4.354; Müllner 2011, arXiv 1109.2378). Ward and mean square work on
  /// centroids, single on a spanning tree, complete on members: O(n² · columns) time, O(n · columns) memory. Average,
  /// and complete for few points, work on a matrix of distances: the same time, O(n²) memory. Mean square is
  /// the average of any number of points: its distances have a centroid form.
  /// Points of more than 4096 columns and than n, as centroids of sparse rows are: O(n² · columns + n³) time,
  /// O(n²) memory, and distances true to rounding.
  ///
  /// - Parameters:
  ///   - points: n × columns, n ≥ 1.
  ///   - weights: one positive number for each point: the size that it counts for.
  /// - Throws: ``ClusteringFailure``; ``Interrupted``.
  package static func agglomerate(_ points: Matrix, weights: [Double], linkage: Linkage, workers: Workers)
    throws
    -> Dendrogram
  {
    do {
      try points.checkFinite(workers: workers)
    } catch LinearAlgebraFailure.notFinite(let row) {
      throw ClusteringFailure.notFinite(row: row)
    }
    let isWide = points.columns > max(points.rows, wideColumns)
    let narrow = isWide ? try points.isometric(workers: workers) : points
    return try agglomerate(DoubleMatrix(narrow), weights: weights, linkage: linkage, workers: workers)
  }

  /// The same for points in double, whose distances are then true to double precision.
  ///
  /// - Parameter matrixLimit: points at most for a matrix of all distances.
  package static func agglomerate(
    _ points: DoubleMatrix, weights: [Double], linkage: Linkage, workers: Workers,
    matrixLimit: Int = Self.matrixLimit
  ) throws -> Dendrogram {
    precondition(weights.count == points.rows)
    guard points.rows >= 1 else { throw ClusteringFailure.tooFewRows(rows: 0, clusters: 1) }
    if let row = points.firstRowNotFinite() { throw ClusteringFailure.notFinite(row: row) }
    if let row = weights.firstIndex(where: { !($0 > 0 && $0.isFinite) }) {
      throw ClusteringFailure.weight(row: row)
    }
    let joins =
      switch linkage {
      case .ward: try rounds(points, weights: weights, measure: .ward, workers: workers)
      case .meanSquare: try rounds(points, weights: weights, measure: .meanSquare, workers: workers)
      case .single:
        try points.spanningTree(workers: workers).map { Join(a: $0.a, b: $0.b, height: $0.distance) }
      case .complete where points.rows > matrixLimit: try completeChain(points, workers: workers)
      case .average, .complete:
        try matrixChain(points, weights: weights, linkage: linkage, limit: matrixLimit, workers: workers)
      }
    return Dendrogram(joining: joins, weights: weights)
  }

  init(leaves: Int, merges: [Merge]) {
    self.leaves = leaves
    self.merges = merges
  }

  /// One join as a chain finds it: any leaf of each side, and the height. Out of order of height.
  struct Join {
    let a: Int
    let b: Int
    let height: Double
  }

  /// Numbers joins by rising height. A join found earlier comes first among equals, so that no cluster comes
  /// before its parts.
  init(joining joins: [Join], weights: [Double]) {
    leaves = weights.count
    var sets = DisjointSets(count: weights.count)
    var node = Array(0..<weights.count)
    var size = weights
    var merges: [Merge] = []
    let order = joins.indices.sorted {
      joins[$0].height != joins[$1].height ? joins[$0].height < joins[$1].height : $0 < $1
    }
    for i in order {
      let (a, b) = (sets.find(joins[i].a), sets.find(joins[i].b))
      let root = sets.unite(a, b)
      let total = size[a] + size[b]
      merges.append(
        Merge(left: min(node[a], node[b]), right: max(node[a], node[b]), height: joins[i].height, size: total)
      )
      size[root] = total
      node[root] = weights.count + merges.count - 1
    }
    self.merges = merges
  }
}

/// Union by size with path halving (Tarjan and van Leeuwen 1984, doi:10.1145/62.2160).
struct DisjointSets {
  private var parent: [Int]
  private var size: [Int]

  init(count: Int) {
    parent = Array(0..<count)
    size = [Int](repeating: 1, count: count)
  }

  mutating func find(_ i: Int) -> Int {
    var i = i
    while parent[i] != i {
      parent[i] = parent[parent[i]]
      i = parent[i]
    }
    return i
  }

  /// The root of both.
  mutating func unite(_ a: Int, _ b: Int) -> Int {
    let (a, b) = (find(a), find(b))
    guard a != b else { return a }
    let (root, child) = size[a] < size[b] ? (b, a) : (a, b)
    parent[child] = root
    size[root] += size[child]
    return root
  }
}
