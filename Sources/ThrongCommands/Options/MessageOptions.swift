/// How a command speaks on standard error. Every command takes these flags; none declares them.
package struct MessageOptions: Sendable, Equatable {
  package enum Color: String, Sendable, CaseIterable {
    case auto, always, never
  }

  package enum LogFormat: String, Sendable, CaseIterable {
    case text, json
  }

  /// Neither progress nor notes.
  package var quiet = false
  /// What stages do, how large things are and how long they took.
  package var verbose = false
  package var color = Color.auto
  package var logFormat = LogFormat.text

  package init() {}

  static let flags: [Flag<MessageOptions>] = [
    .toggle(
      "quiet", short: "q", sets: \.quiet, to: true, "No progress and no notes; warnings and errors remain."),
    .toggle(
      "verbose", short: "v", sets: \.verbose, to: true,
      "Say what stages do, how large things are, how long each took and what memory it had; never a word of a "
        + "conversation."),
    .value(
      "color", "WHEN", to: \.color, .anyCase,
      "Colour in messages: auto, where standard error is a terminal and neither NO_COLOR nor CLICOLOR=0 is set; always "
        + "or never."),
    .value(
      "log-format", "NAME", to: \.logFormat, .anyCase,
      "Messages and progress on standard error as text, or as json: one object on each line, with time, level, stage, "
        + "message and fields."),
  ]

  func conflict() -> UsageFailure.Reason? {
    quiet && verbose ? .conflict("--quiet and --verbose contradict each other; give one of them") : nil
  }
}
