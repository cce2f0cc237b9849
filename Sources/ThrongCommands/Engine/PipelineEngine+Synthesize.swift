internal import Throng
package import ThrongCore
internal import ThrongSynthesis

extension PipelineEngine {
  /// `throng synthesize`: streams a corpus to files or standard output.
  package func synthesize(_ options: SynthesizeOptions, in context: CommandContext) throws -> ExitCode {
    var parameters = Synthesizer.Parameters(conversations: options.conversations, seed: options.seed)
    if let share = options.affectiveShare {
      var mix = AffectiveMix()
      mix.share = share
      parameters.affective = mix
    }
    let synthesizer = try Synthesizer(parameters: parameters)
    if options.dryRun {
      var rehearsal = Rehearsal("synthesize")
      rehearsal.diskBytes = options.output == "-" ? nil : options.conversations * Self.bytesOfAConversation
      for (path, what) in [(options.output, "conversations"), (options.truth ?? "-", "truth")]
      where path != "-" {
        try rehearsal.write(file: path, what: what, replacing: options.force)
      }
      try rehearsal.tell(json: options.json, on: context.console)
      return .done
    }
    var log: OutputFile?
    if options.output != "-" { log = try OutputFile(options.output, replacing: options.force) }
    var truth: OutputFile?
    if let path = options.truth { truth = try OutputFile(path, replacing: options.force) }
    let wantsTruth = options.truth != nil
    try synthesizer.write(
      to: { bytes in
        if log != nil { try log!.write(bytes) } else { try context.console.write(Array(bytes)) }
      },
      truth: wantsTruth ? { try truth!.write($0) } : nil,
      workers: try context.workers(threads: options.process.threads), progress: context.console)
    try log?.commit()
    try truth?.commit()
    context.console.endProgress()
    return .done
  }

  /// As the shipped corpus has them, with a little for the truth: 2.7 MB of 3,000.
  private static let bytesOfAConversation = 1000
}
