internal import ThrongFacets
internal import ThrongPrivacy

extension StudyPlan {
  /// What the gate is asked to say of `corpus`, which was prepared with this plan. O(conversations · (facets + predicates)).
  ///
  /// - Parameter facets: of all of the plan's requests.
  /// - Throws: ``StudyFailure`` where a mean has no range or a value is not there.
  func candidate(of corpus: PreparedCorpus, facets: [CandidateFacet]) throws -> CandidateStudy {
    let table = Columns(corpus.facets)
    func column(_ predicate: Study.Predicate) -> [Bool] {
      (0..<corpus.count).map { record in
        holds(predicate, value: { table.value($0, record) }, title: { table.title($0, of: $1) })
      }
    }
    let segments = study.segments.map {
      CandidateStudy.Segment(
        name: $0.name, holds: column($0.predicate), isSensitive: $0.predicate.isSensitive(in: study))
    }
    var measures: [CandidateStudy.Measure] = []
    var requests: [CandidateStudy.Request] = []
    for statistic in study.statistics {
      let condition = statistic.condition.map(column)
      let measure = try measure(statistic, condition: condition, table: table, facets: facets, column: column)
      let at = measures.count
      measures.append(measure)
      switch statistic.kind {
      case .level: requests.append(.level(measure: at, segments: statistic.segments))
      case .difference(let first, let second, let value):
        requests.append(
          .difference(
            measure: at, value: try number(of: value, in: measure, statistic), first: first, second: second))
      case .trend(let unit):
        let position = self.facets.requests.firstIndex { $0.name == ".\(unit)" }!
        requests.append(
          .trend(
            measure: at, segments: statistic.segments,
            periods: .init(
              unit: unit, names: facets[position].values, ofRecord: facets[position].valueOfRecord)))
      }
    }
    return CandidateStudy(
      name: study.name, segments: segments, measures: measures, requests: requests,
      funnel: funnel(of: corpus), records: corpus.count, resamples: study.resamples)
  }

  /// The facets that topics are counted by and that are predicates of others.
  func countedPredicates(of corpus: PreparedCorpus) -> [CandidateFacet] {
    let table = Columns(corpus.facets)
    return study.counted.compactMap { at in
      guard case .predicate(let predicate) = study.facets[at].kind else { return nil }
      return CandidateFacet(
        name: study.facets[at].name, values: ["no", "yes"],
        valueOfRecord: (0..<corpus.count).map { record in
          holds(predicate, value: { table.value($0, record) }, title: { table.title($0, of: $1) }) ? 1 : 0
        }, isSensitive: study.facets[at].isSensitive || predicate.isSensitive(in: study))
    }
  }

  private func number(
    of value: String?, in measure: CandidateStudy.Measure, _ statistic: Study.Statistic
  ) throws -> Int? {
    guard let names = measure.valueNames else {
      if value == nil { return nil }
      throw study.mistake(in: statistic, "a difference of means has no 'value'")
    }
    guard let value else {
      if measure.asked.count == 1 { return measure.asked[0] }
      throw study.mistake(in: statistic, "a difference of shares needs 'value', one of the facet's")
    }
    // A value that too few have is among the others: a message would tell that they are few.
    return names.firstIndex(of: value) ?? names.count - 1
  }

  private func measure(
    _ statistic: Study.Statistic, condition: [Bool]?, table: Columns, facets: [CandidateFacet],
    column: (Study.Predicate) -> [Bool]
  ) throws -> CandidateStudy.Measure {
    let facet = study.facets[statistic.facet]
    func counts(_ record: Int) -> Bool { condition?[record] ?? true }
    guard let position = positions[statistic.facet] else {
      guard case .predicate(let predicate) = facet.kind else {
        preconditionFailure("no facet without a reader")
      }
      let flags = column(predicate)
      return .init(
        name: statistic.name, facet: facet.name, values: ["no", "yes"],
        valueOfRecord: flags.indices.map { counts($0) ? flags[$0] ? 1 : 0 : -1 }, asked: [1],
        isSensitive: facet.isSensitive || predicate.isSensitive(in: study))
    }
    let isSensitive = self.facets.requests[position].isSensitive
    let records = 0..<table.count
    switch self.facets.kind(position) {
    case .number where !statistic.kind.isTrend:
      guard let range = statistic.range ?? StudyFacets.range(of: facet) else {
        throw study.mistake(
          in: statistic,
          "a mean of '\(facet.name)' needs 'range': [least, most], so that no single conversation outweighs all"
        )
      }
      return .init(
        name: statistic.name, facet: facet.name,
        numbers: records.map { counts($0) ? table.value(position, $0).number : .nan }, range: range,
        levels: records.map { counts($0) ? table.value(position, $0).level : -1 }, isSensitive: isSensitive)
    case .flag:
      return .init(
        name: statistic.name, facet: facet.name, values: ["no", "yes"],
        valueOfRecord: records.map { counts($0) ? table.value(position, $0).level : -1 }, asked: [1],
        isSensitive: isSensitive)
    default:
      // Values of too few people are one value together that nobody asks for; they still count as known.
      let own = facets[position]
      return .init(
        name: statistic.name, facet: facet.name, values: own.values + ["others"],
        valueOfRecord: records.map { record in
          guard counts(record), table.value(position, record).level >= 0 else { return -1 }
          let value = own.valueOfRecord[record]
          return value >= 0 ? value : Int32(own.values.count)
        }, asked: Array(own.values.indices), isOrdered: own.isOrdered, isSensitive: isSensitive)
    }
  }

  private func funnel(of corpus: PreparedCorpus) -> CandidateStudy.Funnel? {
    guard let trace = corpus.trace, !study.steps.isEmpty, !study.isOfSegment else { return nil }
    var index: [UInt64: UInt32] = [:]
    var keys: [UInt64] = []
    let users = trace.users.map { key in
      let next = UInt32(index.count)
      let at = index[key, default: next]
      if at == next {
        index[key] = next
        keys.append(key)
      }
      return at
    }
    return .init(steps: study.steps.map(\.name), users: users, leftAt: trace.leftAt, userKeys: keys)
  }
}

extension Study.Statistic.Kind {
  var isTrend: Bool { if case .trend = self { true } else { false } }
}

/// The facets of all conversations, by record.
private struct Columns {
  let count: Int
  private let levels: [[Int16]]
  private let numbers: [[Float]?]
  private let table: FacetTable

  init(_ table: FacetTable) {
    self.table = table
    levels = (0..<table.count).map { table.levels($0) }
    numbers = (0..<table.count).map { table.numbers($0) }
    count = levels.first?.count ?? 0
  }

  func value(_ facet: Int, _ record: Int) -> FacetValue {
    FacetValue(level: Int32(levels[facet][record]), number: numbers[facet]?[record] ?? .nan)
  }

  func title(_ level: Int32, of facet: Int) -> String { table.title(Int16(level), of: facet) }
}
