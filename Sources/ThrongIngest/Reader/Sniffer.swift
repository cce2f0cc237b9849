/// Looks at the first records of all inputs and decides on the format.
struct Sniffer {
  /// Records looked at in each input.
  static let records = 100
  /// Bytes looked at in each input at most, once they hold a record.
  static let bytes = 16 << 20

  private let inputs: [String]
  /// Index of the format that `--format` names.
  private let given: Int?
  private let plans: [FieldPlan]
  private let parser = JSONParser()
  /// Each input's first blocks, cut to the records looked at.
  private var blocks: [[RawBlock]] = []
  /// Sum of the scores of each input for each format.
  private var scores: [[Int]] = []
  private var storage: [Detection.Input] = []

  init(inputs: [String], settings: ReadSettings) throws(IngestFailure) {
    if let name = settings.format {
      given = FormatRegistry.names.firstIndex(of: name)
      if given == nil { throw .unknownFormat(name: name, known: FormatRegistry.names) }
    } else {
      given = nil
    }
    self.inputs = inputs
    var plans: [FieldPlan] = []
    for format in FormatRegistry.all { plans.append(try FieldPlan(format: format, settings: settings)) }
    self.plans = plans
  }

  /// Looks at the next input.
  ///
  /// - Throws: ``IngestFailure`` where it is empty or, unless the format is given, nothing known.
  mutating func look(at stream: BlockStream) throws {
    let input = inputs[blocks.count]
    var left = Self.records
    var heads: [RawBlock] = []
    for block in try stream.peek(records: Self.records, bytes: Self.bytes) where left > 0 {
      let records = Array(block.records.prefix(left))
      left -= records.count
      heads.append(RawBlock(source: block.source, bytes: block.bytes, count: block.count, records: records))
    }
    if heads.isEmpty { throw IngestFailure.empty(input: input) }

    var sums = [Int](repeating: 0, count: plans.count)
    var faults = FaultCounts()
    for block in heads {
      for record in block.records {
        do throws(FaultKind) {
          let value = try RecordReader.value(of: record, in: block, with: parser)
          for (i, format) in FormatRegistry.all.enumerated() {
            sums[i] += format.score(value, text: plans[i].text)
          }
        } catch {
          faults[error] += 1
        }
      }
    }
    if given == nil && sums.allSatisfy({ $0 == 0 }) {
      throw IngestFailure.unrecognised(
        input: input, records: Self.records - left, faults: faults, known: FormatRegistry.names)
    }
    blocks.append(heads)
    scores.append(sums)
    storage.append(
      Detection.Input(compression: stream.compression, isArray: stream.container == .array))
  }

  /// The format, once all inputs were looked at.
  ///
  /// - Throws: ``IngestFailure`` at a tie, or where inputs differ.
  func decide() throws(IngestFailure) -> (format: any LogFormat, plan: FieldPlan, detection: Detection) {
    let totals = plans.indices.map { i in scores.reduce(0) { $0 + $1[i] } }
    let chosen = try choose(totals)
    let format = FormatRegistry.all[chosen]
    let records = blocks.joined().reduce(0) { $0 + $1.records.count }
    var detection = Detection(
      format: format.name,
      scores: zip(FormatRegistry.all, totals).map {
        Detection.Score(format: $0.name, score: Double($1) / Double(100 * records))
      },
      inputs: storage, records: records)
    describe(plans[chosen], as: format, into: &detection)
    return (format, plans[chosen], detection)
  }

  private func choose(_ totals: [Int]) throws(IngestFailure) -> Int {
    if let given { return given }
    let best = totals.max()!
    let winners = totals.indices.filter { totals[$0] == best }
    guard winners.count == 1 else {
      throw .ambiguous(formats: winners.map { FormatRegistry.names[$0] })
    }
    if let other = scores.firstIndex(where: { $0[winners[0]] == 0 }) {
      throw .mixedFormats(input: inputs[other], format: FormatRegistry.names[winners[0]])
    }
    return winners[0]
  }

  /// What the sniffed records have of the fields that the format knows.
  private func describe(_ plan: FieldPlan, as format: some LogFormat, into detection: inout Detection) {
    var reader = RecordReader(plan: plan.withoutRequiredUser)
    var found = (ids: 0, users: 0, times: 0)
    for block in blocks.joined() {
      reader.read(block, as: format)
      detection.readable += reader.block.records.count
      for record in reader.block.records {
        if record.id != nil { found.ids += 1 }
        if record.user != nil { found.users += 1 }
        if record.createdAt != nil { found.times += 1 }
        let roles = reader.block.messages[record.messages].map(\.role)
        if roles.contains(where: { $0 != roles[0] }) { detection.hasSeveralRoles = true }
      }
    }
    func share(_ count: Int) -> Double { Double(count) / Double(detection.records) }
    detection.id = Detection.Field(name: mostFrequent(plan.id), share: share(found.ids))
    detection.user = Detection.Field(name: mostFrequent(plan.user), share: share(found.users))
    detection.time = Detection.Field(name: mostFrequent(plan.time), share: share(found.times))
    let used = [plan.text.name, detection.id.name, detection.user.name, detection.time.name]
    detection.extras = extras(besides: Set(used.compactMap { $0 }))
  }

  /// Fields of the sniffed records that are none of `used`, nor inside one.
  private func extras(besides used: Set<String>) -> [Detection.Extra] {
    var found = ExtraFields(used: used)
    for block in blocks.joined() {
      for record in block.records {
        guard let value = try? RecordReader.value(of: record, in: block, with: parser) else { continue }
        found.add(value)
      }
    }
    return found.extras.sorted { ($1.scalars, $1.others, $0.name) < ($0.scalars, $0.others, $1.name) }
  }

  /// The path that most of the sniffed records have a value at; the earlier one at a tie.
  private func mostFrequent(_ paths: [FieldPath]) -> String? {
    var counts = [Int](repeating: 0, count: paths.count)
    for block in blocks.joined() {
      for record in block.records {
        guard let value = try? RecordReader.value(of: record, in: block, with: parser) else { continue }
        if let i = paths.firstIndex(where: { $0.find(in: value) != nil }) { counts[i] += 1 }
      }
    }
    guard let most = counts.max(), most > 0 else { return nil }
    return paths[counts.firstIndex(of: most)!].name
  }
}

/// Collects the names of fields, objects within objects included.
private struct ExtraFields {
  /// Objects within objects that are looked into.
  private static let depth = 4
  /// A longer name is no name.
  private static let nameBytes = 100

  private let used: Set<String>
  private(set) var extras: [Detection.Extra] = []
  private var positions: [String: Int] = [:]

  init(used: Set<String>) { self.used = used }

  mutating func add(_ object: JSONValue, path: String = "", depth: Int = 0) {
    guard let fields = object.fields else { return }
    for (key, value) in fields where !value.isNull {
      let name = path.isEmpty ? key : "\(path).\(key)"
      guard name.utf8.count <= Self.nameBytes, !used.contains(name), FieldPath(name) != nil else { continue }
      let position: Int
      if let known = positions[name] {
        position = known
      } else {
        guard extras.count < Detection.maximumExtras else { continue }
        position = extras.count
        positions[name] = position
        extras.append(Detection.Extra(name: name))
      }
      if value.isScalar { extras[position].scalars += 1 } else { extras[position].others += 1 }
      if depth < Self.depth { add(value, path: name, depth: depth + 1) }
    }
  }
}
