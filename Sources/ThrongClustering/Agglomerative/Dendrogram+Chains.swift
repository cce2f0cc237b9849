import ThrongCore
import ThrongLinearAlgebra

extension Dendrogram {
  /// Average, and complete for few points, by the formula of Lance and Williams (1967, doi:10.1093/comjnl/9.4.373).
  static func matrixChain(
    _ points: DoubleMatrix, weights: [Double], linkage: Linkage, limit: Int, workers: Workers
  ) throws -> [Join] {
    let n = points.rows
    guard n <= limit else { throw ClusteringFailure.tooManyPoints(points: n, limit: limit) }
    var sizes = weights
    // Clusters that are gone, and a cluster to itself, are infinitely far.
    var distances = try points.pairwiseDistances(workers: workers)
    for i in 0..<n { distances[i * n + i] = .infinity }
    return try chain(count: n, workers: workers) { a, previous in
      var best = (index: previous ?? -1, distance: previous.map { distances[a * n + $0] } ?? .infinity)
      let row = distances.span.extracting(a * n..<(a + 1) * n)
      for i in 0..<n where row[i] < best.distance { best = (i, row[i]) }
      return best
    } join: { a, b in
      let (sizeA, sizeB) = (sizes[a], sizes[b])
      for i in 0..<n where i != a && i != b && distances[a * n + i] < .infinity {
        let (toA, toB) = (distances[a * n + i], distances[b * n + i])
        let joined =
          switch linkage {
          case .average: (sizeA * toA + sizeB * toB) / (sizeA + sizeB)
          case .complete: max(toA, toB)
          case .ward, .meanSquare, .single: preconditionFailure("needs no distance matrix")
          }
        distances[a * n + i] = joined
        distances[i * n + a] = joined
        distances[i * n + b] = .infinity
      }
      distances[a * n + b] = .infinity
      sizes[a] += sizeB
    }
  }

  /// Follows nearest neighbours until two are each other's, joins them, and goes on from what is left of the
  /// chain. At most 3n searches.
  ///
  /// - Parameters:
  ///   - nearest: the nearest other cluster and its distance; `previous` where none is strictly nearer, then
  ///     the lowest.
  ///   - join: lets cluster a take in b > a; b is gone.
  static func chain(
    count: Int, workers: Workers,
    nearest: (_ a: Int, _ previous: Int?) throws -> (index: Int, distance: Double),
    join: (_ a: Int, _ b: Int) -> Void
  ) throws -> [Join] {
    var joins: [Join] = []
    joins.reserveCapacity(max(0, count - 1))
    var isAlive = [Bool](repeating: true, count: count)
    var isInChain = [Bool](repeating: false, count: count)
    var heights = [Double](repeating: 0, count: count)
    var chain: [Int] = []
    var lowest = 0
    while joins.count < count - 1 {
      if joins.count % 64 == 0 { try workers.cancellation.check() }
      if chain.isEmpty {
        while !isAlive[lowest] { lowest += 1 }
        chain.append(lowest)
        isInChain[lowest] = true
      }
      let a = chain[chain.count - 1]
      let previous = chain.count > 1 ? chain[chain.count - 2] : nil
      let (found, distance) = try nearest(a, previous)
      // Only rounding can lead back into the chain; what it finds is then as near as the previous.
      guard let previous, found == previous || isInChain[found] else {
        chain.append(found)
        isInChain[found] = true
        continue
      }
      chain.removeLast(2)
      (isInChain[a], isInChain[previous]) = (false, false)
      let (low, high) = (min(a, previous), max(a, previous))
      // No cluster lies below its parts; rounding might say so.
      let height = max(distance, heights[low], heights[high])
      join(low, high)
      heights[low] = height
      isAlive[high] = false
      joins.append(Join(a: low, b: high, height: height))
    }
    return joins
  }
}
