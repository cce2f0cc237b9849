import Testing
import ThrongCore
import ThrongPrivacy

/// Labels each cluster with the marker of its candidate node (``Corpus/marked``), so that a test can tell them.
struct MarkerLabeller: TopicLabeller {
  let nodes: Int

  func describe(_ shown: [GatedNode], vocabulary: GatedVocabulary) -> [NodeDescription] {
    var markers: [UInt32] = []
    for node in shown {
      var above: Set<UInt32> = []
      var at = node.parent
      while let parent = at {
        above.insert(markers[parent])
        at = shown[parent].parent
      }
      // Its own marker is on all of its conversations; those of nodes below are larger numbers.
      markers.append(node.terms.map(\.term).filter { $0 < nodes && !above.contains($0) }.min()!)
    }
    return markers.map { NodeDescription(label: [$0], terms: []) }
  }
}

/// What an outsider knows of one facet, as a linear programme over conversations and users, and what follows from it for
/// cells that are not shown. Knows nothing of how the gate works.
struct FacetAttacker {
  struct Cluster {
    let candidate: Int
    let parent: Int?
    let users: Double
    let conversations: Double
  }

  let clusters: [Cluster]
  /// Shown cells, by cluster and value.
  let shown: [[Int: (users: Double, conversations: Double)]]
  let values: Int
  let bound: Double
  /// Counts of clusters, and of cells, are multiples of these; 1 where they are exact.
  let multiples: (clusters: Double, cells: Double)
  let minimumUsers: Int
  let minimumConversations: Int
  /// The true counts by part and value. A part is what a cluster's published children leave of it.
  let truth: [[Int]]
  let trueUsers: [[Set<Int>]]
  /// Records by part and value.
  let records: [[[Int]]]

  /// - Parameters:
  ///   - corpus: what the release was made of, with all records within the contribution bound.
  ///   - isRounded: attack counts as they are released; else exact ones, which say more.
  init?(_ corpus: Corpus, facet: Int, policy: Policy, defences: Defences, isRounded: Bool = false) throws {
    let release: Release
    do {
      release = try corpus.marked.release(
        policy: policy,
        defences: defences.subtracting(isRounded ? .absentUsers : [.rounding, .absentUsers]),
        labeller: MarkerLabeller(nodes: corpus.parents.count))
    } catch let failure as PrivacyFailure where failure.exitStatus == 4 {
      return nil
    }
    self.init(release, corpus, facet: facet, policy: policy, isRounded: isRounded)
  }

  init(_ release: Release, _ corpus: Corpus, facet: Int, policy: Policy, isRounded: Bool = false) {
    multiples = isRounded ? (Double(policy.roundTo), Double(policy.roundFacetsTo)) : (1, 1)
    let positions = Dictionary(
      uniqueKeysWithValues: release.clusters.enumerated().map { ($1.id, $0) })
    let candidates = release.clusters.map { $0.parentID == nil ? 0 : Int($0.label.dropFirst(4))! }
    let clusters = zip(release.clusters, candidates).map { cluster, candidate in
      Cluster(
        candidate: candidate, parent: cluster.parentID.map { positions[$0]! }, users: Double(cluster.users),
        conversations: Double(cluster.conversations))
    }
    var shown = clusters.map { _ in [Int: (users: Double, conversations: Double)]() }
    for cell in release.facetCells where cell.facet == "facet\(facet)" {
      shown[positions[cell.clusterID]!][Int(cell.value.dropFirst())!] = (
        Double(cell.users), Double(cell.conversations)
      )
    }
    let values = corpus.facets[facet].values
    var records = clusters.map { _ in [[Int]](repeating: [], count: values + 1) }
    let naive = NaiveGate(corpus: corpus, policy: policy)
    for record in naive.counted.sorted() {
      let part = naive.ancestors(corpus.records[record].leaf).lazy.compactMap {
        candidates.firstIndex(of: $0)
      }.first!
      let value = Int(corpus.records[record].values[facet])
      records[part][value < 0 ? values : value].append(record)
    }
    self.clusters = clusters
    self.shown = shown
    self.values = values
    bound = Double(policy.maximumPerUser)
    minimumUsers = policy.minimumFacetUsers
    minimumConversations = policy.minimumFacetConversations
    self.records = records
    truth = records.map { $0.map(\.count) }
    trueUsers = records.map { $0.map { Set($0.map { corpus.records[$0].user }) } }
  }

  /// Clusters below and including `cluster`.
  func below(_ cluster: Int) -> [Int] {
    clusters.indices.filter { at in
      var node: Int? = at
      while let here = node, here != cluster { node = clusters[here].parent }
      return node == cluster
    }
  }

  /// A cell that is not shown: a cluster's, or a part's, by value.
  struct Target: Hashable {
    let cluster: Int
    let value: Int
    let isPart: Bool
  }

  /// The cells that are not shown and not empty.
  var targets: [Target] {
    clusters.indices.flatMap { cluster in
      (0..<values).flatMap { value -> [Target] in
        var targets: [Target] = []
        if shown[cluster][value] == nil, below(cluster).contains(where: { truth[$0][value] > 0 }) {
          targets.append(.init(cluster: cluster, value: value, isPart: false))
        }
        // What is left of a cluster may be known where it passes R1 itself.
        if below(cluster).count > 1, isSmall(cluster, value) {
          targets.append(.init(cluster: cluster, value: value, isPart: true))
        }
        return targets
      }
    }
  }

  private func isSmall(_ part: Int, _ value: Int) -> Bool {
    truth[part][value] > 0
      && (truth[part][value] < minimumConversations || trueUsers[part][value].count < minimumUsers)
  }

  func count(_ target: Target) -> Int {
    (target.isPart ? [target.cluster] : below(target.cluster)).reduce(0) { $0 + truth[$1][target.value] }
  }

  /// The true counts that are shown as `count`: rounded down, but not below a threshold or what the parts show.
  private static func counts(shownAs count: Double, _ multiple: Double) -> ClosedRange<Double> {
    count...((count / multiple).rounded(.down) * multiple + multiple - 1)
  }

  /// The outsider's programme. `known` records are known to the outsider, with cluster, value and user.
  func programme(known: [Int] = []) -> LinearProgramme {
    let width = values + 1
    let parts = clusters.count
    // Conversations by part and value, then users by part and value, then users by cluster and value.
    let programme = LinearProgramme(variables: 3 * parts * width)
    func conversations(_ part: Int, _ value: Int) -> Int { part * width + value }
    func partUsers(_ part: Int, _ value: Int) -> Int { (parts + part) * width + value }
    func users(_ cluster: Int, _ value: Int) -> Int { (2 * parts + cluster) * width + value }
    for cluster in clusters.indices {
      let inside = below(cluster)
      let children = clusters.indices.filter { clusters[$0].parent == cluster }
      let all = clusters[cluster]
      programme.require(
        inside.flatMap { part in (0..<width).map { (conversations(part, $0), 1) } },
        in: Self.counts(shownAs: all.conversations, multiples.clusters))
      programme.require((0..<width).map { (users(cluster, $0), 1) }, in: all.users...(.infinity))
      let mostUsers = Self.counts(shownAs: all.users, multiples.clusters).upperBound
      for value in 0..<width {
        let cell = inside.map { (variable: conversations($0, value), factor: 1.0) }
        programme.bound(users(cluster, value), at: 0...mostUsers)
        if let shown = shown[cluster][value] {
          programme.require(cell, in: Self.counts(shownAs: shown.conversations, multiples.cells))
          programme.bound(users(cluster, value), at: Self.counts(shownAs: shown.users, multiples.cells))
        }
        programme.require(cell + [(users(cluster, value), -1)], in: 0...(.infinity))
        programme.require(cell + [(users(cluster, value), -bound)], in: -.infinity...0)
        programme.require(
          [(conversations(cluster, value), 1), (partUsers(cluster, value), -1)], in: 0...(.infinity))
        programme.require(
          [(conversations(cluster, value), 1), (partUsers(cluster, value), -bound)], in: -.infinity...0)
        programme.require(
          [(users(cluster, value), 1), (partUsers(cluster, value), -1)], in: 0...(.infinity))
        for child in children {
          programme.require([(users(cluster, value), 1), (users(child, value), -1)], in: 0...(.infinity))
        }
        programme.require(
          [(users(cluster, value), -1), (partUsers(cluster, value), 1)]
            + children.map { (users($0, value), 1) }, in: 0...(.infinity))
      }
    }
    if !known.isEmpty {
      let known = Set(known)
      for part in clusters.indices {
        for value in 0..<width {
          let own = records[part][value].filter { known.contains($0) }
          if !own.isEmpty { programme.bound(conversations(part, value), at: Double(own.count)...(.infinity)) }
        }
      }
    }
    return programme
  }

  /// What the outsider can say of a target's conversations.
  func range(_ target: Target, _ programme: LinearProgramme) -> ClosedRange<Double>? {
    let parts = target.isPart ? [target.cluster] : below(target.cluster)
    let terms = parts.map { (variable: $0 * (values + 1) + target.value, factor: 1.0) }
    guard let low = programme.extreme(of: terms, maximize: false),
      let high = programme.extreme(of: terms, maximize: true), low <= high + 1e-6
    else { return nil }
    return min(low, high)...max(low, high)
  }

  /// Upper bound of a target's users.
  func mostUsers(_ target: Target, _ programme: LinearProgramme) -> Double? {
    let width = values + 1
    let block = target.isPart ? clusters.count : 2 * clusters.count
    return programme.extreme(of: [((block + target.cluster) * width + target.value, 1)], maximize: true)
  }

  struct Outcome {
    var withheld = 0
    /// Pinned to one value.
    var recovered = 0
    /// Known to be fewer than k conversations, or users.
    var belowThreshold = 0
    /// Where the programme has no solution: a mistake of the test.
    var unsolved = 0

    static func + (a: Outcome, b: Outcome) -> Outcome {
      Outcome(
        withheld: a.withheld + b.withheld, recovered: a.recovered + b.recovered,
        belowThreshold: a.belowThreshold + b.belowThreshold, unsolved: a.unsolved + b.unsolved)
    }
  }

  /// Attacks every target.
  func attack(policy: Policy, known: [Int] = [], parts: Bool = true) -> Outcome {
    var outcome = Outcome()
    let programme = programme(known: known)
    for target in targets where parts || !target.isPart {
      outcome.withheld += 1
      guard let range = range(target, programme), let users = mostUsers(target, programme) else {
        outcome.unsolved += 1
        continue
      }
      if range.upperBound - range.lowerBound < 1 - 1e-6 { outcome.recovered += 1 }
      if range.upperBound < Double(policy.minimumFacetConversations) - 1e-6
        || users < Double(policy.minimumFacetUsers) - 1e-6
      {
        outcome.belowThreshold += 1
      }
    }
    return outcome
  }
}
