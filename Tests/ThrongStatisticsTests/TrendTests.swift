import Foundation
import Testing
import ThrongCore
import ThrongStatistics

/// Reference values are those of statsmodels 0.15 (GLM, binomial) and scipy 1.17.
@Suite struct TrendTests {
  private static let totals: [Double] = [200, 210, 190, 220, 230, 205, 240, 215, 225, 210]

  @Test func steadyRise() throws {
    let counts: [Double] = [12, 15, 11, 20, 24, 19, 30, 28, 33, 31]
    let plain = try #require(Trend(counts: counts, totals: Self.totals, scaled: false))
    #expect(abs(plain.slope.estimate - 0.11789847607192394) < 1e-9)
    #expect(abs(plain.test.statistic - 4.564949090243589) < 1e-8)
    #expect(abs(plain.test.pValue - 4.996155706623324e-06) < 1e-13)
    #expect(abs(plain.dispersion - 2.0042202789586887 / 8) < 1e-9)
    #expect(abs(plain.fitted.first - 0.06076210668674717) < 1e-9)
    #expect(abs(plain.fitted.last - 0.15749098278924742) < 1e-9)
    // Less dispersed than draws: the errors are not made smaller, but have t's tails.
    let scaled = try #require(Trend(counts: counts, totals: Self.totals))
    #expect(abs(scaled.test.pValue - 0.0018379286284545377) < 1e-9)
    #expect(abs(scaled.slope.width / 2 - 0.05955693436696448) < 1e-9)
  }

  @Test func restlessTopic() throws {
    let counts: [Double] = [12, 45, 11, 20, 64, 19, 30, 88, 33, 31]
    let trend = try #require(Trend(counts: counts, totals: Self.totals))
    #expect(abs(trend.slope.estimate - 0.08498231289869163) < 1e-9)
    #expect(abs(trend.dispersion - 19.0282932267494) < 1e-8)
    #expect(abs(trend.test.pValue - 0.3784386132894749) < 1e-9)
    #expect(abs(trend.slope.width / 2 - 0.21019055843976936) < 1e-9)
  }

  @Test func whatHasNoTrend() {
    #expect(Trend(counts: [1, 2], totals: [9, 9]) == nil)
    #expect(Trend(counts: [0, 0, 0], totals: [9, 9, 9]) == nil)
    #expect(Trend(counts: [9, 9, 9], totals: [9, 9, 9]) == nil)
    #expect(Trend(counts: [0, 0, 9, 9], totals: [9, 9, 9, 9]) == nil)
    // Periods without conversations count for nothing.
    let gaps = Trend(counts: [1, 0, 2, 0, 4], totals: [9, 0, 9, 0, 9])
    #expect(gaps != nil && gaps!.slope.estimate > 0)
  }

  @Test func manyTopicsAreCorrected() {
    // 100 topics without a trend, and one with.
    var random = RandomSource(seed: 8)
    let totals = [Double](repeating: 2000, count: 26)
    var topics = (0..<100).map { _ in
      totals.map { _ in Double((0..<2000).count { _ in random.uniform() < 0.05 }) }
    }
    topics.append((0..<26).map { 80 + 4 * Double($0) })
    let found = TopicTrends(topics: topics, totals: totals)
    #expect(found.trends.dropLast().contains { $0!.test.pValue < 0.05 })
    #expect(found.adjusted.dropLast().count { $0 < 0.05 } == 0 && found.adjusted[100] < 1e-6)
  }

  @Test func findsPlantedChanges() {
    var random = RandomSource(seed: 3)
    let shares = (0..<52).map { $0 < 20 ? 0.02 : $0 < 35 ? 0.05 : 0.03 }
    let totals = [Double](repeating: 3000, count: 52)
    let counts = shares.map { share in Double((0..<3000).count { _ in random.uniform() < share }) }
    let found = ChangePoints(counts: counts, totals: totals)
    #expect(found.changes == [20, 35])
    #expect(abs(found.segments[1].share - 0.05) < 0.004)
  }

  /// 2,000 steady topics: one in twenty at most may seem to change.
  @Test func steadyTopicsHardlyChange() {
    var random = RandomSource(seed: 4)
    let totals = [Double](repeating: 400, count: 30)
    let changed = (0..<2000).count { _ in
      // Near enough to a normal draw, and cheap.
      let counts = totals.map { _ in
        let normal = (0..<12).reduce(-6.0) { sum, _ in sum + random.uniform() }
        return max(0, (40 + 6 * normal).rounded())
      }
      return !ChangePoints(counts: counts, totals: totals).changes.isEmpty
    }
    #expect(changed <= 100)
  }

  @Test func shortSeriesAreOneSegment() {
    #expect(ChangePoints(counts: [], totals: []).segments.isEmpty)
    #expect(ChangePoints(counts: [3], totals: [9]).segments.map(\.periods) == [0..<1])
    #expect(ChangePoints(counts: [0, 9, 9], totals: [9, 9, 9], penalty: 0).segments.count == 1)
  }

  /// Every cut of nine periods into segments of two or more, tried one by one.
  @Test func isTheBestCut() {
    var random = RandomSource(seed: 6)
    let totals = [Double](repeating: 40, count: 9)
    func deviance(_ part: ArraySlice<Double>) -> Double {
      let (x, n) = (part.reduce(0, +), 40 * Double(part.count))
      return [x, n - x].filter { $0 > 0 }.reduce(0) { $0 - 2 * $1 * log($1 / n) }
    }
    for _ in 0..<50 {
      let counts = totals.map { _ in Double(random.below(41)) }
      let found = ChangePoints(counts: counts, totals: totals, penalty: 5)
      let penalty = 5 * found.dispersion
      var best = Double.infinity
      for cuts in 0..<256 {
        let bounds = [0] + (1..<9).filter { cuts >> ($0 - 1) & 1 == 1 } + [9]
        guard zip(bounds, bounds.dropFirst()).allSatisfy({ $1 - $0 >= 2 }) else { continue }
        let cost = zip(bounds, bounds.dropFirst()).reduce(0) { $0 + deviance(counts[$1.0..<$1.1]) }
        best = min(best, cost + penalty * Double(bounds.count - 2))
      }
      let cost = found.segments.reduce(0) { $0 + deviance(counts[$1.periods]) }
      #expect(abs(cost + penalty * Double(found.segments.count - 1) - best) < 1e-9)
    }
  }
}
