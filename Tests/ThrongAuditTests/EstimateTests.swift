import Testing
import ThrongAudit

/// Intervals against published and hand-computed values.
@Suite struct EstimateTests {
  private func isClose(_ a: Double, _ b: Double, within tolerance: Double = 5e-4) -> Bool {
    abs(a - b) <= tolerance
  }

  /// No hit in n: the upper end solves (1 − p)ⁿ = 0.025; all hits likewise.
  @Test func clopperPearsonAtTheEdges() {
    let none = Proportion(hits: 0, of: 10).interval
    #expect(none.lowerBound == 0 && isClose(none.upperBound, 0.30850))
    let all = Proportion(hits: 10, of: 10).interval
    #expect(all.upperBound == 1 && isClose(all.lowerBound, 0.69150))
  }

  /// Four of ten and one of two: exact from the binomial tails (for 1 of 2, 1 − √0.975 and √0.975).
  @Test func clopperPearsonInside() {
    let four = Proportion(hits: 4, of: 10).interval
    #expect(isClose(four.lowerBound, 0.1216) && isClose(four.upperBound, 0.7376))
    let one = Proportion(hits: 1, of: 2).interval
    #expect(isClose(one.lowerBound, 1 - 0.975.squareRoot()) && isClose(one.upperBound, 0.975.squareRoot()))
  }

  /// Newcombe's own examples (table II, method 10): 56 of 70 against 48 of 80, and 9 of 10 against 3 of 10.
  @Test func newcombeDifferences() {
    let a = Advantage(present: .init(hits: 56, of: 70), absent: .init(hits: 48, of: 80))
    #expect(
      isClose(a.value, 0.2) && isClose(a.interval.lowerBound, 0.0524)
        && isClose(a.interval.upperBound, 0.3339))
    #expect(!a.isGuessing)
    let b = Advantage(present: .init(hits: 9, of: 10), absent: .init(hits: 3, of: 10))
    #expect(isClose(b.interval.lowerBound, 0.1705) && isClose(b.interval.upperBound, 0.8090))
    let none = Advantage(present: .init(hits: 5, of: 10), absent: .init(hits: 5, of: 10))
    #expect(none.value == 0 && none.isGuessing)
  }
}
