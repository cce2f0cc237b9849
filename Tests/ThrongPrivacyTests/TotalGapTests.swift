import Testing
import ThrongCore
import ThrongPrivacy

/// R9 for totals: whoever knows everybody else's conversations does not see one person in the counts of all.
@Suite struct TotalGapTests {
  private static let policy = {
    var policy = Policy.small(users: 10, termUsers: 10)
    policy.thresholdGap = 8
    return policy
  }()

  /// A thousand people of one conversation each, the last of whom may be missing: that carries the total over an edge, and none of
  /// its parts.
  private func corpus(with isIn: Bool) -> Corpus {
    var corpus = Corpus(parents: [nil, 0, 0])
    corpus.add(users: 604, leaf: 1)
    corpus.add(users: isIn ? 401 : 400, leaf: 2)
    return corpus
  }

  private func root(
    _ corpus: Corpus, secret number: Int, defences: Defences = .all, policy: Policy = policy
  ) throws -> (users: Int, conversations: Int) {
    let tree = corpus.tree(facets: [])
    let secret = Secret(bytes: Digest.sha256(Array("total \(number)".utf8)))!
    let release = try Gate(policy: policy, defences: defences, secret: secret).release(
      tree, accounting: Accounting(read: tree.recordCount, quarantined: 0), terms: Corpus.plainTerms,
      labeller: ContrastLabeller(), facts: Corpus.facts, workers: Workers(threads: 1))
    return (release.clusters[0].users, release.clusters[0].conversations)
  }

  /// The best advantage of somebody who says "there" from some total on.
  private func advantage(secrets: Int, defences: Defences = .all) throws -> Double {
    let (with, without) = (corpus(with: true), corpus(with: false))
    let (present, absent) = (
      try (0..<secrets).map { try root(with, secret: $0, defences: defences) },
      try (0..<secrets).map { try root(without, secret: -1 - $0, defences: defences) }
    )
    func best(_ number: ((users: Int, conversations: Int)) -> Int) -> Double {
      Set((present + absent).map(number)).map { limit in
        Double(present.count { number($0) >= limit } - absent.count { number($0) >= limit }) / Double(secrets)
      }.max()!
    }
    return max(best(\.users), best(\.conversations))
  }

  /// One user among a thousand moves a draw of twenty: one case of twenty; and 4.5 standard errors of 500 trials besides.
  @Test func nobodyIsSeenInTheTotal() throws {
    #expect(try advantage(secrets: 500) < 0.05 + 4.5 * 0.032)
  }

  /// The twin: rounding alone shows who carries the total over an edge, each time.
  @Test func twin() throws {
    #expect(try advantage(secrets: 5, defences: .all.subtracting(.randomisedThreshold)) == 1)
  }

  @Test func totalsAreLowerBounds() throws {
    let corpus = corpus(with: true)
    let totals = try (0..<100).map { try root(corpus, secret: $0) }
    #expect(Set(totals.map(\.users)) == [985, 990, 995, 1000, 1005])
    // Never fewer than the parts show together.
    #expect(Set(totals.map(\.conversations)) == [1000, 1005])
    // The two draws have nothing to do with each other.
    #expect(totals.contains { $0.users != $0.conversations })
  }

  /// Counts that a reader can hold against each other: those of the root and of its parts, users and what they may weigh.
  @Test(arguments: [1, 10]) func countsAgree(perUser: Int) throws {
    var policy = Policy.small(users: 6, termUsers: 10, perUser: perUser)
    policy.thresholdGap = 8
    var corpus = Corpus(parents: [nil, 0, 0])
    corpus.add(users: 994, each: 3, leaf: 1)
    for record in corpus.records.indices where record % 3 == 2 { corpus.records[record].leaf = 2 }
    corpus.add(users: 12, leaf: 0)
    for number in 0..<60 {
      let secret = Secret(bytes: Digest.sha256(Array("total \(number)".utf8)))!
      let tree = corpus.tree(facets: [])
      let clusters = try Gate(policy: policy, secret: secret).release(
        tree, accounting: Accounting(read: tree.recordCount, quarantined: 0), terms: Corpus.plainTerms,
        labeller: ContrastLabeller(), facts: Corpus.facts, workers: Workers(threads: 1)
      ).clusters
      #expect(
        clusters.allSatisfy { $0.users <= $0.conversations && $0.conversations <= perUser * ($0.users + 4) })
      #expect(clusters.allSatisfy { $0.users <= clusters[0].users })
      #expect(clusters.dropFirst().reduce(0) { $0 + $1.conversations } <= clusters[0].conversations)
    }
  }

  /// R11: the same users have the same draw, whatever they write besides.
  @Test func drawsStick() throws {
    var other = corpus(with: true)
    other.records.reverse()
    for number in 0..<20 {
      #expect(try root(other, secret: number) == root(corpus(with: true), secret: number))
    }
  }

  /// A user of ten conversations moves the total by ten, and the draw is ten times as wide.
  @Test func theGapGrowsWithWhatAUserMayWeigh() throws {
    var corpus = Corpus(parents: [nil])
    corpus.add(users: 1000, each: 10, leaf: 0)
    let totals = try (0..<40).map { try root(corpus, secret: $0).conversations }
    #expect(totals.allSatisfy { (9800...10_000).contains($0) })
    #expect(totals.min()! < 9_850 && totals.max()! > 9_950)
  }

  /// A share of a total that was lowered has an interval that reaches down to the share of the true one.
  @Test func intervalsHoldTheTrueShare() throws {
    let tree = corpus(with: true).tree(facets: [])
    for number in 0..<40 {
      let secret = Secret(bytes: Digest.sha256(Array("total \(number)".utf8)))!
      let release = try Gate(policy: Self.policy, secret: secret).release(
        tree, accounting: Accounting(read: 1005, quarantined: 0), terms: Corpus.plainTerms,
        labeller: ContrastLabeller(), facts: Corpus.facts, workers: Workers(threads: 1))
      #expect(release.clusters[1].shareLow < 604 / 1005 && release.clusters[1].shareHigh > 604 / 1005)
      #expect(release.rules.totalGapPercent == 2)
    }
  }
}
