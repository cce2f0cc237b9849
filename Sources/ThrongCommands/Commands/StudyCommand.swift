package import ThrongCore

/// What `throng study` was asked for.
package struct StudyOptions: CommandOptions, Equatable {
  /// The study file, then inputs that take the place of the study's.
  package var arguments: [String] = []
  /// What a run needs, by flags.
  package var run = RunOptions()
  /// Whether to print the JSON Schema of study files and stop.
  package var printsSchema = false
  /// The review lane whose list is to be shown; nil: the study is run.
  package var review: String?
  /// Flags that were given: they go before the study file, which goes before defaults.
  package var given = GivenFlags()

  package init() {}

  package mutating func note(_ given: GivenFlags) { self.given = given }
}

/// `throng study`.
package enum StudyCommand: Command {
  package static let syntax = CommandSyntax<StudyOptions>(
    name: "study",
    summary: "Screen, cluster and measure a log as a study file says",
    usage: "FILE [INPUT…] [--out DIR] [FLAGS]",
    discussion: """
      Reads a study file (JSON5), which declares facets, a screen, segments, statistics and thresholds, runs it over a log, and \
      writes a gated bundle with a funnel, figures with 95 % intervals and drawings. What is given here goes before what the \
      study says, and that before the defaults. Shipped studies lie in Corpora/studies.
      """,
    positional: Positional(
      "FILE", count: 0 ... .max, to: \.arguments,
      "The study, and logs to read instead of the study's own; - is standard input."),
    groups: [
      FlagGroup(
        "Study",
        [
          .toggle(
            "schema", sets: \.printsSchema, to: true, "Print the JSON Schema of study files, and stop."),
          .value(
            "review", "LANE", to: \.review, ValueParser.text("the name of a review lane").unlessGiven(nil),
            "Show the list of a review lane from the private workspace of an earlier run, and note that in its access log."
          ),
        ]),
      FlagGroup(
        "Output",
        [
          .value(
            "out", short: "o", "DIR", to: \.run.output,
            ValueParser.folder().unlessGiven("the study's"),
            "Folder to write the bundle to."),
          .toggle("force", sets: \.run.force, to: true, "Replace a bundle that is there."),
          .toggle("json", sets: \.run.json, to: true, "Print the summary as JSON."),
          .toggle(
            "dry-run", short: "n", sets: \.run.dryRun, to: true,
            "Check the study, say what was detected and what a run would need, and write nothing."),
        ]),
      FlagGroup("Input", InputOptions.flags.within(\.run.input)),
      FlagGroup(
        "Privacy",
        (GateOptions.cellFlags + GateOptions.termFlags + GateOptions.facetFlags).within(\.run.gate)),
      FlagGroup("Features", FeatureOptions.flags.within(\.run.features)),
      FlagGroup("Clusters", TreeOptions.flags.within(\.run.tree)),
      FlagGroup("Run", RunCommand.processFlags.within(\.run)),
    ],
    examples: [
      Example(
        "throng study Corpora/studies/intent.json5 log.jsonl --out intent", "Run a study that is shipped:"),
      Example("throng study mine.json5 log.jsonl -n", "Check one of one's own against a log:"),
      Example("throng study --schema > study.schema.json", "Have an editor check it while typing:"),
    ],
    check: { options, given in
      if options.printsSchema { return nil }
      if options.arguments.isEmpty {
        return .missingArgument("FILE", usage: "study FILE [INPUT…] [--out DIR] [FLAGS]")
      }
      if options.run.gate.policy == .differential {
        return .conflict(
          "--policy differential has no rule for the figures of a study; use internal or public")
      }
      if let output = options.run.output, output == options.run.work {
        return .conflict("--out and --work name the same folder; the bundle needs one of its own")
      }
      return options.run.input.conflict() ?? options.run.gate.conflict(options.run.input)
        ?? options.run.tree.conflict()
        ?? TreeOptions.conflict(base: options.run.tree.base, features: options.run.features)
    })

  package static func run(
    _ options: StudyOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    try engine.study(options, in: context)
  }
}
