import Foundation
import Testing
import ThrongCore
import ThrongPrivacy

/// R3, R4, R5: a linear programme over all that is shown, against withheld cells of facets.
@Suite struct FacetAttackTests {
  private static let policy = Policy.facets()

  /// Every other facet states a value for each record.
  private static func corpus(_ seed: Int) -> Corpus {
    seed % 2 == 0
      ? randomFacetCorpus(seed: UInt64(seed))
      : randomFacetCorpus(seed: UInt64(seed), facet: .init(values: 4), isStated: true)
  }

  private static func attack(_ seeds: [Int], defences: Defences = .all, isRounded: Bool = false) throws
    -> FacetAttacker.Outcome
  {
    try seeds.reduce(into: FacetAttacker.Outcome()) { sum, seed in
      guard
        let attacker = try FacetAttacker(
          corpus(seed), facet: 0, policy: policy, defences: defences, isRounded: isRounded)
      else { return }
      let outcome = attacker.attack(policy: policy)
      if defences == .all, outcome.recovered + outcome.belowThreshold + outcome.unsolved > 0 {
        Issue.record("seed \(seed): \(outcome)")
      }
      sum = sum + outcome
    }
  }

  /// Of THRONG_ATTACK_TABLES tables, 200 unless told.
  private static var tables: Int {
    ProcessInfo.processInfo.environment["THRONG_ATTACK_TABLES"].flatMap { Int($0) } ?? 200
  }

  @Test(arguments: 0..<8) func nothingIsRecovered(part: Int) throws {
    let size = Self.tables / 8
    let outcome = try Self.attack(Array(part * size..<(part + 1) * size))
    #expect(outcome.recovered == 0 && outcome.belowThreshold == 0 && outcome.unsolved == 0)
    #expect(outcome.withheld > 5 * size)
    if Self.tables > 200 { print("attack \(part): \(outcome)") }
  }

  /// The same of counts as they are released.
  @Test(arguments: 0..<8) func nothingFollowsFromReleasedCounts(part: Int) throws {
    let size = Self.tables / 8
    let outcome = try Self.attack(Array(part * size..<(part + 1) * size), isRounded: true)
    #expect(outcome.recovered == 0 && outcome.belowThreshold == 0 && outcome.unsolved == 0)
    #expect(outcome.withheld > 5 * size)
    if Self.tables > 200 { print("attack on released counts \(part): \(outcome)") }
  }

  @Test func withoutAtomsMuchIsRecovered() throws {
    let outcome = try Self.attack(
      (0..<60).map { 2 * $0 + 1 }, defences: .all.subtracting(.atoms))
    #expect(10 * outcome.recovered > 3 * outcome.withheld)
  }

  @Test func withoutProtectionSomeAreRecovered() throws {
    let outcome = try Self.attack(Array(0..<60), defences: .all.subtracting(.protection))
    #expect(outcome.recovered > 0 && outcome.belowThreshold > 0)
  }

  /// Pairs of those who hold most, each knowing where its conversations lie.
  private static func attackByPairs(_ defences: Defences) throws -> FacetAttacker.Outcome {
    var sum = FacetAttacker.Outcome()
    for seed in 0..<16 {
      let corpus = corpus(seed)
      guard let attacker = try FacetAttacker(corpus, facet: 0, policy: policy, defences: defences) else {
        continue
      }
      let held = Dictionary(grouping: corpus.records.indices) { corpus.records[$0].user }
      let heavy = held.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(4)
      for i in heavy.indices {
        for j in heavy.indices where j <= i {
          let known = i == j ? heavy[i].value : heavy[i].value + heavy[j].value
          sum = sum + attacker.attack(policy: policy, known: known, parts: false)
        }
      }
    }
    return sum
  }

  @Test func pairsLearnNothing() throws {
    let outcome = try Self.attackByPairs(.all)
    #expect(outcome.recovered == 0 && outcome.belowThreshold == 0 && outcome.unsolved == 0)
    #expect(outcome.withheld > 300)
    let twin = try Self.attackByPairs(.all.subtracting(.coalitions))
    #expect(twin.belowThreshold > 0)
  }

  /// The outsider's own method, by hand: rows 7, 3, 6 (3 + 3, both known), columns 9 and 7.
  @Test func goldenBounds() {
    let programme = LinearProgramme(variables: 4)
    // x₁₁, x₁₂, x₂₁, x₂₂.
    programme.require([(0, 1), (1, 1)], in: 7...7)
    programme.require([(2, 1), (3, 1)], in: 3...3)
    programme.require([(0, 1), (2, 1)], in: 6...6)
    programme.require([(1, 1), (3, 1)], in: 4...4)
    #expect(programme.extreme(of: [(0, 1)], maximize: false) == 3)
    #expect(programme.extreme(of: [(0, 1)], maximize: true) == 6)
  }
}
