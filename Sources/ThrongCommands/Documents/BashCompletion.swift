/// Completion for bash 4.4 and later, without the package bash-completion.
///
/// `--flag=value` arrives there as three words, since `=` breaks words.
struct BashCompletion {
  let commands: [CommandDescription]

  var script: String {
    """
    # Completion of throng for bash. Made by 'throng completions bash'.

    # Offers those of the words $1 that begin with what is typed.
    _throng_words() {
      local IFS=$' \\t\\n'
      COMPREPLY=($(compgen -W "$1" -- "$cur"))
    }

    # Offers the words $1 for the last part of a comma list.
    _throng_list() {
      local IFS=$' \\t\\n' head=
      [[ $cur == *,* ]] && head=${cur%,*},
      COMPREPLY=($(compgen -P "$head" -W "$1" -- "${cur##*,}"))
      compopt -o nospace
    }

    # Offers files, or with -d folders.
    _throng_paths() {
      local IFS=$'\\n'
      COMPREPLY=($(compgen "$1" -- "$cur"))
      compopt -o filenames
    }

    _throng() {
      local cur=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
      local flags= valued=' ' index=0 dashes= i
      if [[ $cur == '=' ]]; then
        cur=
      elif [[ $previous == '=' ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
      fi
      if ((COMP_CWORD == 1)); then
        _throng_words '\((commands.map(\.name) + CommandDescription.programFlags.map(\.0)).joined(separator: " "))'
        return
      fi
      case ${COMP_WORDS[1]} in
    \(commands.map(flags).joined(separator: "\n"))
      *) return ;;
      esac
      for ((i = 2; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        --) dashes=1 && break ;;
        -*=*) ;;
        -?*) if [[ $valued == *" ${COMP_WORDS[i]} "* ]]; then
          [[ ${COMP_WORDS[i + 1]} == '=' ]] && ((i++))
          ((i++))
        fi ;;
        *) ((index++)) ;;
        esac
      done
      if [[ -z $dashes && $valued == *" $previous "* ]]; then
        case ${COMP_WORDS[1]}:$previous in
    \(commands.flatMap(values).joined(separator: "\n"))
        esac
        return
      fi
      if [[ -z $dashes && $cur == -* ]]; then
        _throng_words "$flags"
        return
      fi
      case ${COMP_WORDS[1]}:$index in
    \(commands.flatMap(arguments).joined(separator: "\n"))
      esac
    }

    complete -F _throng throng

    """
  }

  private func flags(_ command: CommandDescription) -> String {
    let all = command.flags.flatMap(\.spellings).filter { $0.hasPrefix("--") }
    let valued = command.flags.filter { $0.placeholder != nil }.flatMap(\.spellings)
    return """
        \(command.name))
          flags='\(all.joined(separator: " "))'
          valued=' \(valued.joined(separator: " ")) '
          ;;
      """
  }

  private func values(_ command: CommandDescription) -> [String] {
    command.flags.compactMap { flag in
      offer(flag.hint).map { offer in
        "    \(flag.spellings.map { "\(command.name):\($0)" }.joined(separator: " | "))) \(offer) ;;"
      }
    }
  }

  private func arguments(_ command: CommandDescription) -> [String] {
    guard let argument = command.argument else { return [] }
    return argument.hints.enumerated().compactMap { index, hint in
      let isLast = index == argument.hints.count - 1
      let pattern = isLast && (argument.most ?? .max) > index + 1 ? "*" : "\(index)"
      return offer(hint).map { "  \(command.name):\(pattern)) \($0) ;;" }
    }
  }

  private func offer(_ hint: ValueHint) -> String? {
    switch hint {
    case .none: nil
    case .file: "_throng_paths -f"
    case .folder: "_throng_paths -d"
    case .command: "_throng_words '\(commands.map(\.name).joined(separator: " "))'"
    case .choices(let words): "_throng_words '\(words.joined(separator: " "))'"
    case .list(let words): "_throng_list '\(words.joined(separator: " "))'"
    }
  }
}
