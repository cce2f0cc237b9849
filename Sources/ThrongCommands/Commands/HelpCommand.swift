package import ThrongCore

/// What `throng help` was asked about.
package struct HelpOptions: CommandOptions, Equatable {
  /// A command's name, or nothing.
  package var topic: [String] = []
  /// Whether the answer is JSON.
  package var json = false

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
    groups: [
      FlagGroup("Output", [.toggle("json", sets: \.json, to: true, "Print the tables behind help as JSON.")])
    ],
    examples: [
      Example("throng help run", "Read about a command:"),
      Example("throng help --json", "Every command with its flags, defaults and examples, for a program:"),
    ])

  package static func run(
    _ options: HelpOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    if options.json {
      let topics = try options.topic.map { try ThrongCommand.command(named: $0).description }
      try context.console.print(JSONText.encode(topics.isEmpty ? ThrongCommand.descriptions : topics))
      return .done
    }
    let width = context.console.columns
    let page = try options.topic.first.map { try ThrongCommand.command(named: $0).helpPage(width: width) }
    try context.console.write(Array((page ?? ThrongCommand.overview(width: width)).utf8))
    return .done
  }
}
