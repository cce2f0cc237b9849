import Testing
import ThrongAudit
import ThrongCommands
import ThrongCore
import ThrongPrivacy

/// Attacks 5 to 8 on the real pipeline over a small log, each with the twin against a weakened gate in which it succeeds.
@Suite struct SimulationTests {
  /// 220 users with two conversations each on four topics, no two alike.
  private static let records: [SimulatedRecord] = {
    var random = RandomSource(seed: 11)
    let stems = (0..<4).map { topic in
      (0..<30).map { _ in
        (0..<2 + topic % 2).map { _ in
          ["ba", "ke", "li", "mo", "nu", "pra", "sti", "tor", "ven", "dal", "fin", "gru"][random.below(12)]
        }.joined() + ["n", "r", "s", "l"][topic]
      }
    }
    return (0..<440).map { i in
      let words = (0..<22).map { _ in stems[i % 4][random.below(30)] }
      return SimulatedRecord(id: "r\(i)", user: "u\(i / 2)", text: words.joined(separator: " "))
    }
  }()

  private static let workers = Workers(threads: 2)
  private static let k = 10

  private func oracle(_ defences: Defences = .all) -> PipelineOracle {
    var policy = Policy()
    (policy.minimumUsers, policy.minimumConversations, policy.minimumTermUsers) = (Self.k, 20, Self.k)
    // The twins want clusters right at the threshold; `NoiseThresholdTests` has the gap.
    policy.thresholdGap = 0
    var oracle = PipelineOracle(policy: policy)
    oracle.clusters = 12
    oracle.defences = defences
    oracle.showsEveryTerm = true
    return oracle
  }

  private func advantage(
    _ planting: Planting, accounts: Int, trials: Int, defences: Defences = .all
  ) throws -> Advantage {
    try Poisoning(planting, accounts: accounts, trials: trials, seed: 5)
      .run(oracle(defences), records: Self.records, workers: Self.workers)
  }

  // MARK: Poisoning

  /// The fact shows in no bundle, however many accounts stand around the victim.
  @Test(arguments: Simulation.accounts) func aVictimsFactDoesNotShow(accounts: Int) throws {
    for planting in [Planting.shape, .guess] {
      let found = try advantage(planting, accounts: accounts, trials: 3)
      #expect(found.present.hits == 0 && found.absent.hits == 0, "\(planting)")
    }
  }

  /// Without R8 and templates the cluster made around the victim names it, and only where the victim is.
  @Test func withoutTheTermRuleItDoes() throws {
    let off = Defences.all.subtracting([.templates, .terms])
    let found = try advantage(.shape, accounts: 24, trials: 8, defences: off)
    #expect(found.present.hits >= 4 && found.absent.hits == 0)
    #expect(!found.isGuessing)
  }

  // MARK: Threshold oracle

  /// Copies with the right guess in each: they weigh as one, so one more makes no k.
  @Test func copiesAreNoThresholdOracle() throws {
    let found = try advantage(.guess, accounts: Self.k - 1, trials: 8)
    #expect(found.present.hits == 0 && found.absent.hits == 0)
  }

  /// Without the template rule one user more makes k, and the guess shows.
  @Test func withoutTheTemplateRuleTheyAre() throws {
    let off = Defences.all.subtracting(.templates)
    let found = try advantage(.guess, accounts: Self.k - 1, trials: 8, defences: off)
    #expect(found.present.hits >= 5 && found.absent.hits == 0)
  }

  // MARK: Membership

  /// An outsider who knows the others but for a tenth guesses.
  @Test func anOutsiderCannotTellWhoIsInTheLog() throws {
    let found = try Membership(.outsider, users: 16, seed: 3)
      .run(oracle(), records: Self.records, workers: Self.workers)
    #expect(found.isGuessing, "\(found.value) \(found.interval)")
  }

  /// Without rounding, whoever knows everybody else sees each user in the totals, and needs no secret.
  @Test func withoutRoundingWhoKnowsTheOthersSeesEverybody() throws {
    let off = Defences.all.subtracting(.rounding)
    let found = try Membership(.everythingElse, users: 8, seed: 3)
      .run(oracle(off), records: Self.records, workers: Self.workers)
    #expect(found.present.hits == 8 && found.absent.hits == 0)
  }

  // MARK: Dictionary

  /// A million terms on stolen hashes: none without the secret, and with it all that somebody wrote.
  @Test func aDictionaryTellsNothingWithoutTheSecret() throws {
    let attack = DictionaryAttack(
      terms: DictionaryAttack.dictionary(count: 1_000_000, with: Self.records, seed: 1))
    #expect(attack.terms.count == 1_000_000 && Set(attack.terms).count == 1_000_000)
    var random = RandomSource(seed: 2)
    let secret = (0..<32).map { _ in UInt8(random.below(256)) }
    let stolen = try oracle().hashes(Self.records, secret: secret)
    let written = Set(Self.records.flatMap { $0.text.split(separator: " ").map(String.init) })
    #expect(try attack.told(stolen, secret: secret, workers: Self.workers) == written.count)
    for _ in 0..<3 {
      let guess = (0..<32).map { _ in UInt8(random.below(256)) }
      #expect(try attack.told(stolen, secret: guess, workers: Self.workers) == 0)
    }
  }

  // MARK: All of them

  @Test func findingsSayWhatWasTried() throws {
    let simulation = Simulation(minimumUsers: Self.k, trials: 2, seed: 4)
    let findings = try simulation.findings(
      oracle(), records: Self.records, workers: Self.workers, progress: SilentProgress())
    #expect(findings.map(\.attack) == [.membership, .poisoning, .oracle, .dictionary])
    for finding in findings {
      #expect(finding.success?.trials ?? 0 >= 2 && !finding.lines.isEmpty)
      // A finding may be passed on: nothing of the log is in it.
      for line in finding.lines { #expect(!line.contains("qx") && !line.contains("u1")) }
    }
    #expect(findings[3].verdict == .withstood && findings[1].figures["shape_24_present"] == 0)
  }

  @Test func aLogOfOneUserIsNotTried() throws {
    let simulation = Simulation(minimumUsers: Self.k, trials: 2, seed: 4)
    let findings = try simulation.findings(
      oracle(), records: [SimulatedRecord(id: "", user: "a", text: "one two three four")],
      workers: Self.workers, progress: SilentProgress())
    #expect(findings.allSatisfy { $0.verdict == .notTried } && findings.count == 4)
  }
}
