import Testing
import ThrongCore
import ThrongPrivacy

/// R2, contribution bound: no user moves a published number by more than m.
@Suite struct ContributionBoundTests {
  /// Two topics of 60 and 80 users; the heavy user writes in both, 10⁴ conversations, with a word of its own.
  private func corpus(heavy: Bool) -> Corpus {
    var corpus = Corpus(parents: [nil, 0, 0])
    corpus.add(users: 60, each: 2, leaf: 1, terms: [1])
    corpus.add(users: 80, each: 3, leaf: 2, terms: [2])
    if heavy {
      for i in 0..<10_000 {
        corpus.records.append(
          .init(leaf: 1 + i % 2, user: 140, key: RandomSource.mix(UInt64(i) &+ 77_777), terms: [1, 2, 3]))
      }
    }
    return corpus
  }

  private func numbers(_ release: Release) -> [Int] {
    let accounts = release.accounts
    return [
      accounts.read, accounts.quarantined, accounts.screenedOut, accounts.kept, accounts.beyondBound,
      accounts.counted, accounts.inLeaves, accounts.rolledUp,
    ] + release.clusters.flatMap { [$0.users, $0.conversations, $0.rolledUp] }
  }

  @Test func tenThousandConversationsMoveNothingMuch() throws {
    let without = numbers(try corpus(heavy: false).release(policy: .internal))
    let with = numbers(try corpus(heavy: true).release(policy: .internal))
    #expect(without.count == with.count)
    #expect(zip(without, with).allSatisfy { abs($0 - $1) <= 10 })
  }

  /// Where many users exceed the bound, what lies beyond it is stated, and one more of them still moves nothing much.
  @Test func norWhatLiesBeyondTheBound() throws {
    var corpus = Corpus(parents: [nil])
    corpus.add(users: 50, each: 14, leaf: 0)
    let without = numbers(try corpus.release(policy: .plain))
    corpus.add(users: 1, each: 10_000, leaf: 0)
    let with = numbers(try corpus.release(policy: .plain))
    #expect(without == [700, 0, 0, 700, 200, 500, 500, 0, 50, 500, 0])
    #expect(with == [720, 0, 0, 720, 210, 510, 510, 0, 50, 510, 0])
  }

  /// A part of the records counts none in the place of those that it lacks.
  @Test func whatMayNotCountIsReplacedByNothing() {
    let rule = CountingRule(policy: .plain)
    let users: [UInt32] = [0, 0, 0, 1, 2]
    let keys: [UInt64] = [5, 3, 9, 1, 2]
    // Records 3 and 4 are copies of one text.
    let templates: [UInt32] = [0, 1, 2, 3, 3]
    var one = Policy.plain
    one.maximumPerUser = 1
    #expect(rule.records(users: users, recordKeys: keys, templates: templates) == [0, 1, 2, 3])
    #expect(
      CountingRule(policy: one).records(users: users, recordKeys: keys, templates: templates) == [1, 3])
    let isCountable = [true, false, false, false, true]
    for policy in [Policy.plain, one] {
      let records = CountingRule(policy: policy).records(
        users: users, recordKeys: keys, templates: templates, isCountable: isCountable)
      #expect(records == [0, 4])
    }
  }

  @Test func twin() throws {
    let defences = Defences.all.subtracting([.contributionBound, .dominance])
    let without = numbers(try corpus(heavy: false).release(policy: .internal, defences: defences))
    let with = numbers(try corpus(heavy: true).release(policy: .internal, defences: defences))
    #expect(zip(without, with).contains { abs($0 - $1) > 4000 })
  }

  /// One user cannot vote a word up, however often it is written.
  @Test func aHeavyUserHasOneVote() throws {
    let witness = Witness()
    let release = try corpus(heavy: true).release(policy: .internal, labeller: witness)
    #expect(!(try release.bytes().contains("term3")))
    #expect(witness.nodes[0].terms.map(\.term) == [1, 2])
    #expect(witness.nodes[0].terms.map(\.users) == [60, 80])
  }

  /// The order of the input does not choose which of a user's records count, not even among equal keys.
  @Test(arguments: 0..<20) func orderChoosesNothing(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    var corpus = Corpus(parents: [nil, 0, 0, 0])
    for user in 0..<40 {
      for _ in 0..<20 {
        // Few keys, so that many of one user's are equal.
        corpus.records.append(
          .init(
            leaf: 1 + random.below(3), user: user, key: UInt64(random.below(3)),
            terms: Set((0..<2).map { _ in random.below(9) })))
      }
    }
    var shuffled = corpus
    shuffled.records.shuffle(using: &random)
    let policy = Policy.small(users: 5, roundTo: 2)
    #expect(try corpus.release(policy: policy).bytes() == shuffled.release(policy: policy).bytes())
  }

  /// By hand: 6 users of 5 conversations each, of which 3 count: 18 counted, 12 beyond.
  @Test func beyondTheBoundIsACellOfItsOwn() throws {
    var corpus = Corpus(parents: [nil])
    corpus.add(users: 6, each: 5, leaf: 0)
    let accounts = try corpus.release(policy: .small(users: 6, conversations: 10, perUser: 3)).accounts
    #expect((accounts.counted, accounts.beyondBound, accounts.kept, accounts.read) == (15, 10, 25, 25))
    // Seven are too many to ask of six: nothing is said of what lies beyond.
    corpus.add(users: 1, leaf: 0)
    let fewer = try corpus.release(policy: .small(users: 7, conversations: 10, perUser: 3)).accounts
    #expect((fewer.counted, fewer.beyondBound, fewer.kept, fewer.read) == (15, 0, 15, 15))
  }

  /// Without users each conversation stands for a person: no bound, U = N.
  @Test func conversationsAsPersons() throws {
    var corpus = Corpus(parents: [nil, 0, 0])
    corpus.add(users: 1, each: 60, leaf: 1, terms: [4])
    corpus.add(users: 1, each: 70, leaf: 2)
    #expect(throws: PrivacyFailure.self) { try corpus.release(policy: .internal) }
    var policy = Policy.internal
    policy.unit = .conversation
    let release = try corpus.release(
      policy: policy, accounting: Accounting(read: 240, quarantined: 83, screenedOut: 27))
    #expect(release.rules.policy == "internal" && release.rules.unit == "conversation")
    #expect(release.clusters.map(\.users) == [130, 70, 60])
    #expect(release.clusters.map(\.conversations) == [130, 70, 60])
    #expect(release.clusters[2].terms == ["term4"])
    #expect(
      (release.accounts.quarantined, release.accounts.screenedOut, release.accounts.read) == (80, 0, 210))
  }
}
