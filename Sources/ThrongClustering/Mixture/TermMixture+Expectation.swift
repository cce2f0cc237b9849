internal import Foundation
import ThrongCore
import ThrongLinearAlgebra

extension TermMixture {
  /// The share of each row in the clusters near its own, by row; `labels` becomes the cluster of the largest
  /// share, the lowest of equals.
  ///
  /// - Parameter wantsShares: false for the labels alone.
  static func expectation(
    _ text: Text, _ profiles: Profiles, _ neighbourhoods: [Neighbourhood], labels: inout [Int32],
    wantsShares: Bool = true, workers: Workers
  ) throws -> [Share] {
    var home = [Int32](repeating: 0, count: profiles.base.count)
    for (number, neighbourhood) in neighbourhoods.enumerated() {
      for cluster in neighbourhood.clusters { home[cluster] = Int32(number) }
    }
    var members = [[Int]](repeating: [], count: neighbourhoods.count)
    for row in labels.indices where text.lengths[row] > 0 { members[Int(home[Int(labels[row])])].append(row) }
    // Few neighbourhoods have many rows, and share them out among the threads; many are themselves shared out.
    let isShared = neighbourhoods.count < 4 * workers.threads
    let inside = isShared ? workers : Workers(threads: 1, cancellation: workers.cancellation)
    let outside = isShared ? Workers(threads: 1, cancellation: workers.cancellation) : workers
    let rowsOf = members
    let parts = try outside.mapBlocks(count: neighbourhoods.count, blockSize: 1) { number, _ in
      let (candidates, rows) = (neighbourhoods[number].candidates, rowsOf[number])
      guard !rows.isEmpty else { return [Scores]() }
      // Whole lanes of the kernel.
      let factor = try profiles.gains.factor(
        ofRows: candidates, width: (candidates.count + 15) / 16 * 16, workers: inside)
      return try inside.mapBlocks(count: rows.count, blockSize: 256) { _, range in
        scored(rows[range], against: candidates, factor, profiles.base, text, wantsShares: wantsShares)
      }
    }
    var shares: [Share] = []
    for block in parts.joined() {
      for (row, label) in block.labels { labels[row] = label }
      shares += block.shares
    }
    return shares
  }

  private typealias Scores = (labels: [(Int, Int32)], shares: [Share])

  private static func scored(
    _ chosen: ArraySlice<Int>, against candidates: [Int], _ factor: RowFactor, _ base: [Float], _ text: Text,
    wantsShares: Bool
  ) -> Scores {
    let width = factor.width
    let products = factor.products(withRows: chosen, of: text.rows)
    var labels: [(Int, Int32)] = []
    var shares: [Share] = []
    let leastGap = log(leastShare)
    let bases = candidates.map { base[$0] }
    var scores = [Float](repeating: 0, count: candidates.count)
    for (slot, row) in chosen.enumerated() {
      let (scale, length, temper) = (text.scales[row], text.lengths[row], text.tempers[row])
      var greatest = -Float.infinity
      for j in scores.indices {
        scores[j] = temper * (scale * products[slot * width + j] + length * bases[j])
        greatest = max(greatest, scores[j])
      }
      // Candidates rise, so the first of equals is the lowest.
      labels.append((row, Int32(candidates[scores.firstIndex(of: greatest) ?? 0])))
      guard wantsShares else { continue }
      let first = shares.count
      var sum: Float = 0
      for (j, cluster) in candidates.enumerated() where scores[j] > greatest + leastGap {
        let share = exp(scores[j] - greatest)
        sum += share
        shares.append(Share(row: Int32(row), cluster: Int32(cluster), share: share))
      }
      for i in first..<shares.count {
        shares[i] = Share(row: shares[i].row, cluster: shares[i].cluster, share: shares[i].share / sum)
      }
    }
    return (labels, shares)
  }
}

/// Clusters that lie together, and those that their rows are scored against.
struct Neighbourhood {
  let clusters: [Int]
  /// Themselves and the nearest others, rising.
  let candidates: [Int]

  /// All clusters in neighbourhoods of half as many as there are candidates, neighbours in Ward's tree.
  ///
  /// - Parameters:
  ///   - centroids: clusters × columns.
  ///   - sizes: how much each cluster weighs in the tree; nothing is taken for one.
  static func all(of centroids: Matrix, sizes: [Double], candidates: Int, workers: Workers) throws
    -> [Neighbourhood]
  {
    let everything = Array(0..<centroids.rows)
    guard centroids.rows > candidates else {
      return [Neighbourhood(clusters: everything, candidates: everything)]
    }
    let order = try Dendrogram.agglomerate(
      centroids, weights: sizes.map { max($0, 1) }, linkage: .ward, workers: workers
    ).leafOrder()
    let norms = try centroids.squaredRowNorms(workers: workers)
    return try stride(from: 0, to: order.count, by: candidates / 2).map { start in
      let clusters = Array(order[start..<min(start + candidates / 2, order.count)])
      let products = try centroids.selectingRows(clusters).multiplied(
        byTransposed: centroids, workers: workers)
      var distances = [Float](repeating: .infinity, count: centroids.rows)
      for (i, cluster) in clusters.enumerated() {
        for other in everything {
          let square = norms[cluster] + norms[other] - 2 * products[i, other]
          distances[other] = min(distances[other], square)
        }
      }
      for cluster in clusters { distances[cluster] = -1 }
      let nearest = everything.sorted { (distances[$0], $0) < (distances[$1], $1) }
      return Neighbourhood(clusters: clusters, candidates: nearest.prefix(candidates).sorted())
    }
  }
}

extension Dendrogram {
  /// The leaves as they stand from left to right under the tree: those of a cluster side by side. O(leaves).
  func leafOrder() -> [Int] {
    var order: [Int] = []
    var open = [leaves + merges.count - 1]
    while let node = open.popLast() {
      guard node >= leaves else {
        order.append(node)
        continue
      }
      open.append(merges[node - leaves].right)
      open.append(merges[node - leaves].left)
    }
    return order
  }
}
