extension Release {
  /// A property whose values were counted in the clusters.
  public struct Facet: Sendable, Encodable {
    /// As the operator named it; of a crossed facet, the names of its parts joined by ` * `.
    public let name: String
    /// The facets that a crossed facet combines; empty for a plain one.
    public let parts: [String]
    /// Whether the values have an order.
    public let isOrdered: Bool
    /// Whether the operator marked it as sensitive, so that R7 applied.
    public let isSensitive: Bool

    enum CodingKeys: String, CodingKey {
      case name, parts
      case isOrdered = "ordered"
      case isSensitive = "sensitive"
    }

    init(name: String, parts: [String], isOrdered: Bool, isSensitive: Bool) {
      self.name = name
      self.parts = parts
      self.isOrdered = isOrdered
      self.isSensitive = isSensitive
    }
  }

  /// The conversations of a cluster that have one value of a facet. A missing cell says nothing: it may be withheld or
  /// empty.
  public struct FacetCell: Sendable, Encodable {
    /// ``Cluster/id``.
    public let clusterID: String
    /// ``Facet/name``.
    public let facet: String
    /// The value; of a crossed facet, the values of its parts joined by ` * `.
    public let value: String
    /// Distinct users, rounded down; noised in the differential tier.
    public let users: Int
    /// Counted conversations, rounded down; noised in the differential tier.
    public let conversations: Int
    /// Lower end of the 95 % interval of the users that counted, in the differential tier; else nil.
    public let usersLow: Int?
    /// Upper end of that interval.
    public let usersHigh: Int?
    /// Lower end of the 95 % interval of the conversations that counted, in the differential tier; else nil.
    public let conversationsLow: Int?
    /// Upper end of that interval.
    public let conversationsHigh: Int?
    /// ``conversations`` as a share of the cluster's, from shown numbers; at most 1.
    public let share: Double

    enum CodingKeys: String, CodingKey {
      case clusterID = "cluster_id"
      case facet, value
      case users = "n_users"
      case conversations = "n_conversations"
      case usersLow = "n_users_low"
      case usersHigh = "n_users_high"
      case conversationsLow = "n_conversations_low"
      case conversationsHigh = "n_conversations_high"
      case share
    }

    /// Writes every key, nil as null, so that a reader finds the same keys in every cell.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(clusterID, forKey: .clusterID)
      try container.encode(facet, forKey: .facet)
      try container.encode(value, forKey: .value)
      try container.encode(users, forKey: .users)
      try container.encode(conversations, forKey: .conversations)
      try container.encode(usersLow, forKey: .usersLow)
      try container.encode(usersHigh, forKey: .usersHigh)
      try container.encode(conversationsLow, forKey: .conversationsLow)
      try container.encode(conversationsHigh, forKey: .conversationsHigh)
      try container.encode(share, forKey: .share)
    }

    init(
      clusterID: String, facet: String, value: String, users: Int, conversations: Int,
      intervals: CountIntervals? = nil, share: Double
    ) {
      self.clusterID = clusterID
      self.facet = facet
      self.value = value
      self.users = users
      self.conversations = conversations
      usersLow = intervals?.users.lowerBound
      usersHigh = intervals?.users.upperBound
      conversationsLow = intervals?.conversations.lowerBound
      conversationsHigh = intervals?.conversations.upperBound
      self.share = share
    }
  }

  /// How the part of a facet value that the clusters at the bottom show differs from the part they do not.
  ///
  /// Worked out from shown numbers alone, so it tells nothing that ``FacetCell``s do not: what is not shown
  /// at the bottom is withheld there, was rolled up into clusters above, or is lost to rounding, and nobody can tell which.
  public struct Coverage: Sendable, Encodable {
    /// ``Facet/name``.
    public let facet: String
    /// The value.
    public let value: String
    /// Conversations with the value in clusters without published children, as shown there together.
    public let released: Int
    /// The value's conversations of the root as shown, less ``released``.
    public let rolledUp: Int
    /// ``released`` as a share of all values' of the facet; 0 where none is.
    public let shareReleased: Double
    /// ``rolledUp`` as a share of all values' of the facet; 0 where none is.
    public let shareRolledUp: Double

    enum CodingKeys: String, CodingKey {
      case facet, value
      case released = "n_conversations_released"
      case rolledUp = "n_conversations_rolled_up"
      case shareReleased = "share_released"
      case shareRolledUp = "share_rolled_up"
    }

    init(
      facet: String, value: String, released: Int, rolledUp: Int, shareReleased: Double, shareRolledUp: Double
    ) {
      self.facet = facet
      self.value = value
      self.released = released
      self.rolledUp = rolledUp
      self.shareReleased = shareReleased
      self.shareRolledUp = shareRolledUp
    }
  }
}
