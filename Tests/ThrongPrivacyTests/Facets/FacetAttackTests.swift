import Foundation
import Testing
import ThrongCore
import ThrongPrivacy

/// R3, R4, R5: a linear programme over all that is shown, against withheld cells of facets.
@Suite struct FacetAttackTests {
  private static let policy = Policy.facets()

  private static func attack(_ seeds: Range<Int>, defences: Defences = .all) throws
    -> FacetAttacker.Outcome
  {
    try seeds.reduce(into: FacetAttacker.Outcome()) { sum, seed in
      let corpus = randomFacetCorpus(seed: UInt64(seed))
      guard let attacker = try FacetAttacker(corpus, facet: 0, policy: policy, defences: defences) else {
        return
      }
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
    let outcome = try Self.attack(part * size..<(part + 1) * size)
    #expect(outcome.recovered == 0 && outcome.belowThreshold == 0 && outcome.unsolved == 0)
    #expect(outcome.withheld > size)
    if Self.tables > 200 { print("attack \(part): \(outcome)") }
  }

  @Test func withoutAtomsMuchIsRecovered() throws {
    let outcome = try Self.attack(0..<60, defences: .all.subtracting(.atoms))
    print("without R3: \(outcome)")
    #expect(10 * outcome.recovered > 3 * outcome.withheld)
  }
}
