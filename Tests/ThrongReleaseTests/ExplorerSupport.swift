import ThrongCore
import ThrongPrivacy
import ThrongRelease

/// Releases with the shape that an explorer has to show.
struct ExplorerExample {
  /// Topics below each topic, level by level.
  var branching: [Int]
  /// The word of a node, by its number in breadth-first order.
  var word: @Sendable (Int) -> String = { "topic\($0)" }
  var hasFacets = false
  var hasPlaces = false
  var policy = Policy.internal

  /// Each leaf has 60 to 120 users of its own; its words are its own and its parents'. With facets, of every leaf the
  /// conversations spread over plans, and over months with a slope that differs from branch to branch.
  func release() throws -> Release {
    var parents: [Int?] = [nil]
    var level = [0]
    for branch in branching {
      let next = level.flatMap { parent in (0..<branch).map { _ in parent } }
      level = next.indices.map { parents.count + $0 }
      parents += next
    }
    var (leaves, users, offsets, terms): ([Int32], [UInt32], [Int], [UInt32]) = ([], [], [0], [])
    var (plans, months): ([Int32], [Int32]) = ([], [])
    for (place, leaf) in level.enumerated() {
      var path: [UInt32] = []
      var at: Int? = leaf
      while let node = at, node > 0 {
        path.append(UInt32(node))
        at = parents[node]
      }
      for user in 0..<60 + 10 * (place % 7) + (level.count - place) / 8 {
        leaves.append(Int32(leaf))
        users.append(UInt32(leaf << 12 + user))
        terms += path.reversed()
        offsets.append(terms.count)
        plans.append(Int32(user % 3))
        // A third of the branches rises, 4 : 3 : 2 : 1, a third falls, a third hardly changes.
        let slope = Int32([0, 0, 0, 0, 1, 1, 1, 2, 2, 3][user % 10])
        months.append([slope, 3 - slope, [0, 0, 1, 1, 2, 2, 2, 3, 3][user % 9]][Int(path.last ?? 0) % 3])
      }
    }
    var policy = policy
    policy.thresholdGap = 0
    let tree = CandidateTree(
      parents: parents, leafOfRecord: leaves, userOfRecord: users,
      recordKeys: leaves.indices.map { UInt64($0) },
      termRows: (offsets, terms), termCount: parents.count,
      facets: hasFacets
        ? [
          CandidateFacet(name: "plan", values: ["alpha", "beta", "gamma"], valueOfRecord: plans),
          CandidateFacet(
            name: ".month", values: ["2026-01", "2026-02", "2026-03", "2026-04"], valueOfRecord: months,
            isOrdered: true),
        ] : [])
    let gate = try Gate(
      policy: policy, secret: Secret(bytes: Array(1...32))!, placer: hasPlaces ? Spiral() : nil)
    return try gate.release(
      tree, accounting: Accounting(read: leaves.count, quarantined: 0),
      terms: TermSource(spelling: { [word] in word(Int($0)) }), labeller: OwnWords(),
      facts: RunFacts(
        version: "0.1.0", format: "messages", seed: 1, clusters: nil, levels: nil, dimensions: 0,
        columns: 1 << 18,
        maximumBadShare: 0.01, sourceDateEpoch: 1_780_000_000), workers: Workers(threads: 2))
  }

  /// A label is the word that a topic shares with nobody beside it: the last of those that all its conversations have.
  private struct OwnWords: TopicLabeller {
    func describe(_ nodes: [GatedNode], vocabulary: GatedVocabulary) -> [NodeDescription] {
      nodes.map { node in
        let most = node.terms.map(\.users).max() ?? 0
        let own = node.terms.filter { $0.users == most }.max { $0.term < $1.term }
        return NodeDescription(label: own.map { [$0.term] } ?? [], terms: node.terms.prefix(12).map(\.term))
      }
    }
  }

  private struct Spiral: ClusterPlacer {
    func place(_ clusters: [Release.Cluster]) -> [(x: Double, y: Double)] {
      clusters.indices.map { at in
        (Double(at * 37 % 101) / 100, Double(at * 53 % 97) / 96)
      }
    }
  }
}
