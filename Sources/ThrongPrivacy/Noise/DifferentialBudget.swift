/// What the differential tier may spend: ε and δ of the whole release, and how many cells a user may touch.
package struct DifferentialBudget: Sendable, Hashable {
  /// ε in millionths, so that it is exact wherever it decides about a draw.
  package var epsilonMillionths = 1_000_000
  /// δ: the probability mass on which the guarantee may fail.
  package var delta = 1e-6
  /// C, the most cells of one kind that one user counts in.
  package var cellsPerUser = 3

  package init() {}

  /// ε.
  package var epsilon: Double { Double(epsilonMillionths) / 1e6 }

  /// - Throws: ``PrivacyFailure/invalidPolicy(setting:requirement:)``.
  func validate() throws {
    guard (1_000...100_000_000).contains(epsilonMillionths) else {
      throw PrivacyFailure.invalidPolicy(setting: "--epsilon", requirement: "from 0.001 to 100")
    }
    guard delta > 0, delta <= 0.01 else {
      throw PrivacyFailure.invalidPolicy(setting: "--delta", requirement: "above 0 and at most 0.01")
    }
    guard (1...1000).contains(cellsPerUser) else {
      throw PrivacyFailure.invalidPolicy(setting: "--cells-per-user", requirement: "from 1 to 1000")
    }
  }
}

extension Policy {
  /// Users from which a cluster is usually shown, to plan the size of clusters by: k, or in the differential tier what a
  /// tree of three levels asks for.
  package var usualUsers: Int {
    guard let differential, (try? validated()) != nil,
      let plan = try? DifferentialPlan(
        differential, conversationsPerUser: maximumPerUser, innerDepths: 2, facets: 0)
    else { return minimumUsers }
    return max(minimumUsers, plan.usualThreshold)
  }
}
