/// How many values fields have and how many of these enough people share, for fields that nobody has chosen yet.
///
/// Private like ``FacetTable``, whose memory grows with the conversations; this one's does not: at most
/// ``FacetTable/maximumValues`` values a field, each with at most k users.
package struct FacetSurvey: Sendable {
  /// What is known of a field, in numbers.
  package struct Field: Sendable, Equatable, Encodable {
    package let name: String
    /// Distinct values; nil: more than ``FacetTable/maximumValues``.
    package let values: Int?
    /// Those that at least k users have; nil as above.
    package let shared: Int?
    /// Conversations with a value, whether or not it could be shown.
    package let stated: Int
    /// Those whose value is or holds an identity, or is too long to be a value.
    package let unusable: Int

    enum CodingKeys: String, CodingKey { case name, values, shared, stated, unusable }

    /// Writes every key, nil as null.
    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(name, forKey: .name)
      try container.encode(values, forKey: .values)
      try container.encode(shared, forKey: .shared)
      try container.encode(stated, forKey: .stated)
      try container.encode(unusable, forKey: .unusable)
    }
  }

  private struct Column: Sendable {
    var indices: [[UInt8]: Int] = [:]
    /// Distinct users of each value, at most k.
    var users: [[UInt64]] = []
    var overflows = false
    var stated = 0
    var unusable = 0

    mutating func index(of spelling: [UInt8]) -> Int {
      if let known = indices[spelling] { return known }
      indices[spelling] = users.count
      users.append([])
      return users.count - 1
    }

    mutating func note(_ user: UInt64, of value: Int, atMost limit: Int) {
      if users[value].count < limit, !users[value].contains(user) { users[value].append(user) }
    }
  }

  private let plan: FacetPlan
  private let minimumUsers: Int
  private var columns: [Column]

  /// - Parameter plan: of fields only.
  package init(_ plan: FacetPlan, minimumUsers: Int) {
    self.plan = plan
    self.minimumUsers = minimumUsers
    columns = Array(repeating: Column(), count: plan.requests.count)
  }

  /// Adds a block's conversations, whose users are told apart by `users`. O(conversations × k).
  package mutating func append(_ block: FacetBlock, users: [UInt64]) {
    precondition(users.count == block.conversations)
    for at in columns.indices {
      let losses = block.losses[at].identities + block.losses[at].tooLong
      columns[at].unusable += losses
      columns[at].stated += losses + block.values[at].count { $0 >= 0 }
      if columns[at].overflows { continue }
      let translation = block.spellings[at].map { columns[at].index(of: $0) }
      if columns[at].users.count > FacetTable.maximumValues {
        (columns[at].indices, columns[at].users, columns[at].overflows) = ([:], [], true)
        continue
      }
      for (value, user) in zip(block.values[at], users) where value >= 0 {
        columns[at].note(user, of: translation[Int(value)], atMost: minimumUsers)
      }
    }
  }

  /// In the order of the plan.
  package var fields: [Field] {
    zip(plan.requests, columns).map { request, column in
      Field(
        name: request.name, values: column.overflows ? nil : column.users.count,
        shared: column.overflows ? nil : column.users.count { $0.count >= minimumUsers },
        stated: column.stated, unusable: column.unusable)
    }
  }
}
