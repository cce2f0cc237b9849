internal import ThrongCore

/// A command line that cannot be carried out; exit code 2.
package struct UsageFailure: ThrongFailure, Equatable {
  /// What is wrong.
  package enum Reason: Sendable, Equatable {
    case unknownCommand(String, suggestion: String?)
    case flagBeforeCommand(String, suggestion: String?)
    case unknownFlag(String, suggestion: String?)
    case missingValue(flag: String, placeholder: String)
    case unexpectedValue(flag: String)
    case badValue(flag: String, value: String, expected: String, suggestion: String? = nil)
    case givenTwice(flag: String, first: String, second: String)
    case missingFlag(String, placeholder: String)
    case missingArgument(String, usage: String)
    case emptyArgument(String)
    case repeatedArgument(String, String)
    case unexpectedArgument(String)
    /// The same of a word after `--` that looks like a flag.
    case flagAfterDashes(String)
    /// Flags that contradict each other; the text is from the code.
    case conflict(String)
  }

  /// The command it is about; nil where none was reached.
  package let command: String?
  package let reason: Reason

  package init(command: String?, _ reason: Reason) {
    self.command = command
    self.reason = reason
  }

  package var exitStatus: Int32 { ExitCode.usage.rawValue }

  package var message: String {
    let text = Self.describe(reason)
    return command.map { "\($0): \(text)" } ?? text
  }

  /// Where to read more: a second line for a person.
  package var hint: String { command.map { "See 'throng help \($0)'." } ?? "See 'throng help'." }

  private static func describe(_ reason: Reason) -> String {
    switch reason {
    case .unknownCommand(let name, let suggestion):
      "there is no command \(quoted(name))" + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
    case .flagBeforeCommand(let flag, let suggestion):
      "\(quoted(flag)) stands before the command; "
        + (suggestion.map { "did you mean \($0)?" } ?? "flags go after it")
    case .unknownFlag(let flag, let suggestion):
      "there is no flag \(quoted(flag))"
        + (suggestion.map { "; did you mean \($0)?" }
          ?? (flag.hasPrefix("--") ? "" : "; a file of such a name is written ./-…, or after --"))
    case .missingValue(let flag, let placeholder): "\(flag) wants a value: \(flag) \(placeholder)"
    case .unexpectedValue(let flag): "\(flag) takes no value"
    case .badValue(let flag, let value, let expected, let suggestion):
      "\(flag) wants \(expected), not \(quoted(value))" + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
    case .givenTwice(let flag, let first, let second):
      "\(flag) is given twice, as \(quoted(first)) and as \(quoted(second)); give it once"
    case .missingFlag(let flag, let placeholder): "\(flag) \(placeholder) is missing"
    case .missingArgument(let placeholder, let usage): "\(placeholder) is missing: throng \(usage)"
    case .emptyArgument(let placeholder): "an empty \(placeholder) names nothing"
    case .repeatedArgument(let placeholder, let value):
      "the \(placeholder) \(quoted(value)) is given twice and would be counted twice"
    case .unexpectedArgument(let value): "\(quoted(value)) is one argument too many"
    case .flagAfterDashes(let word):
      "\(quoted(word)) is one argument too many: after -- nothing is a flag, so flags go before it"
    case .conflict(let text): text
    }
  }

  private static func quoted(_ text: String) -> String {
    text.count <= 60 ? "'\(text)'" : "'\(text.prefix(60))…'"
  }
}
