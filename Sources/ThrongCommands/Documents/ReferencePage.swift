/// Documentation/Commands.md: every command and flag, for readers of the repository.
package struct ReferencePage {
  package let commands: [CommandDescription]

  package init(commands: [CommandDescription]) {
    self.commands = commands
  }

  package var text: String {
    var lines = [
      "# Commands", "",
      "This page is made by `throng man --format markdown` from the tables that the program parses with; `make commands`",
      "brings it up to date.", "",
      ProgramDescription.summary, "", ProgramDescription.conventions, "", "```sh",
    ]
    lines += ProgramDescription.examples.map(\.command) + ["```", ""]
    lines += Self.table("command", "what it does", commands.map { (Self.link($0.name), $0.summary) })
    lines += ["", "## Exit codes", ""] + Self.table("code", "meaning", ProgramDescription.exitCodes)
    lines += ["", "## Environment", ""]
    lines += Self.table("variable", "meaning", Self.code(ProgramDescription.environment))
    lines += ["", "## Files", ""] + Self.table("file", "what it is", Self.code(ProgramDescription.files))
    for command in commands { lines += section(command) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ command: CommandDescription) -> [String] {
    var lines = [
      "", "## throng \(command.name)", "", "`throng \(command.name) \(command.usage)`", "",
      command.discussion, "",
      "```sh",
    ]
    lines += command.examples.flatMap { ["# \($0.purpose)", $0.command] } + ["```"]
    if let argument = command.argument {
      lines += [""] + Self.table("argument", "meaning", Self.code([(argument.placeholder, argument.help)]))
    }
    for group in command.groups where group.title != "Messages" {
      lines += [""] + Self.table(group.title, "meaning", Self.code(group.flags.map { ($0.term, $0.meaning) }))
    }
    guard command.name == commands.first?.name else { return lines }
    let common = command.groups.filter { $0.title == "Messages" }.flatMap(\.flags)
    return lines + ["", "Every command takes these, too:", ""]
      + Self.table("Messages", "meaning", Self.code(common.map { ($0.term, $0.meaning) }))
  }

  private static func link(_ name: String) -> String { "[\(name)](#throng-\(name))" }

  private static func code(_ entries: [(term: String, meaning: String)]) -> [(term: String, meaning: String)]
  {
    entries.map { ("`\($0.term)`", $0.meaning) }
  }

  private static func table(
    _ left: String, _ right: String, _ entries: [(term: String, meaning: String)]
  ) -> [String] {
    ["| \(left) | \(right) |", "|---|---|"]
      + entries.map { "| \(cell($0.term)) | \(cell($0.meaning)) |" }
  }

  private static func cell(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("\n", with: " ")
  }
}
