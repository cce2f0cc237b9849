/// What a study tells, as clusters and facets that the attacks on cells know how to take apart.
///
/// **What the attacker makes of it.** Steps of a funnel hold one another, and so do all conversations, those with a value, and
/// those of a segment with one: each is a cluster within the last, what lies between is a remainder. A share is a count: it lies
/// within one grain of what is shown, times the conversations that are shown, of which the rounding is known. A segment in
/// topics is a facet of two values, and so is a yes or no.
extension Published {
  /// A set of conversations with figures, within the set before it.
  private struct Link {
    let bounds: Bounds
    /// Values and the counts behind their shares.
    var values: [(value: String, counts: Bounds)] = []
  }

  /// One release for each chain of sets; none without a study. O(figures · segments).
  var studyTables: [Published] {
    topicTables + funnelTables + figureTables + pointTables
  }

  private var studyRules: Rules {
    var rules = rules
    rules.roundedTo = rules.facetsRoundedTo
    (rules.minimumUsers, rules.minimumConversations) = (
      rules.minimumFacetUsers, rules.minimumFacetConversations
    )
    return rules
  }

  /// As ``facetReading``, of all counts of a study.
  private var studyReading: Reading {
    let counts =
      study.figures.flatMap { [$0.users, $0.conversations] }
      + study.points.flatMap { [$0.conversations, $0.total] }
    return Reading(
      ofFacets: counts, rules, thresholds: [rules.minimumFacetUsers, rules.minimumFacetConversations])
  }

  private var whole: Link {
    Link(bounds: .init(users: userRanges[0], conversations: conversations(of: clusters[0])))
  }

  /// Sets within each other as clusters, with one facet.
  private func table(
    _ links: [Link], facet name: String, isSensitive: Bool, isComplete: Bool
  ) -> Published {
    var (clusters, cells): ([Cluster], [FacetCell]) = ([], [])
    for (at, link) in links.enumerated() {
      if at > 0 { clusters[at - 1].children = [at] }
      clusters.append(
        Cluster(
          id: "c\(at)", parent: at == 0 ? nil : at - 1, label: "", terms: [],
          users: Int(link.bounds.users.lowerBound),
          conversations: Int(link.bounds.conversations.lowerBound), bounds: link.bounds))
      for (value, counts) in link.values {
        cells.append(cell(at, value, counts))
        if isComplete {
          cells.append(cell(at, "no", Self.rest(of: link.bounds, less: counts, rules), isRest: true))
        }
      }
    }
    return Published(
      of: self, rules: studyRules, clusters: clusters,
      facets: cells.isEmpty
        ? []
        : [
          Facet(
            name: name, parts: [], isOrdered: false, isSensitive: isSensitive, isComplete: isComplete)
        ],
      cells: cells)
  }

  private func cell(_ cluster: Int, _ value: String, _ counts: Bounds, isRest: Bool = false) -> FacetCell {
    FacetCell(
      cluster: cluster, facet: 0, value: value, users: isRest ? 0 : Int(counts.users.lowerBound),
      conversations: isRest ? 0 : max(1, Int(counts.conversations.lowerBound)), bounds: counts)
  }

  /// What a part leaves of a whole.
  private static func rest(of whole: Bounds, less part: Bounds, _ rules: Rules) -> Bounds {
    let (all, own) = (whole.conversations, part.conversations)
    let least = max(0, all.lowerBound - own.upperBound)
    return counts(least...max(least, all.upperBound - own.lowerBound), of: whole, rules)
  }

  /// So many conversations of a set, and how many users these can be.
  private static func counts(
    _ conversations: ClosedRange<Double>, of whole: Bounds, _ rules: Rules
  ) -> Bounds {
    let least = (conversations.lowerBound / Double(rules.maximumPerUser)).rounded(.up)
    return Bounds(
      users: least...max(least, min(whole.users.upperBound, conversations.upperBound)),
      conversations: conversations)
  }

  // MARK: - The tables

  /// Segments in topics.
  private var topicTables: [Published] {
    let names = Set(study.topics.map(\.segment)).sorted()
    let (reading, ranges) = (facetReading, userRanges)
    return names.map { name in
      var cells: [FacetCell] = []
      let own = study.topics.filter { $0.segment == name }
      for topic in own {
        let cluster = clusters[topic.cluster]
        cells.append(
          FacetCell(
            cluster: topic.cluster, facet: 0, value: "yes", users: topic.users,
            conversations: topic.conversations))
        let whole = Bounds(
          users: ranges[topic.cluster], conversations: conversations(of: cluster))
        let counts = Bounds(
          users: reading.range(topic.users), conversations: reading.range(topic.conversations))
        cells.append(cell(topic.cluster, "no", Self.rest(of: whole, less: counts, rules), isRest: true))
      }
      return Published(
        of: self, rules: rules, clusters: clusters,
        facets: [
          Facet(
            name: name, parts: [], isOrdered: false, isSensitive: own[0].isSensitive, isComplete: true)
        ], cells: cells)
    }
  }

  private var funnelTables: [Published] {
    if study.funnel.isEmpty { return [] }
    let clusters = study.funnel.enumerated().map { at, step in
      Cluster(
        id: "c\(at)", parent: at == 0 ? nil : at - 1, label: "", terms: [], users: step.users,
        conversations: step.conversations, children: at + 1 < study.funnel.count ? [at + 1] : [])
    }
    return [Published(of: self, rules: rules, clusters: clusters, facets: [], cells: [])]
  }

  /// Shares and means: all conversations, those with a value, and those of each segment with one.
  private var figureTables: [Published] {
    let levels = study.figures.filter { $0.kind != "difference" }
    let reading = studyReading
    return Set(levels.map(\.name)).sorted().flatMap { name in
      let own = levels.filter { $0.name == name }
      let isFlag = own.allSatisfy { $0.value == "yes" }
      func link(_ segment: String) -> Link? {
        let rows = own.filter { $0.segment == segment }
        guard let first = rows.first else { return nil }
        let bounds = Bounds(
          users: reading.range(first.users), conversations: reading.range(first.conversations))
        return Link(
          bounds: bounds,
          values: rows.filter { $0.kind == "share" }.map { ($0.value, counts(of: $0, in: bounds)) })
      }
      let all = link("all")
      let segments = Set(own.map(\.segment)).subtracting(["all"]).sorted()
      let chains = segments.flatMap { segment -> [[Link]] in
        let known = link(segment)!
        let size = study.topics.first { $0.segment == segment && $0.cluster == 0 }.map { topic in
          Link(
            bounds: .init(
              users: reading.range(topic.users), conversations: reading.range(topic.conversations)))
        }
        return [[whole, all, known].compactMap { $0 }] + (size.map { [[whole, $0, known]] } ?? [])
      }
      return (chains.isEmpty ? [[whole, all!]] : chains).map {
        table($0, facet: name, isSensitive: own[0].isSensitive, isComplete: isFlag)
      }
    }
  }

  /// The count behind a share: at most one grain away from what is shown.
  private func counts(of figure: PublishedStudy.Figure, in whole: Bounds) -> Bounds {
    let least = max(0, figure.estimate - figure.step) * whole.conversations.lowerBound
    let most = min(1, figure.estimate + figure.step) * whole.conversations.upperBound
    let low = max(0, (least - 1e-6).rounded(.up))
    return Self.counts(low...max(low, (most + 1e-6).rounded(.down)), of: whole, rules)
  }

  /// Values by period: the period, what of it has a value, and that of each segment.
  private var pointTables: [Published] {
    let reading = studyReading
    struct Key: Hashable { let name: String, period: String }
    return Dictionary(grouping: study.points) { Key(name: $0.name, period: $0.period) }
      .sorted { ($0.key.name, $0.key.period) < ($1.key.name, $1.key.period) }.flatMap { key, own in
        let isFlag = own.allSatisfy { $0.value == "yes" }
        func link(_ segment: String) -> Link? {
          let rows = own.filter { $0.segment == segment }
          guard let total = rows.first?.total else { return nil }
          let bounds = Self.counts(reading.range(total), of: whole.bounds, rules)
          return Link(
            bounds: bounds,
            values: rows.map {
              ($0.value, Self.counts(reading.range($0.conversations), of: bounds, rules))
            })
        }
        // What the facet tables say of the whole period.
        let period = cells.first { cell in
          cell.cluster == 0 && cell.value == key.period
            && [".week", ".month"].contains(facets[cell.facet].name)
        }.map { cell in
          Link(
            bounds: .init(
              users: facetReading.range(cell.users), conversations: conversations(of: cell)))
        }
        let all = link("all")
        let segments = Set(own.map(\.segment)).subtracting(["all"]).sorted()
        let chains = segments.isEmpty ? [nil] : segments.map { link($0) }
        return chains.map { known in
          table(
            [whole, period, all, known].compactMap { $0 }, facet: key.name, isSensitive: false,
            isComplete: isFlag)
        }
      }
  }
}
