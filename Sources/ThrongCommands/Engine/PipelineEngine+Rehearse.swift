internal import Glibc
internal import ThrongCore
internal import ThrongIngest
internal import ThrongPrivacy

extension PipelineEngine {
  /// `throng run --dry-run`, once input and bundle are looked at: secret, ledger and work folder are looked at too.
  func rehearse(
    _ options: RunOptions, reader: borrowing ConversationReader, in context: CommandContext
  ) throws -> ExitCode {
    var rehearsal = Rehearsal("run")
    rehearsal.read(reader)
    if let output = options.output {
      rehearsal.diskBytes = reader.totalBytes.map { 2_000_000 + $0 / 2 }
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
    if let work = options.work {
      try Workspace(path: work, besides: options.output ?? "").check()
      rehearsal.write(work, what: "work folder", extends: true)
    }
    try rehearsal.tell(json: options.json, on: context.console)
    return .done
  }
}
