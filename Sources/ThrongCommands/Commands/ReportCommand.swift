package import ThrongCore

/// What `throng report` was asked for.
package struct ReportOptions: CommandOptions, Equatable {
  /// How the report is written.
  package enum Format: String, Sendable, CaseIterable {
    case md, html, json

    /// The file of a bundle that it stands in.
    var file: String { self == .json ? "release.json" : "report.\(rawValue)" }
  }

  /// The folder of the bundle, alone.
  package var bundles: [String] = []
  package var format = Format.md

  package init() {}
}

/// `throng report`.
package enum ReportCommand: Command {
  package static let syntax = CommandSyntax<ReportOptions>(
    name: "report",
    summary: "Print the report of a release bundle",
    usage: "BUNDLE [FLAGS]",
    discussion: """
      Prints what was found, what was withheld, and what a release cannot say: as Markdown, as a page with figures \
      that needs no network, or as JSON. A report is written with its release and sealed with it; one that was changed since is \
      not printed.
      """,
    positional: Positional("BUNDLE", count: 1...1, hints: [.folder], to: \.bundles, "Folder of the bundle."),
    groups: [
      FlagGroup(
        "Output",
        [
          .value(
            "format", "NAME", to: \.format, .anyCase,
            "Markdown (md), a page to look at and to print (html), or what both are made of (json)."),
          .toggle("json", sets: \.format, to: .json, "The same as --format json."),
        ])
    ],
    examples: [
      Example("throng report release", "Read a report:"),
      Example("throng report release --format html > report.html", "Make a page to print:"),
      Example("throng report release --json", "Hand the release to a program:"),
    ])

  package static func run(
    _ options: ReportOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    try engine.report(options, in: context)
  }
}
