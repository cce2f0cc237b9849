internal import ThrongCore
internal import ThrongLinearAlgebra

extension Dendrogram {
  /// Linkages on centroids, in rounds that join all pairs of clusters that are each other's nearest
  /// (Sumengen et al. 2021, arXiv 2105.11653): the tree is the same as joining one pair at a time, because
  /// a join brings no two clusters nearer.
  static func rounds(
    _ points: DoubleMatrix, weights: [Double], measure: CentroidPool.Measure, workers: Workers
  ) throws -> [Join] {
    var rounds = MergeRounds(points, weights: weights, measure: measure)
    try rounds.findFirstNeighbours(workers: workers)
    while rounds.pool.count > 1 { try rounds.advance(workers: workers) }
    return rounds.joins
  }
}

/// The state between two rounds.
private struct MergeRounds {
  private(set) var pool: CentroidPool
  private(set) var joins: [Dendrogram.Join] = []
  private var lists: NeighbourLists
  /// By cluster: a leaf of it, its height, and what it was joined into (itself where it is left).
  private var leaves: [Int]
  private var heights: [Double]
  private var successors: [Int32]

  /// Searches at most for clusters that nobody waits for, where no cluster knows its nearest. Few, because many
  /// equal distances lead here again and again.
  private static let unasked = 16

  /// Rows that are equal are joined at height 0 before anything is searched for.
  init(_ points: DoubleMatrix, weights: [Double], measure: CentroidPool.Measure) {
    let first = points.firstEqualRows()
    var masses = weights
    for (row, same) in first.enumerated() where same != row {
      joins.append(Dendrogram.Join(a: same, b: row, height: 0))
      masses[same] += weights[row]
    }
    leaves = first.indices.filter { first[$0] == $0 }
    let distinct = leaves.count == points.rows ? points : points.selectingRows(leaves)
    pool = CentroidPool(distinct, masses: leaves.map { masses[$0] }, measure: measure)
    lists = NeighbourLists(count: leaves.count)
    heights = [Double](repeating: 0, count: leaves.count)
    successors = (0..<Int32(leaves.count)).map { $0 }
  }

  /// Fills all lists, a panel of rows at a time against itself and all rows that follow. Panels double, so
  /// that the limits left by earlier ones keep the candidates few.
  mutating func findFirstNeighbours(workers: Workers) throws {
    var start = 0
    while start < pool.slots {
      let end = min(pool.slots, start + min(max(16, start), 1024))
      let rows = (Int32(start)..<Int32(end)).map { $0 }
      try search(rows, in: start..<pool.slots, newFrom: 0, workers: workers)
      start = end
    }
  }

  /// Joins every pair that is mutual, then searches the neighbours of what is new and of those that
  /// others wait for.
  mutating func advance(workers: Workers) throws {
    let newFrom = Int32(leaves.count)
    let (mutual, awaited) = standing()
    for (a, b, square) in mutual { join(a, b, square: square) }
    guard pool.count > 1 else { return }
    let rows = (newFrom..<Int32(leaves.count)) + awaited
    let seeds =
      mutual.map { lists.entries(of: $0.0) + lists.entries(of: $0.1) }
      + awaited.map { lists.entries(of: $0) }
    for (row, entries) in zip(rows, seeds) { lists.reset(row, limit: limit(for: row, among: entries)) }
    pool.compact()
    // A part of the others first: what it finds tightens the limits for the rest.
    var start = 0
    for part in [32, 4, 1] where part == 1 || pool.slots / part >= 256 {
      let end = pool.slots / part
      try search(rows, in: start..<end, newFrom: newFrom, workers: workers)
      start = end
    }
  }

  /// The pairs that are each other's nearest, and the clusters that are another's nearest and do not know their
  /// own; where there is neither, some that do not know, those first that may have the least distance.
  private func standing() -> (mutual: [(Int32, Int32, Double)], awaited: [Int32]) {
    var nearest = [Int32](repeating: -1, count: pool.slots)
    var squares = [Double](repeating: 0, count: pool.slots)
    let left = (0..<pool.slots).filter { pool.clusterOfSlot[$0] >= 0 }
    for slot in left {
      guard let found = lists.nearest(to: pool.clusterOfSlot[slot], in: pool) else { continue }
      (nearest[slot], squares[slot]) = (pool.slotOfCluster[Int(found.cluster)], found.square)
    }
    var mutual: [(Int32, Int32, Double)] = []
    var awaited: [Int32] = []
    var isAwaited = [Bool](repeating: false, count: pool.slots)
    for slot in left where nearest[slot] >= 0 {
      let other = Int(nearest[slot])
      if nearest[other] < 0 {
        if !isAwaited[other] { awaited.append(pool.clusterOfSlot[other]) }
        isAwaited[other] = true
      } else if Int(nearest[other]) == slot && slot < other {
        mutual.append((pool.clusterOfSlot[slot], pool.clusterOfSlot[other], squares[slot]))
      }
    }
    if mutual.isEmpty && awaited.isEmpty {
      awaited = Array(
        left.map { pool.clusterOfSlot[$0] }
          .sorted { (lists.limits[Int($0)].square, $0) < (lists.limits[Int($1)].square, $1) }
          .prefix(Self.unasked))
    }
    return (mutual, awaited)
  }

  private mutating func join(_ a: Int32, _ b: Int32, square: Double) {
    let joined = pool.join(a, b)
    // No cluster lies below its parts; rounding might say so.
    let height = max(square.squareRoot(), heights[Int(a)], heights[Int(b)])
    joins.append(Dendrogram.Join(a: leaves[Int(a)], b: leaves[Int(b)], height: height))
    leaves.append(leaves[Int(a)])
    heights.append(height)
    successors.append(joined)
    (successors[Int(a)], successors[Int(b)]) = (joined, joined)
  }

  /// The square of a distance within which `row` has enough neighbours, or at least one: what has become of
  /// earlier ones tells. Infinite where nothing is known of any.
  private mutating func limit(for row: Int32, among entries: ArraySlice<Int32>) -> Double {
    var others: [Int32] = []
    for entry in entries {
      let other = successor(of: entry)
      if other != row && !others.contains(other) { others.append(other) }
    }
    let squares = others.map { pool.square(row, $0) }.sorted()
    return squares.isEmpty ? .infinity : squares[min(NeighbourLists.width, squares.count) - 1]
  }

  /// The cluster that is left and holds `cluster`.
  private mutating func successor(of cluster: Int32) -> Int32 {
    var at = cluster
    while successors[Int(at)] != at {
      successors[Int(at)] = successors[Int(successors[Int(at)])]
      at = successors[Int(at)]
    }
    return at
  }

  /// Tells the lists of `rows`, which were reset, of all others within their limits, and all others of those
  /// from `newFrom` on.
  private mutating func search(_ rows: [Int32], in slots: Range<Int>, newFrom: Int32, workers: Workers) throws
  {
    var isRow = [Bool](repeating: false, count: leaves.count)
    for row in rows { isRow[Int(row)] = true }
    let blocks = try pool.pairs(of: rows, in: slots, limits: lists.limits, workers: workers)
    for block in blocks {
      for pair in block {
        lists.insert(pair.column, square: pair.square, into: pair.row, pool: pool)
        // The list of an old cluster is complete: it knows an old row already.
        if pair.row >= newFrom || isRow[Int(pair.column)] {
          lists.insert(pair.row, square: pair.square, into: pair.column, pool: pool)
        }
      }
    }
  }
}
