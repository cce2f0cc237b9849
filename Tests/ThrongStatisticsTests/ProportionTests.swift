import Testing
import ThrongStatistics

/// Reference values are those of scipy 1.17 and statsmodels 0.15.
@Suite struct ProportionTests {
  @Test(arguments: [
    (7.0, 50.0, 0.06950833427016288, 0.26186193710585537, 0.05819170034037209, 0.2673960024970084),
    (0, 20, 0, 0.1611251580528194, 0, 0.16843347098308534),
    (815, 26618, 0.028615490984708836, 0.03275672706218922, 0.028581303600081542, 0.03275874755204986),
  ])
  func intervals(
    successes: Double, trials: Double, lower: Double, upper: Double, exactLower: Double, exactUpper: Double
  ) {
    let proportion = Proportion(successes, of: trials)
    let (wilson, exact) = (proportion.wilson(), proportion.exact())
    #expect(abs(wilson.lower - lower) < 1e-9 && abs(wilson.upper - upper) < 1e-9)
    #expect(abs(exact.lower - exactLower) < 1e-9 && abs(exact.upper - exactUpper) < 1e-9)
    #expect(wilson.estimate == successes / trials)
  }

  @Test func noTrialsSayNothing() {
    #expect(!Proportion(0, of: 0).wilson().isDefined)
    #expect(!Proportion(0, of: 0).exact().isDefined)
    #expect(Proportion(5, of: 5).wilson().upper == 1)
    #expect(Proportion(0, of: 9).test(against: Proportion(0, of: 4)).pValue.isNaN)
  }

  @Test func twoProportions() {
    let test = Proportion(30, of: 200).test(against: Proportion(45, of: 210))
    #expect(abs(test.statistic + 1.6829763461389204) < 1e-9)
    #expect(abs(test.pValue - 0.09237967055994593) < 1e-9)
    let size = Proportion(30, of: 200).effectSize(against: Proportion(45, of: 210))
    #expect(abs(size + 0.16715191770054338) < 1e-9)
    let difference = Proportion(56, of: 70).difference(from: Proportion(48, of: 80))
    #expect(abs(difference.estimate - 0.2) < 1e-12)
    #expect(abs(difference.lower - 0.05243147240236498) < 1e-9)
    #expect(abs(difference.upper - 0.33387265403690614) < 1e-9)
  }

  @Test func correlation() {
    let x = [1, 2, 4, 5, 7, 9.5, 3, 2]
    let y = [2, 1.5, 5, 4, 8, 7, 4, 3]
    let (r, test) = (Sample.correlation(x, y), Sample.correlationTest(x, y))
    #expect(abs(r.estimate - 0.8923954372262487) < 1e-9)
    #expect(abs(r.lower - 0.5057818777802845) < 1e-9 && abs(r.upper - 0.980490161296056) < 1e-9)
    #expect(abs(test.pValue - 0.0028688473793047524) < 1e-9)
    #expect(abs(Sample.effectSize(x, y) + 0.0481284405544701) < 1e-9)
    #expect(!Sample.correlation(x, Array(repeating: 3, count: 8)).isDefined)
  }

  @Test func quantiles() {
    let sorted: [Double] = [1, 2, 4, 8, 16]
    #expect(abs(Sample.quantile(sorted, 0.1) - 1.4) < 1e-12)
    #expect(Sample.quantile(sorted, 0.5) == 4)
    #expect(abs(Sample.quantile(sorted, 0.975) - 15.2) < 1e-12)
    #expect(Sample.quantile(sorted, 1) == 16 && Sample.quantile([], 0.5).isNaN)
  }

  @Test(arguments: [
    (MultipleTests.benjaminiHochberg, [0.03, 0.048, 0.045, 0.03, 0.6, 0.045]),
    (.holm, [0.05, 0.12, 0.12, 0.03, 0.6, 0.12]),
  ])
  func manyTests(method: MultipleTests, wanted: [Double]) {
    // What is no test neither counts nor changes.
    let adjusted = method.adjusted([0.01, 0.04, 0.03, 0.005, 0.6, 0.03, .nan])
    #expect(zip(adjusted, wanted).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(adjusted[6].isNaN)
  }
}
