import Testing
import ThrongCore
import ThrongPrivacy

/// R13: what is withheld changes nothing but through the counts it rolls up into.
@Suite struct NonInterferenceTests {
  private static let policy = Policy.small(users: 10, conversations: 10, termUsers: 10)

  /// Two published topics and two withheld ones: `first` and `second` users, `rare` terms of few.
  private func corpus(first: Int, second: Int, rare: Set<Int> = [], swapped: Bool = false) -> Corpus {
    var corpus = Corpus(parents: [nil, 0, 0, 0, 0])
    corpus.add(users: 50, leaf: 1, terms: [1])
    corpus.add(users: 60, leaf: 2, terms: [2])
    let total = first + second
    let withheld = corpus.add(users: total, leaf: 3, terms: [3])
    for record in withheld.dropFirst(first) { corpus.records[record].leaf = 4 }
    for record in withheld.prefix(6) { corpus.records[record].terms.formUnion(rare) }
    if swapped { for record in withheld { corpus.records[record].leaf = 7 - corpus.records[record].leaf } }
    return corpus
  }

  private func bytes(_ corpus: Corpus, _ defences: Defences = .all) throws -> String {
    try corpus.release(policy: Self.policy, defences: defences).bytes()
  }

  @Test func movingRecordsBetweenWithheldSiblings() throws {
    let releases = try Set((5...9).map { try bytes(corpus(first: $0, second: 14 - $0)) })
    #expect(releases.count == 1)
  }

  @Test func termsBelowTheThreshold() throws {
    let releases = try Set(
      [[], [20], [21, 22], [20, 25, 26]].map { try bytes(corpus(first: 7, second: 8, rare: $0)) })
    #expect(releases.count == 1)
    let twin = try Set(
      [[], [20], [21, 22]].map { try bytes(corpus(first: 7, second: 8, rare: $0), .all.subtracting(.terms)) })
    #expect(twin.count == 3)
  }

  /// One of the two fails R1, the other is withheld because of it; which is which cannot be told, nor whether
  /// both fail.
  @Test func whichRuleWithheld() throws {
    let release = try bytes(corpus(first: 6, second: 13))
    #expect(try bytes(corpus(first: 13, second: 6)) == release)
    #expect(try bytes(corpus(first: 6, second: 13, swapped: true)) == release)
    #expect(try bytes(corpus(first: 9, second: 10)) == release)
    #expect(try corpus(first: 6, second: 13).release(policy: Self.policy).clusters.count == 3)
    let twin = try bytes(corpus(first: 6, second: 13), .all.subtracting(.atoms))
    #expect(twin != release)
  }

  /// Withheld nodes leave no gaps in ids, paths or levels.
  @Test(arguments: 0..<100) func idsHaveNoGaps(seed: UInt64) throws {
    guard let release = try? randomCorpus(seed: seed).release(policy: .small(users: 4, conversations: 6))
    else { return }
    #expect(release.clusters.map(\.id) == release.clusters.indices.map { "c\($0)" })
    for cluster in release.clusters.dropFirst() {
      let parent = try #require(release.clusters.first { $0.id == cluster.parentID })
      #expect(cluster.level == parent.level + 1 && cluster.path == "\(parent.path)/\(cluster.id)")
    }
  }

  /// Siblings of one shown size are ordered by label: the numbers of k-means, here swapped, are not in the release.
  @Test func candidateNumbersAreNotReleased() throws {
    func release(first: Int, second: Int) throws -> String {
      var corpus = Corpus(parents: [nil, 0, 0])
      corpus.add(users: 52, leaf: first, terms: [1])
      corpus.add(users: 51, leaf: second, terms: [2])
      return try bytes(corpus)
    }
    #expect(try release(first: 1, second: 2) == release(first: 2, second: 1))
  }

  /// Records of withheld nodes are moved at random among the withheld nodes of the same published ancestor. As long as the same
  /// nodes are withheld, not a byte changes.
  @Test func randomTrees() throws {
    let policy = Policy.small(users: 4, conversations: 6)
    var compared = 0
    for seed in 0..<600 {
      var random = RandomSource(seed: UInt64(seed), stream: 3)
      let corpus = randomCorpus(seed: UInt64(seed))
      let naive = NaiveGate(corpus: corpus, policy: policy)
      guard let published = naive.published() else { continue }
      func nearest(_ node: Int) -> Int { naive.ancestors(node).first { published[$0] != nil }! }
      var mutated = corpus
      for i in corpus.records.indices {
        let home = nearest(corpus.records[i].leaf)
        let withheld = corpus.parents.indices.filter { published[$0] == nil && nearest($0) == home }
        if published[corpus.records[i].leaf] == nil, random.below(2) == 0 {
          mutated.records[i].leaf = withheld[random.below(withheld.count)]
        }
      }
      guard mutated.records != corpus.records,
        NaiveGate(corpus: mutated, policy: policy).published() == published
      else { continue }
      compared += 1
      #expect(
        try corpus.release(policy: policy).bytes() == mutated.release(policy: policy).bytes(), "seed \(seed)")
    }
    #expect(compared > 50)
  }

  /// Order of records, numbering of users and number of threads change nothing.
  @Test(arguments: 0..<60) func orderAndNamesDoNotMatter(seed: UInt64) throws {
    var random = RandomSource(seed: seed, stream: 4)
    let corpus = randomCorpus(seed: seed)
    var other = corpus
    other.records.shuffle(using: &random)
    let names = Array(0..<100).shuffled(using: &random)
    for i in other.records.indices { other.records[i].user = names[other.records[i].user] }
    let policy = Policy.small(users: 4, conversations: 6, perUser: 3)
    func outcome(_ corpus: Corpus, threads: Int) throws -> String {
      do { return try corpus.release(policy: policy, threads: threads).bytes() } catch let failure
        as PrivacyFailure
      {
        return failure.message
      }
    }
    let outcomes = try (1...3).map { try outcome(corpus, threads: $0) } + [outcome(other, threads: 2)]
    #expect(Set(outcomes).count == 1)
  }
}
