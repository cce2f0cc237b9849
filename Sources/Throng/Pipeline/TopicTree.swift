package import ThrongClustering
package import ThrongLinearAlgebra

/// The candidate tree over base clusters: the root, one node for each cluster of each level, and the base.
///
/// A cluster that a coarser level already holds unchanged is not repeated, so a node has no child or at
/// least two. A cluster above the base whose members are hardly more alike than those of its parent is what the
/// distinct topics have left over; it says nothing and is no node: its parts lie with its parent.
package struct TopicTree: Sendable {
  package struct Node: Sendable, Equatable {
    /// Index of the parent, nil for the root. Parents come before their children.
    package var parent: Int?
  }

  package var nodes: [Node]
  /// Deepest node of each base cluster.
  package var nodeOfBaseCluster: [Int32]

  init(nodes: [Node], nodeOfBaseCluster: [Int32]) {
    (self.nodes, self.nodeOfBaseCluster) = (nodes, nodeOfBaseCluster)
  }

  /// How much more alike than its parent's the members of a cluster must be: the ratio of mean cosines.
  static let leastGain = 1.5

  /// Cuts `dendrogram` at each count of `levels`. O(levels × base clusters × columns).
  ///
  /// - Parameters:
  ///   - dendrogram: over the base clusters.
  ///   - levels: growing counts; the last one equals the number of base clusters.
  ///   - centroids: base clusters × columns, at unit length.
  package init(dendrogram: Dendrogram, levels: [Int], centroids: Matrix) {
    self.init(
      cuts: levels.map { dendrogram.cut(clusters: min($0, dendrogram.leaves)) }, leaves: dendrogram.leaves,
      centroids: centroids)
  }

  /// Takes one cut of a dendrogram for each level, coarse to fine; the last holds each base cluster by itself.
  /// O(levels × base clusters × columns).
  package init(cuts: [[Int32]], leaves: Int, centroids: Matrix) {
    nodes = [Node(parent: nil)]
    nodeOfBaseCluster = Array(repeating: 0, count: leaves)
    var likeness = [Self.likeness(of: Array(0..<leaves), centroids)]
    for cluster in cuts {
      // Leaves that lie in the same node so far and in the same cluster of this level.
      var groups: [Int64: [Int]] = [:]
      var order: [Int64] = []
      var sizes: [Int32: Int] = [:]
      for leaf in nodeOfBaseCluster.indices {
        let key = Int64(nodeOfBaseCluster[leaf]) << 32 | Int64(cluster[leaf])
        if groups[key] == nil { order.append(key) }
        groups[key, default: []].append(leaf)
        sizes[nodeOfBaseCluster[leaf], default: 0] += 1
      }
      for key in order {
        let (parent, leaves) = (Int32(key >> 32), groups[key]!)
        guard leaves.count < sizes[parent]! else { continue }
        let alike = Self.likeness(of: leaves, centroids)
        guard alike >= Self.leastGain * likeness[Int(parent)] else { continue }
        for leaf in leaves { nodeOfBaseCluster[leaf] = Int32(nodes.count) }
        nodes.append(Node(parent: Int(parent)))
        likeness.append(alike)
      }
    }
  }

  /// Mean cosine between different members; infinite for a single one, and not below 0.
  private static func likeness(of leaves: [Int], _ centroids: Matrix) -> Double {
    guard leaves.count > 1 else { return .infinity }
    var sum = [Double](repeating: 0, count: centroids.columns)
    for leaf in leaves {
      for (j, value) in centroids.row(leaf).enumerated() { sum[j] += Double(value) }
    }
    let n = Double(leaves.count)
    return max(0, (sum.reduce(0) { $0 + $1 * $1 } - n) / (n * (n - 1)))
  }
}
