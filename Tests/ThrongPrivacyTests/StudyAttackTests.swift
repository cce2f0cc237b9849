import Testing
import ThrongCore
import ThrongPrivacy

/// Attacks on the figures of a study, and twins that succeed with the defence off.
@Suite struct StudyAttackTests {
  /// Users with one conversation each, and a number in 0...1 of each.
  private struct Log {
    var corpus = Corpus(parents: [nil])
    var numbers: [Float]

    init(users: Int, seed: UInt64) {
      corpus.add(users: users, leaf: 0)
      var random = RandomSource(seed: seed)
      numbers = (0..<users).map { _ in Float(random.below(101)) / 100 }
    }

    /// Releases the mean of the numbers in each segment, and in all.
    func release(
      _ segments: [Set<Int>], policy: Policy, defences: Defences = .all, secret: UInt8 = 1,
      resamples: Int = 100
    ) throws -> Release {
      let count = numbers.count
      let study = CandidateStudy(
        name: "test",
        segments: segments.enumerated().map { at, users in
          .init(name: "s\(at)", holds: (0..<count).map(users.contains))
        },
        measures: [
          .init(
            name: "mean", facet: "number", numbers: numbers, range: 0...1,
            levels: numbers.map { Int32($0 * 4) })
        ],
        requests: [.level(measure: 0, segments: Array(0...segments.count))], funnel: nil, records: count,
        resamples: resamples)
      let secret = Secret(bytes: (0..<32).map { $0 &+ secret })!
      return try Gate(policy: policy, defences: defences, secret: secret).release(
        corpus.tree(study: study), accounting: Accounting(read: count, quarantined: 0),
        terms: Corpus.plainTerms,
        labeller: ContrastLabeller(), facts: Corpus.facts, workers: Workers(threads: 1))
    }
  }

  private static let policy = Policy.small(users: 10, perUser: 1)
  /// No rounding, no grain: the figures as they are.
  private static let bare: Defences = [.grain, .rounding]

  private func total(_ release: Release, _ segment: String) -> Double? {
    release.statistics.first { $0.segment == segment }.map { $0.estimate * Double($0.conversations) }
  }

  @Test func segmentsThatDifferByOneArePartedByNobody() throws {
    let log = Log(users: 400, seed: 1)
    let (large, small) = (Set(0..<100), Set(0..<99))
    let release = try log.release([large, small], policy: Self.policy)
    #expect(total(release, "s0") == nil || total(release, "s1") == nil)
    #expect(total(release, "all") != nil)

    let open = try log.release(
      [large, small], policy: Self.policy, defences: .all.subtracting(Self.bare.union(.atoms)))
    let victim = try #require(total(open, "s0")) - (try #require(total(open, "s1")))
    #expect(abs(victim - Double(log.numbers[99])) < 1e-3)
  }

  /// |A| + |B| − |A ∪ B| is what they have in common.
  @Test func nobodyIsFoundInTheCommonPartOfThreeSets() throws {
    let log = Log(users: 400, seed: 2)
    let (a, b) = (Set(0..<100), Set(99..<200))
    let sets = [a, b, a.union(b)]
    let release = try log.release(sets, policy: Self.policy)
    #expect(["s0", "s1", "s2"].contains { total(release, $0) == nil })

    let open = try log.release(
      sets, policy: Self.policy, defences: .all.subtracting(Self.bare.union(.atoms)))
    let totals = try ["s0", "s1", "s2"].map { try #require(total(open, $0)) }
    #expect(abs(totals[0] + totals[1] - totals[2] - Double(log.numbers[99])) < 1e-3)
  }

  /// Two sets alone that have one user in common tell nothing of that user: their union is not shown.
  @Test func anOverlapOfOneIsNoHarmByItself() throws {
    let release = try Log(users: 400, seed: 3).release([Set(0..<100), Set(99..<200)], policy: Self.policy)
    #expect(total(release, "s0") != nil && total(release, "s1") != nil)
  }

  /// A segment that leaves out fewer than k of all is withheld.
  @Test func theRestOfASegmentIsNoPerson() throws {
    let log = Log(users: 100, seed: 4)
    #expect(total(try log.release([Set(0..<99)], policy: Self.policy), "s0") == nil)
    let open = try log.release(
      [Set(0..<99)], policy: Self.policy, defences: .all.subtracting(Self.bare.union(.atoms)))
    let victim = try #require(total(open, "all")) - (try #require(total(open, "s0")))
    #expect(abs(victim - Double(log.numbers[99])) < 1e-3)
  }

  /// Whoever knows all values of a group but one sees the last one's through the mean, unless the grain hides it: over
  /// secrets, the two ends of the range lead to the same figure three times in four.
  @Test func theLastOneOfAKnownGroupIsNotSeen() throws {
    var (low, high) = (Log(users: 60, seed: 5), Log(users: 60, seed: 5))
    low.numbers[29] = 0
    high.numbers[29] = 1
    let group = Set(0..<30)
    var differing = 0
    let secrets = 100
    for secret in 0..<secrets {
      let figures = try [low, high].map { log in
        let release = try log.release([group], policy: Self.policy, secret: UInt8(secret))
        return try #require(release.statistics.first { $0.segment == "s0" }).estimate
      }
      if figures[0] != figures[1] { differing += 1 }
    }
    // 1/4 of 100 with four standard deviations; the grain of 0.15 is 4.5 times what one of 30 moves, so it is less.
    #expect(differing <= 25 + 18)
    #expect(differing > 0, "a secret that is never drawn would hide nothing")

    let open = try [low, high].map { log in
      try #require(
        total(try log.release([group], policy: Self.policy, defences: .all.subtracting(Self.bare)), "s0"))
    }
    #expect(abs(open[1] - open[0] - 1) < 1e-3)
  }

  /// Random overlapping segments: for every atom that is too small the attacker's linear programme over all that is
  /// shown still allows k conversations. Without the defence it does not.
  @Test func noAtomIsBoundedBelowK() throws {
    var attacked = 0
    for seed in 0..<40 as Range<UInt64> {
      var random = RandomSource(seed: seed)
      let users = 160
      // Sets of very different sizes, made of few blocks, so that small pieces and nested sets come about.
      let blocks = (0..<8).map { _ in random.below(users) }.sorted()
      let segments = (0..<5).map { _ in
        let cuts = [blocks[random.below(8)], blocks[random.below(8)]].sorted()
        return Set(cuts[0]..<max(cuts[0] + 1, cuts[1]))
      }
      let log = Log(users: users, seed: seed)
      let release = try log.release(segments, policy: Self.policy)
      #expect(!isBounded(segments, shown: release))
      let open = try log.release(segments, policy: Self.policy, defences: .all.subtracting(.atoms))
      if isBounded(segments, shown: open) { attacked += 1 }
    }
    #expect(attacked > 5)
  }

  /// Whether some atom that is not empty and has fewer than 15 conversations cannot be 15 conversations for all that is shown.
  private func isBounded(_ segments: [Set<Int>], shown release: Release) -> Bool {
    let shown = segments.indices.filter { at in release.statistics.contains { $0.segment == "s\(at)" } }
    var atoms: [[Int]: Int] = [:]
    for user in 0..<160 { atoms[shown.filter { segments[$0].contains(user) }, default: 0] += 1 }
    let names = Array(atoms.keys)
    return names.indices.contains { at in
      guard atoms[names[at]]! < 15 else { return false }
      let programme = LinearProgramme(variables: names.count)
      programme.require(names.indices.map { ($0, 1) }, in: 160...160)
      for set in shown {
        let count = Double(segments[set].count)
        programme.require(names.indices.filter { names[$0].contains(set) }.map { ($0, 1) }, in: count...count)
      }
      return programme.extreme(of: [(at, 1)], maximize: true)! < 15 - 1e-6
    }
  }

  /// The order of the log and the numbers of users change no byte.
  @Test func orderMeansNothing() throws {
    let log = Log(users: 120, seed: 6)
    var turned = log
    turned.corpus.records = log.corpus.records.reversed()
    turned.numbers = log.numbers.reversed()
    for at in turned.corpus.records.indices {
      turned.corpus.records[at].user = 119 - turned.corpus.records[at].user
    }
    let group = Set(0..<50)
    let a = try log.release([group], policy: Self.policy)
    let b = try turned.release([Set(group.map { 119 - $0 })], policy: Self.policy)
    #expect(try a.bytes() == b.bytes())
    #expect(!a.statistics.isEmpty)
  }

  /// A screen's step that took out fewer than k people is not told.
  @Test func aStepOfFewIsNotTold() throws {
    func funnel(_ few: Int, defences: Defences = .all) throws -> [String] {
      var corpus = Corpus(parents: [nil])
      corpus.add(users: 100, leaf: 0)
      let leftAt =
        [UInt8](repeating: 2, count: 100) + [UInt8](repeating: 1, count: few)
        + [UInt8](repeating: 0, count: 60)
      let study = CandidateStudy(
        name: "test", segments: [], measures: [], requests: [],
        funnel: .init(
          steps: ["first", "second"], users: leftAt.indices.map { UInt32($0) }, leftAt: leftAt,
          userKeys: leftAt.indices.map { RandomSource.mix(UInt64($0)) }), records: 100)
      let policy = Policy.small(users: 20, conversations: 20, perUser: 1)
      return try Gate(policy: policy, defences: defences, secret: Secret(bytes: Array(1...32))!).release(
        corpus.tree(study: study), accounting: Accounting(read: 100, quarantined: 0),
        terms: Corpus.plainTerms,
        labeller: ContrastLabeller(), facts: Corpus.facts, workers: Workers(threads: 1)
      ).funnel.map { "\($0.step) \($0.conversations)" }
    }
    #expect(try funnel(20) == ["read 180", "first 120", "second 100"])
    #expect(try funnel(19) == ["read 175", "second 100"])
    #expect(
      try funnel(19, defences: .all.subtracting([.atoms, .absentUsers])) == [
        "read 175", "first 115", "second 100",
      ])
  }
}
