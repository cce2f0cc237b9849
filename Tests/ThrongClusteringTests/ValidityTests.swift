import Foundation
import Testing
import ThrongClustering
import ThrongCore

struct ValidityTests {
  private func isNear(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-12 }

  @Test func aSmallTableWorkedByHand() {
    // Table rows (true) × columns (found): [[2, 1], [0, 3]].
    let truth: [Int32] = [5, 5, 5, -1, -1, -1]
    let found: [Int32] = [0, 0, 9, 9, 9, 9]
    // H(truth) = ln 2; H(found) of (1/3, 2/3); I = Σ p ln(p / (row · column)).
    let (third, ln2) = (1.0 / 3, log(2.0))
    let foundEntropy = -(third * log(third) + 2 * third * log(2 * third))
    let information = third * ln2 + 1.0 / 6 * log(0.5) + 0.5 * log(1.5)
    let (h, c) = (information / ln2, information / foundEntropy)
    #expect(isNear(Validity.homogeneity(truth, found), h))
    #expect(isNear(Validity.completeness(truth, found), c))
    #expect(isNear(Validity.vMeasure(truth, found), 2 * h * c / (h + c)))
    #expect(isNear(Validity.nmi(truth, found), information / ((ln2 + foundEntropy) / 2)))
    // Pairs: 1 + 3 together in both, 3 + 3 in truth, 1 + 6 in found, of 15.
    let expected = 6.0 * 7 / 15
    #expect(isNear(Validity.adjustedRand(truth, found), (4 - expected) / (6.5 - expected)))
    #expect(isNear(Validity.purity(truth, found), 5.0 / 6))
    #expect(isNear(Validity.matchedAccuracy(truth, found), 5.0 / 6))
  }

  @Test func equalPartitionsScoreOneWhateverTheirNames() {
    let truth: [Int32] = [0, 0, 1, 2, 2, 2]
    let found: [Int32] = [7, 7, -3, 1, 1, 1]
    for score in scores(truth, found) { #expect(isNear(score, 1)) }
  }

  @Test func edgesAreDefined() {
    for score in scores([], []) { #expect(score == 1) }
    for score in scores([4], [2]) { #expect(score == 1) }
    for score in scores([1, 1, 1], [0, 0, 0]) { #expect(score == 1) }
    // One found cluster says nothing about two classes.
    let (truth, one): ([Int32], [Int32]) = ([0, 0, 1, 1], [0, 0, 0, 0])
    #expect(Validity.nmi(truth, one) == 0)
    #expect(Validity.adjustedRand(truth, one) == 0)
    #expect(Validity.homogeneity(truth, one) == 0)
    #expect(Validity.completeness(truth, one) == 1)
    #expect(Validity.vMeasure(truth, one) == 0)
    #expect(Validity.purity(truth, one) == 0.5)
    #expect(Validity.matchedAccuracy(truth, one) == 0.5)
    // All apart: pure, but matching gives each class one point.
    let apart: [Int32] = [0, 1, 2, 3]
    #expect(Validity.purity(truth, apart) == 1)
    #expect(Validity.matchedAccuracy(truth, apart) == 0.5)
    #expect(Validity.adjustedRand(truth, apart) == 0)
    // The least that the adjusted Rand index can be: two pairs crossed.
    #expect(isNear(Validity.adjustedRand([0, 0, 1, 1], [0, 1, 0, 1]), -0.5))
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func scoresAreSymmetricAndInRange(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let n = 2 + random.below(200)
    let truth = (0..<n).map { _ in Int32(random.below(1 + Int(seed))) }
    let found = (0..<n).map { _ in Int32(random.below(7)) }
    #expect(isNear(Validity.nmi(truth, found), Validity.nmi(found, truth)), "seed \(seed)")
    #expect(isNear(Validity.adjustedRand(truth, found), Validity.adjustedRand(found, truth)), "seed \(seed)")
    #expect(isNear(Validity.matchedAccuracy(truth, found), Validity.matchedAccuracy(found, truth)))
    // With arithmetic means the V-measure is the normalised mutual information.
    #expect(isNear(Validity.nmi(truth, found), Validity.vMeasure(truth, found)), "seed \(seed)")
    #expect(Validity.matchedAccuracy(truth, found) <= Validity.purity(truth, found) + 1e-12)
    for score in scores(truth, found) { #expect((-0.5...1).contains(score), "seed \(seed)") }
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func theAssignmentIsTheBestOfAllPermutations(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let rows = 1 + random.below(5)
    let columns = rows + random.below(3)
    let costs = (0..<rows * columns).map { _ in Double(random.below(12)) - 5 }
    func least(_ row: Int, _ taken: Set<Int>) -> Double {
      guard row < rows else { return 0 }
      return (0..<columns).filter { !taken.contains($0) }
        .map { costs[row * columns + $0] + least(row + 1, taken.union([$0])) }.min()!
    }
    let found = Assignment.solve(costs: costs, rows: rows, columns: columns)
    #expect(Set(found).count == rows)
    let cost = found.enumerated().reduce(0.0) { $0 + costs[$1.offset * columns + $1.element] }
    #expect(cost == least(0, []), "seed \(seed)")
  }

  private func scores(_ truth: [Int32], _ found: [Int32]) -> [Double] {
    [
      Validity.nmi(truth, found), Validity.adjustedRand(truth, found), Validity.homogeneity(truth, found),
      Validity.completeness(truth, found), Validity.vMeasure(truth, found), Validity.purity(truth, found),
      Validity.matchedAccuracy(truth, found),
    ]
  }
}
