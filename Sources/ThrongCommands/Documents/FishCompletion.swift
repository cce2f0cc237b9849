/// Completion for fish 3.
struct FishCompletion {
  let commands: [CommandDescription]

  var script: String {
    var lines = [
      "# Completion of throng for fish. Made by 'throng completions fish'.", "",
      "# Whether $argv[1] is the command and $argv[2] more arguments, at least, stand before the cursor.",
      "function __throng_argument",
      "    set -l words (commandline -opc)",
      "    test (count $words) -ge 2; and test $words[2] = $argv[1]; or return 1",
      "    set -l valued (string split ' ' -- $argv[3])",
      "    set -l found 0",
      "    set -l skip 0",
      "    for word in $words[3..-1]",
      "        if test $skip = 1",
      "            set skip 0",
      "        else if contains -- $word $valued",
      "            set skip 1",
      "        else if not string match -q -- '-?*' $word",
      "            set found (math $found + 1)",
      "        end",
      "    end",
      "    test $found -ge $argv[2]; and test $found -lt $argv[4]",
      "end", "",
      "complete -c throng -f",
    ]
    for (flag, meaning) in CommandDescription.programFlags {
      lines.append(
        "complete -c throng -n __fish_use_subcommand -l \(flag.dropFirst(2)) -d \(Self.quoted(meaning))")
    }
    for command in commands {
      lines.append(
        "complete -c throng -n __fish_use_subcommand -a \(command.name) -d \(Self.quoted(command.summary))")
    }
    for command in commands {
      lines.append("")
      let condition = "complete -c throng -n '__fish_seen_subcommand_from \(command.name)'"
      for flag in command.flags {
        let short = flag.short.map { " -s \($0)" } ?? ""
        let value = flag.placeholder == nil ? "" : (flag.hint == .file ? " -r" : " -x") + offer(flag.hint)
        lines.append("\(condition)\(short) -l \(flag.name)\(value) -d \(Self.quoted(flag.brief))")
      }
      lines += arguments(command)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func arguments(_ command: CommandDescription) -> [String] {
    guard let argument = command.argument else { return [] }
    let valued = command.flags.filter { $0.placeholder != nil }.flatMap(\.spellings).joined(separator: " ")
    return argument.hints.enumerated().compactMap { index, hint in
      let isLast = index == argument.hints.count - 1
      let most = isLast ? argument.most ?? 1_000_000 : index + 1
      let words = offer(hint)
      return words.isEmpty
        ? nil
        : "complete -c throng -n '__throng_argument \(command.name) \(index) \"\(valued)\" \(most)'" + words
    }
  }

  private func offer(_ hint: ValueHint) -> String {
    switch hint {
    case .none: ""
    case .file: " -F"
    case .folder: " -a '(__fish_complete_directories)'"
    case .command: " -a '\(commands.map(\.name).joined(separator: " "))'"
    case .choices(let words): " -a '\(words.joined(separator: " "))'"
    case .list(let words): " -a '(__fish_append , \(words.joined(separator: " ")))'"
    }
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
