package import ThrongCore

/// The attacks that need reruns, with as many trials as asked for: `throng audit --against INPUT --simulate N`.
///
/// They say how a system of these settings stands up with a log of this kind, not what one bundle betrays. Each is
/// reported as an advantage over guessing with its 95 % interval; an attack has succeeded where that excludes 0.
package struct Simulation: Sendable {
  /// k of the bundle under audit.
  package var minimumUsers: Int
  /// Trials of each attack; users tried for membership.
  package var trials: Int
  package var seed: UInt64
  /// Conversations of the log that take part, at most: all of some users' conversations, drawn at random.
  package var maximumRecords = 4000

  package init(minimumUsers: Int, trials: Int, seed: UInt64) {
    self.minimumUsers = minimumUsers
    self.trials = trials
    self.seed = seed
  }

  /// Releases for each trial: of membership, twice ten and two; of planted accounts, two for each of ten settings.
  package static let releasesPerTrial = 42

  /// Planted accounts that are tried.
  package static let accounts = [5, 10, 24, 49]

  /// Tries attacks 5 to 8.
  ///
  /// ``releasesPerTrial`` for each trial.
  /// - Throws: what the oracle throws; `Interrupted`.
  package func findings(
    _ oracle: some ReleaseOracle, records all: [SimulatedRecord], workers: Workers,
    progress: any ProgressReporter
  ) throws -> [Finding] {
    let records = sample(all)
    guard Set(records.map(\.user)).count > 1,
      records.contains(where: { PlantingKit.words(of: $0.text).count >= 3 })
    else {
      return [Attack.membership, .poisoning, .oracle, .dictionary].map {
        .notTried($0, "the log has too few users or words")
      }
    }
    progress.report(stage: "membership", done: 0, total: nil)
    let membership = try Membership.Knowledge.allCases.map { knowledge in
      (
        knowledge.rawValue,
        try Membership(knowledge, users: trials, seed: seed).run(oracle, records: records, workers: workers)
      )
    }
    progress.report(stage: "poisoning", done: 0, total: nil)
    func planted(_ planting: Planting, _ accounts: Int) throws -> (String, Advantage) {
      let attack = Poisoning(planting, accounts: accounts, trials: trials, seed: seed &+ UInt64(accounts))
      return ("\(planting.rawValue)_\(accounts)", try attack.run(oracle, records: records, workers: workers))
    }
    let poisoning = try [Planting.shape, .guess].flatMap { planting in
      try Self.accounts.map { try planted(planting, $0) }
    }
    progress.report(stage: "threshold oracle", done: 0, total: nil)
    let threshold = try [Planting.guess, .ownTexts].map { try planted($0, minimumUsers - 1) }
    progress.report(stage: "dictionary", done: 0, total: nil)
    return [
      // Who holds the secret can rerun everything: that is no outsider, and shown as a bound only.
      Self.finding(
        .membership, "advantage in telling whether a user is in the log", membership,
        judged: { $0 == Membership.Knowledge.outsider.rawValue }),
      Self.finding(.poisoning, "advantage in seeing a victim's rare word", poisoning),
      Self.finding(.oracle, "advantage in telling a user by k − 1 planted accounts", threshold),
      try dictionary(oracle, records: records, workers: workers),
    ]
  }

  /// All conversations of users in random order, as long as they fit.
  func sample(_ records: [SimulatedRecord]) -> [SimulatedRecord] {
    guard records.count > maximumRecords else { return records }
    var perUser: [String: Int] = [:]
    for record in records { perUser[record.user, default: 0] += 1 }
    var random = RandomSource(seed: seed, stream: .max)
    var names = perUser.keys.sorted()
    names.shuffle(using: &random)
    var (chosen, count): (Set<String>, Int) = ([], 0)
    for name in names where count + perUser[name]! <= maximumRecords {
      chosen.insert(name)
      count += perUser[name]!
    }
    return records.filter { chosen.contains($0.user) }
  }

  private static func finding(
    _ attack: Attack, _ measure: String, _ results: [(name: String, advantage: Advantage)],
    judged: (String) -> Bool = { _ in true }
  ) -> Finding {
    var figures: [String: Double] = [:]
    for (name, advantage) in results {
      figures[name] = advantage.value
      figures["\(name)_low"] = advantage.interval.lowerBound
      figures["\(name)_high"] = advantage.interval.upperBound
      figures["\(name)_present"] = advantage.present.value
      figures["\(name)_absent"] = advantage.absent.value
    }
    let worst = results.filter { judged($0.name) }.max {
      $0.advantage.interval.lowerBound < $1.advantage.interval.lowerBound
    }!
    let isBroken = worst.advantage.interval.lowerBound > 0
    return Finding(
      attack, isBroken ? .broken : .withstood,
      success: Success(
        measure, worst.advantage.value, low: worst.advantage.interval.lowerBound,
        high: worst.advantage.interval.upperBound, trials: worst.advantage.present.trials),
      figures: figures,
      lines: results.map { name, advantage in
        let (low, high) = (advantage.interval.lowerBound, advantage.interval.upperBound)
        return
          "\(name.replacing("_", with: " ")): \(Self.percent(advantage.value)) more often with the user than "
          + "without (95 % interval \(Self.percent(low)) to \(Self.percent(high)))"
      })
  }

  private func dictionary(
    _ oracle: some ReleaseOracle, records: [SimulatedRecord], workers: Workers
  ) throws -> Finding {
    var random = RandomSource(seed: seed, stream: 8)
    let (secret, guess) = (random.secret(), random.secret())
    let attack = DictionaryAttack(
      terms: DictionaryAttack.dictionary(count: 1_000_000, with: records, seed: seed))
    let stolen = try oracle.hashes(records, secret: secret)
    let told = try attack.told(stolen, secret: guess, workers: workers)
    let withSecret = try attack.told(stolen, secret: secret, workers: workers)
    return Finding(
      .dictionary, told == 0 ? .withstood : .broken,
      success: Success(
        "terms told without the secret", Double(told), trials: attack.terms.count,
        baseline: Double(withSecret)),
      figures: ["hashes": Double(stolen.count), "told_with_secret": Double(withSecret)],
      lines: ["a run keeps no hash on disk; these were taken from its memory"])
  }

  private static func percent(_ share: Double) -> String {
    "\((share * 1000).rounded() / 10) %"
  }
}
