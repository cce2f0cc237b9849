package import ThrongCore
package import ThrongLinearAlgebra

extension Validity {
  /// The mean silhouette (b − a) / max(a, b) of points (Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7): a is the
  /// mean distance to the others of the own cluster, b the least mean distance to another cluster. In −1...1;
  /// 0 for a point alone in its cluster. O(sample · rows · columns) time, O(rows) memory for each thread.
  ///
  /// - Parameters:
  ///   - sample: so many points, drawn without replacement, are looked at, each against all points; nil for all.
  ///   - seed: of the draw.
  /// - Returns: nil where there are fewer than two clusters.
  /// - Throws: ``ClusteringFailure/notFinite(row:)``; `Interrupted`.
  package static func silhouette(
    _ points: DoubleMatrix, _ labels: [Int32], sample: Int? = nil, seed: UInt64 = 0, workers: Workers
  ) throws -> Double? {
    let groups = try Grouping(points, labels)
    guard groups.sizes.count > 1 else { return nil }
    let rows = draw(min(sample ?? points.rows, points.rows), of: points.rows, seed: seed)
    guard !rows.isEmpty else { return nil }
    let sums = try workers.mapBlocks(count: rows.count, blockSize: 16) { _, range in
      range.reduce(0.0) { total, i in
        let own = groups.cluster[rows[i]]
        var distances = [Double](repeating: 0, count: groups.sizes.count)
        for (row, distance) in points.distances(from: rows[i], to: 0..<points.rows).enumerated() {
          distances[groups.cluster[row]] += distance
        }
        let means = distances.indices.map { distances[$0] / (groups.sizes[$0] - ($0 == own ? 1 : 0)) }
        return total + (groups.sizes[own] > 1 ? width(of: means, own: own) : 0)
      }
    }
    return sums.reduce(0, +) / Double(rows.count)
  }

  /// The mean silhouette with the distance to a centroid for the mean distance to its members
  /// (Hruschka, de Castro and Campello 2004, doi:10.1109/ICDM.2004.10073). O(rows · clusters · columns).
  ///
  /// - Returns: nil where there are fewer than two clusters.
  /// - Throws: ``ClusteringFailure/notFinite(row:)``; `Interrupted`.
  package static func simplifiedSilhouette(_ points: DoubleMatrix, _ labels: [Int32], workers: Workers)
    throws -> Double?
  {
    let groups = try Grouping(points, labels)
    guard groups.sizes.count > 1 else { return nil }
    let sums = try workers.mapBlocks(count: points.rows, blockSize: 256) { _, range in
      range.reduce(0.0) { total, row in
        let own = groups.cluster[row]
        let distances = groups.centroids.distances(from: points, row: row)
        return total + (groups.sizes[own] > 1 ? width(of: distances, own: own) : 0)
      }
    }
    return sums.reduce(0, +) / Double(points.rows)
  }

  private static func width(of means: [Double], own: Int) -> Double {
    let other = means.indices.reduce(Double.infinity) { $1 == own ? $0 : min($0, means[$1]) }
    let greater = max(means[own], other)
    return greater > 0 ? (other - means[own]) / greater : 0
  }

  /// `count` of 0..<n, drawn without replacement, in rising order; all where count is n. O(n).
  package static func draw(_ count: Int, of n: Int, seed: UInt64, stream: UInt64 = 0) -> [Int] {
    var random = RandomSource(seed: seed, stream: stream)
    var (left, chosen) = (count, [Int]())
    // Each is taken with the share of those still wanted among those still to come (Knuth, vol. 2, 3.4.2 S).
    for i in 0..<n where random.below(n - i) < left {
      chosen.append(i)
      left -= 1
    }
    return chosen
  }
}
