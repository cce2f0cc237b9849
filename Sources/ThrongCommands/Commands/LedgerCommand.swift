package import ThrongCore

/// What `throng ledger` was asked for.
package struct LedgerOptions: CommandOptions, Equatable {
  /// What to do, and where: `show` or `verify`, and the folder of the bundles or the file itself.
  package var arguments: [String] = []
  /// The file of the secret; nil is the default place.
  package var secretFile: String?
  /// Whether the answer is JSON.
  package var json = false

  package init() {}

  package static let actions = ["show", "verify"]
}

/// `throng ledger`.
package enum LedgerCommand: Command {
  package static let syntax = CommandSyntax<LedgerOptions>(
    name: "ledger",
    summary: "Show or verify the private list of releases",
    usage: "show|verify DIR [FLAGS]",
    discussion: """
      A run notes each release in throng-ledger.sqlite beside the bundle and refuses one that would betray somebody \
      beside an earlier one. show lists them; verify checks that no entry was changed, removed, reordered or cut off \
      and exits with 4 where one was. Both need the secret that the runs used.
      """,
    positional: Positional(
      "ARGUMENT", count: 2...2, hints: [.choices(LedgerOptions.actions), .folder], to: \.arguments,
      "show or verify, then the folder of the bundles or the ledger's file."),
    groups: [
      FlagGroup("Output", [.toggle("json", sets: \.json, to: true, "Print the answer as JSON.")]),
      FlagGroup(
        "Run",
        [
          .value(
            "secret-file", "FILE", to: \.secretFile,
            ValueParser.file().unlessGiven("throng/secret under XDG_STATE_HOME or ~/.local/state"),
            "Key that the runs used.")
        ]),
    ],
    examples: [
      Example("throng ledger show .", "List what was released into this folder:"),
      Example("throng ledger verify releases", "Check a ledger before relying on it:"),
    ],
    check: { options, _ in
      let (action, actions) = (options.arguments[0], LedgerOptions.actions)
      return actions.contains(action)
        ? nil
        : .badValue(
          flag: "the first ARGUMENT", value: action, expected: oneOf(actions),
          suggestion: Suggestion.closest(to: action, among: actions))
    })

  package static func run(
    _ options: LedgerOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    try engine.ledger(options, in: context)
  }
}
