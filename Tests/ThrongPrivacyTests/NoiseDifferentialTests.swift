import Foundation
import Testing
import ThrongCore
import ThrongPrivacy

/// The differential tier: budget, bounds, and a distinguisher that tries to tell neighbouring inputs apart.
@Suite struct NoiseDifferentialTests {
  private func policy(
    epsilon: Double, delta: Double = 1e-6, cells: Int = 3, users: Int = 2, perUser: Int = 3
  ) -> Policy {
    var policy = Policy.differential
    (policy.minimumUsers, policy.minimumConversations, policy.minimumTermUsers) = (users, users, 2)
    policy.maximumPerUser = perUser
    policy.differential!.epsilonMillionths = Int((epsilon * 1e6).rounded())
    policy.differential!.delta = delta
    policy.differential!.cellsPerUser = cells
    return policy
  }

  private func release(
    _ corpus: Corpus, _ policy: Policy, seed: UInt64, defences: Defences = .all
  ) throws -> Release {
    try Gate(policy: policy, defences: defences, generator: .seeded(RandomSource(seed: seed))).release(
      corpus.tree, accounting: Accounting(read: corpus.records.count, quarantined: 0),
      terms: Corpus.plainTerms,
      labeller: ContrastLabeller(), facts: Corpus.facts, workers: Workers(threads: 1))
  }

  // MARK: The budget

  @Test(arguments: [0, 1, 2, 4], [0, 1, 5]) func thePartsAddUp(depths: Int, facets: Int) throws {
    for (epsilon, delta, cells) in [(1.0, 1e-6, 3), (0.05, 1e-9, 1), (8, 1e-5, 200)] {
      let budget = policy(epsilon: epsilon, delta: delta, cells: cells).differential!
      let plan = try DifferentialPlan(budget, conversationsPerUser: 3, innerDepths: depths, facets: facets)
      let spent = plan.entries.reduce(0) { $0 + $1.epsilonMillionths }
      #expect(spent <= budget.epsilonMillionths && spent > budget.epsilonMillionths - 2 * plan.entries.count)
      #expect(plan.entries.reduce(0) { $0 + $1.delta } <= delta * (1 + 1e-9))
      #expect(plan.entries.count == 2 + 2 * depths + 4 * facets)
      for entry in plan.entries {
        // Each mechanism is as private as its entry says, by its own definition.
        let share = Double(entry.epsilonMillionths) / 1e6
        switch entry.noise {
        case .truncatedGeometric(let noise):
          #expect(abs(Double(cells) / noise.laplace.scale - share) < 1e-12)
          #expect(Double(cells) * noise.edge <= entry.delta && entry.sensitivity == cells)
        case .laplace(let noise):
          #expect(abs(Double(entry.sensitivity) / noise.scale - share) < 1e-12 && entry.delta == 0)
        case .gaussian(let noise):
          // Of a vector with at most `sensitivity` entries changed by one each.
          let rho = Double(entry.sensitivity) / (2 * noise.deviation * noise.deviation)
          #expect(rho + 2 * (rho * log(1 / entry.delta)).squareRoot() <= share * (1 + 1e-9))
          #expect(entry.countsUsers && cells == 200)
        }
      }
      #expect(
        plan.entries.contains { if case .gaussian = $0.noise { true } else { false } }
          == (cells == 200 && depths > 1))
    }
  }

  @Test func budgetsThatMakeNoSenseAreRefused() {
    let bad: [(inout DifferentialBudget) -> Void] = [
      { $0.epsilonMillionths = 999 }, { $0.epsilonMillionths = 100_000_001 }, { $0.delta = 0 },
      { $0.delta = 0.02 },
      { $0.delta = .nan }, { $0.cellsPerUser = 0 }, { $0.cellsPerUser = 1001 },
    ]
    for change in bad {
      var policy = Policy.differential
      change(&policy.differential!)
      #expect(throws: PrivacyFailure.self) { try Gate(policy: policy) }
    }
    for change in [{ $0.thresholdGap = 8 }, { $0.minimumConversations = 26 }, { $0.maximumPerUser = 1001 }]
      as [(inout Policy) -> Void]
    {
      var policy = Policy.differential
      change(&policy)
      #expect(throws: PrivacyFailure.self) { try Gate(policy: policy) }
    }
    #expect(Policy(name: "differential")?.name == "differential")
  }

  // MARK: What a user contributes

  /// Thirty topics of 20 users each; a busy user writes 40 conversations in each of them.
  private func topics(busy: Bool) -> Corpus {
    var corpus = Corpus(parents: [nil] + [Int?](repeating: 0, count: 30))
    for leaf in 1...30 { corpus.add(users: 20, leaf: leaf, terms: [leaf]) }
    if busy {
      for i in 0..<1200 {
        corpus.records.append(
          .init(leaf: 1 + i % 30, user: 600, key: RandomSource.mix(UInt64(i) &+ 77), terms: [1 + i % 30]))
      }
    }
    return corpus
  }

  /// By label: users and conversations.
  private func figures(_ release: Release) -> [String: [Int]] {
    Dictionary(uniqueKeysWithValues: release.clusters.map { ($0.label, [$0.users, $0.conversations]) })
  }

  /// Sum of what one busy user changes of exact counts: users and conversations of topics, without and with the bounds.
  private func change(_ defences: Defences, perUser: Int) throws -> (users: Int, conversations: Int) {
    let policy = policy(epsilon: 1, perUser: perUser)
    let exact = defences.subtracting(.differentialNoise)
    let without = figures(try release(topics(busy: false), policy, seed: 1, defences: exact))
    let with = figures(try release(topics(busy: true), policy, seed: 1, defences: exact))
    #expect(without.count == 31 && with.count == 31)
    func sum(_ at: Int) -> Int {
      with.filter { $0.key != "All conversations" }.reduce(0) {
        $0 + abs($1.value[at] - without[$1.key]![at])
      }
    }
    return (sum(0), sum(1))
  }

  @Test func oneUserTouchesThreeCells() throws {
    let bounded = try change(.all, perUser: 30)
    #expect(bounded.users == 3 && bounded.conversations == 30)
    let few = try change(.all, perUser: 2)
    #expect(few.users <= 2 && few.conversations == 2)
    // The twin: with one of the bounds off, more than the noise is made for.
    let unbounded = try change(.all.subtracting(.cellBound), perUser: 30)
    #expect(unbounded.users > 10 && unbounded.conversations == 30)
  }

  /// Neither order nor numbering decides which conversations count.
  @Test(arguments: 0..<10) func orderChoosesNothing(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    var corpus = topics(busy: true)
    for i in corpus.records.indices { corpus.records[i].user %= 120 }
    var shuffled = corpus
    shuffled.records.shuffle(using: &random)
    let names = Array(0..<120).shuffled(using: &random)
    for i in shuffled.records.indices { shuffled.records[i].user = names[shuffled.records[i].user] }
    let policy = policy(epsilon: 4)
    #expect(try release(corpus, policy, seed: seed).bytes() == release(shuffled, policy, seed: seed).bytes())
  }

  // MARK: The distinguisher

  /// Two topics of few users; the victim, where present, writes in both.
  private func small(victim: Bool, users: Int) -> Corpus {
    var corpus = Corpus(parents: [nil, 0, 0])
    corpus.add(users: users, leaf: 1, terms: [1])
    corpus.add(users: 25, leaf: 2, terms: [2])
    if victim {
      let user = users + 25
      for (i, leaf) in [1, 2, 2].enumerated() {
        corpus.records.append(.init(leaf: leaf, user: user, key: UInt64(i), terms: [leaf]))
      }
    }
    return corpus
  }

  /// What an attacker looks at: which topics appear, and whether numbers are above limits.
  private func events(_ release: Release?) -> Set<String> {
    guard let release else { return ["nothing"] }
    var events: Set<String> = ["something"]
    var score = 0
    for cluster in release.clusters {
      let name = cluster.parentID == nil ? "all" : cluster.label
      events.insert(name)
      for limit in stride(from: 5, through: 45, by: 5) where cluster.users >= limit {
        events.insert("\(name) users \(limit)")
        score += 1
      }
      for limit in stride(from: 5, through: 75, by: 10) where cluster.conversations >= limit {
        events.insert("\(name) conversations \(limit)")
        score += 1
      }
    }
    for limit in stride(from: 5, through: 45, by: 4) where score >= limit { events.insert("score \(limit)") }
    return events
  }

  /// The largest log-ratio of an event's (or its complement's) probability between the two inputs beyond e^ε and δ, as a lower
  /// confidence bound of about 4 standard errors: above 0 refutes the claim.
  private func violation(
    of policy: Policy, users: Int, claiming epsilon: Double, delta: Double, runs: Int,
    defences: Defences = .all
  ) throws -> Double {
    var counts: [[String: Int]] = [[:], [:]]
    for victim in [false, true] {
      let corpus = small(victim: victim, users: users)
      for run in 0..<runs {
        var seen: Release?
        do {
          seen = try release(corpus, policy, seed: UInt64(2 * run + (victim ? 1 : 0)), defences: defences)
        } catch let failure as PrivacyFailure where failure.exitStatus == 4 {}
        for event in events(seen) { counts[victim ? 1 : 0][event, default: 0] += 1 }
      }
    }
    var worst = -Double.infinity
    for event in Set(counts[0].keys).union(counts[1].keys) {
      let (p, q) = (
        Double(counts[0][event] ?? 0) / Double(runs), Double(counts[1][event] ?? 0) / Double(runs)
      )
      for (a, b) in [(p, q), (q, p), (1 - p, 1 - q), (1 - q, 1 - p)] {
        let error = ((a * (1 - a) + exp(2 * epsilon) * b * (1 - b) + 2 / Double(runs)) / Double(runs))
          .squareRoot()
        worst = max(worst, a - exp(epsilon) * b - delta - 4 * error)
      }
    }
    return worst
  }

  /// Over thousands of runs no event is more likely than the budget allows, whether the topic is near the threshold or not.
  @Test(arguments: [1, 9, 24]) func neighboursCannotBeTold(users: Int) throws {
    let policy = policy(epsilon: 1, delta: 0.01)
    #expect(try violation(of: policy, users: users, claiming: 1, delta: 0.01, runs: 2000) <= 0)
  }

  /// The twins: without noise, and with more budget spent than claimed, the same distinguisher sees it.
  @Test func twin() throws {
    let off = Defences.all.subtracting(.differentialNoise)
    #expect(
      try violation(
        of: policy(epsilon: 1, delta: 0.01), users: 9, claiming: 1, delta: 0.01, runs: 50, defences: off)
        > 0.2)
    let lavish = policy(epsilon: 40, delta: 0.01, cells: 1)
    #expect(try violation(of: lavish, users: 9, claiming: 1, delta: 0.01, runs: 1500) > 0.05)
  }

  /// k − 1 planted accounts: the victim's topic appears as often as pₙ has it, so the advantage is at most pₙ − pₙ₋₁.
  @Test func thePoisonersAdvantage() throws {
    let policy = policy(epsilon: 2, delta: 0.01, cells: 1)
    let plan = try DifferentialPlan(policy.differential!, conversationsPerUser: 3, innerDepths: 1, facets: 0)
    guard case .truncatedGeometric(let noise) = plan.noise(.leaves, users: true) else {
      Issue.record("keys are chosen by the truncated geometric mechanism")
      return
    }
    let table = PartitionSelection(epsilon: 1 / noise.laplace.scale, delta: noise.edge)
    for users in [1, noise.bound, noise.bound + 1, 2 * noise.bound] {
      var corpus = Corpus(parents: [nil, 0, 0])
      corpus.add(users: users, leaf: 1, terms: [1])
      corpus.add(users: 60, leaf: 2, terms: [2])
      let runs = 1500
      let seen = try (0..<runs).filter { run in
        try release(corpus, policy, seed: UInt64(run)).clusters.contains {
          $0.parentID != nil && $0.label != "term2"
        }
      }.count
      let p = table.probability(users: users)
      let error = (p * (1 - p) / Double(runs)).squareRoot()
      #expect(abs(Double(seen) / Double(runs) - p) <= 4.5 * error + 0.002, "\(users)")
      #expect(p - table.probability(users: users - 1) <= (exp(1 / noise.laplace.scale) - 1) + noise.edge)
    }
  }

  // MARK: What is shown

  /// A tree of three levels, with topics on both sides of the threshold.
  private var forest: Corpus {
    var corpus = Corpus(parents: [nil, 0, 0, 1, 1, 1, 2, 2])
    for (leaf, users) in [(3, 30), (4, 45), (5, 80), (6, 60), (7, 20)] {
      corpus.add(users: users, each: 2, leaf: leaf, terms: [leaf])
    }
    return corpus
  }

  /// Of what is shown, the intervals hold the counts within the bounds in at least 95 of 100 cases; children never show more than
  /// their parent; intervals hold what is shown.
  @Test func intervalsHoldTheTruth() throws {
    let policy = policy(epsilon: 3, delta: 1e-4)
    let truth: [String: [Int]] = [
      "term3": [30, 60], "term4": [45, 90], "term5": [80, 160], "term6": [60, 120], "all": [235, 470],
    ]
    var covered: [String: (hits: [Int], shown: Int)] = [:]
    for seed in 0..<1500 as Range<UInt64> {
      let release = try release(forest, policy, seed: seed)
      for cluster in release.clusters {
        let children = release.clusters.filter { $0.parentID == cluster.id }
        #expect(children.reduce(0) { $0 + $1.conversations } <= cluster.conversations)
        #expect(children.allSatisfy { $0.users <= cluster.users } && cluster.users <= cluster.conversations)
        #expect(
          cluster.rolledUp
            == (children.isEmpty ? 0 : cluster.conversations - children.reduce(0) { $0 + $1.conversations }))
        let users = cluster.usersLow!...cluster.usersHigh!
        let conversations = cluster.conversationsLow!...cluster.conversationsHigh!
        #expect(users.contains(cluster.users) && conversations.contains(cluster.conversations))
        #expect(cluster.shareLow <= cluster.share && cluster.share <= cluster.shareHigh)
        // A topic with parts may bear the name of one of them.
        let name = cluster.parentID == nil ? "all" : cluster.label.components(separatedBy: " · ")[0]
        guard children.isEmpty || name == "all", let truth = truth[name] else { continue }
        var entry = covered[name] ?? ([0, 0], 0)
        entry.shown += 1
        if users.contains(truth[0]) { entry.hits[0] += 1 }
        if conversations.contains(truth[1]) { entry.hits[1] += 1 }
        covered[name] = entry
      }
      let accounts = release.accounts
      #expect(accounts.counted == release.clusters[0].conversations && accounts.read == accounts.counted)
    }
    #expect(covered.count == 5 && covered.values.allSatisfy { $0.shown > 100 })
    for (name, entry) in covered {
      for hits in entry.hits {
        let slack = 4 * (0.95 * 0.05 * Double(entry.shown)).squareRoot()
        #expect(Double(hits) >= 0.95 * Double(entry.shown) - slack, "\(name): \(hits) of \(entry.shown)")
      }
    }
    // Intervals are not merely wide: those of the whole are as the noise is.
    let whole = try release(forest, policy, seed: 1).clusters[0]
    #expect(whole.usersHigh! - whole.usersLow! < 60)
  }

  /// A test's seed repeats a release; the system's generator does not.
  @Test func noiseIsNotRepeated() throws {
    let policy = policy(epsilon: 3, delta: 1e-4)
    #expect(try release(forest, policy, seed: 4).bytes() == release(forest, policy, seed: 4).bytes())
    let releases = try Set((0..<4).map { _ in try forest.release(policy: policy).bytes() })
    #expect(releases.count > 1)
  }

  /// Too few people for the noise: refused by the noised number, without a number.
  @Test func tooFewAreRefused() throws {
    var corpus = Corpus(parents: [nil, 0, 0])
    corpus.add(users: 3, leaf: 1)
    corpus.add(users: 3, leaf: 2)
    let policy = policy(epsilon: 30, users: 25)
    let failure = #expect(throws: PrivacyFailure.self) { try release(corpus, policy, seed: 1) }
    #expect(failure == .refused(.noisedUsers(minimum: 25), policy: "differential"))
    #expect(failure?.message.contains("with noise there are fewer than 25") == true)
    // Nothing is refused by exact numbers before.
    try Gate(policy: policy).admit(users: [0], recordKeys: [1])
  }

  @Test func theBudgetIsStated() throws {
    let release = try release(forest, policy(epsilon: 3, delta: 1e-4), seed: 2)
    let differential = try #require(release.rules.differential)
    #expect((differential.epsilon, differential.delta, differential.cellsPerUser) == (3, 1e-4, 3))
    #expect(differential.mechanisms.count == 6)
    #expect(differential.mechanisms.reduce(0) { $0 + $1.epsilon } <= 3 + 1e-9)
    #expect(
      differential.covers.contains("given the clustering")
        && differential.excludes.contains("words of labels"))
    #expect(release.rules.policy == "differential" && release.rules.roundedTo == 1)
    #expect(release.clusters.allSatisfy { $0.description.hasPrefix("About ") })
  }

  /// Without users each conversation is a person of its own: one cell, one conversation.
  @Test func conversationsAsPersons() throws {
    var policy = policy(epsilon: 5, delta: 1e-4)
    policy.unit = .conversation
    let release = try release(forest, policy, seed: 3)
    #expect(release.rules.differential?.cellsPerUser == 1)
    #expect(release.rules.differential?.mechanisms.allSatisfy { $0.sensitivity == 1 } == true)
    #expect(abs(release.clusters[0].conversations - 470) < 60)
  }
}
