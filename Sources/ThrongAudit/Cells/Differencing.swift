/// Attack 2, first half: subtracting what is printed from what holds it.
///
/// **The attacker** subtracts counts of distinct users, which a linear programme over sums does not do: the users of a
/// cluster who have no conversation in one of its children are exactly U_parent − U_child; likewise those who have
/// a value of a facet in a cluster but not in its child, and those of a cluster who never have the value (R6, complement).
/// **Success**: a difference that surely is not 0 and surely is below the threshold. O(clusters + cells).
struct Differencing {
  private let published: Published
  private var tried = 0
  private var found: [String: Int] = [:]

  /// - Parameter tables: the release, and the tables of its study.
  static func run(_ tables: [Published]) -> Finding {
    guard !tables[0].rules.isNoised else {
      return .notTried(.differencing, "the counts carry noise, so they bound no difference")
    }
    var (tried, found): (Int, [String: Int]) = (0, [:])
    for published in tables {
      var attack = Differencing(published: published)
      attack.clusters()
      attack.facets()
      tried += attack.tried
      found.merge(attack.found, uniquingKeysWith: +)
    }
    let total = found.values.reduce(0, +)
    return Finding(
      .differencing, total > 0 ? .broken : .withstood,
      success: Success("differences that are few people", count: total, of: tried),
      figures: found.mapValues { Double($0) },
      lines: found.sorted { $0.key < $1.key }.map { kind, count in
        "\(count) differences of kind \(kind) are of at least one user and of fewer than the threshold"
      })
  }

  private init(published: Published) { self.published = published }

  /// Notes a difference whose bounds are `whole.lowerBound − part.upperBound` and so on.
  private mutating func note(
    _ kind: String, _ whole: ClosedRange<Double>, less part: ClosedRange<Double>, threshold: Int
  ) {
    tried += 1
    let (least, most) = (whole.lowerBound - part.upperBound, whole.upperBound - part.lowerBound)
    if least > 0, most < Double(threshold) { found[kind, default: 0] += 1 }
  }

  private mutating func clusters() {
    let ranges = published.userRanges
    for (at, cluster) in published.clusters.enumerated() {
      guard let parent = cluster.parent else { continue }
      note(
        "users_outside_a_child", ranges[parent], less: ranges[at],
        threshold: published.rules.minimumUsers)
    }
  }

  private mutating func facets() {
    let (rules, places) = (published.rules, published.places)
    let (ranges, cellUsers) = (published.userRanges, published.cellUserRanges)
    for (at, cell) in published.cells.enumerated() {
      let cluster = published.clusters[cell.cluster]
      let users = cellUsers[at]
      let conversations = published.conversations(of: cell)
      note(
        "users_without_a_value", ranges[cell.cluster], less: users, threshold: rules.minimumFacetUsers)
      note(
        "conversations_without_a_value", published.conversations(of: cluster), less: conversations,
        threshold: rules.minimumFacetConversations)
      if let above = cluster.parent.flatMap({
        places[.init(cluster: $0, facet: cell.facet, value: cell.value)]
      }) {
        note(
          "users_of_a_value_outside_a_child", cellUsers[above], less: users,
          threshold: rules.minimumFacetUsers)
        note(
          "conversations_of_a_value_outside_a_child",
          published.conversations(of: published.cells[above]),
          less: conversations,
          threshold: rules.minimumFacetConversations)
      }
    }
  }
}
