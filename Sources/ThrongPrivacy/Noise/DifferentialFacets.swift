/// The facet cells of the differential tier: for each plain facet the values of all conversations, and those of each leaf
/// cluster that is shown.
///
/// Cells are chosen and noised as leaf clusters are (``DifferentialCounts``), with a share of the budget for each facet and each of the
/// two places. One user counts in at most C cells of each place, those that come first in the order of the user's keyed hashes, so that
/// nobody else decides about them. Clusters with parts show no facet cells: the budget is better spent below.
///
/// Counts of a cell are never shown above those of its cluster. The values of a cluster need not add up to it: each carries noise of
/// its own.
///
/// Attack and twin: `NoiseFacetTests`.
struct DifferentialFacets {
  struct Count {
    /// Node of the candidate tree.
    let node: Int
    /// Index into the facet's values.
    let value: Int
    let users: Int
    let conversations: Int
    let intervals: CountIntervals
  }

  /// Shown cells of each facet, the root's before those of leaf clusters; then by node and value.
  private(set) var counts: [[Count]] = []

  /// O(facets · records), and two draws for each cell that somebody is in.
  init(
    _ tree: CandidateTree, counted: CountedRecords, counts shown: [DifferentialCounts.Node?],
    plan: DifferentialPlan,
    cells: Int, minimumUsers: Int, isNoisy: Bool, using generator: inout some RandomNumberGenerator
  ) {
    let isLeaf = TreeShape(tree).isLeaf
    for (at, facet) in tree.facets.enumerated() {
      var own: [Count] = []
      for atRoot in [true, false] {
        let subject = DifferentialPlan.Subject.facet(at, atRoot: atRoot)
        let exact = Self.bounded(counted, cells: cells) { record in
          let (node, value) = (atRoot ? 0 : Int(tree.leafOfRecord[record]), Int(facet.valueOfRecord[record]))
          return value >= 0 && (atRoot || isLeaf[node]) ? node * facet.values.count + value : nil
        }
        let selection = plan.noise(subject, users: true)
        let noise = plan.noise(subject, users: false)
        let threshold = isNoisy ? max(plan.threshold(subject), minimumUsers) : minimumUsers
        // In the order of the cells, so that a test's seed repeats itself.
        for (cell, count) in exact.sorted(by: { $0.key < $1.key }) {
          let users = count.users + (isNoisy ? selection.draw(using: &generator) : 0)
          guard users >= threshold else { continue }
          let conversations = count.conversations + (isNoisy ? noise.draw(using: &generator) : 0)
          let node = cell / facet.values.count
          guard let cluster = shown[node], cluster.users >= minimumUsers else { continue }
          own.append(
            Count(
              node: node, value: cell % facet.values.count, users: users, conversations: conversations,
              intervals: isNoisy
                ? CountIntervals(
                  users: NoiseInterval.of(users, noise: selection, threshold: threshold, least: 1),
                  conversations: NoiseInterval.of(conversations, noise: noise, least: 1))
                : CountIntervals(users: users...users, conversations: conversations...conversations)
            ).within(cluster))
        }
      }
      counts.append(own)
    }
  }

  /// Users and conversations of each cell, of each user at most `cells` cells. `counted` is ordered by user, and within
  /// a user by keyed hash.
  private static func bounded(
    _ counted: CountedRecords, cells: Int, cellOf: (Int) -> Int?
  ) -> [Int: (users: Int, conversations: Int)] {
    var exact: [Int: (users: Int, conversations: Int)] = [:]
    var user: UInt32?
    var touched: Set<Int> = []
    for (record, owner) in zip(counted.records, counted.users) {
      if owner != user {
        user = owner
        touched.removeAll(keepingCapacity: true)
      }
      guard let cell = cellOf(Int(record)) else { continue }
      let isNew = !touched.contains(cell)
      guard !isNew || touched.count < cells else { continue }
      touched.insert(cell)
      exact[cell, default: (0, 0)].users += isNew ? 1 : 0
      exact[cell, default: (0, 0)].conversations += 1
    }
    return exact
  }
}

extension DifferentialFacets.Count {
  /// Not above the cluster's counts, and with at least as many conversations as users; intervals hold what is shown.
  fileprivate func within(_ cluster: DifferentialCounts.Node) -> Self {
    let users = min(users, cluster.users)
    let conversations = min(max(conversations, users), cluster.conversations)
    return Self(
      node: node, value: value, users: users, conversations: conversations,
      intervals: CountIntervals(
        users: min(users, intervals.users.lowerBound)...max(users, intervals.users.upperBound),
        conversations: min(
          conversations, intervals.conversations.lowerBound)...max(
            conversations, intervals.conversations.upperBound)))
  }
}
