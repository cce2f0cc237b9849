package import ThrongPrivacy

/// A set of thresholds, as `--policy` names it.
package enum PolicyName: String, Sendable, CaseIterable {
  case `internal`, `public`, differential
}

/// What must hold for a cluster before it is released. A nil threshold is the policy's.
package struct GateOptions: Sendable, Equatable {
  package var unit = Policy.Unit.user
  package var policy = PolicyName.internal
  package var minimumUsers: Int?
  package var minimumConversations: Int?
  package var minimumTermUsers: Int?
  package var maximumPerUser: Int?
  package var thresholdGap: Int?
  /// ε in millionths.
  package var epsilonMillionths: Int?
  package var delta: Double?
  /// What all releases of the same conversations may spend together, in millionths.
  package var epsilonTotalMillionths: Int?
  package var cellsPerUser: Int?
  package var minimumFacetUsers: Int?
  package var minimumFacetConversations: Int?
  package var lDiversity: Double?
  package var tCloseness: Double?

  package init() {}

  /// The policy with the thresholds that were given. Not validated: a number may come from elsewhere than a flag.
  package var thresholds: Policy {
    var thresholds = Self.plain(policy)
    thresholds.unit = unit
    thresholds.minimumUsers = minimumUsers ?? thresholds.minimumUsers
    thresholds.minimumConversations = minimumConversations ?? thresholds.minimumConversations
    thresholds.minimumTermUsers = minimumTermUsers ?? thresholds.minimumTermUsers
    thresholds.maximumPerUser = maximumPerUser ?? thresholds.maximumPerUser
    thresholds.thresholdGap = thresholdGap ?? thresholds.thresholdGap
    if var budget = thresholds.differential {
      budget.epsilonMillionths = epsilonMillionths ?? budget.epsilonMillionths
      budget.delta = delta ?? budget.delta
      budget.cellsPerUser = cellsPerUser ?? budget.cellsPerUser
      thresholds.differential = budget
    }
    thresholds.minimumFacetUsers = minimumFacetUsers ?? thresholds.minimumFacetUsers
    thresholds.minimumFacetConversations = minimumFacetConversations ?? thresholds.minimumFacetConversations
    thresholds.lDiversity = lDiversity ?? thresholds.lDiversity
    thresholds.tCloseness = tCloseness ?? thresholds.tCloseness
    if thresholds.differential != nil {
      thresholds.minimumConversations = minimumConversations ?? thresholds.minimumUsers
      thresholds.minimumFacetConversations = minimumFacetConversations ?? thresholds.minimumFacetUsers
    }
    return thresholds
  }

  private static func plain(_ policy: PolicyName) -> Policy {
    switch policy {
    case .internal: .internal
    case .public: .public
    case .differential: .differential
    }
  }

  /// "25, or 250 under public"; a policy that agrees with internal is not named.
  private static func defaults(_ threshold: (Policy) -> Int) -> String {
    let inside = threshold(.internal)
    let others = [("public", threshold(.public)), ("differential", threshold(.differential))]
    return (["\(inside)"] + others.filter { $0.1 != inside }.map { "or \($0.1) under \($0.0)" }).joined(
      separator: ", ")
  }

  /// What decides about a cluster.
  static let cellFlags: [Flag<GateOptions>] = [
    .value(
      "unit", "NAME", to: \.unit, .anyCase,
      "What is counted: user, or conversation for a log without users, which then protects no user."),
    .value(
      "policy", "NAME", to: \.policy, .anyCase,
      "Thresholds: internal for readers bound to confidentiality, public for everyone, differential for counts "
        + "with noise under a budget of differential privacy."),
    .value(
      "min-users", "N", to: \.minimumUsers,
      ValueParser.whole(2 ... .max, reason: "a cluster of one person is that person").unlessGiven(
        "25, or 250 under public"),
      "Release no cluster of fewer users."),
    .value(
      "min-conversations", "N", to: \.minimumConversations,
      ValueParser.whole(2 ... .max, reason: "one conversation is one person").unlessGiven(
        "50, or 500 under public, or as --min-users under differential"),
      "Release no cluster of fewer conversations."),
    .value(
      "max-per-user", "N", to: \.maximumPerUser,
      ValueParser.whole(1 ... .max).unlessGiven(defaults(\.maximumPerUser)),
      "Count at most N conversations of each user."),
    .value(
      "threshold-gap", "N", to: \.thresholdGap,
      ValueParser.whole(0...1000).unlessGiven(defaults(\.thresholdGap)),
      "Ask for up to N users above each threshold, as a secret draw has it for each group of users, so that nobody can "
        + "tell one user's presence by whether a cluster appears. 0 asks for none."),
  ]

  /// The budget of `--policy differential`.
  static let budgetFlags: [Flag<GateOptions>] = [
    .value(
      "epsilon", "X", to: \.epsilonMillionths, ValueParser.millionths.unlessGiven("1"),
      "With --policy differential: how much all counts together may tell about one user."),
    .value(
      "delta", "X", to: \.delta, ValueParser.smallProbability.unlessGiven("1e-6"),
      "With --policy differential: the probability mass on which that may fail; well below 1 / users."),
    .value(
      "epsilon-total", "X", to: \.epsilonTotalMillionths, ValueParser.millionths.unlessGiven("no limit"),
      "With --policy differential: refuse what would make all releases of the same conversations, as the ledger knows "
        + "them, spend more."),
    .value(
      "cells-per-user", "N", to: \.cellsPerUser, ValueParser.whole(1...1000).unlessGiven("3"),
      "With --policy differential: count each user in at most N clusters without parts."),
  ]

  /// What decides about a label.
  static let termFlags: [Flag<GateOptions>] = [
    .value(
      "min-term-users", "N", to: \.minimumTermUsers,
      ValueParser.whole(2 ... .max, reason: "a word of one person is that person's")
        .unlessGiven("as --min-users, at least 10"),
      "Show no term that fewer users used.")
  ]

  /// Users of a facet's value.
  static let facetUsers: Flag<GateOptions> = .value(
    "min-facet-users", "N", to: \.minimumFacetUsers,
    ValueParser.whole(2 ... .max, reason: "a value of one person is that person's")
      .unlessGiven(defaults(\.minimumFacetUsers)),
    "Show no value of a facet in a topic where fewer users have it.")

  /// What decides about the value of a facet.
  static let facetFlags: [Flag<GateOptions>] = [
    facetUsers,
    .value(
      "min-facet-conversations", "N", to: \.minimumFacetConversations,
      ValueParser.whole(2 ... .max, reason: "one conversation is one person")
        .unlessGiven(defaults(\.minimumFacetConversations)),
      "Show no value of a facet in a topic where fewer conversations have it."),
    .value(
      "l-diversity", "L", to: \.lDiversity,
      ValueParser.decimal(1...1000, as: "a number from 1 to 1000, such as 2")
        .unlessGiven("\(Policy.internal.lDiversity)"),
      "Show a sensitive facet in a topic only where its values are at least as mixed as L equal ones."),
    .value(
      "t-closeness", "T", to: \.tCloseness,
      ValueParser.decimal(0...1, as: "a number from 0 to 1, such as 0.2")
        .unlessGiven("\(Policy.internal.tCloseness)"),
      "Show a sensitive facet in a topic only where at most this share would have to change to look like all others."
    ),
  ]

  /// Flags that say something about users where none are counted.
  func conflict(_ input: InputOptions) -> UsageFailure.Reason? {
    if policy != .differential,
      epsilonMillionths != nil || delta != nil || cellsPerUser != nil || epsilonTotalMillionths != nil
    {
      return .conflict("--epsilon, --epsilon-total, --delta and --cells-per-user need --policy differential")
    }
    if policy == .differential,
      minimumConversations != nil || minimumFacetConversations != nil || thresholdGap != nil
    {
      return .conflict(
        "--policy differential has noise instead; leave out --min-conversations, --min-facet-conversations and "
          + "--threshold-gap")
    }
    guard unit == .conversation else { return nil }
    if input.userField != nil || input.mapping["user"] != nil {
      return .conflict("--unit conversation counts no users; leave out --user and the user of --map")
    }
    return maximumPerUser == nil
      ? nil : .conflict("--unit conversation counts no users; leave out --max-per-user")
  }
}
