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
/// | R13 non-interference | ``Suppression``, ``Gate/clusters(_:figures:cautions:descriptions:spelling:)`` | `NonInterferenceTests` |
/// | rounding, accounts, the one door | ``Figures``, ``Gate/accounts(_:beyond:figures:published:rules:rounding:)``, ``Release`` | `ReleaseTests` |
///
/// What none of them protects against: somebody with k accounts of a topic, two releases of nearly the same
/// conversations, and what is known to be true of everybody in a topic. Thresholds are not differential privacy.
package struct Gate: Sendable {
  let policy: Policy
  let defences: Defences

  /// - Parameter defences: for attack tests only.
  /// - Throws: ``PrivacyFailure/invalidPolicy(setting:requirement:)``.
  package init(policy: Policy, defences: Defences = .all) throws {
    self.policy = try policy.validated()
    self.defences = defences
  }

  /// What may be shown of `tree`.
  ///
  /// - Parameters:
  ///   - tree: the candidates, private.
  ///   - accounting: what happened before, private, exact.
  ///   - terms: the dictionary that the tree's terms index.
  ///   - labeller: chooses among gated terms.
  ///   - facts: how the run was set.
  /// - Throws: ``PrivacyFailure``, the labeller's error, or `Interrupted`.
  ///
  /// O(nodes + records · depth) and, in parallel, O(occurrences of terms · depth). The result depends neither on the
  /// order of records nor on the numbering of users nor on the number of threads.
  package func release(
    _ tree: CandidateTree, accounting: Accounting, terms source: TermSource, labeller: some TopicLabeller,
    facts: RunFacts, workers: Workers
  ) throws -> Release {
    try releaseWithAccount(
      tree, accounting: accounting, terms: source, labeller: labeller, facts: facts, workers: workers
    ).release
  }

  /// The same, and what was withheld by which rule: for the operator, on standard error, never for a bundle.
  package func releaseWithAccount(
    _ tree: CandidateTree, accounting: Accounting, terms source: TermSource, labeller: some TopicLabeller,
    facts: RunFacts, workers: Workers
  ) throws -> (release: Release, account: GateAccount) {
    try facts.validate()
    guard accounting.read == accounting.quarantined + accounting.screenedOut + tree.recordCount else {
      throw PrivacyFailure.accountsDoNotAddUp
    }
    let rules = PrimaryRules(policy: policy, defences: defences)
    let rounding = Rounding(policy: policy, defences: defences)
    let counted = CountedRecords(tree, policy: policy, defences: defences)
    let published = try Suppression(tree: tree, counted: counted, rules: rules, rounding: rounding).publish()
    try workers.cancellation.check()
    let gated = try GatedTerms(
      tree, counted: counted, published: published, barred: barred(source),
      threshold: defences.contains(.terms) ? policy.effectiveMinimumTermUsers : 1, rounding: rounding,
      workers: workers)
    let figures = Figures(published, policy: policy, rounding: rounding)
    let nodes = gatedNodes(published, figures: figures, gated: gated)
    let vocabulary = GatedVocabulary(gated: gated.terms[0], source: source)
    let descriptions = try labeller.describe(nodes, vocabulary: vocabulary)
    try workers.cancellation.check()
    try check(descriptions, nodes: nodes)
    let facets = try facets(tree, counted: counted, published: published, figures: figures, workers: workers)
    let accounts = accounts(
      accounting, beyond: counted.beyond, figures: figures, published: published, rules: rules,
      rounding: rounding)
    let (clusters, order) = clusters(
      published, figures: figures,
      cautions: Cautions(tree, counted: counted, published: published, rules: rules, rounding: rounding),
      descriptions: descriptions, spelling: source.spelling)
    let cells = facetCells(facets, order: order, clusters: clusters)
    let release = try Release(
      run: .init(facts), rules: .init(policy), accounts: accounts, clusters: clusters,
      facets: facets.map(\.description), facetCells: cells,
      coverage: coverage(facets, cells: cells, clusters: clusters)
    ).identified()
    return (
      release,
      GateAccount(clusters: clusters.count, facets: facets.map { ($0.description.name, $0.withheld) })
    )
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
