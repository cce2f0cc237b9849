package import ThrongCore

/// Unit centroids by neighbourhood, to find a near one for many rows without looking at all of them: an inverted file (Sivic and
/// Zisserman 2003, doi:10.1109/ICCV.2003.1238663) with several probes.
///
/// A row is compared with the mean direction of every group of centroids, and then with the centroids of the groups whose means are
/// nearest. Up to ``exactUpTo`` centroids all are compared. The same answer for any number of threads.
package struct CentroidIndex: Sendable {
  /// Centroids that are searched one by one.
  package static let exactUpTo = 2048
  /// Centroids of a group.
  private static let groupSize = 32
  /// Groups that a row looks into.
  private static let probes = 16
  private static let blockSize = 8192

  private let centroids: Matrix
  /// Mean directions of the groups; nil where all centroids are compared.
  private let means: Matrix?
  private let groups: [Matrix]
  /// The centroids of each group, rising.
  private let members: [[Int32]]

  /// O(centroids · columns · log).
  ///
  /// - Parameter centroids: at unit length, at least one.
  package init(_ centroids: Matrix, workers: Workers) throws {
    self.centroids = centroids
    guard centroids.rows > Self.exactUpTo else {
      (means, groups, members) = (nil, [], [])
      return
    }
    let grouping = CentroidGroups(centroids, size: Self.groupSize)
    members = (0..<grouping.count).map { group in
      Array(grouping.order[group * grouping.size..<min(grouping.order.count, (group + 1) * grouping.size)])
    }
    groups = members.map { centroids.selectingRows($0.map(Int.init)) }
    var labels = [Int32](repeating: 0, count: centroids.rows)
    for (group, members) in members.enumerated() {
      for member in members { labels[Int(member)] = Int32(group) }
    }
    means = try centroids.groupedMeans(
      labels: labels, groups: members.count, weights: nil, unit: true,
      fallback: Matrix(rows: members.count, columns: centroids.columns), workers: workers
    ).means
  }

  /// For each row a centroid of great cosine, nearly always the greatest; the lowest of equals.
  /// O(rows · columns · (groups + probes · group)).
  package func nearest(of rows: Matrix, workers: Workers) throws -> [Int32] {
    guard let means else {
      let norms = [Float](repeating: 1, count: centroids.rows)
      return try rows.nearestRows(in: centroids, norms: norms, workers: workers).labels
    }
    return try workers.mapBlocks(count: rows.rows, blockSize: Self.blockSize) { _, range in
      search(rows, range, means)
    }.flatMap(\.self)
  }

  private func search(_ rows: Matrix, _ range: Range<Int>, _ means: Matrix) -> [Int32] {
    var wanting = [[Int]](repeating: [], count: means.rows)
    var products = [Float](repeating: 0, count: range.count * means.rows)
    var span = products.mutableSpan
    rows.multiply(range, by: means, into: &span)
    var top = [(score: Float, group: Int)]()
    for (slot, row) in range.enumerated() {
      top.removeAll(keepingCapacity: true)
      for group in 0..<means.rows {
        let score = products[slot * means.rows + group]
        if top.count == Self.probes {
          guard score > top[Self.probes - 1].score else { continue }
          top.removeLast()
        }
        let place = top.firstIndex { $0.score < score } ?? top.count
        top.insert((score, group), at: place)
      }
      // A row of zeros is as near to all of them.
      guard top[0].score != 0 || top[top.count - 1].score != 0 else { continue }
      for entry in top { wanting[entry.group].append(row) }
    }
    var best = [Float](repeating: -.infinity, count: range.count)
    var labels = [Int32](repeating: 0, count: range.count)
    for (group, wanting) in wanting.enumerated() where !wanting.isEmpty {
      let centres = groups[group]
      products = [Float](repeating: 0, count: wanting.count * centres.rows)
      var span = products.mutableSpan
      rows.selectingRows(wanting).multiply(0..<wanting.count, by: centres, into: &span)
      for (slot, row) in wanting.enumerated() {
        let place = row - range.lowerBound
        for (j, label) in members[group].enumerated() {
          let score = products[slot * centres.rows + j]
          if score > best[place] || score == best[place] && label < labels[place] {
            (best[place], labels[place]) = (score, label)
          }
        }
      }
    }
    return labels
  }
}
