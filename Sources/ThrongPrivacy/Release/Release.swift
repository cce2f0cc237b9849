import FoundationEssentials

/// What an outsider may know: everything a bundle says, and nothing else.
///
/// This is the one door. Every initialiser in here is internal to ThrongPrivacy and only ``Gate`` calls it; writers
/// take a `Release` and nothing else. Every count has passed the gate and is a lower bound, rounded down; no count of
/// withheld cells exists in it, and no reason why a cell is missing (R13).
///
/// What it does not promise: thresholds are not differential privacy; people with several accounts inflate the
/// number of users; a diagnosis is not an identity, so redaction alone does not protect it.
public struct Release: Sendable, Encodable {
  /// Version of the meaning of the fields.
  public let formatVersion: Int
  /// First 16 hexadecimal digits of the SHA-256 of the release's canonical JSON without the id.
  public internal(set) var id: String
  /// How the run was set.
  public let run: Run
  /// The rules every figure has passed.
  public let rules: Rules
  /// Where the conversations went.
  public let accounts: Accounts
  /// The published tree, parents before children, siblings by size; the first is the root.
  public let clusters: [Cluster]
  /// The facets of ``facetCells``, in the order in which the operator named them.
  public let facets: [Facet]
  /// Published counts of facet values, by cluster in the order of ``clusters``, then by facet and value.
  public let facetCells: [FacetCell]
  /// For each facet value that is shown of all conversations, how much of it the clusters without published children show.
  public let coverage: [Coverage]
  /// What a study's screen left, step by step; empty without a study.
  public let funnel: [FunnelStep]
  /// Figures of a study with intervals; a figure that is missing says nothing.
  public let statistics: [Statistic]
  /// The course of each series of a study, and of each topic over the weeks or months.
  public let trends: [Trend]
  /// The counts behind ``trends`` of a study's facets.
  public let trendPoints: [TrendPoint]
  /// The segments of a study in its topics.
  public let segmentCells: [SegmentCell]

  enum CodingKeys: String, CodingKey {
    case formatVersion = "format_version"
    case id = "release_id"
    case run, rules, accounts, clusters, facets
    case facetCells = "cluster_facets"
    case coverage, funnel, statistics, trends
    case trendPoints = "trend_points"
    case segmentCells = "segment_topics"
  }

  init(
    run: Run, rules: Rules, accounts: Accounts, clusters: [Cluster], facets: [Facet] = [],
    facetCells: [FacetCell] = [], coverage: [Coverage] = [], study: Study = Study()
  ) {
    formatVersion = 1
    id = ""
    self.run = run
    self.rules = rules
    self.accounts = accounts
    self.clusters = clusters
    self.facets = facets
    self.facetCells = facetCells
    self.coverage = coverage
    funnel = study.funnel
    statistics = study.statistics
    trends = study.trends
    trendPoints = study.trendPoints
    segmentCells = study.segmentCells
  }
}

extension Release {
  /// How the run was set, as asked for. A setting chosen automatically is nil.
  public struct Run: Sendable, Encodable {
    /// Version of Throng that wrote the release.
    public let throngVersion: String
    /// Input format.
    public let format: String
    /// Seed of every random choice, in decimal: 64 bits do not fit a JSON number.
    public let seed: String
    /// Base clusters asked for.
    public let clusters: Int?
    /// Clusters per level asked for, coarse to fine.
    public let levels: [Int]?
    /// What the numbers of ``levels`` count: clusters (`counts`), levels (`gaps`), conversations at most (`sizes`).
    public let levelsBy: String
    /// Dimensions kept by the reduction; 0: no reduction.
    public let dimensions: Int
    /// Hashed columns of the vectoriser.
    public let columns: Int
    /// Largest share of unusable records the run would have accepted.
    public let maximumBadShare: Double
    /// `SOURCE_DATE_EPOCH` as ISO 8601 in UTC, where it was set.
    public let createdAt: String?
    /// `SOURCE_DATE_EPOCH` in Unix seconds.
    public let createdAtUnix: Int64?

    enum CodingKeys: String, CodingKey {
      case throngVersion = "throng_version"
      case format, seed, clusters, levels
      case levelsBy = "levels_by"
      case dimensions, columns
      case maximumBadShare = "maximum_bad_share"
      case createdAt = "created_at"
      case createdAtUnix = "created_at_unix"
    }

    init(_ facts: RunFacts) {
      throngVersion = facts.version
      format = facts.format
      seed = String(facts.seed)
      clusters = facts.clusters
      levels = facts.levels
      levelsBy = facts.levelsBy
      dimensions = facts.dimensions
      columns = facts.columns
      maximumBadShare = facts.maximumBadShare
      createdAtUnix = facts.sourceDateEpoch
      createdAt = facts.sourceDateEpoch.map { Date(timeIntervalSince1970: Double($0)).formatted(.iso8601) }
    }

    /// Writes every key, nil as null, so that a reader finds the same keys in every release.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(throngVersion, forKey: .throngVersion)
      try container.encode(format, forKey: .format)
      try container.encode(seed, forKey: .seed)
      try container.encode(clusters, forKey: .clusters)
      try container.encode(levels, forKey: .levels)
      try container.encode(levelsBy, forKey: .levelsBy)
      try container.encode(dimensions, forKey: .dimensions)
      try container.encode(columns, forKey: .columns)
      try container.encode(maximumBadShare, forKey: .maximumBadShare)
      try container.encode(createdAt, forKey: .createdAt)
      try container.encode(createdAtUnix, forKey: .createdAtUnix)
    }
  }

  /// The thresholds of the ``Policy`` in force.
  public struct Rules: Sendable, Encodable {
    /// `internal`, `public` or `custom`.
    public let policy: String
    /// `user` or `conversation`: what counts as a person.
    public let unit: String
    /// R1: fewest users of a cluster.
    public let minimumUsers: Int
    /// R1: fewest conversations of a cluster.
    public let minimumConversations: Int
    /// R2: most conversations of a user that count.
    public let maximumPerUser: Int
    /// R2: p of the p % rule.
    public let dominancePercent: Int
    /// R2: most that two users may hold of a cluster, in per cent.
    public let twoUserPercent: Int
    /// R8: fewest users of a term in a cluster.
    public let minimumTermUsers: Int
    /// Counts are rounded down to a multiple of this; not in the differential tier.
    public let roundedTo: Int
    /// R9: the largest gap that a secret draw may have put above a threshold of users; 0: none.
    public let thresholdGap: Int
    /// R9: per cent by which a secret draw may have lowered the counts of all conversations, at most; 0: none.
    public let totalGapPercent: Int
    /// The differential tier's budget; nil in the deterministic tier.
    public let differential: Differential?
    /// R1, R3, R6: fewest users of a facet value in a cluster, and of what is left beside and below.
    public let minimumFacetUsers: Int
    /// R1, R3, R6: fewest conversations of the same.
    public let minimumFacetConversations: Int
    /// Counts of facet values are rounded down to a multiple of this.
    public let facetsRoundedTo: Int
    /// R7: least entropy ℓ-diversity of a sensitive facet in a cluster.
    public let lDiversity: Double
    /// R7: largest distance of a sensitive facet's distribution in a cluster from that of all conversations.
    public let tCloseness: Double

    enum CodingKeys: String, CodingKey {
      case policy, unit
      case minimumUsers = "minimum_users"
      case minimumConversations = "minimum_conversations"
      case maximumPerUser = "maximum_per_user"
      case dominancePercent = "dominance_percent"
      case twoUserPercent = "two_user_percent"
      case minimumTermUsers = "minimum_term_users"
      case roundedTo = "rounded_to"
      case thresholdGap = "threshold_gap"
      case totalGapPercent = "total_gap_percent"
      case differential
      case minimumFacetUsers = "minimum_facet_users"
      case minimumFacetConversations = "minimum_facet_conversations"
      case facetsRoundedTo = "facets_rounded_to"
      case lDiversity = "l_diversity"
      case tCloseness = "t_closeness"
    }

    init(_ policy: Policy, plan: DifferentialPlan? = nil, facets: [String] = []) {
      self.policy = policy.name
      unit = policy.unit.rawValue
      minimumUsers = policy.minimumUsers
      minimumConversations = policy.minimumConversations
      maximumPerUser = policy.maximumPerUser
      dominancePercent = policy.dominancePercent
      twoUserPercent = policy.twoUserPercent
      minimumTermUsers = policy.effectiveMinimumTermUsers
      roundedTo = policy.differential == nil ? policy.roundTo : 1
      minimumFacetUsers = policy.minimumFacetUsers
      minimumFacetConversations = policy.minimumFacetConversations
      facetsRoundedTo = policy.differential == nil ? policy.roundFacetsTo : 1
      lDiversity = policy.lDiversity
      tCloseness = policy.tCloseness
      thresholdGap = policy.thresholdGap
      totalGapPercent = policy.thresholdGap > 0 ? 100 / TotalGap.parts : 0
      differential = policy.differential.flatMap { budget in
        plan.map { Differential(budget, plan: $0, policy: policy, facets: facets) }
      }
    }

    /// Writes every key, nil as null, so that a reader finds the same keys in every release.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(policy, forKey: .policy)
      try container.encode(unit, forKey: .unit)
      try container.encode(minimumUsers, forKey: .minimumUsers)
      try container.encode(minimumConversations, forKey: .minimumConversations)
      try container.encode(maximumPerUser, forKey: .maximumPerUser)
      try container.encode(dominancePercent, forKey: .dominancePercent)
      try container.encode(twoUserPercent, forKey: .twoUserPercent)
      try container.encode(minimumTermUsers, forKey: .minimumTermUsers)
      try container.encode(roundedTo, forKey: .roundedTo)
      try container.encode(thresholdGap, forKey: .thresholdGap)
      try container.encode(totalGapPercent, forKey: .totalGapPercent)
      try container.encode(differential, forKey: .differential)
      try container.encode(minimumFacetUsers, forKey: .minimumFacetUsers)
      try container.encode(minimumFacetConversations, forKey: .minimumFacetConversations)
      try container.encode(facetsRoundedTo, forKey: .facetsRoundedTo)
      try container.encode(lDiversity, forKey: .lDiversity)
      try container.encode(tCloseness, forKey: .tCloseness)
    }
  }

  /// Where the conversations went. Every figure is "at least": parts are gated and rounded down, totals are sums of
  /// the parts as shown, so the identities hold exactly.
  public struct Accounts: Sendable, Encodable {
    /// ``quarantined`` + ``screenedOut`` + ``kept``.
    public let read: Int
    /// Records that could not be used; 0 where their number may not be stated (their users are not known).
    public let quarantined: Int
    /// Conversations taken out by a screen; 0 where their number may not be stated.
    public let screenedOut: Int
    /// ``beyondBound`` + ``counted``.
    public let kept: Int
    /// Conversations of users who had more than the bound, of each user again at most the bound; 0 where the
    /// users behind them are too few.
    public let beyondBound: Int
    /// ``inLeaves`` + ``rolledUp``: the conversations of the root.
    public let counted: Int
    /// Conversations of the clusters that have no published child.
    public let inLeaves: Int
    /// Conversations of the clusters that have published children, but of none of these: withheld, or lost to rounding.
    public let rolledUp: Int

    enum CodingKeys: String, CodingKey {
      case read, quarantined
      case screenedOut = "screened_out"
      case kept
      case beyondBound = "beyond_bound"
      case counted
      case inLeaves = "in_leaves"
      case rolledUp = "rolled_up"
    }

    init(quarantined: Int, screenedOut: Int, beyondBound: Int, inLeaves: Int, rolledUp: Int) {
      self.quarantined = quarantined
      self.screenedOut = screenedOut
      self.beyondBound = beyondBound
      self.inLeaves = inLeaves
      self.rolledUp = rolledUp
      counted = inLeaves + rolledUp
      kept = beyondBound + counted
      read = quarantined + screenedOut + kept
    }
  }

  /// A published cluster.
  public struct Cluster: Sendable, Encodable {
    /// `c0` for the root, then `c1`, `c2`, … in the order of ``Release/clusters``, without gaps.
    public let id: String
    /// Id of the published cluster above; nil for the root.
    public let parentID: String?
    /// Depth in the published tree; 0 for the root.
    public let level: Int
    /// Ids from the root to this cluster, joined by `/`.
    public let path: String
    /// Terms that name the cluster, joined by ` · `.
    public let label: String
    /// One sentence for a reader who sees nothing else.
    public let description: String
    /// Distinct users, rounded down; noised in the differential tier.
    public let users: Int
    /// Counted conversations, rounded down or noised; at least the sum over the published children.
    public let conversations: Int
    /// Lower end of the 95 % interval of the users that counted, in the differential tier; else nil.
    public let usersLow: Int?
    /// Upper end of that interval.
    public let usersHigh: Int?
    /// Lower end of the 95 % interval of the conversations that counted, in the differential tier; else nil.
    public let conversationsLow: Int?
    /// Upper end of that interval.
    public let conversationsHigh: Int?
    /// ``conversations`` as a share of the root's, from shown numbers.
    public let share: Double
    /// Lower end of the 95 % interval of ``share`` (Wilson), taking the root's shown users for the sample size; of
    /// noised counts, for the ends of their own intervals.
    public let shareLow: Double
    /// Upper end of that interval.
    public let shareHigh: Double
    /// Place on the map, 0...1: worked out from the clusters as released, so it tells nothing more; nil where nobody
    /// asked for a map.
    public internal(set) var x: Double?
    /// As ``x``.
    public internal(set) var y: Double?
    /// The topic of somebody's list that ``terms`` fit, or that they fit none: worked out from these terms, so it tells nothing
    /// more; nil of the root, and where there is no list.
    public internal(set) var topic: String?
    /// How well the cluster is found again among half of the users, rounded down to tenths; nil where nobody asked.
    /// A function of all conversations, the withheld ones included.
    public let stability: Double?
    /// Terms that tell the cluster from its siblings, best first.
    public let terms: [String]
    /// Conversations in none of the published children, as the difference of shown numbers; 0 without children.
    public let rolledUp: Int

    enum CodingKeys: String, CodingKey {
      case id = "cluster_id"
      case parentID = "parent_id"
      case level, path, label, description
      case users = "n_users"
      case conversations = "n_conversations"
      case usersLow = "n_users_low"
      case usersHigh = "n_users_high"
      case conversationsLow = "n_conversations_low"
      case conversationsHigh = "n_conversations_high"
      case share
      case shareLow = "share_low"
      case shareHigh = "share_high"
      case x, y, stability
      case topic = "taxonomy_topic"
      case terms = "top_terms"
      case rolledUp = "n_conversations_rolled_up"
    }

    init(
      id: String, parentID: String?, level: Int, path: String, label: String, description: String, users: Int,
      conversations: Int, intervals: CountIntervals? = nil, share: Double, shareLow: Double,
      shareHigh: Double, stability: Double? = nil,
      terms: [String], rolledUp: Int
    ) {
      self.id = id
      self.parentID = parentID
      self.level = level
      self.path = path
      self.label = label
      self.description = description
      self.users = users
      self.conversations = conversations
      usersLow = intervals?.users.lowerBound
      usersHigh = intervals?.users.upperBound
      conversationsLow = intervals?.conversations.lowerBound
      conversationsHigh = intervals?.conversations.upperBound
      self.share = share
      self.shareLow = shareLow
      self.shareHigh = shareHigh
      self.stability = stability.map { ($0 * 10).rounded(.down) / 10 }
      self.terms = terms
      self.rolledUp = rolledUp
    }

    /// Writes every key, nil as null, so that a reader finds the same keys in every cluster.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(id, forKey: .id)
      try container.encode(parentID, forKey: .parentID)
      try container.encode(level, forKey: .level)
      try container.encode(path, forKey: .path)
      try container.encode(label, forKey: .label)
      try container.encode(description, forKey: .description)
      try container.encode(users, forKey: .users)
      try container.encode(conversations, forKey: .conversations)
      try container.encode(usersLow, forKey: .usersLow)
      try container.encode(usersHigh, forKey: .usersHigh)
      try container.encode(conversationsLow, forKey: .conversationsLow)
      try container.encode(conversationsHigh, forKey: .conversationsHigh)
      try container.encode(share, forKey: .share)
      try container.encode(shareLow, forKey: .shareLow)
      try container.encode(shareHigh, forKey: .shareHigh)
      try container.encode(x, forKey: .x)
      try container.encode(y, forKey: .y)
      try container.encode(stability, forKey: .stability)
      try container.encode(topic, forKey: .topic)
      try container.encode(terms, forKey: .terms)
      try container.encode(rolledUp, forKey: .rolledUp)
    }
  }
}
