import ThrongCore
import ThrongPrivacy

extension Policy {
  /// Small thresholds for small tables.
  static func facets(users: Int = 4, conversations: Int = 6, perUser: Int = 4) -> Policy {
    var policy = Policy.small(users: 6, conversations: 10, perUser: perUser)
    policy.minimumFacetUsers = users
    policy.minimumFacetConversations = conversations
    policy.roundFacetsTo = 2
    return policy
  }
}

/// A random tree of one to three levels with a facet of three to six values, some of them rare, some missing from
/// some clusters; most users hold one conversation, some up to four.
func randomFacetCorpus(seed: UInt64, facet: Corpus.Facet? = nil) -> Corpus {
  var random = RandomSource(seed: seed, stream: 11)
  func pick(_ range: ClosedRange<Int>) -> Int { range.lowerBound + random.below(range.count) }
  var parents: [Int?] = [nil]
  for _ in 0..<pick(2...4) { parents.append(0) }
  for child in 1..<parents.count where random.below(2) == 0 {
    for _ in 0..<pick(2...4) { parents.append(child) }
  }
  var corpus = Corpus(parents: parents)
  let values = facet?.values ?? pick(3...6)
  corpus.facets = [facet ?? .init(values: values)]
  // Weight of each value, and how often records state none.
  let weights = (0..<values).map { _ in [1, 2, 4, 12, 30][random.below(5)] }
  let unstated = random.below(3) == 0 ? 0 : pick(0...6)
  var user = 0
  var key: UInt64 = 0
  for leaf in parents.indices {
    let isInner = parents.contains(leaf)
    guard !isInner || random.below(3) == 0 else { continue }
    let users = isInner ? pick(0...20) : pick(8...60)
    let own = weights.map { random.below(4) == 0 ? 0 : $0 }
    let total = own.reduce(unstated, +)
    for _ in 0..<users {
      // Users come back in other clusters now and then.
      let holder = random.below(8) == 0 && user > 0 ? random.below(user) : user
      if holder == user { user += 1 }
      for _ in 0..<(random.below(3) == 0 ? pick(1...4) : 1) {
        var at = total > 0 ? random.below(total) : -1
        var value: Int32 = -1
        for (candidate, weight) in own.enumerated() where value < 0 && at >= 0 {
          at -= weight
          if at < 0 { value = Int32(candidate) }
        }
        key += 1
        corpus.records.append(.init(leaf: leaf, user: holder, key: key, values: [value]))
      }
    }
  }
  return corpus
}
