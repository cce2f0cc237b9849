package import ThrongCore
package import ThrongFacets
package import ThrongIngest
internal import ThrongText
package import ThrongWorkspace

extension PreparedCorpus {
  /// The stage `corpus` of a run, its longest: the log read, redacted, hashed and counted.
  ///
  /// Columns, in order: those of the features; users; keyed hashes of users; keyed hashes of records; groups of near-copies; four
  /// numbers (users, conversations screened out, whether near-copies and a screen are there); first and last time stamp, or
  /// nothing; those of the facets, of the report and of the dictionary; of a screen hashes of users, steps, lanes,
  /// inputs and lines of marks, and places of what was kept.
  ///
  /// - Precondition: it was prepared for a release, without labels.
  package func store(into columns: inout StageWriter) {
    precondition(labels.isEmpty && dictionary != nil)
    features.store(into: &columns)
    columns.append(users)
    columns.append(userKeys)
    columns.append(recordKeys)
    columns.append(copies ?? [])
    columns.append([userCount, screenedOut, copies == nil ? 0 : 1, trace == nil ? 0 : 1])
    columns.append(times.map { [$0.lowerBound, $0.upperBound] } ?? [])
    facets.store(into: &columns)
    report.store(into: &columns)
    dictionary!.store(into: &columns)
    trace?.store(into: &columns)
  }

  /// - Parameters:
  ///   - plan: the facets that the corpus was prepared for.
  ///   - spill: how many of the features memory may hold; nil: all.
  /// - Throws: `StageDamage`; `SpillFailure`.
  package init(facets plan: FacetPlan, spill: SpillPlan?, from columns: inout StageReader) throws {
    features = try Features(spill, from: &columns)
    users = try columns.next()
    userKeys = try columns.next()
    recordKeys = try columns.next()
    let copies = try columns.next(UInt32.self)
    let numbers = try columns.numbers(4)
    (userCount, screenedOut) = (numbers[0], numbers[1])
    self.copies = numbers[2] == 1 ? copies : nil
    let times = try columns.next(Int64.self)
    self.times = times.count == 2 && times[0] <= times[1] ? times[0]...times[1] : nil
    facets = try FacetTable(plan, from: &columns)
    report = try ReadReport(from: &columns)
    dictionary = try TermDictionary(from: &columns)
    trace = numbers[3] == 1 ? try ScreenTrace(from: &columns) : nil
    guard features.documents == count, recordKeys.count == count,
      userKeys.isEmpty || userKeys.count == userCount, self.copies.map({ $0.count == count }) ?? true,
      users.allSatisfy({ $0 < userCount })
    else { throw StageDamage() }
  }
}

extension ScreenTrace {
  func store(into columns: inout StageWriter) {
    columns.append(users)
    columns.append(leftAt)
    columns.append(marks.map(\.lane))
    columns.append(marks.map(\.source))
    columns.append(marks.map(\.line))
    columns.append(kept)
  }

  init(from columns: inout StageReader) throws {
    self.init()
    users = try columns.next()
    leftAt = try columns.next()
    let lanes = try columns.next(Int.self)
    let sources = try columns.numbers(lanes.count)
    let lines = try columns.numbers(lanes.count)
    marks = lanes.indices.map { Mark(lane: lanes[$0], source: sources[$0], line: lines[$0]) }
    kept = try columns.next()
    guard leftAt.count == users.count else { throw StageDamage() }
  }
}

extension CorpusPreparation {
  /// What a corpus depends on beside the words of the log and the facets, for the key of its stage.
  ///
  /// - Parameter digests: of the inputs.
  package func parts(_ reader: borrowing ConversationReader, digests: [[UInt8]]) -> [[UInt8]] {
    var settings = reader.settings
    let mapping = settings.mapping.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    // In an order of its own in every process.
    settings.mapping = [:]
    // How a log is cut and held while it is read changes nothing.
    (settings.blockBytes, settings.heldBytes) = (0, 0)
    let roles = roles.map { "\($0)" }.sorted()
    let numbers = "\(unitIsConversation) \(minimumTermUsers ?? -1)"
    return [reader.inputs, mapping, roles, ["\(settings)", "\(text)", numbers]].map {
      Array($0.joined(separator: "\0").utf8)
    } + digests
  }
}
