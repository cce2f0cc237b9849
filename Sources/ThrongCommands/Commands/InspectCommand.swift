package import ThrongCore

/// What `throng inspect` was asked for.
package struct InspectOptions: CommandOptions, Equatable {
  /// Paths; `-` is standard input. At least one.
  package var inputs: [String] = []
  package var input = InputOptions()
  package var gate = GateOptions()
  /// Whether the answer is JSON.
  package var json = false
  package var process = ProcessOptions()

  package init() {}
}

/// `throng inspect`.
package enum InspectCommand: Command {
  package static let syntax = CommandSyntax<InspectOptions>(
    name: "inspect",
    summary: "Say what a log holds and what a run would need",
    usage: "INPUT… [FLAGS]",
    discussion: """
      Reads a log and says its format, its fields, how many users and conversations there are, what a run would need, \
      and, by clustering it or a sample of it, what would likely be released at which k. Writes nothing.
      """,
    positional: Positional(
      "INPUT", count: 1 ... .max, to: \.inputs,
      "Log to read: a file, a directory, a quoted pattern, or - for standard input. JSON Lines or JSON arrays, plain, "
        + "gzip or zstd."),
    groups: [
      FlagGroup("Output", [.toggle("json", sets: \.json, to: true, "Print the answer as JSON.")]),
      FlagGroup("Input", InputOptions.flags.within(\.input)),
      FlagGroup(
        "Privacy",
        (GateOptions.cellFlags + [GateOptions.facetUsers] + GateOptions.budgetFlags).within(\.gate)),
      FlagGroup("Run", ProcessOptions.flags.within(\.process)),
    ],
    examples: [
      Example("throng inspect log.jsonl", "Look at a log before a run:"),
      Example("throng inspect log.jsonl --policy public", "See what would be left for everyone:"),
      Example("throng inspect slack-export/", "Look at a directory of logs:"),
      Example("throng inspect log.jsonl.zst --json", "For a program:"),
    ],
    check: { options, _ in options.input.conflict() ?? options.gate.conflict(options.input) })

  package static func run(
    _ options: InspectOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    try engine.inspect(options, in: context)
  }
}
