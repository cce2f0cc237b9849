import Synchronization
import Testing
import ThrongCore
import ThrongPrivacy

/// A small corpus for the gate, as the tests see it: records in an order that must not matter.
struct Corpus: Sendable {
  struct Record: Sendable, Equatable {
    var leaf: Int
    var user: Int
    var key: UInt64
    var terms: Set<Int> = []
    /// Value of each facet; −1: none.
    var values: [Int32] = []
  }

  /// A facet whose values are named `v0`, `v1`, …
  struct Facet: Sendable {
    var values: Int
    var isOrdered = false
    var isSensitive = false
  }

  /// Parent of each node; nil for node 0.
  var parents: [Int?]
  var records: [Record] = []
  var facets: [Facet] = []
  var crosses: [(Int, Int)] = []

  init(parents: [Int?]) { self.parents = parents }

  /// Adds `users` new users with `each` conversations in `leaf`; returns the indices of the records.
  @discardableResult
  mutating func add(users: Int, each: Int = 1, leaf: Int, terms: Set<Int> = []) -> Range<Int> {
    let first = records.count
    let base = (records.map(\.user).max() ?? -1) + 1
    for user in base..<base + users {
      for _ in 0..<each {
        records.append(
          .init(leaf: leaf, user: user, key: RandomSource.mix(UInt64(records.count) &+ 1), terms: terms))
      }
    }
    return first..<records.count
  }

  var tree: CandidateTree { tree(facets: nil) }

  /// - Parameter stated: facets instead of the corpus's own.
  func tree(
    facets stated: [CandidateFacet]? = nil, userKeys: [UInt64] = [], templates: [UInt32] = [],
    study: CandidateStudy? = nil
  ) -> CandidateTree {
    var offsets = [0]
    var terms: [UInt32] = []
    for record in records {
      terms += record.terms.sorted().map { UInt32($0) }
      offsets.append(terms.count)
    }
    return CandidateTree(
      parents: parents, leafOfRecord: records.map { Int32($0.leaf) },
      userOfRecord: records.map { UInt32($0.user) }, recordKeys: records.map(\.key),
      termRows: (offsets, terms), termCount: Int(terms.max().map { $0 + 1 } ?? 0),
      facets: stated
        ?? facets.enumerated().map { at, facet in
          CandidateFacet(
            name: "facet\(at)", values: (0..<facet.values).map { "v\($0)" },
            valueOfRecord: records.map { $0.values[at] }, isOrdered: facet.isOrdered,
            isSensitive: facet.isSensitive)
        }, crosses: stated == nil ? crosses : [], userKeys: userKeys, templateOfRecord: templates,
      study: study)
  }

  func release(
    policy: Policy, defences: Defences = .all, labeller: some TopicLabeller = ContrastLabeller(),
    source: TermSource = Corpus.plainTerms, accounting: Accounting? = nil, threads: Int = 1
  ) throws -> Release {
    try Gate(policy: policy, defences: defences, secret: Secret(bytes: Array(1...32))!).release(
      tree, accounting: accounting ?? Accounting(read: records.count, quarantined: 0), terms: source,
      labeller: labeller, facts: Corpus.facts, workers: Workers(threads: threads))
  }

  static let plainTerms = TermSource(spelling: { "term\($0)" })

  static let facts = RunFacts(
    version: "0.1.0", format: "messages", seed: 7, clusters: nil, levels: nil, dimensions: 128,
    columns: 1 << 18,
    maximumBadShare: 0.01, sourceDateEpoch: nil)
}

/// Labels with the terms that are most over-represented against all conversations.
struct ContrastLabeller: TopicLabeller {
  func describe(_ nodes: [GatedNode], vocabulary: GatedVocabulary) -> [NodeDescription] {
    nodes.map { node in
      let best = node.terms.sorted {
        ($0.users * $1.rootUsers, $1.term) > ($1.users * $0.rootUsers, $0.term)
      }.map(\.term)
      return NodeDescription(label: Array(best.prefix(2)), terms: Array(best.prefix(8)))
    }
  }
}

/// Keeps what the gate showed it, for tests to look at.
final class Witness: TopicLabeller, Sendable {
  private let seen = Mutex<[GatedNode]>([])
  var nodes: [GatedNode] { seen.withLock { $0 } }

  func describe(_ nodes: [GatedNode], vocabulary: GatedVocabulary) -> [NodeDescription] {
    seen.withLock { $0 = nodes }
    return ContrastLabeller().describe(nodes, vocabulary: vocabulary)
  }
}

extension Policy {
  /// `internal` with the boundary where it is, without the gap of R9.
  static let plain = {
    var policy = Policy.internal
    policy.thresholdGap = 0
    return policy
  }()

  /// Small thresholds for small inputs.
  static func small(
    users: Int, conversations: Int = 2, termUsers: Int = 2, perUser: Int = 10, roundTo: Int = 5
  ) -> Policy {
    var policy = Policy()
    policy.minimumUsers = users
    policy.minimumConversations = conversations
    policy.minimumTermUsers = termUsers
    policy.maximumPerUser = perUser
    policy.roundTo = roundTo
    // Tests at the boundary want it where the policy puts it; `NoiseThresholdTests` has the gap.
    policy.thresholdGap = 0
    return policy
  }
}

extension Release {
  func bytes() throws -> String { String(decoding: try json(readable: false), as: UTF8.self) }
}

/// The rules written a second time, with sets and without thought of speed.
struct NaiveGate {
  let corpus: Corpus
  let policy: Policy

  /// Indices of the records within the contribution bound.
  var counted: Set<Int> {
    let byUser = Dictionary(grouping: corpus.records.indices, by: { corpus.records[$0].user })
    return Set(
      byUser.values.flatMap { own in
        own.sorted { corpus.records[$0].key < corpus.records[$1].key }.prefix(policy.maximumPerUser)
      })
  }

  func ancestors(_ node: Int) -> [Int] {
    [node] + (corpus.parents[node].map(ancestors) ?? [])
  }

  /// Counted records of each node.
  var sets: [Set<Int>] {
    var sets = [Set<Int>](repeating: [], count: corpus.parents.count)
    for record in counted {
      for node in ancestors(corpus.records[record].leaf) { sets[node].insert(record) }
    }
    return sets
  }

  /// R1 and R2 on a set of records.
  func passes(_ set: Set<Int>) -> Bool {
    let sizes = Dictionary(grouping: set, by: { corpus.records[$0].user }).values.map(\.count).sorted(by: >)
    guard sizes.count >= policy.minimumUsers, set.count >= policy.minimumConversations else { return false }
    let (first, second) = (Double(sizes.first ?? 0), Double(sizes.dropFirst().first ?? 0))
    let all = Double(set.count)
    return all - first - second >= Double(policy.dominancePercent) / 100 * first - 1e-9
      && first + second <= Double(policy.twoUserPercent) / 100 * all + 1e-9
  }

  func users(_ set: Set<Int>) -> Int { Set(set.map { corpus.records[$0].user }).count }

  /// Published nodes and their published parents, or nil where the root fails.
  func published() -> [Int: Int?]? {
    let sets = sets
    guard passes(sets[0]) else { return nil }
    func shown(_ node: Int) -> [Int] {
      let (n, u) = (sets[node].count, users(sets[node]))
      return [
        max(policy.minimumConversations, n - n % policy.roundTo),
        max(policy.minimumUsers, u - u % policy.roundTo), node,
      ]
    }
    /// Children once empty nodes are gone and nodes equal to their parent are dissolved.
    func children(_ node: Int) -> [Int] {
      corpus.parents.indices.filter { corpus.parents[$0] == node }.flatMap { child in
        sets[child].isEmpty ? [] : sets[child] == sets[node] ? children(child) : [child]
      }
    }
    var result: [Int: Int?] = [0: nil]
    func visit(_ node: Int) {
      var kept = children(node).filter { passes(sets[$0]) }
      while true {
        let left = kept.reduce(sets[node]) { $0.subtracting(sets[$1]) }
        if left.isEmpty || passes(left) || kept.isEmpty { break }
        let smallest = kept.min { shown($0).lexicographicallyPrecedes(shown($1)) }!
        kept.removeAll { $0 == smallest }
      }
      for child in kept {
        result[child] = node
        visit(child)
      }
    }
    visit(0)
    return result
  }
}

/// A random tree with records in any of its nodes.
func randomCorpus(seed: UInt64, nodes: ClosedRange<Int> = 3...9, records: ClosedRange<Int> = 10...70)
  -> Corpus
{
  var random = RandomSource(seed: seed)
  func pick(_ range: ClosedRange<Int>) -> Int { range.lowerBound + random.below(range.count) }
  let nodeCount = pick(nodes)
  var corpus = Corpus(parents: (0..<nodeCount).map { $0 == 0 ? nil : random.below($0) })
  let userCount = pick(4...40)
  let recordCount = pick(records)
  // Some nodes are popular, so that sizes differ.
  let favourites = (0..<2).map { _ in random.below(nodeCount) }
  for _ in 0..<recordCount {
    let leaf = random.below(3) == 0 ? favourites[random.below(2)] : random.below(nodeCount)
    // A few users hold much.
    let user = random.below(4) == 0 ? random.below(2) : random.below(userCount)
    corpus.records.append(
      .init(
        leaf: leaf, user: user, key: random.next(), terms: Set((0..<3).map { _ in 100 + random.below(12) })))
  }
  return corpus
}

extension Corpus {
  /// Every record also uses term n for every node n it lies in, so that a test can tell which node it is shown.
  var marked: Corpus {
    var corpus = self
    let naive = NaiveGate(corpus: self, policy: Policy())
    for i in records.indices { corpus.records[i].terms.formUnion(naive.ancestors(records[i].leaf)) }
    return corpus
  }

  /// The sets of counted records that the gate has really published, told by the marker terms; nil where it refuses.
  func publishedSets(policy: Policy, defences: Defences) throws -> [Set<Int>]? {
    let witness = Witness()
    do {
      _ = try marked.release(
        policy: policy, defences: defences.subtracting([.rounding, .absentUsers]), labeller: witness)
    } catch let failure as PrivacyFailure where failure.exitStatus == 4 {
      return nil
    }
    let sets = NaiveGate(corpus: self, policy: policy).sets
    return try witness.nodes.map { shown in
      // A node's own marker is used by all of its users; an ancestor has more records, a descendant fewer.
      let matches = shown.terms.filter { term in
        Int(term.term) < parents.count && term.users == shown.users
          && sets[Int(term.term)].count == shown.conversations
      }
      let distinct = Set(matches.map { sets[Int($0.term)] })
      try #require(distinct.count == 1, "a published node cannot be told")
      return distinct.first!
    }
  }
}
