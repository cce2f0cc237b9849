import Testing
import ThrongStatistics

/// Reference values are those of scipy 1.17.
@Suite struct DistributionTests {
  private func agree(_ found: Double, _ wanted: Double, _ tolerance: Double = 1e-9) -> Bool {
    abs(found - wanted) <= tolerance * max(abs(wanted), 1e-300)
  }

  @Test(arguments: [
    (-8.0, 6.22096057427174e-16), (-1.5, 0.06680720126885807), (0.3, 0.6179114221889526),
    (2, 0.9772498680518208),
  ])
  func normal(z: Double, p: Double) { #expect(agree(Distributions.normal(z), p)) }

  @Test(arguments: [
    (1e-10, -6.361340902404056), (0.025, -1.9599639845400545), (0.4, -0.2533471031357997),
    (0.975, 1.959963984540054),
  ])
  func normalQuantile(p: Double, z: Double) {
    #expect(agree(Distributions.normalQuantile(p), z))
    #expect(Distributions.normalQuantile(0) == -.infinity && Distributions.normalQuantile(1) == .infinity)
  }

  @Test(arguments: [
    (0.5, 3.0, 0.651447964848151), (2.1, 10, 0.06207724420221853), (5, 50, 7.4332122472325795e-06),
    (12, 4, 0.000276428548502973),
  ])
  func student(t: Double, degrees: Double, tails: Double) {
    #expect(agree(Distributions.studentTails(t, degrees: degrees), tails))
  }

  @Test(arguments: [(1.0, 12.706204736174694), (5, 2.5705818356363146), (50, 2.008559112100761)])
  func studentQuantile(degrees: Double, t: Double) {
    #expect(agree(Distributions.studentQuantile(tails: 0.05, degrees: degrees), t))
  }

  @Test(arguments: [
    (0.5, 1.0, 0.47950012218695337), (10, 3, 0.01856613546304325), (80, 40, 0.0001763028977385677),
    (3.84, 1, 0.05004352124870519),
  ])
  func chiSquared(x: Double, degrees: Double, tail: Double) {
    #expect(agree(Distributions.chiSquaredTail(x, degrees: degrees), tail))
  }

  @Test(arguments: [
    (0.2, 2.0, 5.0, 0.34464), (0.9, 30, 4, 0.5769436641256929), (0.03, 800, 26000, 0.561429514243701),
  ])
  func beta(x: Double, a: Double, b: Double, p: Double) { #expect(agree(Distributions.beta(x, a, b), p)) }

  @Test(arguments: [(0.025, 3.0, 98.0, 0.006229971538306395), (0.975, 815, 25803, 0.03272118171485915)])
  func betaQuantile(p: Double, a: Double, b: Double, x: Double) {
    #expect(agree(Distributions.betaQuantile(p, a, b), x))
  }
}
