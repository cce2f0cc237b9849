internal import ThrongCore

/// Trends, segments in topics, and the funnel.
extension StudyGate {
  /// The counts of every series by period, and what they say of its course.
  ///
  /// - Parameters:
  ///   - shown: by group the sets that have figures already: a total beside its periods tells what is withheld of them.
  ///   - rootCells: as of ``statistics(rootCells:)``; periods may be among them.
  func trends(
    beside shown: [String: [[Bool]]], rootCells: Set<String>
  ) throws -> (points: [Release.TrendPoint], trends: [Release.Trend]) {
    var points: [Release.TrendPoint] = []
    var trends: [Release.Trend] = []
    for case .trend(let at, let asked, let periods) in study.requests {
      let measure = study.measures[at]
      // R7 asks about a segment; of a period nobody would know how to ask it.
      guard case .values(let names, let values) = measure.kind, !measure.isSensitive else { continue }
      let used = asked.filter { segments[$0].isShown }
      let beside = shown[group(at)] ?? []
      let told = periods.names.indices.filter { rootCells.contains(".\(periods.unit)\n\(periods.names[$0])") }
      var family = familyOfSegments(
        and: beside.count + told.count + used.count * periods.names.count * (1 + names.count))
      for set in beside { family.add(isFixed: true) { set[$0] } }
      for period in told {
        family.add(isFixed: true) { Int(periods.ofRecord[Int(counted.records[$0])]) == period }
      }
      var sets: [(segment: Int, period: Int, known: Int, values: [Int])] = []
      for segment in used {
        for period in periods.names.indices {
          func isIn(_ position: Int) -> Bool {
            let record = Int(counted.records[position])
            return holds[segment][position] && Int(periods.ofRecord[record]) == period && values[record] >= 0
          }
          let known = family.add(isIn)
          sets.append(
            (
              segment, period, known,
              names.indices.map { v in
                family.add(in: known) { isIn($0) && Int(values[Int(counted.records[$0])]) == v }
              }
            ))
        }
      }
      try family.decide(workers: workers)
      var series: [Series] = []
      for segment in used {
        let own = sets.filter { $0.segment == segment && family.members[$0.known].isShown }
        for v in measure.asked {
          let name = names[v]
          var line = Series(
            segment: study.segments[segment].name, value: name,
            counts: Array(repeating: 0, count: periods.names.count),
            totals: Array(repeating: 0, count: periods.names.count))
          for set in own where family.members[set.values[v]].isShown {
            let total = conversations(family.members[set.known].cell)
            let count = min(total, conversations(family.members[set.values[v]].cell))
            (line.counts[set.period], line.totals[set.period]) = (Double(count), Double(total))
            points.append(
              .init(
                name: measure.name, segment: line.segment, facet: measure.facet, value: name,
                period: periods.names[set.period], conversations: count, total: total,
                share: gate.rounded(Double(count) / Double(total), .toNearestOrEven)))
          }
          series.append(line)
        }
      }
      trends += Series.trends(series, name: measure.name, periods: periods.names)
    }
    return (points, trends)
  }

  // MARK: Topics and the funnel

  /// Nodes of the tree that segments are counted in at most: the upper ones, which people read.
  private static let mostNodes = 96

  /// The conversations of each segment, and in the upper topics of the tree; those of a sensitive segment where R7 lets them.
  func topics(_ published: PublishedTree, order: [Int], clusters: [Release.Cluster]) throws -> [Release
    .SegmentCell]
  {
    let used = segments.indices.dropFirst().filter { segments[$0].isShown }
    if used.isEmpty { return [] }
    let levels = Set(published.nodes.map(\.level)).sorted()
    let depth = levels.last { level in published.nodes.count { $0.level <= level } <= Self.mostNodes } ?? 0
    let nodes = order.indices.dropFirst().filter { published.nodes[order[$0]].level <= depth }
    // By published node: whether each of them is it or lies above it.
    var above: [[Bool]] = []
    for node in published.nodes.indices {
      var own = published.nodes[node].parent.map { above[$0] } ?? Array(repeating: false, count: order.count)
      own[node] = true
      above.append(own)
    }
    func isIn(_ node: Int, _ position: Int) -> Bool {
      above[Int(published.nodeOfRecord[position])][order[node]]
    }
    var family = familyOfSegments(and: nodes.count * (1 + used.count))
    for node in nodes { family.add(isFixed: true) { isIn(node, $0) } }
    // The segment itself has no number: it is decided already.
    var sets: [(segment: Int, node: Int, number: Int?)] = []
    for segment in used {
      let holds = holds[segment]
      if isHomogeneous(segment, among: { _ in true }) { continue }
      sets.append((segment, 0, nil))
      for node in nodes {
        let number = family.add(isAllowed: !isHomogeneous(segment, among: { isIn(node, $0) })) {
          holds[$0] && isIn(node, $0)
        }
        sets.append((segment, node, number))
      }
    }
    try family.decide(workers: workers)
    return sets.compactMap { set in
      let member = set.number.map { family.members[$0] } ?? segments[set.segment]
      guard member.isShown else { return nil }
      let all = conversations(segments[set.segment].cell)
      let count = min(conversations(member.cell), clusters[set.node].conversations, all)
      return Release.SegmentCell(
        segment: study.segments[set.segment].name, isSensitive: study.segments[set.segment].isSensitive,
        clusterID: clusters[set.node].id,
        users: min(users(member.cell), clusters[set.node].users), conversations: count,
        share: gate.rounded(Double(count) / Double(all), .toNearestOrEven))
    }
  }

  /// R7: whether it would tell too much of somebody who is known to be among some counted records that a sensitive
  /// segment holds so many of them.
  private func isHomogeneous(_ segment: Int, among: (Int) -> Bool) -> Bool {
    guard study.segments[segment].isSensitive, rules.defences.contains(.homogeneity) else { return false }
    var (own, whole) = ([0.0, 0], [0.0, 0])
    for position in counted.records.indices {
      let value = holds[segment][position] ? 1 : 0
      whole[value] += 1
      if among(position) { own[value] += 1 }
    }
    let shares = [own, whole].map { counts in counts.map { $0 / max(1, counts.reduce(0, +)) } }
    return Distribution.diversity(shares[0]) < rules.policy.lDiversity - 1e-9
      || Distribution.distance(shares[0], shares[1], isOrdered: false) > rules.policy.tCloseness + 1e-9
  }

  /// What each step of the screen left, each user bounded by m at every step.
  ///
  /// The sets hold one another, so R3 is asked between neighbours: what lies between two shown steps is empty or passes
  /// R1 and R2, else the later one is left out, for the last, what is kept, is the root of the tree and stands. Users of whom a
  /// step leaves nothing, and conversations that it takes from what counts, are other and smaller sets: where there are fewer than k
  /// of either, a stage is shown with the number of the next (as in ``Figures``).
  ///
  /// - Parameter shown: the counts of the root as they are shown elsewhere.
  func funnel(
    root: Cell, shown: (users: Int, conversations: Int), gap: ThresholdGap?
  ) -> [Release.FunnelStep] {
    guard let funnel = study.funnel else { return [] }
    let policy = gate.policy
    let gap = gap?.of(userKeys: funnel.userKeys)
    let rules = PrimaryRules(policy: policy, defences: gate.defences, gap: gap)
    let rounding = Rounding(policy: policy, defences: gate.defences)
    let bound =
      policy.unit == .user && gate.defences.contains(.contributionBound) ? policy.maximumPerUser : Int.max
    let last = funnel.steps.count
    /// What left at the steps of a range, of each user m at most.
    func cell(_ steps: ClosedRange<Int>) -> Cell {
      var counts = [Int](repeating: 0, count: funnel.userKeys.count)
      for (user, step) in zip(funnel.users, funnel.leftAt) where steps.contains(Int(step)) {
        counts[Int(user)] += 1
      }
      var counter = CellCounter(users: counts.count, digests: gap?.digests ?? [])
      for (user, count) in counts.enumerated() { counter.add(user: UInt32(user), records: min(bound, count)) }
      return counter.cell
    }
    // Stage s is what is left once s steps are done; the last is what is kept.
    var stages = Array(0...last)
    var at = 1
    while at < stages.count {
      let between = cell(stages[at - 1]...stages[at] - 1)
      let stands =
        between.conversations == 0 || rules.pass(between) || !gate.defences.contains(.atoms)
      if stands {
        at += 1
      } else if stages[at] != last {
        stages.remove(at: at)
      } else {
        at -= 1
        stages.remove(at: at)
        at = max(1, at)
      }
    }
    var steps: [Release.FunnelStep] = []
    var (least, next) = (shown, root)
    for stage in stages.reversed() {
      if stage != last {
        let cell = cell(stage...last)
        func isFew(_ difference: Int, _ minimum: Int) -> Bool {
          difference < minimum && gate.defences.contains(.absentUsers)
        }
        if !isFew(cell.conversations - next.conversations, policy.minimumConversations) {
          least.conversations = max(
            least.conversations, rounding.shown(cell.conversations, threshold: policy.minimumConversations))
          if !isFew(cell.users - next.users, policy.minimumUsers) {
            least.users = max(least.users, rounding.shown(cell.users, threshold: policy.minimumUsers))
          }
        }
        next = cell
      }
      steps.append(
        .init(
          position: stage, step: stage == 0 ? "read" : funnel.steps[stage - 1], users: least.users,
          conversations: least.conversations))
    }
    return steps.reversed()
  }
}
