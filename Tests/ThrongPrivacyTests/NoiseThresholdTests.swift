import Foundation
import Testing
import ThrongCore
import ThrongPrivacy

/// R9 outside the differential tier, and R11: the secret gap above the thresholds, and that it sticks.
@Suite struct NoiseThresholdTests {
  /// k = 10, gap 0...8.
  private static let policy = {
    var policy = Policy.small(users: 10, termUsers: 10)
    policy.thresholdGap = 8
    return policy
  }()
  /// P(G = g), by the definition.
  private static let gaps: [Double] = {
    let weights = (0...8).map { exp(-abs(Double($0) - 4) / 2) }
    return weights.map { $0 / weights.reduce(0, +) }
  }()

  private func secret(_ number: Int) -> Secret {
    Secret(bytes: Digest.sha256(Array("secret \(number)".utf8)))!
  }

  private func release(
    _ corpus: Corpus, secret number: Int, userKeys: [UInt64] = [], defences: Defences = .all,
    policy: Policy = policy
  ) throws -> Release {
    let tree = corpus.tree(facets: [], userKeys: userKeys)
    return try Gate(policy: policy, defences: defences, secret: secret(number)).release(
      tree, accounting: Accounting(read: tree.recordCount, quarantined: 0), terms: Corpus.plainTerms,
      labeller: ContrastLabeller(), facts: Corpus.facts, workers: Workers(threads: 1))
  }

  @Test(arguments: [0, 1, 7, 8]) func distribution(largest: Int) {
    let weights = (0...largest).map { exp(-abs(2 * Double($0) - Double(largest)) / 4) }
    let whole = weights.reduce(0, +)
    var generator = RandomSource(seed: UInt64(largest))
    let draws = (0..<60_000).map { _ in ThresholdGap.draw(largest: largest, using: &generator) }
    #expect(draws.allSatisfy { (0...largest).contains($0) })
    if largest > 0 {
      #expect(
        NoiseSamplerTests.deviation(of: draws, from: { weights[$0] / whole }, within: 0...largest) < 5)
    }
  }

  // MARK: The oracle

  /// A large topic, and one of `users` accounts around which somebody planted all but perhaps one.
  private func cell(users: Int) -> Corpus {
    var corpus = Corpus(parents: [nil, 0, 0])
    corpus.add(users: 60, leaf: 1)
    corpus.add(users: users, leaf: 2)
    return corpus
  }

  /// The same for what is left of the root: the topic of 60 appears only if it may stand alone.
  private func rest(users: Int) -> Corpus {
    var corpus = Corpus(parents: [nil, 0])
    corpus.add(users: 60, leaf: 1)
    corpus.add(users: users, leaf: 0)
    return corpus
  }

  /// Share of `secrets` under which `appears` is true of the release.
  private func frequency(
    _ corpus: Corpus, secrets: Int = 600, defences: Defences = .all, _ appears: (Release) -> Bool
  ) throws -> Double {
    let seen = try (0..<secrets).filter { appears(try release(corpus, secret: $0, defences: defences)) }
    return Double(seen.count) / Double(secrets)
  }

  private func isClose(_ frequency: Double, to p: Double, of n: Int = 600) -> Bool {
    abs(frequency - p) <= 4.5 * max(p * (1 - p), 0.5 / Double(n)).squareRoot() / Double(n).squareRoot()
  }

  /// k − 1 planted accounts: the victim's cell appears with P(G = 0) = 3.7 % at most, for clusters and for what is left of them.
  @Test func theOracleIsBlunt() throws {
    #expect(abs(Self.gaps[0] - 0.0369) < 1e-4 && abs(Self.gaps.max()! - 0.2728) < 1e-4)
    for (corpus, appears) in [
      (cell, { $0.clusters.count == 3 }), (rest, { $0.clusters.count == 2 }),
    ] as [((Int) -> Corpus, (Release) -> Bool)] {
      #expect(try frequency(corpus(9), appears) == 0)
      #expect(isClose(try frequency(corpus(10), appears), to: Self.gaps[0]))
    }
  }

  /// The twin: without the gap the cell appears if and only if the victim is there.
  @Test func twin() throws {
    let off = Defences.all.subtracting(.randomisedThreshold)
    for (corpus, count) in [(cell, 3), (rest, 2)] as [((Int) -> Corpus, Int)] {
      #expect(try frequency(corpus(9), secrets: 5, defences: off) { $0.clusters.count == count } == 0)
      #expect(try frequency(corpus(10), secrets: 5, defences: off) { $0.clusters.count == count } == 1)
    }
  }

  /// Whoever plants more learns as the distribution has it, never with an advantage above its largest step, 27.3 %; and from
  /// k + 8 on nothing is hidden, so that further users hide nothing.
  @Test func everyStepIsBounded() throws {
    var last = 0.0
    var total = 0.0
    for users in 10...18 {
      let seen = try frequency(cell(users: users)) { $0.clusters.count == 3 }
      total += Self.gaps[users - 10]
      #expect(isClose(seen, to: total), "\(users)")
      #expect(seen - last <= 0.2728 + 0.09)
      last = seen
    }
    #expect(last == 1)
    #expect(try frequency(cell(users: 25), secrets: 100) { $0.clusters.count == 3 } == 1)
  }

  /// R8: k − 1 planted users of the victim's word, in a topic of many.
  @Test func termsHaveTheGapToo() throws {
    func corpus(_ users: Int) -> Corpus {
      var corpus = Corpus(parents: [nil, 0])
      corpus.add(users: users, leaf: 1, terms: [1, 7])
      corpus.add(users: 40, leaf: 1, terms: [1])
      return corpus
    }
    func appears(_ release: Release) -> Bool { release.clusters.contains { $0.terms.contains("term7") } }
    #expect(try frequency(corpus(9), appears) == 0)
    #expect(isClose(try frequency(corpus(10), appears), to: Self.gaps[0]))
    #expect(try frequency(corpus(18), secrets: 100, appears) == 1)
    let off = Defences.all.subtracting(.randomisedThreshold)
    #expect(try frequency(corpus(10), secrets: 5, defences: off, appears) == 1)
  }

  /// The root is refused the same way, and the message says nothing of the number.
  @Test func theRootHasTheGapToo() throws {
    var refused = 0
    for secret in 0..<200 {
      var corpus = Corpus(parents: [nil])
      corpus.add(users: 12, leaf: 0)
      do {
        _ = try release(corpus, secret: secret)
      } catch let failure as PrivacyFailure {
        #expect(failure == .refused(.users(minimum: 10, gap: 8), policy: "custom"))
        #expect(failure.message.contains("fewer than 10") && failure.message.contains("at most 7 more"))
        refused += 1
      }
    }
    // P(G > 2) = 0.802.
    #expect((130...190).contains(refused))
  }

  /// With the gap on, k stays the floor of everything that can be put together.
  @Test(arguments: 0..<100) func nothingBelowTheFloor(seed: UInt64) throws {
    var policy = Policy.small(users: 4, conversations: 6, perUser: 4)
    policy.thresholdGap = 4
    let corpus = randomCorpus(seed: seed)
    // Without R8 the markers that tell nodes are all shown.
    let defences = Defences.all.subtracting(.terms)
    guard let published = try corpus.publishedSets(policy: policy, defences: defences) else { return }
    let naive = NaiveGate(corpus: corpus, policy: policy)
    let root = published.reduce(Set()) { $0.union($1) }
    for atom in Dictionary(grouping: root, by: { record in published.map { $0.contains(record) } }).values {
      #expect(naive.passes(Set(atom)), "seed \(seed)")
    }
  }

  // MARK: R11

  /// The same users get the same draw in any order, under any numbers, with more conversations or other words; other users and
  /// other secrets get others.
  @Test func theGapSticks() throws {
    var outcomes: [[Int]] = []
    for number in 0..<60 {
      var random = RandomSource(seed: UInt64(number))
      let corpus = cell(users: 14)
      let keys = (0..<74).map { RandomSource.mix(UInt64($0) &+ 1_000) }
      let plain = try release(corpus, secret: number, userKeys: keys).clusters.count
      // Another order, other numbers for the same users.
      var other = corpus
      other.records.shuffle(using: &random)
      let names = Array(0..<74).shuffled(using: &random)
      for i in other.records.indices { other.records[i].user = names[other.records[i].user] }
      var otherKeys = keys
      for (old, new) in names.enumerated() { otherKeys[new] = keys[old] }
      #expect(try release(other, secret: number, userKeys: otherKeys).clusters.count == plain)
      // The same people with twice the conversations, of other keys.
      var more = corpus
      for record in corpus.records {
        more.records.append(.init(leaf: record.leaf, user: record.user, key: ~record.key))
      }
      #expect(try release(more, secret: number, userKeys: keys).clusters.count == plain)
      // One person replaced.
      var replaced = keys
      replaced[73] = 5
      outcomes.append([plain, try release(corpus, secret: number, userKeys: replaced).clusters.count])
    }
    // Without the second topic, what is left of the root would be too small for the first.
    #expect(Set(outcomes.map { $0[0] }) == [1, 3])
    #expect(outcomes.contains { $0[0] != $0[1] })
  }

  /// Where users are known by their records only, the gap sticks to those.
  @Test(arguments: 0..<30) func orderAndNamesDoNotMatter(number: Int) throws {
    var random = RandomSource(seed: UInt64(number), stream: 9)
    let corpus = cell(users: 14)
    var other = corpus
    other.records.shuffle(using: &random)
    let names = Array(0..<90).shuffled(using: &random)
    for i in other.records.indices { other.records[i].user = names[other.records[i].user] }
    #expect(try release(corpus, secret: number).bytes() == release(other, secret: number).bytes())
  }

  /// R13: moving withheld conversations, and what they say, moves no gap.
  @Test(arguments: 0..<20) func withheldConversationsMoveNothing(number: Int) throws {
    func bytes(first: Int, word: Int) throws -> String {
      var corpus = Corpus(parents: [nil, 0, 0, 0])
      corpus.add(users: 60, leaf: 1, terms: [1])
      let withheld = corpus.add(users: 14, leaf: 2)
      for record in withheld.prefix(6) { corpus.records[record].terms = [word] }
      for record in withheld.dropFirst(first) { corpus.records[record].leaf = 3 }
      // What is said changes a record's key.
      for record in withheld { corpus.records[record].key ^= UInt64(word) }
      let keys = (0..<74).map { RandomSource.mix(UInt64($0)) }
      return try release(corpus, secret: number, userKeys: keys).bytes()
    }
    let releases = try Set([(6, 20), (7, 21), (8, 22), (5, 20)].map { try bytes(first: $0.0, word: $0.1) })
    #expect(releases.count == 1)
  }

  @Test func theRuleIsStated() throws {
    let text = try release(cell(users: 30), secret: 1).bytes()
    #expect(text.contains("\"threshold_gap\":8") && text.contains("\"differential\":null"))
    var policy = Self.policy
    for gap in [-1, 1001] {
      policy.thresholdGap = gap
      #expect(throws: PrivacyFailure.self) { try Gate(policy: policy) }
    }
    #expect(Policy.internal.thresholdGap == 8 && Policy.public.thresholdGap == 8)
  }
}
