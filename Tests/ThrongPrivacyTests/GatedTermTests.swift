import Testing
import ThrongCore
import ThrongPrivacy

/// R8: words of too few users are in no byte of the release.
@Suite struct GatedTermTests {
  private static let policy = Policy.small(users: 10, termUsers: 10)

  /// Two topics of 40 users; the canary is in the text of `users` of the first, `each` times, and of `others` of the second.
  private func corpus(users: Int, others: Int = 0, each: Int = 3) -> Corpus {
    var corpus = Corpus(parents: [nil, 0, 0])
    corpus.add(users: users, each: each, leaf: 1, terms: [1, 9])
    corpus.add(users: 40 - users, each: each, leaf: 1, terms: [1])
    corpus.add(users: others, each: each, leaf: 2, terms: [2, 9])
    corpus.add(users: 40 - others, each: each, leaf: 2, terms: [2])
    return corpus
  }

  private let source = TermSource(spelling: { $0 == 9 ? "canary" : "term\($0)" })

  @Test(arguments: 1...9) func canariesOfFewUsersAreAbsent(users: Int) throws {
    let corpus = corpus(users: users)
    #expect(!(try corpus.release(policy: Self.policy, source: source).bytes().contains("canary")))
    let twin = try corpus.release(policy: Self.policy, defences: .all.subtracting(.terms), source: source)
    #expect(try twin.bytes().contains("canary"))
  }

  @Test func canariesOfEnoughUsersArePresent() throws {
    #expect(try corpus(users: 10).release(policy: Self.policy, source: source).bytes().contains("canary"))
  }

  /// Enough users in all, too few in each topic: the term may describe the whole and neither topic.
  @Test func termsAreGatedPerNode() throws {
    let witness = Witness()
    let release = try corpus(users: 7, others: 7).release(
      policy: Self.policy, labeller: witness, source: source)
    let ofCanary = witness.nodes.filter { $0.terms.contains { $0.term == 9 } }
    #expect(ofCanary.map(\.index) == [0])
    #expect(release.clusters.filter { $0.terms.contains("canary") }.map(\.id) == ["c0"])
  }

  /// Users of withheld topics vote in the node above, where they are counted.
  @Test func votesRollUp() throws {
    var corpus = corpus(users: 8)
    corpus.parents.append(0)
    corpus.add(users: 9, leaf: 3, terms: [9])
    let release = try corpus.release(policy: Self.policy, source: source)
    #expect(release.clusters.filter { $0.terms.contains("canary") }.map(\.id) == ["c0"])
  }

  @Test func identitiesAreNeverShown() throws {
    let corpus = corpus(users: 40)
    func source(barred: UInt32) -> TermSource {
      // Term 9 is the phrase of terms 3 and 4.
      TermSource(
        spelling: { $0 == 9 ? "canary" : "term\($0)" }, isBarred: { $0 == barred },
        parts: { $0 == 9 ? (3, 4) : nil })
    }
    for barred: UInt32 in [9, 3, 4] {
      let source = source(barred: barred)
      #expect(!(try corpus.release(policy: Self.policy, source: source).bytes().contains("canary")))
      let twin = try corpus.release(
        policy: Self.policy, defences: .all.subtracting(.identities), source: source)
      #expect(try twin.bytes().contains("canary"))
    }
    #expect(try corpus.release(policy: Self.policy, source: source(barred: 7)).bytes().contains("canary"))
  }

  /// A labeller that oversteps gets no release, so none of its choices can carry anything out.
  @Test func labellersCannotOverstep() throws {
    struct Smuggler: TopicLabeller {
      let answer: @Sendable ([GatedNode]) -> [NodeDescription]
      func describe(_ nodes: [GatedNode], vocabulary: GatedVocabulary) -> [NodeDescription] { answer(nodes) }
    }
    let empty = NodeDescription(label: [], terms: [])
    let answers: [@Sendable ([GatedNode]) -> [NodeDescription]] = [
      { $0.map { _ in NodeDescription(label: [9], terms: []) } },
      { $0.map { _ in NodeDescription(label: [], terms: [9]) } },
      // Term 2 is gated in the second topic, not in the first.
      { $0.map { _ in NodeDescription(label: [], terms: [2]) } },
      { _ in [empty] },
      { $0.map { _ in empty } + [empty] },
    ]
    for answer in answers {
      #expect(throws: PrivacyFailure.labellerOverstepped) {
        try corpus(users: 9).release(policy: Self.policy, labeller: Smuggler(answer: answer), source: source)
      }
    }
    let silent = try corpus(users: 9).release(
      policy: Self.policy, labeller: Smuggler { $0.map { _ in empty } }, source: source)
    #expect(silent.clusters.map(\.label) == ["All conversations", "No common term", "No common term"])
  }

  /// Counts of users per node, parent and root against sets, on random trees, at any number of threads.
  @Test(arguments: 0..<60) func votesAgreeWithSets(seed: UInt64) throws {
    let corpus = randomCorpus(seed: seed).marked
    let policy = Policy.small(users: 3, termUsers: 3, perUser: 3)
    let witness = Witness()
    guard
      (try? corpus.release(
        policy: policy, defences: .all.subtracting(.rounding), labeller: witness, threads: 1 + Int(seed % 3)))
        != nil
    else { return }
    let naive = NaiveGate(corpus: corpus, policy: policy)
    let sets = naive.sets
    func votes(_ records: Set<Int>) -> [UInt32: Int] {
      var users: [UInt32: Set<Int>] = [:]
      for record in records {
        for term in corpus.records[record].terms {
          users[UInt32(term), default: []].insert(corpus.records[record].user)
        }
      }
      return users.mapValues(\.count).filter { $0.value >= 3 }
    }
    let possible = sets.map(votes)
    for node in witness.nodes {
      let own = Dictionary(uniqueKeysWithValues: node.terms.map { ($0.term, $0.users) })
      #expect(possible.contains(own))
      #expect(node.terms.map(\.term) == node.terms.map(\.term).sorted())
      let parent = witness.nodes[node.parent ?? node.index]
      for term in node.terms {
        #expect(parent.terms.first { $0.term == term.term }?.users == term.parentUsers)
        #expect(possible[0][term.term] == term.rootUsers)
      }
    }
  }

  /// A corpus large enough that nodes are cut into ranges of users, of whom each has so many records that a cut between
  /// records would nearly always go through one: the same votes at 1, 2 and 3 threads, and the root's right.
  @Test func largeNodesAreCut() throws {
    var random = RandomSource(seed: 5)
    let (recordCount, userCount, termCount, perRecord) = (9_000, 300, 5_000, 260)
    var (leaves, users, offsets, terms): ([Int32], [UInt32], [Int], [UInt32]) = ([], [], [0], [])
    for _ in 0..<recordCount {
      leaves.append(Int32(1 + random.below(4)))
      users.append(UInt32(random.below(userCount)))
      // Distinct by construction: one term of each stretch.
      let stretch = termCount / perRecord
      for i in 0..<perRecord {
        terms.append(UInt32(i * stretch + min(random.below(stretch), random.below(stretch))))
      }
      offsets.append(terms.count)
    }
    let tree = CandidateTree(
      parents: [nil, 0, 0, 0, 0], leafOfRecord: leaves, userOfRecord: users,
      recordKeys: (0..<recordCount).map { RandomSource.mix(UInt64($0)) }, termRows: (offsets, terms),
      termCount: termCount)
    var policy = Policy.plain
    policy.maximumPerUser = 1000
    var releases: Set<String> = []
    for threads in 1...3 {
      let witness = Witness()
      let release = try Gate(
        policy: policy, defences: .all.subtracting(.rounding), secret: Secret(bytes: Array(1...32))!
      ).release(
        tree, accounting: Accounting(read: recordCount, quarantined: 0), terms: Corpus.plainTerms,
        labeller: witness,
        facts: Corpus.facts, workers: Workers(threads: threads))
      releases.insert(try release.bytes())
      guard threads == 2 else { continue }
      var last = [UInt32: UInt32]()
      var votes = [Int](repeating: 0, count: termCount)
      for record in (0..<recordCount).sorted(by: { users[$0] < users[$1] }) {
        for term in terms[offsets[record]..<offsets[record + 1]] where last[term] != users[record] {
          last[term] = users[record]
          votes[Int(term)] += 1
        }
      }
      let expected = votes.enumerated().filter { $0.element >= 25 }
      #expect(witness.nodes[0].terms.map { Int($0.term) } == expected.map(\.offset))
      #expect(witness.nodes[0].terms.map(\.users) == expected.map(\.element))
    }
    #expect(releases.count == 1)
  }
}
