internal import ThrongAudit
package import ThrongCore

/// What `throng audit` was asked for.
package struct AuditOptions: CommandOptions, Equatable {
  /// The folder of the bundle, alone.
  package var bundles: [String] = []
  /// The log that the release was made of, where it is to be held against it.
  package var against: [String] = []
  /// Earlier bundles.
  package var previous: [String] = []
  /// Trials of each attack that needs reruns; nil tries none of them.
  package var simulate: Int?
  package var input = InputOptions()
  /// Whether the answer is JSON.
  package var json = false
  package var process = ProcessOptions()

  package init() {}
}

/// `throng audit`.
package enum AuditCommand: Command {
  package static let syntax = CommandSyntax<AuditOptions>(
    name: "audit",
    summary: "Attack a release bundle from the outside",
    usage: "BUNDLE [FLAGS]",
    discussion: """
      Reads the files of a bundle and nothing else, tries to find out what it should not tell, and reports each \
      attack with its success. The code shares nothing with what wrote the bundle. The report holds no word of the \
      bundle or the log: it says in which file and at which byte something was found. Exit 4: an attack succeeded.
      """,
    positional: Positional(
      "BUNDLE", count: 1...1, hints: [.folder], to: \.bundles, "Folder of the bundle to attack."),
    groups: [
      FlagGroup(
        "Attacks",
        [
          .list(
            "against", "INPUT", to: \.against, .file("a log"),
            "Log that the release was made of: its rare strings, ids, addresses and runs of words are searched in every "
              + "byte of the bundle. Again for more."),
          .list(
            "previous", "BUNDLE", to: \.previous, .folder(),
            "Earlier bundle, to subtract from this one. Again for more."),
          .value(
            "simulate", "N", to: \.simulate, ValueParser.whole(1...10_000).unlessGiven(nil),
            "Run the log again and again under the bundle's rules and secrets made up for it, with users left out and "
              + "accounts planted: N trials of each attack, about \(Simulation.releasesPerTrial) runs for each trial. "
              + "Needs --against."),
        ]),
      FlagGroup("Output", [.toggle("json", sets: \.json, to: true, "Print the report as JSON.")]),
      FlagGroup("Input", InputOptions.flags.within(\.input)),
      FlagGroup("Run", ProcessOptions.flags.within(\.process)),
    ],
    examples: [
      Example("throng audit release", "Attack a bundle with nothing but its files:"),
      Example("throng audit release --against log.jsonl", "Look for the log in it:"),
      Example(
        "throng audit release --against log.jsonl --simulate 100", "Plant accounts and leave out users, too:",
        notRun: "it takes many minutes"),
      Example("throng audit june --previous may --previous april --json", "Compare with earlier releases:"),
    ],
    check: { options, given in
      let flags = ["format", "map", "user", "max-bad"].filter(given.contains)
      if options.against.isEmpty, let flag = flags.first {
        return .conflict("--\(flag) says how a log is read; name the log with --against")
      }
      if options.simulate != nil, options.against.isEmpty {
        return .conflict("--simulate runs a log again; name the log with --against")
      }
      if options.simulate != nil, options.against.contains("-") {
        return .conflict("--simulate reads the log once more, and standard input can be read once only")
      }
      return options.input.conflict()
    })

  package static func run(
    _ options: AuditOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    try engine.audit(options, in: context)
  }
}
