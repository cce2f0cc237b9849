package import ThrongCore

extension ConversationReader {
  /// Reads all inputs once.
  ///
  /// Blocks are decompressed and cut by whichever thread is free, one at a time, while others parse; at most two
  /// blocks a thread are in flight. O(bytes).
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
    let lanes = ReadLanes<Partial>(
      intake: Intake(self, cancellation: workers.cancellation), plan: plan, workers: workers)
    var report = ReadReport()
    try lanes.run(as: format, process: process) { outcome in
      for fault in outcome.faults { report.add(fault) }
      report.kept += outcome.kept
      report.read += outcome.kept + outcome.faults.count
      if let partial = outcome.partial { try merge(partial) }
      progress.report(stage: "read", done: outcome.bytesRead, total: totalBytes, unit: .bytes)
    }
    (report.bytesRead, report.bytesDecoded) = lanes.bytes
    if report.kept == 0 { throw IngestFailure.nothingKept(report) }
    if Double(report.quarantined) > settings.maximumBadShare * Double(report.read) {
      throw IngestFailure.tooManyFaults(report, maximumShare: settings.maximumBadShare)
    }
    return report
  }
}
