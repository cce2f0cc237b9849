extension Release {
  /// The differential tier as a reader must know it: budget, split, and what the guarantee is about.
  public struct Differential: Sendable, Encodable {
    /// One mechanism and its part of the budget; the parts add up to at most the whole.
    public struct Mechanism: Sendable, Encodable {
      /// Which counts it noised.
      public let counts: String
      /// `truncated geometric`, which also decided what is shown; `discrete Laplace`; `discrete Gaussian`.
      public let mechanism: String
      /// Its part of ε.
      public let epsilon: Double
      /// Its part of δ.
      public let delta: Double
      /// The most that one user changes these counts together.
      public let sensitivity: Int
      /// 1/ε of a count for geometric and Laplace noise, σ for Gaussian noise.
      public let scale: Double
      /// The least noised number of users that is shown, where the mechanism decides that.
      public let threshold: Int?

      enum CodingKeys: String, CodingKey {
        case counts, mechanism, epsilon, delta, sensitivity, scale, threshold
      }

      /// Writes every key, nil as null.
      public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(counts, forKey: .counts)
        try container.encode(mechanism, forKey: .mechanism)
        try container.encode(epsilon, forKey: .epsilon)
        try container.encode(delta, forKey: .delta)
        try container.encode(sensitivity, forKey: .sensitivity)
        try container.encode(scale, forKey: .scale)
        try container.encode(threshold, forKey: .threshold)
      }
    }

    /// ε of the whole release.
    public let epsilon: Double
    /// δ of the whole release.
    public let delta: Double
    /// The most cells of a kind in which one user counts.
    public let cellsPerUser: Int
    /// The parts.
    public let mechanisms: [Mechanism]
    /// What the guarantee is about.
    public let covers: String
    /// What it is not about.
    public let excludes: String

    enum CodingKeys: String, CodingKey {
      case epsilon, delta
      case cellsPerUser = "cells_per_user"
      case mechanisms, covers, excludes
    }

    /// To four digits: more would be no more exact, and long numbers are what an audit looks for.
    private static func shown(_ value: Double) -> Double {
      guard value > 0 else { return value }
      var (digits, exponent) = (value, 0)
      while digits >= 10_000 { (digits, exponent) = (digits / 10, exponent + 1) }
      while digits < 1_000 { (digits, exponent) = (digits * 10, exponent - 1) }
      return Double("\(Int(digits.rounded()))e\(exponent)")!
    }

    init(_ budget: DifferentialBudget, plan: DifferentialPlan, policy: Policy, facets: [String]) {
      let people = policy.unit == .user ? "one user" : "one conversation"
      epsilon = budget.epsilon
      delta = budget.delta
      cellsPerUser = policy.unit == .user ? budget.cellsPerUser : 1
      mechanisms = plan.entries.map { entry in
        var threshold: Int?
        if case .truncatedGeometric(let noise) = entry.noise {
          threshold = max(noise.bound + 1, policy.minimumUsers)
        }
        return Mechanism(
          counts: Self.name(entry, facets: facets), mechanism: entry.noise.name,
          epsilon: Double(entry.epsilonMillionths) / 1e6, delta: Self.shown(entry.delta),
          sensitivity: entry.sensitivity,
          scale: Self.shown(entry.noise.scale), threshold: threshold)
      }
      covers = """
        which clusters are shown, and all their counts, given the clustering: adding or removing all conversations of \
        \(people) changes the probability of any outcome by a factor of at most exp(epsilon), but for delta
        """
      excludes = """
        the clustering itself, the words of labels and terms, which at least \(policy.effectiveMinimumTermUsers) \
        users wrote but which carry no noise, and the settings of the run
        """
    }

    private static func name(_ entry: DifferentialPlan.Entry, facets: [String]) -> String {
      let what = entry.countsUsers ? "users" : "conversations"
      return switch entry.subject {
      case .leaves:
        entry.countsUsers ? "clusters without parts: which, and users" : "clusters without parts: \(what)"
      case .depth(0): "all conversations: \(what)"
      case .depth(let depth): "clusters with parts at level \(depth): \(what)"
      case .facet(let facet, let atRoot):
        "facet \(facets[facet]) \(atRoot ? "of all conversations" : "of clusters without parts"): "
          + (entry.countsUsers ? "which, and users" : what)
      }
    }
  }
}
