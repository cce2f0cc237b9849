package import ThrongCore

/// What carries a command out once its command line is understood.
///
/// The commands know no pipeline and the pipeline knows no flags; this is all that passes between them, so
/// that everything about a command line can be tested without running anything.
package protocol Engine: Sendable {
  /// `throng run`: clusters a log and writes a gated bundle.
  func run(_ options: RunOptions, in context: CommandContext) throws -> ExitCode
  /// `throng study`: the same as a study file says, with statistics.
  func study(_ options: StudyOptions, in context: CommandContext) throws -> ExitCode
  /// `throng inspect`: says what a log holds and what a run would need.
  func inspect(_ options: InspectOptions, in context: CommandContext) throws -> ExitCode
  /// `throng audit`: attacks a bundle from the outside.
  func audit(_ options: AuditOptions, in context: CommandContext) throws -> ExitCode
  /// `throng report`: prints the report of a bundle.
  func report(_ options: ReportOptions, in context: CommandContext) throws -> ExitCode
  /// `throng evaluate`: clusters and scores against labels, releases nothing.
  func evaluate(_ options: EvaluateOptions, in context: CommandContext) throws -> ExitCode
  /// `throng explore`: says where a bundle's explorer is, and opens it.
  func explore(_ options: ExploreOptions, in context: CommandContext) throws -> ExitCode
  /// `throng train`: trains and validates a classifier, and writes its model.
  func train(_ options: TrainOptions, in context: CommandContext) throws -> ExitCode
  /// `throng classify`: applies a classifier, for the operator only.
  func classify(_ options: ClassifyOptions, in context: CommandContext) throws -> ExitCode
  /// `throng compare`: says how the topics of two bundles differ.
  func compare(_ options: CompareOptions, in context: CommandContext) throws -> ExitCode
  /// `throng ledger`: shows or verifies what was released so far.
  func ledger(_ options: LedgerOptions, in context: CommandContext) throws -> ExitCode
  /// `throng synthesize`: writes a planted-topic corpus.
  func synthesize(_ options: SynthesizeOptions, in context: CommandContext) throws -> ExitCode
}

/// What a command needs of the process it runs in.
package struct CommandContext: Sendable {
  package let console: Console
  /// Raised by Ctrl-C and SIGTERM.
  package let cancellation: Cancellation
  package let environment: [String: String]
  /// Processors that this process may use.
  package let processors: Int
  /// Whether somebody sits at standard input.
  package let isInputTerminal: Bool

  package init(
    console: Console, cancellation: Cancellation = Cancellation(), environment: [String: String],
    processors: Int, isInputTerminal: Bool = false
  ) {
    self.console = console
    self.cancellation = cancellation
    self.environment = environment
    self.processors = processors
    self.isInputTerminal = isInputTerminal
  }

  /// Workers for `--threads`; nil uses every processor. They stop at Ctrl-C.
  ///
  /// - Throws: ``EngineFailure/tooFewAddresses(limit:need:)`` where `ulimit -v` leaves them no room.
  func workers(threads: Int?) throws(EngineFailure) -> Workers {
    let threads = threads ?? processors
    try MemoryLimit.reserve(products: min(threads, processors))
    return Workers(threads: threads, cancellation: cancellation)
  }

  /// The secret of `--secret-file`, or of the default place; warnings go to the console.
  ///
  /// - Throws: ``CommandFailure``.
  package func secret(file: String?) throws(CommandFailure) -> Secret {
    try SecretFile.load(path: file, environment: environment) { console.warn($0) }
  }
}
