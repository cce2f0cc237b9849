/// What is counted: people, or conversations where the log does not say who spoke.
package enum CountingUnit: String, Sendable, CaseIterable {
  case user, conversation
}

/// A side of a conversation, as `--roles` names it.
package enum RoleName: String, Sendable, CaseIterable {
  case human, assistant, system, tool
}

/// How a log is read.
package struct InputOptions: Sendable, Equatable {
  /// The format's name; nil detects it.
  package var format: String?
  /// Which field holds text, user, time or id, where the format does not say.
  package var mapping: [String: String] = [:]
  /// The field that says who spoke; nil takes the format's.
  package var userField: String?
  /// Share of records that may be unreadable, 0...1.
  package var maximumBadShare = 0.01

  package init() {}

  /// Keys of `--map`.
  package static let mappingKeys = ["text", "user", "time", "id"]

  static let flags: [Flag<InputOptions>] = [
    .value(
      "format", "NAME", to: \.format, ValueParser.text("the name of a format").orNil("auto"),
      "Format of the input."),
    .value(
      "map", "PAIRS", to: \.mapping, .pairs(mappingKeys),
      "Fields to read instead of the format's own, such as text=body,user=author; time and id too."),
    .value(
      "user", "FIELD", to: \.userField, ValueParser.text("the name of a field").unlessGiven("the format's"),
      "Field that says who spoke."),
    .value(
      "max-bad", "PERCENT", to: \.maximumBadShare, .percent,
      "Share of unreadable records past which the input is refused."),
  ]

  /// Whether two flags say which field holds the user.
  func conflict() -> UsageFailure.Reason? {
    mapping["user"] != nil && userField != nil
      ? .conflict("--user and the user of --map both name the user's field; give one of them") : nil
  }
}
