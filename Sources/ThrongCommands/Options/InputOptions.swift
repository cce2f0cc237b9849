package import ThrongIngest

/// How a log is read.
package struct InputOptions: Sendable, Equatable {
  /// The format's name; nil detects it.
  package var format: String?
  /// Which field holds text, user, time, id, messages or role, where the format does not say.
  package var mapping: [String: String] = [:]
  /// The field that says who spoke; nil takes the format's.
  package var userField: String?
  /// Share of records that may be unreadable, 0...1.
  package var maximumBadShare = 0.01

  package init() {}

  /// Keys of `--map`.
  package static let mappingKeys = ["text", "user", "time", "id", "messages", "role"]

  static let flags: [Flag<InputOptions>] = [
    .value(
      "format", "NAME", to: \.format, ValueParser.choice(FormatRegistry.names.map { ($0, $0) }).orNil("auto"),
      "Format of the input: \(oneOf(["auto"] + FormatRegistry.names))."),
    .value(
      "map", "PAIRS", to: \.mapping, .pairs(mappingKeys),
      "Fields to read instead of the format's own, such as text=body,user=author; time and id too. For turns of any shape "
        + "messages says where they are, role and text what is in one."),
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

  /// The same for the reader.
  ///
  /// - Parameters:
  ///   - requiresUser: whether a record without a user is set aside.
  ///   - fields: further fields to keep of each record.
  package func readSettings(requiresUser: Bool, fields: [String] = []) -> ReadSettings {
    ReadSettings(
      format: format, mapping: mapping, userField: userField, requiresUser: requiresUser, fields: fields,
      maximumBadShare: maximumBadShare)
  }
}
