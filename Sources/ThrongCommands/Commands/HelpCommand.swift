package import ThrongCore

/// What `throng help` was asked about.
package struct HelpOptions: CommandOptions, Equatable {
  /// A command's name, or nothing.
  package var topic: [String] = []

  package init() {}
}

/// `throng help`.
package enum HelpCommand: Command {
  package static let syntax = CommandSyntax<HelpOptions>(
    name: "help",
    summary: "Show help for Throng or for one command",
    usage: "[COMMAND]",
    discussion: "Shows the list of commands, or everything that one command takes.",
    positional: Positional(
      "COMMAND", count: 0...1, hints: [.command], to: \.topic, "The command to read about."),
    groups: [],
    examples: [Example("throng help run", "Read about a command:")])

  package static func run(
    _ options: HelpOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    let width = context.console.columns
    let page = try options.topic.first.map { try ThrongCommand.command(named: $0).helpPage(width: width) }
    try context.console.write(Array((page ?? ThrongCommand.overview(width: width)).utf8))
    return .done
  }
}
