internal import ThrongCore
internal import ThrongStatistics

/// Figures of a study. Every one is a function of sets of counted records, and which sets may have figures is decided by
/// ``SetFamily``: one family of the segments alone, which then stand; one for each measure, with the parts of each segment that have
/// a value and those that have each value; one for each trend, with the same by period; one for segments in topics. So
/// a figure is shown only of k users, with k others beside them, and figures that overlap betray no fewer. What is shown is
/// the grain of ``StatisticGrain`` of it, and counts are rounded down.
struct StudyGate {
  let gate: Gate
  let study: CandidateStudy
  let counted: CountedRecords
  let rules: PrimaryRules
  let rounding: Rounding
  private let digests: [UInt128]
  let workers: Workers
  /// Segments × counted records.
  let holds: [[Bool]]
  /// Counted records by user and key, and a number of each one's user in that order: so that the draws of the bootstrap
  /// depend neither on the order of the input nor on how users are numbered.
  private let positions: [Int]
  private let owners: [UInt32]
  /// By segment: whether it may be shown, and its cell.
  private(set) var segments: [SetFamily.Member] = []

  init(
    _ gate: Gate, study: CandidateStudy, tree: CandidateTree, counted: CountedRecords, gap: ThresholdGap?,
    workers: Workers
  ) throws {
    self.gate = gate
    self.study = study
    self.counted = counted
    self.workers = workers
    rules = PrimaryRules.facets(policy: gate.policy, defences: gate.defences, gap: gap)
    rounding = Rounding(to: gate.policy.roundFacetsTo, defences: gate.defences)
    digests = gap?.digests ?? tree.userDigests(unit: gate.policy.unit, noise: gate.sticky)
    let digests = self.digests
    positions = counted.records.indices.sorted { a, b in
      let (x, y) = (digests[Int(counted.users[a])], digests[Int(counted.users[b])])
      return x != y
        ? x < y : tree.recordKeys[Int(counted.records[a])] < tree.recordKeys[Int(counted.records[b])]
    }
    var owners: [UInt32] = []
    for (at, position) in positions.enumerated() {
      let isSame = at > 0 && counted.users[position] == counted.users[positions[at - 1]]
      owners.append(at == 0 ? 0 : owners[at - 1] + (isSame ? 0 : 1))
    }
    self.owners = owners
    holds = study.segments.map { segment in counted.records.map { segment.holds[Int($0)] } }
    var family = self.family(sets: holds.count)
    for (at, holds) in holds.enumerated() { family.add(isFixed: at == 0) { holds[$0] } }
    try family.decide(workers: workers)
    segments = family.members
  }

  private func family(sets: Int) -> SetFamily {
    SetFamily(
      users: counted.users, userCount: counted.userCount, sets: sets, rules: rules, rounding: rounding)
  }

  /// A family in which the shown segments are fixed, and their numbers in it.
  func familyOfSegments(and sets: Int) -> SetFamily {
    var family = family(sets: segments.count + sets)
    for (at, member) in segments.enumerated() where member.isShown {
      family.add(isFixed: true) { holds[at][$0] }
    }
    return family
  }

  private func shown(_ count: Int, threshold: Int) -> Int { rounding.shown(count, threshold: threshold) }
  func users(_ cell: Cell) -> Int { shown(cell.users, threshold: rules.minimumUsers) }
  func conversations(_ cell: Cell) -> Int {
    shown(cell.conversations, threshold: rules.minimumConversations)
  }

  // MARK: Levels and differences

  /// Measures whose figures are decided together: all flags, and all measures of one facet. Figures of one group may be
  /// differences of each other's sets, so no group is looked at without the whole of it.
  func group(_ measure: Int) -> String {
    if case .values(let names, _) = study.measures[measure].kind, names == ["no", "yes"] { return "" }
    return study.measures[measure].facet
  }

  /// The figures of every request that is no trend, in the order of the requests, and by group the sets that they show.
  func statistics(rootCells: Set<String>) throws -> (rows: [Release.Statistic], shown: [String: [[Bool]]]) {
    var rows: [(request: Int, row: Release.Statistic)] = []
    var shown: [String: [[Bool]]] = [:]
    var groups: [String: [Int]] = [:]
    for request in study.requests where !request.isTrend {
      groups[group(request.measure), default: []].append(request.measure)
    }
    for (group, measures) in groups.sorted(by: { $0.key < $1.key }) {
      let decided = try decide(Array(Set(measures)).sorted(), rootCells: rootCells)
      shown[group] = decided.sets
      for measure in decided.parts.keys.sorted() {
        let requests = study.requests.indices.filter {
          study.requests[$0].measure == measure && !study.requests[$0].isTrend
        }
        rows += try figures(of: measure, requests: requests, parts: decided.parts[measure]!)
      }
    }
    return (
      rows.enumerated().sorted { ($0.element.request, $0.offset) < ($1.element.request, $1.offset) }
        .map(\.element.row), shown
    )
  }

  /// The sets of a segment in a family.
  private struct Part {
    let known: SetFamily.Member
    /// By value.
    let values: [SetFamily.Member]
  }

  private func names(_ measure: CandidateStudy.Measure) -> [String] {
    if case .values(let names, _) = measure.kind { names } else { [] }
  }

  private func value(_ measure: CandidateStudy.Measure, _ position: Int) -> Int {
    if case .values(_, let values) = measure.kind { Int(values[Int(counted.records[position])]) } else { -1 }
  }

  /// Which sets of some measures may have figures, by measure and segment.
  ///
  /// - Parameter rootCells: `facet\nvalue` of what the facet tables show of everything: that is shown already.
  private func decide(
    _ measures: [Int], rootCells: Set<String>
  ) throws -> (parts: [Int: [Int: Part]], sets: [[Bool]]) {
    struct Entry {
      let measure, segment, known: Int
      let values: [Int]
    }
    func used(_ at: Int) -> [Int] {
      Set(study.requests.filter { $0.measure == at && !$0.isTrend }.flatMap(\.segments))
        .filter { segments[$0].isShown }.sorted()
    }
    let count = measures.reduce(0) { $0 + used($1).count * (1 + names(study.measures[$1]).count) }
    var family = familyOfSegments(and: count)
    var entries: [Entry] = []
    for at in measures {
      let measure = study.measures[at]
      let (names, used) = (names(measure), used(at))
      let known = counted.records.map { measure.isKnown(Int($0)) }
      for segment in used {
        let holds = holds[segment]
        // Who asks for segments can do without the whole, which their common parts are reckoned from.
        let priority = segment == 0 && used.count > 1 ? 0 : 1
        let all = family.add(priority: priority) { holds[$0] && known[$0] }
        let values = names.indices.map { v in
          let isShown = segment == 0 && rootCells.contains("\(measure.facet)\n\(names[v])")
          return family.add(isFixed: isShown, in: isShown ? nil : all, priority: priority) {
            holds[$0] && value(measure, $0) == v
          }
        }
        entries.append(Entry(measure: at, segment: segment, known: all, values: values))
      }
    }
    try family.decide(workers: workers)
    var parts: [Int: [Int: Part]] = [:]
    for entry in entries where family.members[entry.known].isShown {
      parts[entry.measure, default: [:]][entry.segment] = Part(
        known: family.members[entry.known], values: entry.values.map { family.members[$0] })
    }
    for at in measures where study.measures[at].isSensitive && rules.defences.contains(.homogeneity) {
      parts[at] = homogeneous(parts[at] ?? [:], study.measures[at])
    }
    let sets = family.members.indices.filter { family.members[$0].isShown && !family.members[$0].isFixed }
    return (parts, sets.map { set in counted.records.indices.map { family.isIn(set, $0) } })
  }

  private func figures(
    of at: Int, requests: [Int], parts: [Int: Part]
  ) throws -> [(request: Int, row: Release.Statistic)] {
    let measure = study.measures[at]
    let names = names(measure)
    let known = counted.records.map { measure.isKnown(Int($0)) }
    let order = parts.keys.sorted()
    if order.isEmpty { return [] }

    // One column for what is known in each segment, then one for each value or for the sum of numbers.
    let width = 1 + max(1, names.count)
    var columns: [[Double]] = []
    for segment in order {
      let holds = holds[segment]
      columns.append(positions.map { holds[$0] && known[$0] ? 1 : 0 })
      switch measure.kind {
      case .values:
        for v in names.indices {
          columns.append(positions.map { holds[$0] && value(measure, $0) == v ? 1 : 0 })
        }
      case .numbers(let numbers, _, _):
        columns.append(
          positions.map { holds[$0] && known[$0] ? Double(numbers[Int(counted.records[$0])]) : 0 })
      }
    }
    let sums = ClusteredSums(users: owners, columns: columns)
    var bootstrap = ClusterBootstrap()
    bootstrap.resamples = study.resamples
    func level(_ segment: Int, _ value: Int) -> Figure {
      let first = order.firstIndex(of: segment)! * width
      return .quotient(first + 1 + value, first)
    }
    var asked: [(request: Int, segment: Int, against: Int?, value: Int?, figure: Figure)] = []
    for request in requests {
      switch study.requests[request] {
      case .level(_, let segments):
        for segment in segments where parts[segment] != nil {
          if names.isEmpty {
            asked.append((request, segment, nil, nil, level(segment, 0)))
          } else {
            for v in measure.asked where parts[segment]!.values[v].isShown {
              asked.append((request, segment, nil, v, level(segment, v)))
            }
          }
        }
      case .difference(_, let value, let first, let second):
        guard let a = parts[first], let b = parts[second],
          value.map({ measure.asked.contains($0) && a.values[$0].isShown && b.values[$0].isShown }) ?? true
        else { continue }
        let figure = Figure.difference(level(first, value ?? 0), level(second, value ?? 0))
        asked.append((request, first, second, value, figure))
      case .trend: break
      }
    }
    let intervals = try bootstrap.intervals(of: sums, asked.map(\.figure), workers: workers)
    return zip(asked, intervals).compactMap { asked, interval in
      row(
        asked.segment, against: asked.against, value: asked.value.map { names[$0] }, measure, parts, interval
      ).map { (asked.request, $0) }
    }
  }

  private func row(
    _ segment: Int, against: Int?, value: String?, _ measure: CandidateStudy.Measure, _ parts: [Int: Part],
    _ interval: Interval
  ) -> Release.Statistic? {
    guard interval.isDefined else { return nil }
    var values = 0.0...1.0
    if case .numbers(_, let own, _) = measure.kind { values = own }
    let width = values.upperBound - values.lowerBound
    let cells = ([segment] + (against.map { [$0] } ?? [])).map { parts[$0]!.known.cell }
    let bound = Double(gate.policy.unit == .user ? gate.policy.maximumPerUser : 1)
    let influence = cells.reduce(0) { $0 + width * bound / Double(max(1, conversations($1))) }
    guard let grain = StatisticGrain(influence: influence, width: width, defences: gate.defences) else {
      return nil
    }
    let range = against == nil ? values : -width...width
    let purpose = [
      measure.name, study.segments[segment].name, against.map { study.segments[$0].name } ?? "", value ?? "",
    ]
    var bits = gate.sticky.bits(for: cells.reduce(0) { $0 &+ $1.digest }).stream(
      for: "statistic\n" + purpose.joined(separator: "\n"))
    let draw = Double(bits.next() >> 11) * 0x1p-53
    let shown = grain.shown(interval, draw: draw, range: range)
    return Release.Statistic(
      name: measure.name, statistic: against != nil ? "difference" : value == nil ? "mean" : "share",
      segment: study.segments[segment].name, against: against.map { study.segments[$0].name } ?? "",
      facet: measure.facet, value: value ?? "", estimate: shown.estimate, low: shown.lower, high: shown.upper,
      step: grain.step, rangeLow: values.lowerBound, rangeHigh: values.upperBound,
      isSensitive: measure.isSensitive, users: cells.map(users).min()!,
      conversations: cells.map(conversations).min()!,
      method: "bootstrap of users, \(study.resamples) resamples")
  }

  /// R7 for a segment as for a cluster: the segments in which a sensitive measure is mixed enough and close to all
  /// conversations. A number is looked at by its levels.
  private func homogeneous(_ parts: [Int: Part], _ measure: CandidateStudy.Measure) -> [Int: Part] {
    // Nothing to be close to.
    guard parts[0] != nil else { return [:] }
    let levels: [Int32]
    switch measure.kind {
    case .values(_, let values): levels = values
    case .numbers(_, _, let own): levels = own
    }
    let count = Int(levels.max() ?? -1) + 1
    func distribution(_ segment: Int) -> [Double] {
      var counts = [Double](repeating: 0, count: count)
      for (position, record) in counted.records.enumerated()
      where holds[segment][position] && levels[Int(record)] >= 0 { counts[Int(levels[Int(record)])] += 1 }
      let total = max(1, counts.reduce(0, +))
      return counts.map { $0 / total }
    }
    /// Values that are not shown count as one, as in a cluster.
    func shown(_ part: Part, _ distribution: [Double]) -> [Double] {
      guard !part.values.isEmpty else { return distribution }
      let shown = part.values.indices.filter { part.values[$0].isShown }.map { distribution[$0] }
      return shown + [max(0, 1 - shown.reduce(0, +))]
    }
    let whole = distribution(0)
    return parts.filter { segment, part in
      let own = distribution(segment)
      return (part.values.isEmpty || part.values.count(where: \.isShown) >= 2)
        && Distribution.diversity(shown(part, own)) >= rules.policy.lDiversity - 1e-9
        && Distribution.distance(own, whole, isOrdered: measure.isOrdered) <= rules.policy.tCloseness + 1e-9
    }
  }
}

extension CandidateStudy.Request {
  var measure: Int {
    switch self {
    case .level(let measure, _), .difference(let measure, _, _, _), .trend(let measure, _, _): measure
    }
  }

  var segments: [Int] {
    switch self {
    case .level(_, let segments), .trend(_, let segments, _): segments
    case .difference(_, _, let first, let second): [0, first, second]
    }
  }

  var isTrend: Bool { if case .trend = self { true } else { false } }
}
