internal import ThrongLinearAlgebra

/// The nearest others of each cluster, with a limit up to which the list is complete.
///
/// Invariant: every cluster that is left and lies before the limit, by distance and then number, is in the list,
/// in that order. So the first of the list that is left is the nearest neighbour, and joins elsewhere cost
/// no search until the list holds none. Numbers are those of ``CentroidPool``.
struct NeighbourLists {
  /// Entries kept at most. More make fewer searches and longer lists to keep.
  static let width = 6

  private(set) var limits: [CentroidPool.Limit]
  private var clusters: [Int32]
  private var squares: [Double]
  private var counts: [UInt8]

  /// Empty lists without limit for `count` clusters and all that they can join to.
  init(count: Int) {
    let all = max(1, 2 * count)
    limits = Array(repeating: CentroidPool.Limit(square: .infinity, cluster: .max), count: all)
    clusters = Array(repeating: 0, count: all * Self.width)
    squares = Array(repeating: 0, count: all * Self.width)
    counts = Array(repeating: 0, count: all)
  }

  /// The nearest neighbour and the square of its distance, or nil where the list knows none that is left.
  func nearest(to cluster: Int32, in pool: CentroidPool) -> (cluster: Int32, square: Double)? {
    let start = Int(cluster) * Self.width
    for i in start..<start + Int(counts[Int(cluster)]) where pool.isLeft(clusters[i]) {
      return (clusters[i], squares[i])
    }
    return nil
  }

  /// All entries, those that are gone among them.
  func entries(of cluster: Int32) -> ArraySlice<Int32> {
    let start = Int(cluster) * Self.width
    return clusters[start..<start + Int(counts[Int(cluster)])]
  }

  /// Empties the list, to be filled up to the limit.
  mutating func reset(_ cluster: Int32, limit: Double) {
    counts[Int(cluster)] = 0
    limits[Int(cluster)] = CentroidPool.Limit(square: limit, cluster: .max)
  }

  /// Takes `other` in where it lies before the limit. A list that overflows drops its last, which becomes
  /// the limit.
  mutating func insert(_ other: Int32, square: Double, into cluster: Int32, pool: CentroidPool) {
    let at = Int(cluster)
    let limit = limits[at]
    guard square < limit.square || (square == limit.square && other < limit.cluster) else { return }
    if Int(counts[at]) == Self.width { dropThoseGone(at, pool) }
    let start = at * Self.width
    var place = start + Int(counts[at])
    if Int(counts[at]) == Self.width {
      place -= 1
      let last = (squares[place], clusters[place])
      guard (square, other) < last else {
        limits[at] = CentroidPool.Limit(square: square, cluster: other)
        return
      }
      limits[at] = CentroidPool.Limit(square: last.0, cluster: last.1)
    } else {
      counts[at] += 1
    }
    while place > start && (square, other) < (squares[place - 1], clusters[place - 1]) {
      (squares[place], clusters[place]) = (squares[place - 1], clusters[place - 1])
      place -= 1
    }
    (squares[place], clusters[place]) = (square, other)
  }

  private mutating func dropThoseGone(_ at: Int, _ pool: CentroidPool) {
    let start = at * Self.width
    var to = start
    for i in start..<start + Int(counts[at]) where pool.isLeft(clusters[i]) {
      (clusters[to], squares[to]) = (clusters[i], squares[i])
      to += 1
    }
    counts[at] = UInt8(to - start)
  }
}
