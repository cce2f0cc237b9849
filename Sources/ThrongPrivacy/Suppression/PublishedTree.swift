/// The nodes that may be shown, after primary and complementary suppression. Private: it still holds exact counts.
struct PublishedTree: Sendable {
  struct Node: Sendable {
    /// Node of the candidate tree.
    let candidate: Int
    /// Position of the published parent; nil for the root.
    let parent: Int?
    /// Depth; 0 for the root.
    let level: Int
    /// Positions of the published children, in the order of the candidate tree.
    var children: [Int]
    let cell: Cell
  }

  /// Parents before children; the first is the root.
  let nodes: [Node]
  /// Deepest published node of each counted record.
  let nodeOfRecord: [Int32]
}
