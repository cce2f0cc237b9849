internal import ThrongCore
internal import ThrongLinearAlgebra

extension Dendrogram {
  /// Complete linkage without a matrix of distances: a chain of nearest neighbours, each searched among the points.
  ///
  /// The greatest distance from one member of a cluster to another cluster is a lower bound of the linkage; one pass
  /// over the points tells it for all clusters. Only those whose bound lies below the best linkage so far are looked at pair
  /// by pair, the lowest bound first, and given up as soon as one pair is too far.
  /// O(n² · columns) time where the bounds leave few, O(n) memory.
  static func completeChain(_ points: DoubleMatrix, workers: Workers) throws -> [Join] {
    var clusters = FarthestMembers(points)
    return try chain(count: points.rows, workers: workers) { a, previous in
      try clusters.nearest(to: a, previous: previous, workers: workers)
    } join: { a, b in
      clusters.join(a, b)
    }
  }
}

/// The clusters that are left, by members. A cluster goes by its lowest point.
private struct FarthestMembers {
  private let points: DoubleMatrix
  /// Empty where a cluster is gone.
  private var members: [[Int32]]
  private var clusterOfPoint: [Int32]

  init(_ points: DoubleMatrix) {
    self.points = points
    clusterOfPoint = (0..<Int32(points.rows)).map { $0 }
    members = clusterOfPoint.map { [$0] }
  }

  mutating func join(_ a: Int, _ b: Int) {
    for point in members[b] { clusterOfPoint[Int(point)] = Int32(a) }
    // The far ends of a cluster come first, where they end the search for a pair that is too far.
    members[a] =
      zip(members[a], members[b]).flatMap { [$0, $1] } + members[a].dropFirst(members[b].count)
      + members[b].dropFirst(members[a].count)
    members[b] = []
  }

  /// The nearest other cluster; `previous` where none is strictly nearer, then the lowest.
  func nearest(to a: Int, previous: Int?, workers: Workers) throws -> (index: Int, distance: Double) {
    let own = members[a]
    let bounds = try points.farthest(
      from: Int(own[0]), groupOfRow: clusterOfPoint, groups: points.rows, workers: workers)
    var best = (
      index: previous ?? -1,
      distance: previous.map { points.farthest(own, members[$0], limit: .infinity) } ?? .infinity
    )
    func take(_ other: Int, _ distance: Double) {
      let isLower = best.index != previous && other < best.index
      if distance < best.distance || (distance == best.distance && isLower) { best = (other, distance) }
    }
    var open = members.indices.filter {
      $0 != a && $0 != previous && !members[$0].isEmpty && bounds[$0] <= best.distance
    }
    if own.count == 1 {
      for other in open { take(other, bounds[other]) }
      return best
    }
    if let first = open.min(by: { (bounds[$0], $0) < (bounds[$1], $1) }) {
      take(first, points.farthest(own, members[first], limit: best.distance))
      open = open.filter { $0 != first && bounds[$0] <= best.distance }
    }
    open.sort { (bounds[$0], $0) < (bounds[$1], $1) }
    for other in open {
      guard bounds[other] <= best.distance else { break }
      take(other, points.farthest(own, members[other], limit: best.distance))
    }
    return best
  }
}
