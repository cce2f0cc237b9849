extension Release {
  /// What is left of the conversations after a step of the screen.
  public struct FunnelStep: Sendable, Encodable {
    /// From 0, which is what was read.
    public let position: Int
    /// As the study calls it; `read` for the first and `kept` for the last.
    public let step: String
    /// Distinct users, rounded down.
    public let users: Int
    /// Conversations within the bound per user, rounded down.
    public let conversations: Int

    enum CodingKeys: String, CodingKey {
      case position, step
      case users = "n_users"
      case conversations = "n_conversations"
    }
  }

  /// A figure of a study with the interval that the choice of users leaves it.
  public struct Statistic: Sendable, Encodable {
    /// As the study calls it.
    public let name: String
    /// `share`, `mean` or `difference`.
    public let statistic: String
    /// The segment; `all` is everything.
    public let segment: String
    /// Of a difference, the segment that is subtracted; else empty.
    public let against: String
    /// The facet behind it.
    public let facet: String
    /// The value whose share it is; empty for a mean.
    public let value: String
    /// Moved by a secret draw and rounded to ``step``.
    public let estimate: Double
    /// Lower end of the 95 % interval, which allows for the rounding.
    public let low: Double
    /// Upper end of it.
    public let high: Double
    /// What one user can move the figure by, four times over and rounded up: the grain of the three numbers.
    public let step: Double
    /// The least that one conversation counts for, which the study states: 0 for a share.
    public let rangeLow: Double
    /// The most that one counts for; what is beyond either was taken for it.
    public let rangeHigh: Double
    /// Whether R7 was asked about it.
    public let isSensitive: Bool
    /// Users whose conversations have a value, rounded down.
    public let users: Int
    /// Those conversations, rounded down.
    public let conversations: Int
    /// How the interval was made.
    public let method: String

    enum CodingKeys: String, CodingKey {
      case name, statistic, segment, against, facet, value, estimate, low, high, step
      case rangeLow = "range_low"
      case rangeHigh = "range_high"
      case isSensitive = "sensitive"
      case users = "n_users"
      case conversations = "n_conversations"
      case method
    }
  }

  /// The conversations of a period with one value of a facet, beside all of that period.
  public struct TrendPoint: Sendable, Encodable {
    /// As the study calls it.
    public let name: String
    /// The segment; `all` is everything.
    public let segment: String
    /// The facet behind it.
    public let facet: String
    /// The value that is counted.
    public let value: String
    /// `2026-W05` or `2026-01`.
    public let period: String
    /// Conversations of the period with the value, rounded down.
    public let conversations: Int
    /// Conversations of the period with any value, rounded down.
    public let total: Int
    /// The first as a share of the second, both as shown.
    public let share: Double

    enum CodingKeys: String, CodingKey {
      case name, segment, facet, value, period
      case conversations = "n_conversations"
      case total = "n_total"
      case share
    }
  }

  /// What the shown counts of a series say of its course: worked out from them alone, so it tells nothing new.
  public struct Trend: Sendable, Encodable {
    /// As the study calls it; `topics` for a cluster.
    public let name: String
    /// The segment, or the id of the cluster.
    public let segment: String
    /// The value of the facet, or the label of the cluster.
    public let value: String
    /// Odds of the value, from one period to the next: 1.1 is a tenth more.
    public let growth: Double
    /// Lower end of its 95 % interval.
    public let growthLow: Double
    /// Upper end of it.
    public let growthHigh: Double
    /// Two-sided, that nothing changes.
    public let p: Double
    /// The same after Holm's correction for all series of the name.
    public let pAdjusted: Double
    /// The first period of each new level.
    public let changes: [String]

    enum CodingKeys: String, CodingKey {
      case name, segment, value, growth
      case growthLow = "growth_low"
      case growthHigh = "growth_high"
      case p
      case pAdjusted = "p_adjusted"
      case changes
    }
  }

  /// The conversations of a segment in a topic; in the root all of them. A missing cell says nothing.
  public struct SegmentCell: Sendable, Encodable {
    /// As the study calls it.
    public let segment: String
    /// Whether the segment is told by a sensitive facet, so that R7 was asked about it.
    public let isSensitive: Bool
    /// ``Cluster/id``.
    public let clusterID: String
    /// Distinct users, rounded down.
    public let users: Int
    /// Counted conversations, rounded down.
    public let conversations: Int
    /// ``conversations`` as a share of the segment's, from shown numbers; at most 1.
    public let share: Double

    enum CodingKeys: String, CodingKey {
      case segment
      case isSensitive = "sensitive"
      case clusterID = "cluster_id"
      case users = "n_users"
      case conversations = "n_conversations"
      case share
    }
  }

  /// What a study adds to a release; all empty without one.
  struct Study: Sendable {
    var funnel: [FunnelStep] = []
    var statistics: [Statistic] = []
    var trends: [Trend] = []
    var trendPoints: [TrendPoint] = []
    var segmentCells: [SegmentCell] = []
  }
}
