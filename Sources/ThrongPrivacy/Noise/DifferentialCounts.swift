/// The differential tier's draws: which clusters are shown, and with which noised counts.
///
/// **What the guarantee covers.** Given the clustering, that is the tree and which conversation lies in which leaf, whether a cluster is
/// shown and every count of it is (ε, δ)-differentially private with respect to adding or removing all conversations of
/// one user. **What it does not cover:** the clustering itself and the words of labels, which follow the
/// deterministic rules (R8) only; the settings of the run; and what is said on standard error.
///
/// A leaf cluster of n users is shown where n and its draw exceed the bound of ``TruncatedGeometric`` (R9), and reach
/// k. A cluster above is shown where one below it is. Everything after the draws is post-processing, which costs no privacy:
/// a parent is never shown with fewer than its children together, and no cluster with fewer conversations than users.
///
/// Attacks and twins: `NoiseDifferentialTests`.
struct DifferentialCounts {
  struct Node {
    let users: Int
    let conversations: Int
    let intervals: CountIntervals
  }

  /// Noised counts of each candidate node that is shown; nil where it is not.
  private(set) var shown: [Node?]
  /// Exact counts of each candidate node: private.
  let exact: [Cell]

  /// O(records · depth), and a draw or two for each node.
  ///
  /// - Parameter isNoisy: false only for the twins of attack tests: counts are exact and every cell of a user is shown.
  init(
    _ tree: CandidateTree, counted: CountedRecords, plan: DifferentialPlan, minimumUsers: Int, isNoisy: Bool,
    using generator: inout some RandomNumberGenerator
  ) {
    let shape = TreeShape(tree)
    exact = Self.counts(tree, counted: counted)
    shown = Array(repeating: nil, count: tree.parents.count)

    func noised(
      _ count: Int, _ noise: NoiseMechanism, threshold: Int? = nil, least: Int = 0
    ) -> (Int, ClosedRange<Int>) {
      let value = count + (isNoisy ? noise.draw(using: &generator) : 0)
      let interval =
        isNoisy ? NoiseInterval.of(value, noise: noise, threshold: threshold, least: least) : value...value
      return (value, interval)
    }

    let selection = plan.noise(.leaves, users: true)
    let threshold = isNoisy ? max(plan.threshold(.leaves), minimumUsers) : minimumUsers
    for leaf in tree.parents.indices where shape.isLeaf[leaf] && exact[leaf].users > 0 {
      let users = exact[leaf].users + (isNoisy ? selection.draw(using: &generator) : 0)
      guard users >= threshold else { continue }
      let interval =
        isNoisy
        ? NoiseInterval.of(users, noise: selection, threshold: threshold, least: 1) : users...users
      let (conversations, range) = noised(
        exact[leaf].conversations, plan.noise(.leaves, users: false), least: 1)
      shown[leaf] = Self.node(users, interval, conversations, range, below: [])
    }
    for node in tree.parents.indices.reversed() where !shape.isLeaf[node] {
      let below = shape.children[node].compactMap { shown[$0] }
      guard node == 0 || !below.isEmpty else { continue }
      let depth = shape.depth[node]
      let (users, interval) = noised(exact[node].users, plan.noise(.depth(depth), users: true))
      let (conversations, range) = noised(exact[node].conversations, plan.noise(.depth(depth), users: false))
      // The root is not shown where the noise leaves it below k; then nothing is.
      if node == 0, users < minimumUsers { continue }
      shown[node] = Self.node(users, interval, conversations, range, below: below)
    }
    if shown[0] == nil { shown = Array(repeating: nil, count: tree.parents.count) }
  }

  /// Consistent with the children and in itself; intervals hold what is shown.
  private static func node(
    _ users: Int, _ usersInterval: ClosedRange<Int>, _ conversations: Int,
    _ conversationsInterval: ClosedRange<Int>, below: [Node]
  ) -> Node {
    let users = max(users, below.map(\.users).max() ?? 0)
    let conversations = max(conversations, below.reduce(0) { $0 + $1.conversations }, users)
    func holding(_ value: Int, _ interval: ClosedRange<Int>) -> ClosedRange<Int> {
      min(value, interval.lowerBound)...max(value, interval.upperBound)
    }
    return Node(
      users: users, conversations: conversations,
      intervals: CountIntervals(
        users: holding(users, usersInterval), conversations: holding(conversations, conversationsInterval)))
  }

  /// Users and conversations of each node. `counted` is ordered by user, so a stamp per node tells a new one.
  static func counts(_ tree: CandidateTree, counted: CountedRecords) -> [Cell] {
    var cells = [Cell](repeating: Cell(), count: tree.parents.count)
    var last = [UInt32?](repeating: nil, count: tree.parents.count)
    for (record, user) in zip(counted.records, counted.users) {
      var node: Int? = Int(tree.leafOfRecord[Int(record)])
      while let at = node {
        cells[at].conversations += 1
        if last[at] != user {
          last[at] = user
          cells[at].users += 1
        }
        node = tree.parents[at]
      }
    }
    return cells
  }
}

/// 95 % intervals of a node's counts.
struct CountIntervals: Sendable {
  let users: ClosedRange<Int>
  let conversations: ClosedRange<Int>
}

/// Depths and children of a candidate tree. Part of the clustering, hence of what the guarantee takes as given.
struct TreeShape {
  let depth: [Int]
  let children: [[Int]]
  let isLeaf: [Bool]

  init(_ tree: CandidateTree) {
    var depth = [Int](repeating: 0, count: tree.parents.count)
    var children = [[Int]](repeating: [], count: tree.parents.count)
    for node in tree.parents.indices.dropFirst() {
      depth[node] = depth[tree.parents[node]!] + 1
      children[tree.parents[node]!].append(node)
    }
    self.depth = depth
    self.children = children
    isLeaf = children.map(\.isEmpty)
  }

  /// Depths that hold a node with children.
  var innerDepths: Int { zip(depth, isLeaf).reduce(0) { $1.1 ? $0 : max($0, $1.0 + 1) } }
}
