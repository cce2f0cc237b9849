/// The counts of published nodes as they are shown.
///
/// Rounded down, never below the threshold that the node is known to pass, and consistent with what else is
/// shown: a node has at least the conversations its children show together, and at least as many conversations as users.
/// (It has at least the users of each child without further ado, for both are rounded alike.) Those who have nothing in a child are
/// U of the node less U of the child, people whom R3, which looks at records, has not asked about: where they are
/// fewer than k, be it none, the node is shown with the users of that child. All of these are lower bounds that a reader could work out, so stating them
/// tells nothing new; but a table that contradicts itself invites doubt about the rest.
struct Figures: Sendable {
  let users: [Int]
  var conversations: [Int]
  /// Shown conversations less the children's; 0 for a node without published children.
  var rolledUp: [Int]
  /// What noised counts say of the true ones; nil where nothing is noised.
  var intervals: [CountIntervals]?

  init(_ published: PublishedTree, policy: Policy, rounding: Rounding, defences: Defences) {
    let nodes = published.nodes
    var users = nodes.map { rounding.shown($0.cell.users, threshold: policy.minimumUsers) }
    var conversations = nodes.map {
      rounding.shown($0.cell.conversations, threshold: policy.minimumConversations)
    }
    var rolledUp = [Int](repeating: 0, count: nodes.count)
    for at in nodes.indices.reversed() {
      let children = nodes[at].children
      if defences.contains(.absentUsers) {
        let near = children.filter { nodes[at].cell.users - nodes[$0].cell.users < policy.minimumUsers }
        if let most = near.map({ users[$0] }).max() {
          users[at] = children.reduce(most) { max($0, users[$1]) }
        }
      }
      let below = children.reduce(0) { $0 + conversations[$1] }
      conversations[at] = max(conversations[at], below, users[at])
      if !children.isEmpty { rolledUp[at] = conversations[at] - below }
    }
    (self.users, self.conversations, self.rolledUp) = (users, conversations, rolledUp)
  }
}

/// The 95 % score interval of a share (Wilson 1927, doi:10.1080/01621459.1927.10502953).
enum WilsonInterval {
  /// - Parameters:
  ///   - share: in 0...1.
  ///   - sampleSize: independent observations. The gate passes shown users, not conversations: those of one user are
  ///     alike, and the interval should not pretend otherwise.
  static func of(share: Double, sampleSize: Int) -> ClosedRange<Double> {
    let z = 1.959963984540054
    let n = Double(sampleSize)
    let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return min(share, max(0, centre - half))...max(share, min(1, centre + half))
  }
}
