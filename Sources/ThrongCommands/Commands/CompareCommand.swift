package import ThrongCore

/// What `throng compare` was asked for.
package struct CompareOptions: CommandOptions, Equatable {
  /// The folders of the older and the newer bundle.
  package var bundles: [String] = []
  /// What an earlier comparison printed with `--json`: the ids of the older bundle's topics come from there.
  package var ids: String?
  package var json = false

  package init() {}
}

/// `throng compare`.
package enum CompareCommand: Command {
  package static let syntax = CommandSyntax<CompareOptions>(
    name: "compare",
    summary: "Say how the topics of two bundles differ",
    usage: "OLD NEW [FLAGS]",
    discussion: """
      Matches the topics of two bundles by the terms they show and says which are new, gone, split, merged, grown or \
      shrunk. It reads the bundles alone, so it tells nothing that their readers could not work out. A share counts as \
      changed where neither chance, with the number of topics in mind, nor rounding explains it.
      """,
    positional: Positional(
      "BUNDLE", count: 2...2, hints: [.folder, .folder], to: \.bundles,
      "The folder of the older bundle, then the newer."),
    groups: [
      FlagGroup(
        "Output",
        [
          .toggle("json", sets: \.json, to: true, "Print the answer as JSON."),
          .value(
            "ids", "FILE", to: \.ids, ValueParser.file().unlessGiven("the older bundle's own"),
            "Take the ids of the older bundle's topics from what an earlier comparison printed with --json."),
        ])
    ],
    examples: [
      Example(
        "throng compare march april", "What changed in a month:",
        notRun: "it needs two bundles"),
      Example(
        "throng compare april may --ids march-april.json --json", "Keep the ids from month to month:",
        notRun: "it needs two bundles"),
    ])

  package static func run(
    _ options: CompareOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    try engine.compare(options, in: context)
  }
}
