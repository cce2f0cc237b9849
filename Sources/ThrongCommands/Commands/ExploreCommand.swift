package import ThrongCore

/// What `throng explore` was asked for.
package struct ExploreOptions: CommandOptions, Equatable {
  /// The folder of the bundle, alone.
  package var bundles: [String] = []
  /// Whether the page is opened where there is a desktop.
  package var opens = true
  /// Whether the answer is JSON.
  package var json = false

  package init() {}
}

/// `throng explore`.
package enum ExploreCommand: Command {
  package static let syntax = CommandSyntax<ExploreOptions>(
    name: "explore",
    summary: "Open the explorer of a release bundle",
    usage: "BUNDLE [FLAGS]",
    discussion: """
      Prints where the explorer of a bundle lies, and opens it in the browser where there is a desktop. The explorer is \
      one file that needs no network and no program beside a browser: it can be copied and sent like any other file of \
      the bundle. One that was changed since the release is not opened.
      """,
    positional: Positional("BUNDLE", count: 1...1, hints: [.folder], to: \.bundles, "Folder of the bundle."),
    groups: [
      FlagGroup(
        "Output",
        [
          .toggle("no-open", sets: \.opens, to: false, "Print the path only."),
          .toggle("json", sets: \.json, to: true, "Print the answer as JSON."),
        ])
    ],
    examples: [
      Example("throng explore release", "Look at a release:", notRun: "it would open a browser"),
      Example("throng explore release --no-open", "Say where it lies, for a browser of your choice:"),
    ])

  package static func run(
    _ options: ExploreOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    try engine.explore(options, in: context)
  }
}
