package import ThrongCore

/// What `throng man` was asked for.
package struct ManOptions: CommandOptions, Equatable {
  package enum Format: String, Sendable, CaseIterable {
    case roff, markdown
  }

  package var format = Format.roff

  package init() {}
}

/// `throng man`.
package enum ManCommand: Command {
  package static let syntax = CommandSyntax<ManOptions>(
    name: "man",
    summary: "Print the manual page",
    usage: "[FLAGS]",
    discussion: "Prints everything that help says, as one page for man or as Markdown.",
    groups: [
      FlagGroup(
        "Output",
        [
          .value(
            "format", "NAME", to: \.format, .anyCase,
            "roff for man, or markdown, which Documentation/Commands.md is.")
        ])
    ],
    examples: [
      Example("throng man > throng.1", "Keep it, to be read by 'man ./throng.1':"),
      Example("throng man --format markdown > Commands.md", "Keep it as Markdown:"),
    ])

  package static func run(
    _ options: ManOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    let commands = ThrongCommand.descriptions
    let text =
      switch options.format {
      case .roff: ManualPage(commands: commands).text
      case .markdown: ReferencePage(commands: commands).text
      }
    try context.console.write(Array(text.utf8))
    return .done
  }
}
