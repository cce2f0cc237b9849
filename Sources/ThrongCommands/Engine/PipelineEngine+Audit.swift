internal import ThrongAudit
package import ThrongCore
internal import ThrongIngest

extension PipelineEngine {
  /// `throng audit`.
  package func audit(_ options: AuditOptions, in context: CommandContext) throws -> ExitCode {
    let console = context.console
    let audit = try Audit(bundle: options.bundles[0], previous: options.previous)
    let workers = try context.workers(threads: options.process.threads)
    var log: ReaderLog?
    if !options.against.isEmpty {
      let reader = try ConversationReader(
        inputs: options.against,
        settings: options.input.readSettings(
          requiresUser: false, fields: audit.facetNames.filter { !$0.hasPrefix(".") }),
        cancellation: context.cancellation)
      console.note(reader.summary)
      log = ReaderLog(reader: reader, progress: console)
    }
    var report = try audit.report(against: log, workers: workers, progress: console)
    if let trials = options.simulate {
      let reader = try ConversationReader(
        inputs: options.against, settings: options.input.readSettings(requiresUser: false),
        cancellation: context.cancellation)
      report.findings += try simulate(
        bundle: options.bundles[0], log: reader, trials: trials, workers: workers, console: console)
    }
    console.endProgress()
    if options.json {
      try console.print(JSONText.encode(report))
    } else {
      for line in AuditText.lines(report) { try console.print(line) }
    }
    return report.isBroken ? .refused : .done
  }
}

/// The reader of logs as an audit wants it.
private struct ReaderLog: AuditLog {
  let reader: ConversationReader
  let progress: any ProgressReporter

  var fields: [String] { reader.settings.fields }

  func read<Partial: Sendable>(
    workers: Workers, process: @Sendable (borrowing AuditBlock) throws -> Partial,
    merge: (Partial) throws -> Void
  ) throws {
    _ = try reader.read(workers: workers, progress: progress) { block in
      let records = block.records.map { record in
        AuditBlock.Record(
          line: record.line << 8 | record.source & 0xFF, id: record.id, user: record.user,
          texts: block.messages[record.messages].map(\.text), fields: record.fields)
      }
      return try process(AuditBlock(bytes: block.bytes, records: records))
    } merge: { partial in
      try merge(partial)
    }
  }
}

/// An audit for a terminal.
enum AuditText {
  /// A table of attacks, and below it what was found.
  static func lines(_ report: AuditReport) -> [String] {
    let rows = report.findings.map { finding in
      [finding.attack.title, words(finding.verdict), finding.success.map(text) ?? ""]
    }
    let heading = ["attack", "verdict", "success"]
    let widths = (0..<2).map { column in ([heading] + rows).map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      let line = (padded + [cells[2]]).joined(separator: "  ")
      return cells[2].isEmpty ? String(line.dropLast(2)) : line
    }
    var lines = ([heading] + rows).map(line)
    for finding in report.findings where !finding.lines.isEmpty {
      lines += ["", "\(finding.attack.title) (\(words(finding.verdict))):"] + finding.lines.map { "  \($0)" }
    }
    let broken = report.findings.count { $0.verdict == .broken }
    let withstood = report.findings.count { $0.verdict == .withstood }
    lines += [
      "",
      "\(Quantity.count(withstood, "attack")) withstood, \(broken) succeeded, "
        + "\(report.findings.count - withstood - broken) not tried.",
    ]
    return lines
  }

  private static func words(_ verdict: Verdict) -> String {
    switch verdict {
    case .withstood: "withstood"
    case .broken: "BROKEN"
    case .notTried: "not tried"
    }
  }

  private static func text(_ success: Success) -> String {
    func number(_ value: Double) -> String {
      value == value.rounded() && abs(value) < 1e15
        ? Quantity.count(Int(value)) : "\((value * 1000).rounded() / 1000)"
    }
    var text = number(success.value)
    if let low = success.low, let high = success.high { text += " (\(number(low)) to \(number(high)))" }
    if let trials = success.trials { text += " of \(Quantity.count(trials))" }
    text += " \(success.measure)"
    if let baseline = success.baseline { text += "; \(number(baseline)) without the defence" }
    return text
  }
}
