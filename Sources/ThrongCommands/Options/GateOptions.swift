package import ThrongPrivacy

/// A set of thresholds, as `--policy` names it.
package enum PolicyName: String, Sendable, CaseIterable {
  case `internal`, `public`
}

/// What must hold for a cluster before it is released. A nil threshold is the policy's.
package struct GateOptions: Sendable, Equatable {
  package var unit = Policy.Unit.user
  package var policy = PolicyName.internal
  package var minimumUsers: Int?
  package var minimumConversations: Int?
  package var minimumTermUsers: Int?
  package var maximumPerUser: Int?
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
    thresholds.minimumFacetUsers = minimumFacetUsers ?? thresholds.minimumFacetUsers
    thresholds.minimumFacetConversations = minimumFacetConversations ?? thresholds.minimumFacetConversations
    thresholds.lDiversity = lDiversity ?? thresholds.lDiversity
    thresholds.tCloseness = tCloseness ?? thresholds.tCloseness
    return thresholds
  }

  private static func plain(_ policy: PolicyName) -> Policy {
    switch policy {
    case .internal: .internal
    case .public: .public
    }
  }

  /// "25, or 250 under public"; once where all policies agree.
  private static func defaults(_ threshold: (Policy) -> Int) -> String {
    let (inside, outside) = (threshold(.internal), threshold(.public))
    return inside == outside ? "\(inside)" : "\(inside), or \(outside) under public"
  }

  /// What decides about a cluster.
  static let cellFlags: [Flag<GateOptions>] = [
    .value(
      "unit", "NAME", to: \.unit, .anyCase,
      "What is counted: user, or conversation for a log without users, which then protects no user."),
    .value(
      "policy", "NAME", to: \.policy, .anyCase,
      "Thresholds: internal for readers bound to confidentiality, public for everyone."),
    .value(
      "min-users", "N", to: \.minimumUsers,
      ValueParser.whole(2 ... .max, reason: "a cluster of one person is that person").unlessGiven(
        "25, or 250 under public"),
      "Release no cluster of fewer users."),
    .value(
      "min-conversations", "N", to: \.minimumConversations,
      ValueParser.whole(2 ... .max, reason: "one conversation is one person").unlessGiven(
        "50, or 500 under public"),
      "Release no cluster of fewer conversations."),
    .value(
      "max-per-user", "N", to: \.maximumPerUser,
      ValueParser.whole(1 ... .max).unlessGiven(defaults(\.maximumPerUser)),
      "Count at most N conversations of each user."),
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
    guard unit == .conversation else { return nil }
    if input.userField != nil || input.mapping["user"] != nil {
      return .conflict("--unit conversation counts no users; leave out --user and the user of --map")
    }
    return maximumPerUser == nil
      ? nil : .conflict("--unit conversation counts no users; leave out --max-per-user")
  }
}
