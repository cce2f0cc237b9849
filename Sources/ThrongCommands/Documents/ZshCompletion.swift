/// Completion for zsh, over its own `_arguments`. To be found as `_throng` in `fpath`, or sourced after `compinit`.
struct ZshCompletion {
  let commands: [CommandDescription]

  var script: String {
    """
    #compdef throng
    # Completion of throng for zsh. Made by 'throng completions zsh'.

    _throng_commands() {
      local -a commands=(
    \(commands.map { "    \(Self.quoted("\($0.name):\($0.summary)"))" }.joined(separator: "\n"))
      )
      _describe -t commands command commands
    }

    _throng() {
      local curcontext=$curcontext state line
      if ((CURRENT == 2)); then
        _arguments -S \(CommandDescription.programFlags.map { Self.quoted("\($0.0)[\($0.1)]") }.joined(separator: " ")) \\
          '1:command:_throng_commands'
        return
      fi
      local command=$words[2]
      shift words
      ((CURRENT--))
      case $command in
    \(commands.map(branch).joined(separator: "\n"))
      esac
    }

    if [[ $funcstack[1] == _throng ]]; then
      _throng "$@"
    else
      compdef _throng throng
    fi

    """
  }

  private func branch(_ command: CommandDescription) -> String {
    let specifications = command.flags.map(specification) + arguments(command)
    return "  \(command.name))\n    _arguments -s -S \\\n      "
      + specifications.joined(separator: " \\\n      ") + "\n    ;;"
  }

  /// `'(-o --out)'{-o+,--out=}'[Folder]:DIR:_files -/'`; only what may be repeated does not exclude itself.
  private func specification(_ flag: CommandDescription.Flag) -> String {
    let names = flag.spellings.map { name in
      flag.placeholder == nil ? name : name.hasPrefix("--") ? name + "=" : name + "+"
    }
    let exclusion = flag.repeats ? "*" : "(\(flag.spellings.joined(separator: " ")))"
    let value = flag.placeholder.map { ":\(Self.escaped($0)):\(offer(flag.hint))" } ?? ""
    let rest = "[\(Self.escaped(flag.brief))]\(value)"
    return names.count == 1
      ? Self.quoted(exclusion + names[0] + rest)
      : Self.quoted(exclusion) + "{\(names.joined(separator: ","))}" + Self.quoted(rest)
  }

  private func arguments(_ command: CommandDescription) -> [String] {
    guard let argument = command.argument else { return [] }
    return argument.hints.enumerated().map { index, hint in
      let isLast = index == argument.hints.count - 1
      let place = isLast && (argument.most ?? .max) > index + 1 ? "*" : "\(index + 1)"
      return Self.quoted("\(place):\(argument.placeholder):\(offer(hint))")
    }
  }

  private func offer(_ hint: ValueHint) -> String {
    switch hint {
    case .none: " "
    case .file: "_files"
    case .folder: "_files -/"
    case .command: "_throng_commands"
    case .choices(let words): "(\(words.joined(separator: " ")))"
    case .list(let words): "_sequence compadd - \(words.joined(separator: " "))"
    }
  }

  private static func escaped(_ text: String) -> String {
    String(text.flatMap { "[]:\\".contains($0) ? ["\\", $0] : [$0] })
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: #"'\''"#) + "'"
  }
}
