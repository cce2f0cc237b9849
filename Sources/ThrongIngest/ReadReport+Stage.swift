package import ThrongWorkspace

extension ReadReport {
  /// Columns: five counts; faults by kind; of each fault that is listed its kind, its input and its line; the digests.
  package func store(into columns: inout StageWriter) {
    columns.append([read, kept, joined, passedOver, bytesRead, bytesDecoded])
    columns.append(FaultKind.allCases.map { counts[$0] })
    columns.append(faults.map(\.kind.rawValue))
    columns.append(faults.map(\.source))
    columns.append(faults.map(\.line))
    columns.append(lists: digests)
  }

  /// - Throws: `StageDamage`.
  package init(from columns: inout StageReader) throws {
    let numbers = try columns.numbers(6)
    (read, kept, joined) = (numbers[0], numbers[1], numbers[2])
    (passedOver, bytesRead, bytesDecoded) = (numbers[3], numbers[4], numbers[5])
    for (kind, count) in zip(FaultKind.allCases, try columns.numbers(FaultKind.allCases.count)) {
      counts[kind] = count
    }
    let kinds = try columns.next(UInt8.self)
    let sources = try columns.numbers(kinds.count)
    let lines = try columns.numbers(kinds.count)
    faults = try kinds.indices.map { at in
      guard let kind = FaultKind(rawValue: kinds[at]) else { throw StageDamage() }
      return Fault(kind: kind, source: sources[at], line: lines[at])
    }
    digests = try columns.nextLists()
  }
}
