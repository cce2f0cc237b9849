package import ThrongCore

/// The one door from private data to a ``Release``.
///
/// In order: bound what each user contributes (R2), withhold what is too small or dominated (R1, R2), withhold what
/// would betray it by subtraction (R3), let through the terms of enough users (R8), have them ordered into labels by a
/// labeller that sees nothing else, round, number and describe.
///
/// Each rule, where it is with its reason, and the attack that tests it. Every attack has a twin that succeeds with
/// the defence off (``Defences``).
///
/// | rule | where | attack |
/// |---|---|---|
/// | R1 fewest users and conversations | ``PrimaryRules`` | `ThresholdTests` |
/// | R2 bound per user, dominance | ``CountingRule``, ``PrimaryRules`` | `ContributionBoundTests`, `ThresholdTests` |
/// | templates: copies of one text count once | ``CountingRule``, ``Cautions`` | `TemplateTests`, `SimulationTests` |
/// | R3 atoms | ``Suppression`` | `AtomTests` |
/// | R8 labels and terms | ``GatedTerms``, ``Gate/check(_:nodes:)`` | `GatedTermTests` |
/// | R9 secret gap above the thresholds, and below the totals | ``ThresholdGap``, ``TotalGap`` | `NoiseThresholdTests`, `TotalGapTests` |
/// | R9, R10 the differential tier | ``DifferentialCounts``, ``DifferentialPlan`` | `NoiseDifferentialTests`, `NoisePartitionTests`, `NoiseSamplerTests` |
/// | R11 sticky noise | ``StickyNoise`` | `NoiseThresholdTests` |
/// | facets: R1, R2, R3, R4 protection, R5 coalitions, R6 margins | ``FacetSuppression``, ``FacetTable``, `ProtectionFlow` | `FacetAttackTests`, `FacetTests` |
/// | crossed facets | ``CrossedFacet`` | `FacetTests` |
/// | R7 homogeneity, ℓ-diversity, t-closeness | `Homogeneity.swift` | `FacetTests` |
/// | R12 earlier releases | ``Ledger``, ``JointAtoms`` | `LedgerTests` |
/// | R13 non-interference | ``Suppression``, ``Gate/clusters(_:figures:cautions:descriptions:spelling:)`` | `NonInterferenceTests` |
/// | figures of a study: R1 to R7 over sets that overlap, grain | ``StudyGate``, ``SetFamily``, ``StatisticGrain`` | `StudyAttackTests` |
/// | rounding, accounts, the one door | ``Figures``, ``Gate/accounts(_:beyond:figures:published:rules:rounding:totals:)``, ``Release`` | `ReleaseTests` |
///
/// What none of them protects against: somebody with k accounts of a topic, and what is known to be true of everybody in a
/// topic. Thresholds are not differential privacy; the differential tier is, for what ``DifferentialCounts`` says.
package struct Gate: Sendable {
  let policy: Policy
  let defences: Defences
  /// R11: noise that sticks to its cell.
  let sticky: StickyNoise
  /// Where the differential tier's noise comes from.
  let generator: NoiseGenerator
  /// Draws the map of what is released; nil: there is none.
  let placer: (any ClusterPlacer)?
  /// Matches what is released to a list of topics; nil: there is none.
  let matcher: (any ClusterMatcher)?

  /// - Parameters:
  ///   - defences: for attack tests only.
  ///   - secret: of the workspace: what the gaps of R9 follow from. Without one they are drawn anew for each gate, so that two
  ///     releases of the same conversations may differ.
  ///   - generator: another one than the system's is for tests only.
  ///   - placer: places the released clusters on a map.
  ///   - matcher: matches them to topics of a list.
  /// - Throws: ``PrivacyFailure/invalidPolicy(setting:requirement:)``.
  package init(
    policy: Policy, defences: Defences = .all, secret: Secret? = nil, generator: NoiseGenerator = .fresh,
    placer: (any ClusterPlacer)? = nil, matcher: (any ClusterMatcher)? = nil
  ) throws {
    self.policy = try policy.validated()
    self.defences = defences
    sticky = StickyNoise(secret: secret ?? .random())
    self.generator = generator
    self.placer = placer
    self.matcher = matcher
  }

  /// What may be shown of `tree`.
  ///
  /// - Parameters:
  ///   - tree: the candidates, private.
  ///   - accounting: what happened before, private, exact.
  ///   - terms: the dictionary that the tree's terms index.
  ///   - labeller: chooses among gated terms.
  ///   - facts: how the run was set.
  ///   - ledger: compares the release with earlier ones and notes it (R12); nil where nobody asked for that.
  /// - Throws: ``PrivacyFailure``, the labeller's error, or `Interrupted`.
  ///
  /// O(nodes + records · depth) and, in parallel, O(occurrences of terms · depth). The result depends neither on the
  /// order of records nor on the numbering of users nor on the number of threads.
  package func release(
    _ tree: CandidateTree, accounting: Accounting, terms source: TermSource, labeller: some TopicLabeller,
    facts: RunFacts, workers: Workers, ledger session: LedgerSession? = nil
  ) throws -> Release {
    try releaseWithAccount(
      tree, accounting: accounting, terms: source, labeller: labeller, facts: facts, workers: workers,
      ledger: session
    ).release
  }

  /// The same, and what was withheld by which rule: for the operator, on standard error, never for a bundle.
  package func releaseWithAccount(
    _ tree: CandidateTree, accounting: Accounting, terms source: TermSource, labeller: some TopicLabeller,
    facts: RunFacts, workers: Workers, ledger session: LedgerSession? = nil
  ) throws -> (release: Release, account: GateAccount) {
    try facts.validate()
    guard accounting.read == accounting.quarantined + accounting.screenedOut + tree.recordCount else {
      throw PrivacyFailure.accountsDoNotAddUp
    }
    if let budget = policy.differential {
      let release = try differentialRelease(
        tree, budget: budget, terms: source, labeller: labeller, facts: facts, workers: workers,
        ledger: session)
      // What is withheld there is withheld by chance, and by no rule.
      return (release, GateAccount(clusters: release.clusters.count, facets: []))
    }
    let gap = ThresholdGap(tree, policy: policy, defences: defences, noise: sticky)
    let rules = PrimaryRules(policy: policy, defences: defences, gap: gap)
    let rounding = Rounding(policy: policy, defences: defences)
    let counted = CountedRecords(tree, policy: policy, defences: defences, digests: gap?.digests ?? [])
    var published = try Suppression(tree: tree, counted: counted, rules: rules, rounding: rounding).publish()
    if let session {
      published = try session.ledger.admit(
        published, tree: tree, counted: counted, policy: policy, defences: defences,
        settings: facts.digested + Array("\(policy) \(tree.facets.map(\.name))".utf8),
        session: session)
    }
    try workers.cancellation.check()
    let totals = TotalGap(gap, policy: policy)
    let figures = Figures(
      published, policy: policy, rounding: rounding, defences: defences, totals: totals)
    let (descriptions, spelling) = try describe(
      tree, counted: counted, published: published, figures: figures, terms: source, gap: gap,
      labeller: labeller,
      workers: workers)
    let accounts = accounts(
      accounting, beyond: counted.beyond, figures: figures, published: published, rules: rules,
      rounding: rounding, totals: totals)
    let facets = try facets(
      tree, counted: counted, published: published, figures: figures, gap: gap, workers: workers)
    let (clusters, order) = try clusters(
      published, figures: figures,
      cautions: Cautions(tree, counted: counted, published: published, rules: rules, rounding: rounding),
      descriptions: descriptions, stability: tree.stability, spelling: spelling)
    let cells = facetCells(facets, order: order, clusters: clusters)
    var study = Release.Study(trends: Series.topics(cells, clusters: clusters))
    if let candidate = tree.study {
      let own = try StudyGate(
        self, study: candidate, tree: tree, counted: counted, gap: gap, workers: workers)
      study.funnel = own.funnel(
        root: published.nodes[0].cell,
        shown: (clusters[0].users, clusters[0].conversations), gap: gap)
      let root = Set(cells.filter { $0.clusterID == clusters[0].id }.map { "\($0.facet)\n\($0.value)" })
      let (statistics, shown) = try own.statistics(rootCells: root)
      study.statistics = statistics
      let (points, trends) = try own.trends(beside: shown, rootCells: root)
      study.trendPoints = points
      study.trends += trends
      study.segmentCells = try own.topics(published, order: order, clusters: clusters)
    }
    let release = try Release(
      run: .init(facts), rules: .init(policy), accounts: accounts, clusters: clusters,
      facets: facets.map(\.description), facetCells: cells,
      coverage: coverage(facets, cells: cells, clusters: clusters), study: study
    ).identified()
    return (
      release,
      GateAccount(clusters: clusters.count, facets: facets.map { ($0.description.name, $0.withheld) })
    )
  }

  /// R8 and the labels: descriptions of the published nodes in gated terms, and how these are written.
  func describe(
    _ tree: CandidateTree, counted: CountedRecords, published: PublishedTree, figures: Figures,
    terms source: TermSource, gap: ThresholdGap?, labeller: some TopicLabeller, workers: Workers
  ) throws -> (descriptions: [NodeDescription], spelling: (UInt32) -> String) {
    let isOn = defences.contains(.terms)
    let gated = try GatedTerms(
      tree, counted: counted, published: published, barred: barred(source),
      threshold: isOn ? policy.effectiveMinimumTermUsers : 1,
      gap: isOn ? gap.map { ($0, spelling: source.spelling) } : nil,
      rounding: Rounding(policy: policy, defences: defences), workers: workers)
    let nodes = gatedNodes(published, figures: figures, gated: gated)
    let vocabulary = GatedVocabulary(gated: gated.terms[0], source: source)
    let descriptions = try labeller.describe(nodes, vocabulary: vocabulary)
    try workers.cancellation.check()
    try check(descriptions, nodes: nodes)
    return (descriptions, source.spelling)
  }

  /// Terms that are never shown: those seen in identities, and phrases with such a word in them.
  private func barred(_ source: TermSource) -> (UInt32) -> Bool {
    guard defences.contains(.identities) else { return { _ in false } }
    return { term in
      if source.isBarred(term) { return true }
      guard let (first, second) = source.parts(term) else { return false }
      return source.isBarred(first) || source.isBarred(second)
    }
  }

  private func gatedNodes(_ published: PublishedTree, figures: Figures, gated: GatedTerms) -> [GatedNode] {
    published.nodes.indices.map { at in
      let node = published.nodes[at]
      let above = node.parent ?? at
      func users(of term: UInt32, in other: Int) -> Int {
        gated.users[other][gated.terms[other].firstIndex(ofAscending: term)!]
      }
      let terms = zip(gated.terms[at], gated.users[at]).map { term, count in
        GatedTerm(
          term: term, users: count, parentUsers: users(of: term, in: above), rootUsers: users(of: term, in: 0)
        )
      }
      return GatedNode(
        index: at, parent: node.parent, level: node.level, children: node.children, users: figures.users[at],
        conversations: figures.conversations[at], terms: terms)
    }
  }

  /// R8 at the door: whatever the labeller answers, only gated terms of that very node get a spelling.
  private func check(_ descriptions: [NodeDescription], nodes: [GatedNode]) throws {
    guard descriptions.count == nodes.count else { throw PrivacyFailure.labellerOverstepped }
    for (description, node) in zip(descriptions, nodes) {
      let gated = node.terms.map(\.term)
      guard (description.label + description.terms).allSatisfy({ gated.firstIndex(ofAscending: $0) != nil })
      else {
        throw PrivacyFailure.labellerOverstepped
      }
    }
  }
}
