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
      workers: context.workers(threads: options.process.threads), progress: context.console)
    try log?.commit()
    try truth?.commit()
    context.console.endProgress()
    return .done
  }
}
