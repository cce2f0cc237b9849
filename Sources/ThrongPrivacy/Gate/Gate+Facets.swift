import ThrongCore

/// A facet as it may be shown.
struct GatedFacet: Sendable {
  struct Count: Sendable {
    let value: String
    let users: Int
    var conversations: Int
  }

  let description: Release.Facet
  /// By published node: the shown values, in their order.
  let counts: [[Count]]
  let withheld: GateAccount.FacetCounts
}

extension Gate {
  /// The cells of every facet that may be shown, and then of the crosses. In parallel over facets.
  func facets(
    _ tree: CandidateTree, counted: CountedRecords, published: PublishedTree, figures: Figures,
    gap: ThresholdGap?, workers: Workers
  ) throws -> [GatedFacet] {
    guard !tree.facets.isEmpty else { return [] }
    let layout = TreeLayout(published, counted: counted, digests: gap?.digests ?? [])
    let rules = PrimaryRules.facets(policy: policy, defences: defences, gap: gap)
    let rounding = Rounding(to: policy.roundFacetsTo, defences: defences)
    let crossed = Set(tree.crosses.flatMap { [$0.0, $0.1] })
    // Those with most values first: they take longest.
    let order = tree.facets.indices.sorted {
      (tree.facets[$1].values.count, $0) < (tree.facets[$0].values.count, $1)
    }
    let decided = try workers.mapBlocks(count: order.count, blockSize: 1) { place, _ in
      let at = order[place]
      var suppression = FacetSuppression(
        tree.facets[at], layout: layout, published: published, rules: rules, rounding: rounding,
        shownRows: figures.conversations)
      try suppression.run(cancellation: workers.cancellation)
      return (gated(suppression, figures: figures), crossed.contains(at) ? suppression : nil)
    }
    let plain = order.indices.sorted { order[$0] < order[$1] }.map { decided[$0] }
    let crosses = try workers.mapBlocks(count: tree.crosses.count, blockSize: 1) { at, _ in
      let (a, b) = tree.crosses[at]
      return try cross(
        (plain[a].1!, plain[a].0), (plain[b].1!, plain[b].0), figures: figures, workers: workers)
    }
    return plain.map(\.0) + crosses
  }

  /// R3 for people: users of a cell as they are shown.
  ///
  /// Those of `wholes`, which hold the cell, who have nothing in it can be counted: they are the whole's users less the cell's, and no
  /// rule on records has asked whether they are k. So a cell is never shown with more than k users fewer than the wholes that are
  /// shown. What is at that limit may be all of the whole.
  ///
  /// - Parameter wholes: users, as shown, of the cluster, of the value in the cluster above, of both parts of a cross.
  private func shownUsers(_ users: Int, of wholes: [Int], _ rounding: Rounding, _ rules: PrimaryRules) -> Int
  {
    let least = rules.minimumUsers
    let shown = rounding.shown(users, threshold: least)
    guard defences.contains(.absentUsers), let whole = wholes.min() else { return shown }
    return max(least, min(shown, rounding.shown(whole - least, threshold: 0)))
  }

  /// `a * b`, see ``CrossedFacet``.
  private func cross(
    _ first: (suppression: FacetSuppression, shown: GatedFacet),
    _ second: (suppression: FacetSuppression, shown: GatedFacet), figures: Figures, workers: Workers
  ) throws -> GatedFacet {
    let (a, b) = (first.suppression, second.suppression)
    let isTurned = a.facet.isSensitive
    let table = CrossedFacet(rows: isTurned ? b : a, columns: isTurned ? a : b)
    let bothSensitive = a.facet.isSensitive && b.facet.isSensitive
    let counts = try a.published.nodes.indices.map { node -> [GatedFacet.Count] in
      guard !bothSensitive else { return [] }
      func users(_ facet: GatedFacet, _ value: String) -> Int {
        facet.counts[node].first { $0.value == value }!.users
      }
      return try table.counts(of: node, cancellation: workers.cancellation).map { count in
        let (row, column) =
          isTurned ? (count.columnValue, count.rowValue) : (count.rowValue, count.columnValue)
        let (one, other) = (a.facet.values[row], b.facet.values[column])
        let users = shownUsers(
          count.cell.users, of: [figures.users[node], users(first.shown, one), users(second.shown, other)],
          a.rounding, a.rules)
        return GatedFacet.Count(
          value: "\(one) * \(other)", users: users,
          conversations: max(
            users,
            a.rounding.shown(count.cell.conversations, threshold: a.rules.minimumConversations)))
      }.sorted { $0.value < $1.value }
    }
    return GatedFacet(
      description: .init(
        name: "\(a.facet.name) * \(b.facet.name)", parts: [a.facet.name, b.facet.name],
        isOrdered: false, isSensitive: a.facet.isSensitive || b.facet.isSensitive), counts: counts,
      withheld: .init())
  }

  private func gated(_ suppression: FacetSuppression, figures: Figures) -> GatedFacet {
    let (table, facet, layout) = (suppression.table, suppression.facet, suppression.layout)
    let columns = (0..<table.rest).sorted {
      facet.isOrdered
        ? table.values[$0] < table.values[$1]
        : (facet.values[table.values[$0]], $0) < (facet.values[table.values[$1]], $1)
    }
    var counter = RangeCounter(users: layout.userCount)
    let nodes = suppression.published.nodes
    // Users as shown, by node and column. What is shown in a node is shown in its parent, which comes first.
    var users = [[Int]](repeating: [], count: nodes.count)
    var counts = nodes.indices.map { node in
      let cells = suppression.cells(of: node, counter: &counter)
      let above = nodes[node].parent.map { users[$0] }
      users[node] = [Int](repeating: 0, count: table.rest)
      return columns.filter { table.state[table.index(node, $0)].contains(.published) }.map { column in
        users[node][column] = shownUsers(
          cells[column].users, of: [figures.users[node]] + (above.map { [$0[column]] } ?? []),
          suppression.rounding, suppression.rules)
        return GatedFacet.Count(
          value: facet.values[table.values[column]], users: users[node][column],
          conversations: max(users[node][column], suppression.shown(table.index(node, column))))
      }
    }
    // At least what the clusters below show together, as for clusters.
    for (node, at) in nodes.enumerated().reversed() {
      var below: [String: Int] = [:]
      for child in at.children {
        for count in counts[child] { below[count.value, default: 0] += count.conversations }
      }
      for at in counts[node].indices {
        counts[node][at].conversations = max(
          counts[node][at].conversations, below[counts[node][at].value] ?? 0)
      }
    }
    return GatedFacet(
      description: .init(
        name: facet.name, parts: [], isOrdered: facet.isOrdered, isSensitive: facet.isSensitive),
      counts: counts, withheld: suppression.withheld)
  }

  /// Rows of the release, by cluster, facet and value.
  func facetCells(_ facets: [GatedFacet], order: [Int], clusters: [Release.Cluster]) -> [Release.FacetCell] {
    zip(clusters, order).flatMap { cluster, node in
      facets.flatMap { facet in
        facet.counts[node].map { count in
          Release.FacetCell(
            clusterID: cluster.id, facet: facet.description.name, value: count.value, users: count.users,
            conversations: count.conversations,
            share: rounded(
              min(1, Double(count.conversations) / Double(cluster.conversations)), .toNearestOrEven))
        }
      }
    }
  }

  /// What the clusters at the bottom show of each value, and what they do not: sums and differences of shown numbers.
  func coverage(_ facets: [GatedFacet], cells: [Release.FacetCell], clusters: [Release.Cluster])
    -> [Release.Coverage]
  {
    let parents = Set(clusters.compactMap(\.parentID))
    var released: [String: [String: Int]] = [:]
    for cell in cells where !parents.contains(cell.clusterID) {
      released[cell.facet, default: [:]][cell.value, default: 0] += cell.conversations
    }
    return facets.flatMap { facet -> [Release.Coverage] in
      let name = facet.description.name
      let shown = facet.counts[0].map { count in
        let below = released[name]?[count.value] ?? 0
        return (value: count.value, released: below, rolledUp: count.conversations - below)
      }
      func share(_ part: Int, of all: Int) -> Double {
        all > 0 ? rounded(Double(part) / Double(all), .toNearestOrEven) : 0
      }
      let (all, left) = (shown.reduce(0) { $0 + $1.released }, shown.reduce(0) { $0 + $1.rolledUp })
      return shown.map {
        Release.Coverage(
          facet: name, value: $0.value, released: $0.released, rolledUp: $0.rolledUp,
          shareReleased: share($0.released, of: all), shareRolledUp: share($0.rolledUp, of: left))
      }
    }
  }
}
