/// How a published count speaks about the true one.
struct Reading: Sendable {
  /// Counts were rounded down to a multiple of this; 1: they are exact.
  let multiple: Int
  let isNoised: Bool

  /// The true counts that are shown as `count`.
  ///
  /// A count is rounded down, but not below its threshold nor below what its parts show together; in each case the next
  /// multiple above what is shown bounds it.
  func range(_ count: Int) -> ClosedRange<Double> {
    guard !isNoised else { return 0...Double.infinity }
    return Double(count)...Double(count / multiple * multiple + multiple - 1)
  }
}

extension Reading {
  /// Of clusters: where counts are no multiples of what the rules state although thresholds are, nothing was rounded.
  init(of clusters: [Published.Cluster], _ rules: Published.Rules) {
    let multiple = rules.roundedTo
    let isKept =
      !(rules.minimumUsers % multiple == 0 && rules.minimumConversations % multiple == 0)
      || clusters.allSatisfy { $0.users % multiple == 0 && $0.conversations % multiple == 0 }
    self.init(multiple: isKept ? multiple : 1, isNoised: rules.isNoised)
  }

  /// Of cells of facets.
  init(of cells: [Published.FacetCell], _ rules: Published.Rules) {
    self.init(
      ofFacets: cells.map(\.users), rules,
      thresholds: [
        rules.minimumFacetUsers, rules.minimumFacetConversations, rules.minimumUsers,
        rules.minimumConversations,
      ])
  }

  /// Of counts that are rounded as those of facets are. A count may be raised to its threshold, and conversations to users or to
  /// the sum of their parts.
  init(ofFacets counts: [Int], _ rules: Published.Rules, thresholds: Set<Int>) {
    let multiple = rules.facetsRoundedTo
    let odd = counts.count { $0 % multiple != 0 && !thresholds.contains($0) }
    self.init(multiple: 4 * odd > counts.count ? 1 : multiple, isNoised: rules.isNoised)
  }
}

extension Published {
  /// The true users of each cluster, as far as its count and its parts' tell.
  ///
  /// The gate shows a cluster with the users of a child where fewer than k have nothing in that child, so that they
  /// cannot be counted: equal counts may be as far apart.
  var userRanges: [ClosedRange<Double>] {
    var ranges = clusters.map { users(of: $0) }
    for at in clusters.indices.reversed() {
      let above = clusters[at].children.filter { clusters[$0].users == clusters[at].users }.map {
        ranges[$0].upperBound + Double(rules.minimumUsers - 1)
      }
      if let most = above.max() { ranges[at] = ranges[at].lowerBound...max(ranges[at].upperBound, most) }
    }
    return ranges
  }

  /// The true users of a cluster, as far as its own count tells.
  func users(of cluster: Cluster) -> ClosedRange<Double> {
    cluster.bounds?.users ?? reading.range(cluster.users)
  }

  /// The same of a cell.
  func users(of cell: FacetCell) -> ClosedRange<Double> {
    cell.bounds?.users ?? facetReading.range(cell.users)
  }

  /// The true conversations of a cluster.
  func conversations(of cluster: Cluster) -> ClosedRange<Double> {
    cluster.bounds?.conversations ?? reading.range(cluster.conversations)
  }

  /// The true conversations of a cell.
  func conversations(of cell: FacetCell) -> ClosedRange<Double> {
    cell.bounds?.conversations ?? facetReading.range(cell.conversations)
  }

  /// The true users of each cell of a facet, as far as its count and those of what holds it tell.
  ///
  /// The gate shows a cell with at least k users fewer than its cluster, than its value in the cluster above and than its parts, so
  /// that those who have nothing in it cannot be counted: a cell at that limit may be all of them.
  var cellUserRanges: [ClosedRange<Double>] {
    let (reading, whole, places) = (facetReading, userRanges, places)
    var ranges = cells.map { users(of: $0) }
    // Clusters above and parts of a cross come first.
    for (at, cell) in cells.enumerated() where cell.bounds == nil {
      var wholes = [(users: clusters[cell.cluster].users, most: whole[cell.cluster].upperBound)]
      func add(_ cluster: Int, _ facet: Int, _ value: String) {
        guard let above = places[.init(cluster: cluster, facet: facet, value: value)] else { return }
        wholes.append((cells[above].users, ranges[above].upperBound))
      }
      let parts = facets[cell.facet].parts
      if parts.count == 2 {
        for cut in cell.value.ranges(of: " * ") {
          add(cell.cluster, parts[0], String(cell.value[..<cut.lowerBound]))
          add(cell.cluster, parts[1], String(cell.value[cut.upperBound...]))
        }
      } else if let above = clusters[cell.cluster].parent {
        add(above, cell.facet, cell.value)
      }
      let least = rules.minimumFacetUsers
      let limit = wholes.map { max(least, ($0.users - least) / reading.multiple * reading.multiple) }.min()!
      if cell.users == limit {
        ranges[at] = ranges[at].lowerBound...max(ranges[at].upperBound, wholes.map(\.most).min()!)
      }
    }
    return ranges
  }
}

/// The unknowns of one cluster.
struct ClusterUnknowns: Sendable {
  var conversations: Int
  var users: Int
  /// What is left of it after its children; nil without children.
  var rest: (conversations: Int, users: Int)?
}

extension CellSystem {
  /// The tree: a cluster is its children and a rest, a conversation has one user and a user at most m conversations.
  ///
  /// - Returns: the unknowns of each cluster.
  mutating func addTree(_ published: Published) -> [ClusterUnknowns] {
    let rules = published.rules
    maximumPerUser = rules.maximumPerUser
    var unknowns = zip(published.clusters, published.userRanges).map { cluster, users in
      ClusterUnknowns(
        conversations: unknown(published.conversations(of: cluster)), users: unknown(users))
    }
    for (at, cluster) in published.clusters.enumerated() {
      bound(unknowns[at].users, unknowns[at].conversations, rules, family: at)
      guard !cluster.children.isEmpty else { continue }
      let rest = (conversations: unknown(), users: unknown())
      unknowns[at].rest = rest
      bound(rest.users, rest.conversations, rules, family: at)
      let children = cluster.children.map { unknowns[$0] }
      state(
        unknowns[at].conversations, isSumOf: children.map(\.conversations) + [rest.conversations], family: at)
      join(unknowns[at].users, of: children.map(\.users) + [rest.users], family: at)
      targets.append(
        Target(
          kind: .remainder, cluster: at, conversations: rest.conversations, users: rest.users,
          minimumConversations: rules.minimumConversations, minimumUsers: rules.minimumUsers))
    }
    return unknowns
  }

  /// U ≤ N ≤ m · U.
  private mutating func bound(_ users: Int, _ conversations: Int, _ rules: Published.Rules, family: Int) {
    state(users, isAtMost: 1, times: conversations, family: family)
    state(conversations, isAtMost: Double(rules.maximumPerUser), times: users, family: family)
  }

  /// max U_part ≤ U ≤ Σ U_part.
  private mutating func join(_ users: Int, of parts: [Int], family: Int) {
    for part in parts { state(part, isAtMost: 1, times: users, family: family) }
    state(parts.map { ($0, 1) } + [(users, -1)], in: 0...Double.infinity, family: family)
  }

  /// The union of cells that share no conversation.
  private mutating func sum(
    of cells: [(conversations: Int, users: Int)], _ rules: Published.Rules, family: Int
  ) -> (conversations: Int, users: Int) {
    let whole = (conversations: unknown(), users: unknown())
    bound(whole.users, whole.conversations, rules, family: family)
    state(whole.conversations, isSumOf: cells.map(\.conversations), family: family)
    join(whole.users, of: cells.map(\.users), family: family)
    return whole
  }

  /// A facet crossed with the tree: the values of a cluster, among them all that nobody printed, are its conversations,
  /// and each value is divided among the children and the rest.
  ///
  /// - Parameters:
  ///   - values: the values that are published anywhere; one more unknown stands for all others and for none.
  ///   - users: ``Published/cellUserRanges``.
  /// - Returns: for each cluster the unknowns of conversations and users of each value, the others last.
  @discardableResult
  mutating func addFacet(
    _ facet: Int, values: [String], users: [ClosedRange<Double>], published: Published,
    tree: [ClusterUnknowns]
  ) -> [[(conversations: Int, users: Int)]] {
    let rules = published.rules
    let place = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($0.element, $0.offset) })
    var printed = [[Int?]](
      repeating: Array(repeating: nil, count: values.count), count: published.clusters.count)
    for (at, cell) in published.cells.enumerated() where cell.facet == facet {
      printed[cell.cluster][place[cell.value]!] = at
    }
    func target(_ kind: Target.Kind, _ cluster: Int, _ cell: (conversations: Int, users: Int)) {
      targets.append(
        Target(
          kind: kind, cluster: cluster, conversations: cell.conversations, users: cell.users,
          minimumConversations: rules.minimumFacetConversations, minimumUsers: rules.minimumFacetUsers))
    }
    var unknowns: [[(conversations: Int, users: Int)]] = []
    for cluster in published.clusters.indices {
      var own: [(conversations: Int, users: Int)] = []
      var (shown, hidden) = (own, own)
      for value in 0...values.count {
        let cell = value < values.count ? printed[cluster][value] : nil
        let isNone = value == values.count && published.facets[facet].isComplete
        let any = isNone ? 0...0 : 0...Double.infinity
        let pair = (
          conversations: unknown(
            cell.map { published.conversations(of: published.cells[$0]) } ?? any),
          users: unknown(cell.map { users[$0] } ?? any)
        )
        bound(pair.users, pair.conversations, rules, family: cluster)
        own.append(pair)
        if cell == nil {
          hidden.append(pair)
          target(.facetValue, cluster, pair)
        } else {
          shown.append(pair)
        }
      }
      if !shown.isEmpty {
        let rest = sum(of: hidden, rules, family: cluster)
        target(.facetRest, cluster, rest)
        // Who has none of the printed values has one of the others, however many of these.
        join(tree[cluster].users, of: shown.map(\.users) + [rest.users], family: cluster)
      }
      state(tree[cluster].conversations, isSumOf: own.map(\.conversations), family: cluster)
      join(tree[cluster].users, of: own.map(\.users), family: cluster)
      unknowns.append(own)
    }
    for (cluster, entry) in published.clusters.enumerated() where !entry.children.isEmpty {
      var rests: [(conversations: Int, users: Int)] = []
      for value in 0...values.count {
        let rest = (conversations: unknown(), users: unknown())
        rests.append(rest)
        bound(rest.users, rest.conversations, rules, family: cluster)
        let children = entry.children.map { unknowns[$0][value] }
        state(
          unknowns[cluster][value].conversations,
          isSumOf: children.map(\.conversations) + [rest.conversations],
          family: cluster)
        join(unknowns[cluster][value].users, of: children.map(\.users) + [rest.users], family: cluster)
        target(.facetRemainder, cluster, rest)
      }
      let rest = tree[cluster].rest!
      state(rest.conversations, isSumOf: rests.map(\.conversations), family: cluster)
      join(rest.users, of: rests.map(\.users), family: cluster)
    }
    return unknowns
  }

  /// Two facets crossed inside each cluster (R6): rows and columns of a table whose margins are the two facets.
  ///
  /// - Parameters:
  ///   - first, second: what ``addFacet(_:values:published:tree:)`` returned for the parts, others last.
  mutating func addCross(
    _ facet: Int, parts: (values: [String], unknowns: [[(conversations: Int, users: Int)]]),
    _ other: (values: [String], unknowns: [[(conversations: Int, users: Int)]]),
    users: [ClosedRange<Double>], published: Published
  ) {
    let rules = published.rules
    var printed: [Int: [String: Int]] = [:]
    for (at, cell) in published.cells.enumerated() where cell.facet == facet {
      printed[cell.cluster, default: [:]][cell.value] = at
    }
    for cluster in published.clusters.indices {
      guard let shown = printed[cluster] else { continue }
      var rows = [[CrossCell]](repeating: [], count: parts.values.count + 1)
      var columns = [[CrossCell]](repeating: [], count: other.values.count + 1)
      func target(_ kind: Target.Kind, _ pair: (conversations: Int, users: Int)) {
        targets.append(
          Target(
            kind: kind, cluster: cluster, conversations: pair.conversations, users: pair.users,
            minimumConversations: rules.minimumFacetConversations, minimumUsers: rules.minimumFacetUsers))
      }
      for row in 0...parts.values.count {
        for column in 0...other.values.count {
          var cell: Int?
          if row < parts.values.count, column < other.values.count {
            cell = shown["\(parts.values[row]) * \(other.values[column])"]
          }
          let pair = (
            conversations: unknown(
              cell.map { published.conversations(of: published.cells[$0]) } ?? 0...Double.infinity),
            users: unknown(cell.map { users[$0] } ?? 0...Double.infinity)
          )
          bound(pair.users, pair.conversations, rules, family: cluster)
          let entry = CrossCell(conversations: pair.conversations, users: pair.users, isPrinted: cell != nil)
          rows[row].append(entry)
          columns[column].append(entry)
          if cell == nil { target(.cross, pair) }
        }
      }
      let margins = Array(zip(rows, parts.unknowns[cluster])) + zip(columns, other.unknowns[cluster])
      for (cells, margin) in margins {
        state(margin.conversations, isSumOf: cells.map(\.conversations), family: cluster)
        join(margin.users, of: cells.map(\.users), family: cluster)
        let hidden = cells.filter { !$0.isPrinted }
        guard hidden.count < cells.count, !hidden.isEmpty else { continue }
        target(
          .crossRest, sum(of: hidden.map { ($0.conversations, $0.users) }, rules, family: cluster))
      }
    }
  }
}

private struct CrossCell {
  let conversations: Int
  let users: Int
  let isPrinted: Bool
}
