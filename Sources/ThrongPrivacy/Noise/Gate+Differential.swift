import ThrongCore

extension Gate {
  /// The release of the differential tier; see ``DifferentialCounts`` for what is guaranteed and what is not.
  ///
  /// Not the same bytes each time: the noise comes from the system's generator, unless a test has put its own in place.
  ///
  /// - Throws: ``PrivacyFailure/refused(_:policy:)`` where the noised number of users stays below k.
  func differentialRelease(
    _ tree: CandidateTree, budget: DifferentialBudget, terms source: TermSource, labeller: some TopicLabeller,
    facts: RunFacts, workers: Workers, ledger session: LedgerSession?
  ) throws -> Release {
    guard tree.crosses.isEmpty, tree.facets.allSatisfy({ !$0.isSensitive }) else {
      throw PrivacyFailure.invalidPolicy(
        setting: "--policy differential",
        requirement: "without sensitive and crossed facets: it has no rule for them")
    }
    let perUser = policy.unit == .user ? policy.maximumPerUser : 1
    var budget = budget
    if policy.unit == .conversation { budget.cellsPerUser = 1 }
    let plan = try DifferentialPlan(
      budget, conversationsPerUser: perUser, innerDepths: TreeShape(tree).innerDepths,
      facets: tree.facets.count)
    let counted = CountedRecords(
      tree, unit: policy.unit, perUser: perUser,
      cells: defences.contains(.cellBound) ? budget.cellsPerUser : .max)
    // Noted before anything is drawn. Budgets add up, so joint atoms need not be looked at.
    _ = try session?.ledger.admit(
      .undivided(counted), tree: tree, counted: counted, policy: policy,
      defences: defences.subtracting(.ledger), settings: facts.digested, session: session!)
    var generator = generator
    let counts = DifferentialCounts(
      tree, counted: counted, plan: plan, minimumUsers: policy.minimumUsers,
      isNoisy: defences.contains(.differentialNoise), using: &generator)
    guard counts.shown[0] != nil else {
      throw PrivacyFailure.refused(.noisedUsers(minimum: policy.minimumUsers), policy: policy.name)
    }
    let facets = DifferentialFacets(
      tree, counted: counted, counts: counts.shown, plan: plan,
      cells: defences.contains(.cellBound) ? budget.cellsPerUser : .max,
      minimumUsers: policy.minimumFacetUsers,
      isNoisy: defences.contains(.differentialNoise), using: &generator)
    // Words are voted for as in the other tier, without copies of one text.
    let voters = CountedRecords(tree, policy: policy, defences: defences)
    let (published, figures) = Self.published(tree, voters: voters, counts: counts)
    try workers.cancellation.check()
    let (descriptions, spelling) = try describe(
      tree, counted: voters, published: published, figures: figures, terms: source, gap: nil,
      labeller: labeller,
      workers: workers)
    let leaves = published.nodes.indices.filter { published.nodes[$0].children.isEmpty }
    let (clusters, order) = try clusters(
      published, figures: figures, cautions: Cautions(silentOn: published.nodes.count),
      descriptions: descriptions, spelling: spelling)
    return try Release(
      run: .init(facts), rules: .init(policy, plan: plan, facets: tree.facets.map(\.name)),
      // What lies before the tree has no users the gate could bound, so nothing is said of it.
      accounts: .init(
        quarantined: 0, screenedOut: 0, beyondBound: 0,
        inLeaves: leaves.reduce(0) { $0 + figures.conversations[$1] }, rolledUp: figures.rolledUp.reduce(0, +)
      ),
      clusters: clusters,
      facets: tree.facets.map {
        .init(name: $0.name, parts: [], isOrdered: $0.isOrdered, isSensitive: false)
      },
      facetCells: cells(of: facets, tree: tree, published: published, order: order, clusters: clusters)
    ).identified()
  }

  /// Rows of the release, by cluster, facet and value.
  private func cells(
    of facets: DifferentialFacets, tree: CandidateTree, published: PublishedTree, order: [Int],
    clusters: [Release.Cluster]
  ) -> [Release.FacetCell] {
    var clusterOfNode: [Int: Int] = [:]
    for (cluster, at) in order.enumerated() { clusterOfNode[published.nodes[at].candidate] = cluster }
    var rows: [(cluster: Int, facet: Int, value: Int, cell: Release.FacetCell)] = []
    for (at, facet) in tree.facets.enumerated() {
      for count in facets.counts[at] {
        let cluster = clusterOfNode[count.node]!
        let value = facet.values[count.value]
        let share = Double(count.conversations) / Double(clusters[cluster].conversations)
        rows.append(
          (
            cluster, at, facet.isOrdered ? count.value : 0,
            .init(
              clusterID: clusters[cluster].id, facet: facet.name, value: value, users: count.users,
              conversations: count.conversations, intervals: count.intervals,
              share: (min(1, share) * 10_000).rounded() / 10_000)
          ))
      }
    }
    return rows.sorted {
      ($0.cluster, $0.facet, $0.value, $0.cell.value) < ($1.cluster, $1.facet, $1.value, $1.cell.value)
    }.map(\.cell)
  }

  private static func published(
    _ tree: CandidateTree, voters: CountedRecords, counts: DifferentialCounts
  ) -> (PublishedTree, Figures) {
    let cells = DifferentialCounts.counts(tree, counted: voters)
    let children = TreeShape(tree).children
    var position = [Int32](repeating: 0, count: tree.parents.count)
    var nodes: [PublishedTree.Node] = []
    var shown: [DifferentialCounts.Node] = []
    var open: [(node: Int, parent: Int?)] = [(0, nil)]
    while let (node, parent) = open.popLast() {
      guard let figure = counts.shown[node] else { continue }
      let at = nodes.count
      position[node] = Int32(at)
      nodes.append(
        .init(
          candidate: node, parent: parent, level: parent.map { nodes[$0].level + 1 } ?? 0, children: [],
          cell: cells[node]))
      shown.append(figure)
      if let parent { nodes[parent].children.append(at) }
      open += children[node].reversed().map { ($0, at) }
    }
    for node in tree.parents.indices where counts.shown[node] == nil {
      position[node] = position[tree.parents[node]!]
    }
    let nodeOfRecord = voters.records.map { position[Int(tree.leafOfRecord[Int($0)])] }
    return (
      PublishedTree(nodes: nodes, nodeOfRecord: nodeOfRecord),
      Figures(noised: shown, children: nodes.map(\.children))
    )
  }
}

extension PublishedTree {
  /// The root alone.
  fileprivate static func undivided(_ counted: CountedRecords) -> PublishedTree {
    PublishedTree(
      nodes: [.init(candidate: 0, parent: nil, level: 0, children: [], cell: Cell())],
      nodeOfRecord: [Int32](repeating: 0, count: counted.records.count))
  }
}

extension Figures {
  /// The figures of the differential tier, consistent already.
  init(noised: [DifferentialCounts.Node], children: [[Int]]) {
    users = noised.map(\.users)
    conversations = noised.map(\.conversations)
    rolledUp = children.indices.map { at in
      children[at].isEmpty
        ? 0 : noised[at].conversations - children[at].reduce(0) { $0 + noised[$1].conversations }
    }
    intervals = noised.map(\.intervals)
  }
}
