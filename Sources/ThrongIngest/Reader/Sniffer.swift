/// Looks at the first records of all inputs and decides on the format.
struct Sniffer {
  /// Records looked at in each input.
  static let records = 100
  /// Bytes looked at in each input at most, once they hold a record.
  static let bytes = 16 << 20
  /// Bytes of first records that are held for ``Detection``; of later inputs only the format is looked at.
  static let heldBytes = 32 << 20

  /// What one input's first records say.
  private struct Look {
    let file: InputList.File
    /// Sum of the scores for each format.
    let scores: [Int]
    let records: Int
    let faults: FaultCounts
    let storage: Detection.Input
    /// First blocks, cut to the records looked at.
    let heads: [RawBlock]
  }

  /// Index of the format that is given: by `--format`, or by how messages are mapped.
  private let given: Int?
  private let plans: [FieldPlan]
  private let parser = JSONParser()
  private var looks: [Look] = []
  private var held = 0

  init(settings: ReadSettings) throws(IngestFailure) {
    if let name = settings.format ?? (settings.mapsMessages ? MessagesFormat().name : nil) {
      given = FormatRegistry.names.firstIndex(of: name)
      if given == nil { throw .unknownFormat(name: name, known: FormatRegistry.names) }
    } else {
      given = nil
    }
    var plans: [FieldPlan] = []
    for format in FormatRegistry.all { plans.append(try FieldPlan(format: format, settings: settings)) }
    self.plans = plans
  }

  /// Looks at the next input.
  ///
  /// - Throws: ``IngestFailure/empty(input:)``.
  mutating func look(at stream: BlockStream, of file: InputList.File) throws {
    var left = Self.records
    var heads: [RawBlock] = []
    for block in try stream.peek(records: Self.records, bytes: Self.bytes) where left > 0 {
      heads.append(block.beginning(records: left))
      left -= heads.last!.records.count
    }
    if heads.isEmpty { throw IngestFailure.empty(input: file.path) }

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
    let isHeld = held < Self.heldBytes
    if isHeld { held += heads.reduce(0) { $0 + $1.count } }
    looks.append(
      Look(
        file: file, scores: sums, records: Self.records - left, faults: faults,
        storage: Detection.Input(compression: stream.compression, isArray: stream.container == .array),
        heads: isHeld ? heads : []))
  }

  /// The format, once all inputs were looked at, and which of them are of it: companions that were only found are not.
  ///
  /// - Throws: ``IngestFailure`` at a tie, where inputs differ, or where one is nothing known.
  mutating func decide() throws(IngestFailure)
    -> (format: any LogFormat, plan: FieldPlan, detection: Detection, isRead: [Bool])
  {
    if given == nil,
      let unknown = looks.first(where: { !$0.file.isFound && $0.scores.allSatisfy { $0 == 0 } })
    {
      throw Self.unrecognised(unknown)
    }
    let totals = plans.indices.map { i in looks.reduce(0) { $0 + $1.scores[i] } }
    if given == nil && totals.allSatisfy({ $0 == 0 }) { throw Self.unrecognised(looks[0]) }
    let winners = given.map { [$0] } ?? Self.winners(totals)
    guard winners.count == 1 else {
      // Inputs of different kinds tie too.
      let own = looks.map { Self.winners($0.scores) }
      if own[0].count == 1, let other = own.firstIndex(where: { $0 != own[0] }) {
        throw .mixedFormats(
          input: looks[other].file.path, format: FormatRegistry.names[own[0][0]],
          own: own[other].count == 1 ? FormatRegistry.names[own[other][0]] : nil)
      }
      throw .ambiguous(formats: winners.map { FormatRegistry.names[$0] })
    }
    let chosen = winners[0]
    let format = FormatRegistry.all[chosen]
    let isRead = looks.map { look in
      !look.file.isFound || !format.companions.contains(InputList.name(of: look.file.path))
    }
    looks = zip(looks, isRead).filter(\.1).map(\.0)
    if given == nil { try check(that: chosen) }
    let records = looks.reduce(0) { $0 + $1.heads.reduce(0) { $0 + $1.records.count } }
    var detection = Detection(
      format: format.name,
      scores: zip(FormatRegistry.all, plans.indices).map { format, i in
        let sum = looks.reduce(0) { $0 + ($1.heads.isEmpty ? 0 : $1.scores[i]) }
        return Detection.Score(format: format.name, score: Double(sum) / Double(100 * max(1, records)))
      },
      inputs: looks.map(\.storage), records: records)
    detection.isGiven = given != nil
    let plan = plans[chosen].reading(looks.map(\.file.path))
    describe(plan, as: format, into: &detection)
    return (format, plan, detection, isRead)
  }

  private static func unrecognised(_ look: Look) -> IngestFailure {
    .unrecognised(
      input: look.file.path, records: look.records, faults: look.faults, known: FormatRegistry.names)
  }

  /// The formats that fit best; none of which another of them refines.
  private static func winners(_ scores: [Int]) -> [Int] {
    let best = scores.max()!
    let winners = scores.indices.filter { scores[$0] == best }
    return winners.filter { general in
      !winners.contains { FormatRegistry.all[$0].refines.contains(FormatRegistry.names[general]) }
    }
  }

  /// Each input must fit the chosen format as well as any.
  private func check(that chosen: Int) throws(IngestFailure) {
    for look in looks {
      let own = Self.winners(look.scores)
      if look.scores[chosen] > 0 && own.contains(chosen) { continue }
      if look.scores.allSatisfy({ $0 == 0 }) { throw Self.unrecognised(look) }
      throw .mixedFormats(
        input: look.file.path, format: FormatRegistry.names[chosen],
        own: own.count == 1 ? FormatRegistry.names[own[0]] : nil)
    }
  }

  /// First blocks of the inputs, by their index.
  private var blocks: [(source: Int, block: RawBlock)] {
    looks.enumerated().flatMap { source, look in look.heads.map { (source, $0) } }
  }

  /// What the sniffed records have of the fields that the format knows.
  private func describe(_ plan: FieldPlan, as format: some LogFormat, into detection: inout Detection) {
    var reader = RecordReader(plan: plan.withoutRequiredUser)
    var found = (ids: 0, users: 0, times: 0)
    var items = 0
    for (source, block) in blocks {
      reader.read(block.of(source: source), as: format)
      detection.readable += reader.block.records.count
      detection.passedOver += reader.passedOver
      items += reader.block.records.count + reader.faults.count
      for record in reader.block.records {
        if record.id != nil { found.ids += 1 }
        if record.user != nil { found.users += 1 }
        if record.createdAt != nil { found.times += 1 }
        let roles = reader.block.messages[record.messages].map(\.role)
        if roles.contains(where: { $0 != roles[0] }) { detection.hasSeveralRoles = true }
      }
    }
    func share(_ count: Int) -> Double { Double(count) / Double(max(1, items)) }
    detection.id = Detection.Field(name: mostFrequent(plan.id, in: format), share: share(found.ids))
    detection.user = Detection.Field(name: mostFrequent(plan.user, in: format), share: share(found.users))
    detection.time = Detection.Field(name: mostFrequent(plan.time, in: format), share: share(found.times))
    detection.usersAreFiles = plan.usersAreFiles
    detection.userFields = plan.user.map(\.name)
    detection.text = plan.text.name
    detection.joins = format.joining != nil
    // Whatever may name a person or a conversation is no facet. Of a path into a list the whole list is used.
    let used = [plan.text.name] + format.contentFields + (plan.id + plan.user + plan.time).map(\.name)
    detection.extras = extras(
      besides: Set(used.flatMap { [$0, String($0.prefix { $0 != "[" })] }), in: format)
  }

  /// Calls `body` with the items of the sniffed records.
  private func forEachItem(in format: some LogFormat, _ body: (JSONValue) -> Void) {
    for (_, block) in blocks {
      for record in block.records {
        guard let value = try? RecordReader.value(of: record, in: block, with: parser) else { continue }
        for item in format.items(of: value) ?? [value] where format.concerns(item) { body(item) }
      }
    }
  }

  /// Fields of the sniffed records that are none of `used`, nor inside one.
  private func extras(besides used: Set<String>, in format: some LogFormat) -> [Detection.Extra] {
    var found = ExtraFields(used: used)
    forEachItem(in: format) { item in
      if !format.forEachField(of: item, { found.add($1, called: $0) }) { found.add(item) }
    }
    return found.extras.sorted { ($1.scalars, $1.others, $0.name) < ($0.scalars, $0.others, $1.name) }
  }

  /// The path that most of the sniffed records have a value at; the earlier one at a tie.
  private func mostFrequent(_ paths: [FieldPath], in format: some LogFormat) -> String? {
    var counts = [Int](repeating: 0, count: paths.count)
    forEachItem(in: format) { item in
      if let i = paths.firstIndex(where: { format.find($0, in: item) != nil }) { counts[i] += 1 }
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
    for (key, value) in fields {
      add(value, called: path.isEmpty ? key : "\(path).\(key)", depth: depth)
    }
  }

  mutating func add(_ value: JSONValue, called name: String, depth: Int = 0) {
    if value.isNull { return }
    guard name.utf8.count <= Self.nameBytes, !used.contains(name), FieldPath(name) != nil else { return }
    let position: Int
    if let known = positions[name] {
      position = known
    } else {
      guard extras.count < Detection.maximumExtras else { return }
      position = extras.count
      positions[name] = position
      extras.append(Detection.Extra(name: name))
    }
    if value.isScalar { extras[position].scalars += 1 } else { extras[position].others += 1 }
    if depth < Self.depth { add(value, path: name, depth: depth + 1) }
  }
}
