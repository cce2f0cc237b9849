internal import ThrongFacets
package import ThrongPrivacy

extension PreparedCorpus {
  /// The facets as the gate wants them, with the values that at least `minimumUsers` users have.
  ///
  /// Four bytes for each conversation and facet.
  package func candidateFacets(minimumUsers: Int) -> [CandidateFacet] {
    if facets.count == 0 { return [] }
    let byUser = conversationsByUser()
    return (0..<facets.count).map { at in
      let request = facets.plan.requests[at]
      let (values, valueOfRecord) = facets.shared(
        at, users: users, byUser: byUser, minimumUsers: minimumUsers)
      return CandidateFacet(
        name: request.name, values: values, valueOfRecord: valueOfRecord,
        isOrdered: facets.plan.isOrdered(at), isSensitive: request.isSensitive)
    }
  }

  /// Conversations in ascending order of their users. O(conversations + users).
  private func conversationsByUser() -> [UInt32] {
    var starts = [Int](repeating: 0, count: userCount + 1)
    for user in users { starts[Int(user) + 1] += 1 }
    for user in 0..<userCount { starts[user + 1] += starts[user] }
    var order = [UInt32](repeating: 0, count: users.count)
    for (record, user) in users.enumerated() {
      order[starts[Int(user)]] = UInt32(record)
      starts[Int(user)] += 1
    }
    return order
  }
}
