package import ThrongClustering

/// What the numbers mean that say where a dendrogram is cut into the levels of a tree.
package enum LevelRule: String, Sendable, CaseIterable {
  /// How many clusters each level has.
  case counts
  /// How many levels there are: cut where the next merge costs most, compared with the last one.
  case gaps
  /// How many conversations the clusters of each level have at most, so that siblings are comparable.
  case sizes

  /// The cuts, coarse to fine; the last holds each leaf by itself.
  ///
  /// - Parameters:
  ///   - dendrogram: over base clusters, weighted by conversations.
  ///   - numbers: growing, as asked for; of ``gaps`` the first counts.
  ///   - planned: counts for ``counts``, the last the number of leaves.
  ///
  /// O(levels × leaves).
  package func cuts(of dendrogram: Dendrogram, numbers: [Int], planned: [Int]) -> [[Int32]] {
    let leaves = dendrogram.leaves
    let counts =
      switch self {
      case .counts: planned
      case .gaps: dendrogram.counts(atGaps: numbers.first ?? 1, within: 2...max(2, leaves - 1)) + [leaves]
      case .sizes: [leaves]
      }
    let bySize = self == .sizes ? numbers.reversed().map { dendrogram.cut(largest: Double($0)) } : []
    return bySize + counts.map { dendrogram.cut(clusters: min($0, leaves)) }
  }
}
