package import ThrongCore

extension ConversationReader {
  /// Reads all inputs once.
  ///
  /// Blocks are decompressed and cut by whichever thread is free, one at a time, while others parse; at most two
  /// blocks a thread are in flight. O(bytes). Where several records make a conversation, all of them are read before the
  /// first conversation is put together, and `process` sees conversations in an order that follows from their ids.
  ///
  /// - Parameters:
  ///   - process: called on up to `workers.threads` threads, once for each block that holds a record.
  ///   - merge: called with its answers in the order of the blocks, on the calling thread.
  /// - Throws: what `process` threw for the lowest block, or `merge`; ``Interrupted``; ``IngestFailure`` where
  ///   an input breaks, nothing is kept, or more records than ``ReadSettings/maximumBadShare`` are bad.
  package func read<Partial: Sendable>(
    workers: Workers, progress: any ProgressReporter,
    process: @Sendable (borrowing ConversationBlock) throws -> Partial, merge: (Partial) throws -> Void
  ) throws -> ReadReport {
    var report = ReadReport()
    if let joining = format.joining {
      try readJoined(joining, workers, progress, into: &report, process: process, merge: merge)
    } else {
      try readEach(plan, workers, progress, into: &report, process: process, merge: merge)
    }
    report.read = report.kept + report.quarantined
    if report.kept == 0 { throw IngestFailure.nothingKept(report) }
    if Double(report.quarantined) > settings.maximumBadShare * Double(report.records) {
      throw IngestFailure.tooManyFaults(report, maximumShare: settings.maximumBadShare)
    }
    return report
  }

  /// Reads every record.
  private func readEach<Partial: Sendable>(
    _ plan: FieldPlan, _ workers: Workers, _ progress: any ProgressReporter, into report: inout ReadReport,
    process: @Sendable (borrowing ConversationBlock) throws -> Partial, merge: (Partial) throws -> Void
  ) throws {
    let lanes = ReadLanes<Partial>(
      intake: Intake(self, cancellation: workers.cancellation), plan: plan, workers: workers)
    try lanes.run(as: format, process: process) { outcome in
      for fault in outcome.faults { report.add(fault) }
      report.kept += outcome.kept
      report.passedOver += outcome.passedOver
      if let partial = outcome.partial { try merge(partial) }
      progress.report(stage: "read", done: outcome.bytesRead, total: totalBytes, unit: .bytes)
    }
    (report.bytesRead, report.bytesDecoded) = lanes.bytes
    report.digests = lanes.digests
  }

  /// Reads every record as a piece, then puts the pieces of each conversation together. Memory is that of a
  /// ``PieceStore``.
  private func readJoined<Partial: Sendable>(
    _ joining: Joining, _ workers: Workers, _ progress: any ProgressReporter, into report: inout ReadReport,
    process: @Sendable (borrowing ConversationBlock) throws -> Partial, merge: (Partial) throws -> Void
  ) throws {
    let scopes = format.scopesIDsByFolder ? InputList.folderNumbers(of: inputs) : []
    let store = PieceStore(budget: settings.heldBytes)
    try readEach(plan.withoutRequiredUser, workers, progress, into: &report) { block in
      PieceBatch(block, scopes: scopes)
    } merge: { batch in
      try store.append(batch)
    }
    // Those were pieces.
    report.kept = 0
    let runs = store.runs(of: settings.blockBytes)
    for first in stride(from: 0, to: runs.count, by: workers.threads) {
      progress.report(stage: "join", done: first, total: runs.count)
      let wave = runs[first..<min(runs.count, first + workers.threads)]
      let outcomes = try workers.mapBlocks(count: wave.count, blockSize: 1) { at, _ in
        var assembler = Assembler(
          joining: joining, requiresUser: plan.requiresUser, blockBytes: settings.blockBytes)
        for part in wave[first + at] { assembler.add(part: try store.load(part)) }
        return (
          partials: try assembler.blocks.map { try process($0) },
          kept: assembler.blocks.reduce(0) { $0 + $1.records.count }, joined: assembler.joined,
          faults: assembler.faults
        )
      }
      for outcome in outcomes {
        for fault in outcome.faults { report.add(fault) }
        report.kept += outcome.kept
        report.joined += outcome.joined
        for partial in outcome.partials { try merge(partial) }
      }
    }
    report.sortFaults()
  }
}
