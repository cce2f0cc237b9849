package import ThrongClustering

/// The candidate tree over base clusters: the root, one node for each cluster of each level, and the base.
///
/// A cluster that a coarser level already holds unchanged is not repeated, so a node has no child or at
/// least two.
package struct TopicTree: Sendable {
  package struct Node: Sendable, Equatable {
    /// Index of the parent, nil for the root. Parents come before their children.
    package var parent: Int?
    /// 0 for the root; else the depth.
    package var level: Int
  }

  package var nodes: [Node]
  /// Deepest node of each base cluster.
  package var nodeOfBaseCluster: [Int32]

  /// Cuts `dendrogram` at each count of `levels`. O(levels × base clusters).
  ///
  /// - Parameters:
  ///   - dendrogram: over the base clusters.
  ///   - levels: growing counts; the last one equals the number of base clusters.
  package init(dendrogram: Dendrogram, levels: [Int]) {
    nodes = [Node(parent: nil, level: 0)]
    nodeOfBaseCluster = Array(repeating: 0, count: dendrogram.leaves)
    for count in levels {
      let cluster = dendrogram.cut(clusters: min(count, dendrogram.leaves))
      // A node splits where the cut gives its leaves more than one cluster.
      var first: [Int32: Int32] = [:]
      var splits: Set<Int32> = []
      for (leaf, node) in nodeOfBaseCluster.enumerated() {
        if let known = first[node] {
          if known != cluster[leaf] { splits.insert(node) }
        } else {
          first[node] = cluster[leaf]
        }
      }
      var nodeOfCluster: [Int32: Int32] = [:]
      for leaf in nodeOfBaseCluster.indices where splits.contains(nodeOfBaseCluster[leaf]) {
        let parent = nodeOfBaseCluster[leaf]
        if nodeOfCluster[cluster[leaf]] == nil {
          nodeOfCluster[cluster[leaf]] = Int32(nodes.count)
          nodes.append(Node(parent: Int(parent), level: nodes[Int(parent)].level + 1))
        }
        nodeOfBaseCluster[leaf] = nodeOfCluster[cluster[leaf]]!
      }
    }
  }
}
