import Foundation
import Testing
import Throng

@Suite struct TermScoreTests {
  private func score(_ a: Double, of n: Double, _ b: Double, of m: Double) -> Double {
    TermScore.signedRoot(inside: (a, n), around: (b, m))
  }

  /// Expected 20 everywhere but in the users without the term (80): G² = 2(30 ln 1.5 + 10 ln 0.5 + 70 ln 0.875 + 90 ln 1.125).
  @Test func aTableByHand() {
    let expected = (2 * (30 * log(1.5) + 10 * log(0.5) + 70 * log(0.875) + 90 * log(1.125))).squareRoot()
    #expect(abs(score(30, of: 100, 10, of: 100) - expected) < 1e-12)
    #expect(abs(score(10, of: 100, 30, of: 100) + expected) < 1e-12)
  }

  /// For large counts the square is Pearson's chi-squared: n(ad − bc)² over the products of the margins.
  @Test func largeCountsGiveChiSquared() {
    let (a, b, c, d) = (50_500.0, 50_000.0, 49_500.0, 50_000.0)
    let chi = (a + b + c + d) * pow(a * d - b * c, 2) / ((a + b) * (c + d) * (a + c) * (b + d))
    #expect(abs(pow(score(a, of: a + c, b, of: b + d), 2) / chi - 1) < 1e-3)
  }

  @Test func anEvenShareIsNothing() {
    #expect(abs(score(10, of: 100, 30, of: 300)) < 1e-6)
    #expect(score(0, of: 100, 0, of: 300) <= 0)
    #expect(score(100, of: 100, 0, of: 0) <= 0)
  }

  /// A word that only this cluster uses is worth more than one that others use as well.
  @Test func exclusiveWordsComeFirst() {
    #expect(score(80, of: 100, 0, of: 900) > score(80, of: 100, 20, of: 900))
    #expect(score(80, of: 100, 0, of: 900) > score(60, of: 100, 0, of: 900))
  }

  /// Rounded counts can contradict each other a little; the score stays a number.
  @Test func countsThatContradictAreClamped() {
    for (a, n, b, m) in [(30.0, 25.0, 5.0, 100.0), (30, 40, -5, 100), (30, 40, 10, 0), (0, 0, 0, 0)] {
      #expect(score(a, of: n, b, of: m).isFinite)
    }
  }
}

@Suite struct SpellingTests {
  @Test(arguments: [
    ("password reset", "password reset"), ("人际 关系", "人际关系"), ("温泉 旅行", "温泉旅行"), ("การ เดินทาง", "การเดินทาง"),
    ("wifi 密码", "wifi 密码"), ("密码", "密码"), ("수 있는", "수 있는"),
  ])
  func phrasesAreWrittenAsTheirScriptDoes(phrase: String, shown: String) {
    #expect(Spelling.shown(phrase) == shown)
  }
}
