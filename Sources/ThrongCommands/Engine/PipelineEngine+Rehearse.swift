internal import Glibc
internal import Throng
internal import ThrongCore
internal import ThrongIngest
internal import ThrongPrivacy

extension PipelineEngine {
  /// `throng run --dry-run`, once input and bundle are looked at: secret, ledger and work folder are looked at too.
  func rehearse(
    _ options: RunOptions, reader: borrowing ConversationReader, memory: MemoryPlan,
    in context: CommandContext
  ) throws -> ExitCode {
    var rehearsal = Rehearsal("run")
    rehearsal.read(reader)
    rehearsal.memoryBytes = memory.need
    if let output = options.output {
      // A bundle of at most half of the log, and until it is written the stages in the private folder.
      rehearsal.diskBytes = reader.textBytes.map { 2_000_000 + 5 * $0 / 2 }
      rehearsal.write(output, what: "bundle")
    }
    var secret: Secret?
    if let place = SecretFile.place(path: options.secretFile, environment: context.environment) {
      if unsafe options.secretFile != nil || access(place, F_OK) == 0 {
        secret = try context.secret(file: options.secretFile)
      } else {
        rehearsal.write(place, what: "secret of this workspace")
      }
    }
    if let ledger = ledgerPath(options) {
      if unsafe access(ledger, F_OK) != 0 {
        try OutputFile.check(ledger, replacing: true)
      } else if let secret {
        _ = try Ledger(path: ledger, secret: secret, creates: false).records()
      }
      rehearsal.write(ledger, what: "private ledger", extends: true)
    }
    for _ in options.destinations { rehearsal.send("a PostgreSQL database") }
    if options.work != nil || options.output != nil {
      let workspace = Workspace(path: options.work, besides: options.output ?? "")
      try workspace.check()
      rehearsal.write(workspace.path, what: "private work folder", extends: true)
    }
    try rehearsal.tell(json: options.json, on: context.console)
    return .done
  }
}
