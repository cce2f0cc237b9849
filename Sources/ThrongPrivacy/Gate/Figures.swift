/// The counts of published nodes as they are shown.
///
/// Rounded down, those of the root after ``TotalGap`` has lowered them, never below the threshold that the node is known to pass, and consistent with what else is
/// shown: a node has at least the conversations its children show together, and at least as many conversations as users.
/// (It has at least the users of each child without further ado, for both are rounded alike, but for the root.) Those who have nothing in a child are
/// U of the node less U of the child, people whom R3, which looks at records, has not asked about: where they are
/// fewer than k, be it none, the node is shown with the users of that child. All of these are lower bounds that a reader could work out, so stating them
/// tells nothing new; but a table that contradicts itself invites doubt about the rest.
struct Figures: Sendable {
  let users: [Int]
  var conversations: [Int]
  /// Shown conversations less the children's; 0 for a node without published children.
  var rolledUp: [Int]
  /// The part by which the counts of the root may have been lowered.
  private(set) var totalsLoweredBy = 0.0
  /// What noised counts say of the true ones; nil where nothing is noised.
  var intervals: [CountIntervals]?

  /// - Parameter totals: what lowers the counts of the root; nil where they are only rounded.
  init(
    _ published: PublishedTree, policy: Policy, rounding: Rounding, defences: Defences, totals: TotalGap?
  ) {
    let nodes = published.nodes
    var exact = nodes.map { ($0.cell.users, $0.cell.conversations) }
    if let totals {
      exact[0] = totals.lowered(nodes[0].cell, of: "all")
      totalsLoweredBy = 1 / Double(TotalGap.parts)
    }
    var users = exact.map { rounding.shown($0.0, threshold: policy.minimumUsers) }
    var conversations = exact.map { rounding.shown($0.1, threshold: policy.minimumConversations) }
    var rolledUp = [Int](repeating: 0, count: nodes.count)
    for at in nodes.indices.reversed() {
      let children = nodes[at].children
      if defences.contains(.absentUsers) {
        let near = children.filter { nodes[at].cell.users - nodes[$0].cell.users < policy.minimumUsers }
        if let most = near.map({ users[$0] }).max() { users[at] = most }
      }
      let below = children.reduce(0) { $0 + conversations[$1] }
      conversations[at] = max(conversations[at], below, users[at])
      if at == 0, totals != nil {
        // What lowers the whole does not lower its parts, nor the users that so many conversations need.
        let perUser = policy.unit == .user ? policy.maximumPerUser : 1
        let needed = rounding.shown((conversations[0] + perUser - 1) / perUser, threshold: 0)
        users[0] = children.reduce(max(users[0], needed)) { max($0, users[$1]) }
      }
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
