internal import ThrongClustering
package import ThrongCore
internal import ThrongFacets
internal import ThrongIngest
internal import ThrongLinearAlgebra
package import ThrongPrivacy
internal import ThrongText
package import ThrongWorkspace

/// From prepared conversations to a gated release: weigh, reduce, cluster, agglomerate, describe, gate.
package struct ReleasePipeline: Sendable {
  package var settings: ClusteringSettings
  package var policy: Policy
  /// Defences of the gate; less than all of them in attack tests only.
  package var defences = Defences.all
  /// The workspace's secret, which the gaps of R9 follow from; nil draws one.
  package var secret: Secret?
  package var memory = MemoryPlan()
  /// The study that the corpus was prepared for; nil releases topics and facets only.
  package var study: StudyPlan?

  package init(settings: ClusteringSettings, policy: Policy) {
    self.settings = settings
    self.policy = policy
  }

  /// The tree a release is made of, with the conversations of each node: private.
  package struct Model: Sendable {
    package var tree: TopicTree
    /// Deepest node of each conversation.
    package var nodeOfRecord: [Int32]
    /// Group of near-duplicates of each conversation.
    package var templates: [UInt32]
    /// How well each node is found again; empty where nobody asked.
    package var stability: [Double] = []
  }

  /// Refuses what the gate would refuse at the end of a long run.
  ///
  /// - Throws: `PrivacyFailure` where all conversations together do not pass its rules.
  package func admit(_ corpus: PreparedCorpus) throws {
    try Gate(policy: policy, defences: defences, secret: secret).admit(
      users: corpus.users, recordKeys: corpus.recordKeys, userKeys: corpus.userKeys,
      isCountable: corpus.isCountable)
  }

  /// Keys of the conversations that count in a release of `model`. O(conversations · log(conversations of a user)).
  package func counted(_ model: Model, of corpus: PreparedCorpus) -> Set<UInt64> {
    let records = CountingRule(policy: policy, defences: defences).records(
      users: corpus.users, recordKeys: corpus.recordKeys, templates: model.templates,
      isCountable: corpus.isCountable)
    return Set(records.map { corpus.recordKeys[Int($0)] })
  }

  /// Clusters `corpus` into a tree.
  ///
  /// Books the stages `vectorise`, `reduce`, `cluster` and `tree`.
  ///
  /// - Parameter stage: that of `corpus`; what follows is kept behind it, and taken from there where it was.
  package func model(
    of corpus: PreparedCorpus, after stage: Stage? = nil, workers: Workers, progress: any ProgressReporter,
    clock: inout StageClock
  ) throws -> Model {
    try stage.then("model", stageSettings).value(
      workers: workers, restore: { try Model(count: corpus.count, from: &$0) },
      store: { $0.store(into: &$1) }
    ) {
      try makeModel(of: corpus, after: stage, workers: workers, progress: progress, clock: &clock)
    }
  }

  /// Everything that a model depends on beside its corpus.
  var stageSettings: String { "\(settings.withoutRoles) \(policy) \(defences) \(memory.samples)" }

  private func makeModel(
    of corpus: PreparedCorpus, after stage: Stage?, workers: Workers, progress: any ProgressReporter,
    clock: inout StageClock
  ) throws -> Model {
    let shaping = try clock.time("vectorise") {
      progress.report(stage: "copies", done: 0, total: nil)
      return try ShapingRecords(
        of: corpus, rule: CountingRule(policy: policy, defences: defences), workers: workers)
    }
    let plan = ClusterPlan(
      conversations: shaping.records.count, counted: shaping.records.count,
      minimumConversations: max(policy.minimumConversations, policy.usualUsers),
      minimumUsers: policy.usualUsers,
      clusters: settings.clusters, levels: settings.levelRule == .counts ? settings.levels : nil)
    let basis = stage.then("shaping", "\(CountingRule(policy: policy, defences: defences))")
    func cluster() throws -> Clustering {
      try Clustering(
        corpus: corpus, after: basis, shaping: shaping, clusters: plan.baseClusters,
        choices: plan.baseChoices,
        settings: settings, memory: memory, workers: workers, progress: progress, clock: &clock)
    }
    let clustering =
      settings.base == .tree
      ? try cluster()
      : try basis.then("clusters", settings.ofClusters, "\(plan) \(memory.samples)").value(
        workers: workers, restore: { try Clustering(count: corpus.count, from: &$0) },
        store: { $0.store(into: &$1) }, make: cluster)
    let centroids = clustering.centroids
    return try clock.time("tree") {
      progress.report(stage: "tree", done: 0, total: nil)
      var sizes = [Double](repeating: 0, count: centroids.rows)
      for row in shaping.records { sizes[Int(clustering.assignments[Int(row)])] += 1 }
      // k-means has to put rows without a direction somewhere; they make no cluster larger.
      let empty = Set(clustering.emptyRows)
      for row in shaping.records where empty.contains(Int(row)) {
        sizes[Int(clustering.assignments[Int(row)])] -= 1
      }
      let dendrogram =
        try clustering.tree
        ?? Dendrogram.agglomerate(
          centroids, weights: sizes.map { max($0, 1) }, linkage: settings.linkage, workers: workers)
      let tree = TopicTree(
        cuts: settings.levelRule.cuts(
          of: dendrogram, numbers: settings.levels ?? [], planned: plan.levels(base: centroids.rows)),
        leaves: dendrogram.leaves, centroids: centroids)
      var nodes = clustering.assignments.map { tree.nodeOfBaseCluster[Int($0)] }
      try place(
        clustering.emptyRows, counted: shaping.records.map { Int($0) }.filter(empty.contains), of: corpus,
        into: &nodes, largest: Int32(sizes.firstIndex(of: sizes.max()!)!), tree)
      return Model(tree: tree, nodeOfRecord: nodes, templates: shaping.templates)
    }
  }

  /// Gates `model` into a release, which the ledger of `session` compares with earlier ones. Books the stage `gate`.
  ///
  /// - Parameter labeller: chooses among gated terms; another one in attack tests only.
  package func release(
    _ model: Model, of corpus: PreparedCorpus, facts: RunFacts,
    labeller: some TopicLabeller = TopicDescriber(), workers: Workers, progress: any ProgressReporter,
    clock: inout StageClock, ledger session: LedgerSession? = nil
  ) throws -> Release {
    try releaseWithAccount(
      model, of: corpus, facts: facts, labeller: labeller, workers: workers, progress: progress,
      clock: &clock, ledger: session
    ).release
  }

  /// The same, and what the gate withheld, in exact numbers: for the operator, never for a bundle.
  package func releaseWithAccount(
    _ model: Model, of corpus: PreparedCorpus, facts: RunFacts,
    labeller: some TopicLabeller = TopicDescriber(), workers: Workers, progress: any ProgressReporter,
    clock: inout StageClock, ledger session: LedgerSession? = nil
  ) throws -> (release: Release, account: GateAccount) {
    guard let dictionary = corpus.dictionary else { preconditionFailure("prepared without a dictionary") }
    return try clock.time("gate") {
      progress.report(stage: "gate", done: 0, total: nil)
      let facets = corpus.candidateFacets(
        // Leaving values out by exact counts would undo what noise is for.
        minimumUsers: defences.contains(.minimumUsers) && policy.differential == nil
          ? policy.minimumFacetUsers : 1)
      let neverShown = Set((study?.study.neverShown ?? []).map { $0.lowercased() })
      let candidates = CandidateTree(
        parents: model.tree.nodes.map(\.parent), leafOfRecord: model.nodeOfRecord,
        userOfRecord: corpus.users, recordKeys: corpus.recordKeys,
        termRows: try corpus.features.rows(in: dictionary, workers: workers), termCount: dictionary.count,
        // A study looks at more facets than it counts in topics.
        facets: study.map { study in
          facets.indices.filter(study.counted.contains).map { facets[$0] }
            + study.countedPredicates(of: corpus)
        } ?? facets,
        crosses: corpus.facets.plan.crosses, userKeys: corpus.userKeys, templateOfRecord: model.templates,
        isCountable: corpus.isCountable, stability: model.stability,
        study: try study?.candidate(of: corpus, facets: facets))
      return try Gate(
        policy: policy, defences: defences, secret: secret, placer: ClusterMap(workers: workers),
        matcher: TaxonomyMatcher(corpus.facets.plan)
      ).releaseWithAccount(
        candidates,
        accounting: Accounting(
          read: corpus.report.read, quarantined: corpus.report.quarantined, screenedOut: corpus.screenedOut),
        terms: TermSource(
          spelling: { Spelling.shown(dictionary.spelling(Int($0))) },
          isBarred: { dictionary.isIdentity(Int($0)) || neverShown.contains(dictionary.spelling(Int($0))) },
          parts: { term in dictionary.parts(Int(term)).map { (UInt32($0.0), UInt32($0.1)) } }),
        labeller: labeller, facts: facts, workers: workers, ledger: session)
    }
  }

  /// Conversations without any kept word belong to no topic. They stay with the root where the gate lets such a
  /// remainder stand; else they join the largest cluster, where they change least, because a remainder of a
  /// few would cost a whole topic (R3).
  private func place(
    _ emptyRows: [Int], counted: [Int], of corpus: PreparedCorpus, into nodes: inout [Int32], largest: Int32,
    _ tree: TopicTree
  ) throws {
    let users = Set(counted.map { corpus.users[$0] })
    let stands = users.count >= 2 * policy.minimumUsers && counted.count >= 2 * policy.minimumConversations
    let node = stands ? 0 : tree.nodeOfBaseCluster[Int(largest)]
    for row in emptyRows { nodes[row] = node }
  }
}

extension PreparedCorpus {
  /// The least users of a column that is kept, where none was asked for: rarer words tell one
  /// conversation from another, not one topic from another.
  package var defaultMinimumColumnUsers: Int { userCount < 1000 ? 2 : userCount < 100_000 ? 3 : 5 }
}
