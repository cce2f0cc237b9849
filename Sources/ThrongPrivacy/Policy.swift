/// The thresholds of a release: who is large enough to be shown.
///
/// They are k-anonymity-style thresholds, not differential privacy. They do not protect against somebody who
/// controls k − 1 accounts of a cell, nor against one person with k accounts.
package struct Policy: Sendable, Hashable {
  /// What counts as a person.
  package enum Unit: String, Sendable, CaseIterable {
    /// The input names users; all of one user's conversations are one person's.
    case user
    /// The operator states that the input names no users: each conversation is taken for a person of its own.
    ///
    /// Does not protect somebody who held several conversations: k of them may all be one person's.
    case conversation
  }

  /// Fewest distinct users of anything shown (R1).
  package var minimumUsers = 25
  /// Fewest conversations of anything shown (R1).
  package var minimumConversations = 50
  /// Fewest distinct users who used a term or phrase in a cluster before it may be shown there (R8);
  /// nil: the larger of 10 and ``minimumUsers``.
  package var minimumTermUsers: Int?
  /// Conversations of one user that count, at most (R2).
  package var maximumPerUser = 10
  /// p of the p % rule (R2): the conversations of all but the two largest users must be at least p % of the
  /// largest user's, so that the second largest cannot estimate the largest to within p %.
  package var dominancePercent = 10
  /// Share of a cell, in per cent, that its two largest users may hold together at most (R2).
  package var twoUserPercent = 90
  /// Counts are rounded down to a multiple of this.
  package var roundTo = 5
  /// The largest gap that a secret draw may put above every threshold of users (R9, ``ThresholdGap``); 0 puts none.
  package var thresholdGap = 8
  /// The budget of the differential tier; nil: the deterministic tier.
  package var differential: DifferentialBudget?
  /// Fewest distinct users of a facet value in a cluster, and of what is left beside or below such cells (R1, R3, R6).
  package var minimumFacetUsers = 10
  /// Fewest conversations of the same.
  package var minimumFacetConversations = 15
  /// Counts of facet values are rounded down to a multiple of this.
  package var roundFacetsTo = 10
  /// ℓ of entropy ℓ-diversity (R7): the shown distribution of a sensitive facet in a cluster is at least as diverse as
  /// one over this many equal values.
  package var lDiversity = 2.0
  /// t of t-closeness (R7): the distance of a sensitive facet's distribution in a cluster from that of all
  /// conversations, at most; 0...1.
  package var tCloseness = 0.2
  package var unit = Unit.user

  /// The thresholds for a circle of readers inside the organisation.
  package init() {}

  /// 25 users, 50 conversations: for readers inside the organisation. The default.
  package static let `internal` = Policy()

  /// 250 users, 500 conversations: for anybody to read. Facet values take 100 users and 150 conversations: ten times those
  /// of the default, as for clusters, since a cell is the easier to recognise the more is known of it.
  package static let `public` = {
    var policy = Policy()
    policy.minimumUsers = 250
    policy.minimumConversations = 500
    policy.minimumFacetUsers = 100
    policy.minimumFacetConversations = 150
    return policy
  }()

  /// Noised counts under differential privacy (``DifferentialTier``). Few conversations of each user count, since
  /// the noise must hide all of them; and a threshold for conversations beside that for users would hide
  /// nothing more.
  package static let differential = {
    var policy = Policy()
    policy.minimumConversations = policy.minimumUsers
    policy.minimumFacetConversations = policy.minimumFacetUsers
    policy.maximumPerUser = 3
    policy.thresholdGap = 0
    policy.differential = DifferentialBudget()
    return policy
  }()

  /// The policy called `name` on the command line: `internal`, `public` or `differential`.
  package init?(name: String) {
    switch name {
    case "internal": self = .internal
    case "public": self = .public
    case "differential": self = .differential
    default: return nil
    }
  }

  /// `internal` or `public` where every threshold is that policy's, `differential` in that tier, else `custom`.
  package var name: String {
    if differential != nil { return "differential" }
    var plain = self
    plain.unit = .user
    return plain == .internal ? "internal" : plain == .public ? "public" : "custom"
  }

  /// ``minimumTermUsers`` with its default filled in.
  package var effectiveMinimumTermUsers: Int { minimumTermUsers ?? max(10, minimumUsers) }

  /// The same policy, once every threshold makes sense.
  ///
  /// - Throws: ``PrivacyFailure/invalidPolicy(setting:requirement:)``, exit code 2.
  package func validated() throws -> Policy {
    func require(_ holds: Bool, _ setting: String, _ requirement: String) throws {
      if !holds { throw PrivacyFailure.invalidPolicy(setting: setting, requirement: requirement) }
    }
    try require(minimumUsers >= 2, "--min-users", "at least 2: a group of one is a person")
    try require(
      minimumConversations >= 2, "--min-conversations", "at least 2: one conversation is a person's")
    try require(
      effectiveMinimumTermUsers >= 2, "--min-term-users", "at least 2: a word of one user is that user's")
    try require(maximumPerUser >= 1, "--max-per-user", "at least 1")
    try require((0...100).contains(dominancePercent), "dominance percentage", "0 to 100")
    try require((1...100).contains(twoUserPercent), "two-user percentage", "1 to 100")
    try require((0...1000).contains(thresholdGap), "--threshold-gap", "0 to 1000")
    if let differential {
      try differential.validate()
      try require(maximumPerUser <= 1000, "--max-per-user", "at most 1000 under --policy differential")
      try require(
        minimumConversations == minimumUsers && minimumFacetConversations == minimumFacetUsers
          && thresholdGap == 0, "--policy differential",
        "without --min-conversations, --min-facet-conversations and --threshold-gap, for its noise does their work"
      )
    }
    try require(roundTo >= 2, "--round-to", "at least 2: exact counts are never released")
    try require(
      minimumFacetUsers >= 2, "--min-facet-users", "at least 2: a value of one user is that user's")
    try require(
      minimumFacetConversations >= 2, "--min-facet-conversations",
      "at least 2: one conversation is a person's")
    try require(roundFacetsTo >= 2, "--round-facets-to", "at least 2: exact counts are never released")
    try require(
      lDiversity >= 1 && lDiversity.isFinite, "--l-diversity", "at least 1, which asks for nothing")
    try require((0...1).contains(tCloseness), "--t-closeness", "0 to 1")
    return self
  }
}
