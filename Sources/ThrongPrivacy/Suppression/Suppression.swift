/// Which nodes are published: R1 and R2 on every node, then R3.
///
/// **R3, atoms.** An outsider adds and subtracts what is published: parent less children is a cell too, though nobody
/// printed it. The published sets cut the records into atoms; in a tree these are, for each published
/// node, what is left of it after its published children. Each atom must be empty or pass R1 and R2 itself, and then so
/// does every set that can be put together (see ``PrimaryRules``). Where what is left is neither, the smallest
/// published child is withheld with its subtree, again and again, until it is: its records then belong
/// to what is left. The loop ends, at the latest with no child, for the node itself has passed.
///
/// **Top-down.** What is left of a node depends on its children only, never on what they in turn publish, so one pass
/// from the root decides everything. Below a withheld node everything is withheld; its records are counted in
/// the nearest published ancestor.
///
/// **The smallest** is the smallest as shown, in conversations, then in users; the earlier of two equal ones. So the
/// choice depends on no count finer than the gate shows (R13).
///
/// **Chains.** A node with the same records as its parent would be published twice, under two labels. It is dropped
/// and its children are lifted.
///
/// Attacks and twins: `AtomTests` (brute force over all set algebra), `NonInterferenceTests`.
struct Suppression {
  let tree: CandidateTree
  let counted: CountedRecords
  let rules: PrimaryRules
  let rounding: Rounding

  /// - Throws: ``PrivacyFailure/refused(_:policy:)`` where the root may not be shown.
  ///
  /// O(nodes + records · depth).
  func publish() throws -> PublishedTree {
    let (representative, order, children) = shape()
    let (ranges, byNode) = recordRanges(representative: representative, order: order)
    var counter = CellCounter(users: counted.userCount, digests: rules.gap?.digests ?? [])
    var cells = [Cell](repeating: Cell(), count: tree.parents.count)
    for node in order {
      cells[node] = cell(of: byNode[ranges[node]], counter: &counter)
    }
    guard rules.pass(cells[0]) else {
      let rule = rules.failure(of: cells[0]) ?? .conversations(minimum: rules.policy.minimumConversations)
      throw PrivacyFailure.refused(rule, policy: rules.policy.name)
    }

    // Positions of published nodes, in preorder of the candidate tree.
    var position = [Int?](repeating: nil, count: tree.parents.count)
    var nodes: [PublishedTree.Node] = []
    var open: [(node: Int, parent: Int?)] = [(0, nil)]
    while let (node, parent) = open.popLast() {
      let at = nodes.count
      position[node] = at
      let level = parent.map { nodes[$0].level + 1 } ?? 0
      nodes.append(.init(candidate: node, parent: parent, level: level, children: [], cell: cells[node]))
      if let parent { nodes[parent].children.append(at) }
      let kept = publishedChildren(
        of: node, children: children[node], cells: cells, ranges: ranges, byNode: byNode, counter: &counter)
      open += kept.reversed().map { ($0, at) }
    }

    let deepest = nearestPublished(position: position, representative: representative)
    let nodeOfRecord = counted.records.map { deepest[Int(tree.leafOfRecord[Int($0)])] }
    return PublishedTree(nodes: nodes, nodeOfRecord: nodeOfRecord)
  }

  /// The children of a published node that stay published. Indices of `byNode` are those of `ranges`.
  private func publishedChildren(
    of node: Int, children: [Int], cells: [Cell], ranges: [Range<Int>], byNode: [UInt32],
    counter: inout CellCounter
  ) -> [Int] {
    var kept = children.filter { rules.pass(cells[$0]) }
    guard rules.defences.contains(.atoms), !kept.isEmpty else { return kept }
    counter.reset()
    // What is left at first: the node's own records, which precede its first child's, and the withheld children's.
    let own =
      ranges[node].lowerBound..<(children.first.map { ranges[$0].lowerBound } ?? ranges[node].upperBound)
    for user in byNode[own] { counter.add(user: user) }
    for child in children where !kept.contains(child) {
      for user in byNode[ranges[child]] { counter.add(user: user) }
    }
    // Smallest last.
    kept.sort { isSmaller($1, $0, cells) }
    while let smallest = kept.last {
      let left = counter.cell
      if left.conversations == 0 || rules.pass(left) { break }
      for user in byNode[ranges[smallest]] { counter.add(user: user) }
      kept.removeLast()
    }
    return kept.sorted()
  }

  /// Whether `a` is withheld before `b`.
  private func isSmaller(_ a: Int, _ b: Int, _ cells: [Cell]) -> Bool {
    func size(_ node: Int) -> (Int, Int, Int) {
      (
        rounding.shown(cells[node].conversations, threshold: rules.policy.minimumConversations),
        rounding.shown(cells[node].users, threshold: rules.policy.minimumUsers), node
      )
    }
    return size(a) < size(b)
  }
}

// MARK: - The shape of the tree

extension Suppression {
  /// The tree without empty nodes and chains.
  ///
  /// - Returns: for each node the node that stands for it (itself, or the nearest ancestor with the same records);
  ///   the remaining nodes in preorder; and their children.
  private func shape() -> (representative: [Int], order: [Int], children: [[Int]]) {
    let nodeCount = tree.parents.count
    var sizes = [Int](repeating: 0, count: nodeCount)
    for record in counted.records { sizes[Int(tree.leafOfRecord[Int(record)])] += 1 }
    for node in stride(from: nodeCount - 1, to: 0, by: -1) { sizes[tree.parents[node]!] += sizes[node] }

    var representative = Array(0..<nodeCount)
    var children = [[Int]](repeating: [], count: nodeCount)
    for node in 1..<max(1, nodeCount) {
      let parent = tree.parents[node]!
      if sizes[node] == sizes[parent] {
        representative[node] = representative[parent]
      } else if sizes[node] > 0 {
        children[representative[parent]].append(node)
      }
    }
    var order: [Int] = []
    var open = [0]
    while let node = open.popLast() {
      order.append(node)
      open += children[node].reversed()
    }
    return (representative, order, children)
  }

  /// Users of the counted records in preorder of their nodes, so that each subtree is one range and a node's own
  /// records precede its children's.
  private func recordRanges(representative: [Int], order: [Int]) -> (ranges: [Range<Int>], users: [UInt32]) {
    let nodeCount = tree.parents.count
    var sizes = [Int](repeating: 0, count: nodeCount)
    for record in counted.records { sizes[representative[Int(tree.leafOfRecord[Int(record)])]] += 1 }
    var starts = [Int](repeating: 0, count: nodeCount)
    var at = 0
    for node in order {
      starts[node] = at
      at += sizes[node]
    }
    var users = [UInt32](repeating: 0, count: counted.records.count)
    var cursor = starts
    for (record, user) in zip(counted.records, counted.users) {
      let node = representative[Int(tree.leafOfRecord[Int(record)])]
      users[cursor[node]] = user
      cursor[node] += 1
    }
    // The cursor of a node stands at the end of its own records; a subtree ends where its last child does.
    var ends = cursor
    for node in order.reversed() where node != 0 {
      let parent = representative[tree.parents[node]!]
      ends[parent] = max(ends[parent], ends[node])
    }
    return ((0..<nodeCount).map { starts[$0]..<max(starts[$0], ends[$0]) }, users)
  }

  private func cell(of users: ArraySlice<UInt32>, counter: inout CellCounter) -> Cell {
    counter.reset()
    for user in users { counter.add(user: user) }
    return counter.cell
  }

  /// For each candidate node the position of the deepest published node that holds its records.
  private func nearestPublished(position: [Int?], representative: [Int]) -> [Int32] {
    var nearest = [Int32](repeating: 0, count: tree.parents.count)
    for node in 1..<max(1, tree.parents.count) {
      nearest[node] = position[node].map { Int32($0) } ?? nearest[representative[tree.parents[node]!]]
    }
    return nearest
  }
}
