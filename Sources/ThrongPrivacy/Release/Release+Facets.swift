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
    /// Distinct users, rounded down.
    public let users: Int
    /// Counted conversations, rounded down.
    public let conversations: Int
    /// ``conversations`` as a share of the cluster's, from shown numbers; at most 1.
    public let share: Double

    enum CodingKeys: String, CodingKey {
      case clusterID = "cluster_id"
      case facet, value
      case users = "n_users"
      case conversations = "n_conversations"
      case share
    }

    init(clusterID: String, facet: String, value: String, users: Int, conversations: Int, share: Double) {
      self.clusterID = clusterID
      self.facet = facet
      self.value = value
      self.users = users
      self.conversations = conversations
      self.share = share
    }
  }
}
