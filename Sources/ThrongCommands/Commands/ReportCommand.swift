package import ThrongCore

/// What `throng report` was asked for.
package struct ReportOptions: CommandOptions, Equatable {
  /// How the report is written.
  package enum Format: String, Sendable, CaseIterable { case md, html }

  /// The folder of the bundle, alone.
  package var bundles: [String] = []
  package var format = Format.md
  package var quiet = false

  package init() {}
}

/// `throng report`.
package enum ReportCommand: Command {
  package static let syntax = CommandSyntax<ReportOptions>(
    name: "report",
    summary: "Print the report of a release bundle",
    usage: "BUNDLE [FLAGS]",
    discussion: """
      Prints what was found, what was withheld, and what a release cannot say: as Markdown, or as a page with figures \
      that needs no network. A report is written with its release and sealed with it; one that was changed since is \
      not printed.
      """,
    positional: Positional("BUNDLE", count: 1...1, to: \.bundles, "Folder of the bundle."),
    groups: [
      FlagGroup(
        "Output",
        [
          .value("format", "md|html", to: \.format, .anyCase, "Markdown, or a page to look at and to print."),
          .toggle("quiet", short: "q", sets: \.quiet, to: true, "Say nothing on standard error but errors."),
        ])
    ],
    examples: [
      Example("throng report release", "Read a report:"),
      Example("throng report release --format html > report.html", "Make a page to print:"),
    ])

  package static func run(
    _ options: ReportOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    try engine.report(options, in: context)
  }
}
