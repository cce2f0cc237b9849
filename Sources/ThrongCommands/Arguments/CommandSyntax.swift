/// What a parsed command line becomes: a value whose initialiser holds every default.
package protocol CommandOptions: Sendable {
  /// Options nothing was given for.
  init()
  /// Told which flags were given, for options that may also come from elsewhere. Does nothing unless a command needs it.
  mutating func note(_ given: GivenFlags)
}

extension CommandOptions {
  package mutating func note(_ given: GivenFlags) {}
}

/// Everything a command takes, declared once: parsing, suggestions, help, completions, the man page and
/// Documentation/Commands.md all read it.
///
/// A command declares a summary, a discussion, its arguments, its flags in groups, and examples that work as they stand;
/// a command that prints data has `--json`, one that writes has `-n, --dry-run`. It does not declare
/// ``MessageOptions``, which every command takes, nor `--help`. A value that is a path is parsed by
/// ``ValueParser/file(_:)`` or ``ValueParser/folder(_:)`` and one of a few words by ``ValueParser/choice(_:)`` or its
/// like, so that shells can complete it.
package struct CommandSyntax<Options: CommandOptions>: Sendable {
  /// The word after `throng`.
  package let name: String
  /// One line, without a full stop, for the list of commands.
  package let summary: String
  /// What follows the name on the usage line: arguments and the flags it cannot do without.
  package let usage: String
  /// What the command does, in a paragraph or two.
  package let discussion: String
  /// Arguments that are not flags, where it takes any.
  package let positional: Positional<Options>?
  /// The flags, in the order of help.
  package let groups: [FlagGroup<Options>]
  /// Command lines that work as they stand.
  package let examples: [Example]
  /// What no single flag can say about itself: flags that are missing or contradict each other.
  package let check: @Sendable (_ options: Options, _ given: GivenFlags) -> UsageFailure.Reason?

  package init(
    name: String, summary: String, usage: String, discussion: String, positional: Positional<Options>? = nil,
    groups: [FlagGroup<Options>], examples: [Example],
    check: @escaping @Sendable (Options, GivenFlags) -> UsageFailure.Reason? = { _, _ in nil }
  ) {
    self.name = name
    self.summary = summary
    self.usage = usage
    self.discussion = discussion
    self.positional = positional
    self.groups = groups
    self.examples = examples
    self.check = check
  }

  /// Its own flags, in the order of help; those that every command has are not among them.
  package var flags: [Flag<Options>] { groups.flatMap(\.flags) }
}

/// Flags that belong together in help.
package struct FlagGroup<Options>: Sendable {
  /// The heading.
  package let title: String
  package let flags: [Flag<Options>]

  package init(_ title: String, _ flags: [Flag<Options>]) {
    self.title = title
    self.flags = flags
  }
}

/// The arguments of a command that are not flags.
package struct Positional<Options>: Sendable {
  /// What stands for one of them in help, such as `INPUT`.
  package let placeholder: String
  package let help: String
  /// How many there may be.
  package let count: ClosedRange<Int>
  /// What a shell may offer for the first, the second and so on; the last holds for all that follow.
  package let hints: [ValueHint]
  /// Where they go, in the order given.
  package let path: Field<Options, [String]>

  package init(
    _ placeholder: String, count: ClosedRange<Int>, hints: [ValueHint] = [.file],
    to path: Field<Options, [String]>, _ help: String
  ) {
    self.placeholder = placeholder
    self.help = help
    self.hints = hints
    self.count = count
    self.path = path
  }
}

/// A command line that works, and what it is for.
package struct Example: Sendable, Encodable {
  package let command: String
  package let purpose: String
  /// Why no test carries it out, where none does.
  package let notRun: String?

  package init(_ command: String, _ purpose: String, notRun: String? = nil) {
    self.command = command
    self.purpose = purpose
    self.notRun = notRun
  }

  enum CodingKeys: String, CodingKey {
    case command, purpose
  }
}

/// The flags somebody typed, by long name.
package struct GivenFlags: Sendable, Equatable {
  private(set) var values: [String: String] = [:]

  package init() {}

  /// Whether the flag stands on the command line.
  package func contains(_ name: String) -> Bool { values[name] != nil }

  /// Notes a value; returns an earlier one that differs from it.
  mutating func note(_ name: String, _ value: String) -> String? {
    guard let earlier = values.updateValue(value, forKey: name), earlier != value else { return nil }
    return earlier
  }
}
