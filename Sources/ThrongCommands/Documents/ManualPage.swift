/// The manual page throng(1), in the macros of man(7).
package struct ManualPage {
  package let commands: [CommandDescription]

  package init(commands: [CommandDescription]) {
    self.commands = commands
  }

  package var text: String {
    var lines = [
      ".\\\" Made by 'throng man'.",
      ".TH THRONG 1 \(Version.date) \"throng \(Version.current)\" \"User Commands\"",
      ".SH NAME", "throng \\- find what a crowd talks about, let nothing out that few people share",
      ".SH SYNOPSIS", ".B throng", ".I COMMAND", "[\\fIARGUMENTS\\fR]",
      ".SH DESCRIPTION", Self.text(ProgramDescription.summary), ".PP",
      Self.text(ProgramDescription.conventions),
      ".SH COMMANDS",
    ]
    for command in commands { lines += section(command) }
    lines += [".SH EXIT STATUS"] + Self.list(ProgramDescription.exitCodes)
    lines += [".SH ENVIRONMENT"] + Self.list(ProgramDescription.environment)
    lines += [".SH FILES"] + Self.list(ProgramDescription.files)
    lines += [".SH EXAMPLES"] + Self.examples(ProgramDescription.examples)
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ command: CommandDescription) -> [String] {
    var lines = [
      ".SS \"throng \(Self.escaped(command.name)) \(Self.escaped(command.usage))\"",
      Self.text(command.discussion),
    ]
    if let argument = command.argument { lines += Self.list([(argument.placeholder, argument.help)]) }
    for group in command.groups where !group.flags.isEmpty {
      lines += [".PP", "\(Self.escaped(group.title)):"]
      lines += Self.list(group.flags.map { ($0.term, $0.meaning) })
    }
    return lines + [".PP", "Examples:"] + Self.examples(command.examples)
  }

  private static func list(_ entries: [(term: String, meaning: String)]) -> [String] {
    entries.flatMap { [".TP", ".B \"\(escaped($0.term))\"", text($0.meaning)] }
  }

  private static func examples(_ examples: [Example]) -> [String] {
    examples.flatMap { [".TP", text($0.purpose), ".EX", escaped($0.command), ".EE"] }
  }

  /// A paragraph, in lines that begin with no request.
  private static func text(_ text: String) -> String {
    HelpPage.wrap(escaped(text), width: 78).map { $0.hasPrefix(".") ? "\\&" + $0 : $0 }.joined(
      separator: "\n")
  }

  /// `text` as it shall be read: neither a request nor an escape, dashes as they are typed, and ASCII only.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "\"": result += "\\(dq"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "~": result += "\\(ti"
      case "^": result += "\\(ha"
      case "…": result += "..."
      case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
      default:
        let hex = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u\(String(repeating: "0", count: max(0, 4 - hex.count)))\(hex)]"
      }
    }
    return result
  }
}
