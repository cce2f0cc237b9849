package import ThrongCore

/// What `throng completions` was asked for.
package struct CompletionsOptions: CommandOptions, Equatable {
  /// The shell's name.
  package var shells: [String] = []

  package init() {}
}

/// `throng completions`.
package enum CompletionsCommand: Command {
  package static let syntax = CommandSyntax<CompletionsOptions>(
    name: "completions",
    summary: "Print what teaches a shell to complete command lines",
    usage: "bash|zsh|fish",
    discussion: """
      Prints a script for a shell, which then completes commands, flags, values, files and folders. make install puts all \
      three where the shells look for them.
      """,
    positional: Positional(
      "SHELL", count: 1...1, hints: [.choices(CompletionShell.allCases.map(\.rawValue))], to: \.shells,
      "The shell: \(oneOf(CompletionShell.allCases.map(\.rawValue)))."),
    groups: [],
    examples: [
      Example("source <(throng completions bash)", "Complete in this shell, if it is bash or zsh:"),
      Example("throng completions fish > throng.fish", "Keep it, for ~/.config/fish/completions:"),
    ],
    check: { options, _ in
      let name = options.shells[0]
      guard CompletionShell(rawValue: name) == nil else { return nil }
      let names = CompletionShell.allCases.map(\.rawValue)
      return .badValue(
        flag: "SHELL", value: name, expected: oneOf(names),
        suggestion: Suggestion.closest(to: name, among: names))
    })

  package static func run(
    _ options: CompletionsOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    guard let shell = CompletionShell(rawValue: options.shells[0]) else { return .usage }
    try context.console.write(Array(shell.script(for: ThrongCommand.descriptions).utf8))
    return .done
  }
}
