package import ThrongCore

/// Carries the commands out with the pipeline.
package struct PipelineEngine: Engine {
  package init() {}

  package func run(_ options: RunOptions, in context: CommandContext) throws -> ExitCode { throw Unwired() }

  package func inspect(_ options: InspectOptions, in context: CommandContext) throws -> ExitCode {
    throw Unwired()
  }

  package func evaluate(_ options: EvaluateOptions, in context: CommandContext) throws -> ExitCode {
    throw Unwired()
  }

  package func synthesize(_ options: SynthesizeOptions, in context: CommandContext) throws -> ExitCode {
    throw Unwired()
  }
}

/// This branch holds the command line alone: the pipeline is joined to it when both are merged.
struct Unwired: ThrongFailure {
  var message: String { "this build holds the command line without the pipeline" }
  var exitStatus: Int32 { ExitCode.internalFailure.rawValue }
}
