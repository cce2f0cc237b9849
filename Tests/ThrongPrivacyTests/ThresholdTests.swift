import Testing
import ThrongCore
import ThrongPrivacy

/// R1, and the dominance half of R2, at their boundaries. Numbers are worked out by hand.
@Suite struct ThresholdTests {
  /// A root of 40 users, and one child of `users`, with `extra` further conversations of its first user.
  private func clusters(users: Int, extra: Int = 0, policy: Policy, defences: Defences = .all) throws -> Int {
    var corpus = Corpus(parents: [nil, 0, 0])
    corpus.add(users: users, leaf: 1)
    for _ in 0..<extra {
      corpus.records.append(.init(leaf: 1, user: 0, key: RandomSource.mix(99), terms: []))
    }
    corpus.add(users: 40, leaf: 2)
    return try corpus.release(policy: policy, defences: defences.subtracting(.atoms)).clusters.count
  }

  @Test(arguments: [(9, 2), (10, 3), (11, 3)]) func usersAtTheThreshold(users: Int, clusters: Int) throws {
    #expect(try self.clusters(users: users, policy: .small(users: 10)) == clusters)
  }

  @Test func usersTwin() throws {
    #expect(try clusters(users: 9, policy: .small(users: 10), defences: .all.subtracting(.minimumUsers)) == 3)
  }

  @Test(arguments: [(3, 2), (4, 3), (5, 3)]) func conversationsAtTheThreshold(extra: Int, clusters: Int)
    throws
  {
    let policy = Policy.small(users: 2, conversations: 15)
    #expect(try self.clusters(users: 11, extra: extra, policy: policy) == clusters)
  }

  @Test func conversationsTwin() throws {
    let policy = Policy.small(users: 2, conversations: 15)
    #expect(
      try clusters(users: 11, extra: 3, policy: policy, defences: .all.subtracting(.minimumConversations))
        == 3)
  }

  /// The root's own refusal at k − 1, k, k + 1, and what it says.
  @Test func theRootIsRefused() throws {
    for (users, passes) in [(24, false), (25, true), (26, true)] {
      var corpus = Corpus(parents: [nil])
      corpus.add(users: users, each: 3, leaf: 0)
      if passes {
        #expect(try corpus.release(policy: .plain).clusters.count == 1)
      } else {
        let failure = #expect(throws: PrivacyFailure.self) { try corpus.release(policy: .plain) }
        #expect(failure == .refused(.users(minimum: 25), policy: "custom"))
        #expect(failure?.exitStatus == 4)
        #expect(failure?.message.contains("24") == false && failure?.message.contains("72") == false)
        #expect(failure?.message.contains("R1") == true && failure?.message.contains("custom") == true)
      }
    }
    for (conversations, passes) in [(49, false), (50, true), (51, true)] {
      var corpus = Corpus(parents: [nil])
      corpus.add(users: conversations, leaf: 0)
      let failure = PrivacyFailure.refused(.conversations(minimum: 50), policy: "custom")
      if passes {
        #expect(try corpus.release(policy: .plain).clusters.count == 1)
      } else {
        #expect(throws: failure) { try corpus.release(policy: .plain) }
      }
    }
  }

  @Test func noConversationAtAllIsRefused() {
    #expect(throws: PrivacyFailure.refused(.users(minimum: 25), policy: "custom")) {
      try Corpus(parents: [nil, 0]).release(policy: .plain)
    }
    #expect(throws: PrivacyFailure.self) {
      try Corpus(parents: [nil, 0]).release(policy: .internal, defences: [])
    }
  }

  /// x₁ + x₂ > 0.9 N: 60 + 30 of 100 pass, 61 + 30 and 46 + 46 of 100 do not.
  @Test(arguments: [(60, 30, 10, true), (61, 30, 9, false), (46, 46, 8, false)])
  func twoUsersHoldTooMuch(first: Int, second: Int, others: Int, passes: Bool) throws {
    try expectDominance(first, second, others, passes: passes) { $0.dominancePercent = 0 }
  }

  /// N − x₁ − x₂ < 0.1 x₁: 5 of others against 50 pass, 4 do not.
  @Test(arguments: [(50, 45, 5, true), (50, 45, 4, false)])
  func theSecondKnowsTheFirst(first: Int, second: Int, others: Int, passes: Bool) throws {
    try expectDominance(first, second, others, passes: passes) { $0.twoUserPercent = 100 }
  }

  private func expectDominance(
    _ first: Int, _ second: Int, _ others: Int, passes: Bool, _ change: (inout Policy) -> Void
  ) throws {
    var policy = Policy.small(users: 3, perUser: 1000)
    change(&policy)
    var corpus = Corpus(parents: [nil])
    corpus.add(users: 1, each: first, leaf: 0)
    corpus.add(users: 1, each: second, leaf: 0)
    corpus.add(users: others, leaf: 0)
    if passes {
      #expect(try corpus.release(policy: policy).clusters.count == 1)
    } else {
      let failure = #expect(throws: PrivacyFailure.self) { try corpus.release(policy: policy) }
      #expect(failure?.message.contains("R2") == true && failure?.exitStatus == 4)
      #expect(try corpus.release(policy: policy, defences: .all.subtracting(.dominance)).clusters.count == 1)
    }
  }

  /// Under R1 alone, more records never hide what was shown: published sets only grow.
  @Test(arguments: 0..<100) func addingRecordsHidesNothing(seed: UInt64) throws {
    let small = randomCorpus(seed: seed)
    var random = RandomSource(seed: seed, stream: 1)
    var large = small
    for i in 0..<20 {
      large.records.append(
        .init(leaf: random.below(small.parents.count), user: random.below(60), key: UInt64(i), terms: []))
    }
    let policy = Policy.small(users: 4, conversations: 6, perUser: 1000)
    let primary: Defences = [.minimumUsers, .minimumConversations]
    guard let before = try small.publishedSets(policy: policy, defences: primary) else { return }
    let after = try #require(try large.publishedSets(policy: policy, defences: primary))
    let (smaller, larger) = (
      NaiveGate(corpus: small, policy: policy).sets, NaiveGate(corpus: large, policy: policy).sets
    )
    for node in small.parents.indices where before.contains(smaller[node]) {
      #expect(after.contains(larger[node]), "seed \(seed)")
    }
  }

  @Test(arguments: ["internal", "public"]) func presets(name: String) throws {
    let policy = try #require(Policy(name: name)).validated()
    #expect(policy.name == name)
    #expect((policy.minimumUsers, policy.minimumConversations) == (name == "public" ? (250, 500) : (25, 50)))
    #expect(policy.effectiveMinimumTermUsers == policy.minimumUsers)
    var other = policy
    other.minimumUsers += 1
    #expect(other.name == "custom")
  }

  @Test func nonsenseIsRefused() {
    func failure(_ change: (inout Policy) -> Void) -> PrivacyFailure? {
      var policy = Policy()
      change(&policy)
      let failure = #expect(throws: PrivacyFailure.self) { try Gate(policy: policy) }
      #expect(failure?.exitStatus == 2)
      return failure
    }
    for k in [-1, 0, 1] {
      #expect(failure { $0.minimumUsers = k }?.message.contains("--min-users") == true)
      #expect(failure { $0.minimumConversations = k }?.message.contains("--min-conversations") == true)
      #expect(failure { $0.minimumTermUsers = k }?.message.contains("--min-term-users") == true)
      #expect(failure { $0.roundTo = k } != nil)
    }
    #expect(failure { $0.maximumPerUser = 0 } != nil)
    #expect(failure { $0.dominancePercent = 101 } != nil)
    #expect(failure { $0.twoUserPercent = 0 } != nil)
    #expect(Policy(name: "none") == nil)
  }
}
