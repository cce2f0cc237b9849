/// What a command takes, without its types: help, completions, the man page and the documentation are made of it.
package struct CommandDescription: Sendable, Encodable {
  /// What the command takes besides flags.
  package struct Argument: Sendable, Encodable {
    package let placeholder: String
    package let help: String
    package let least: Int
    /// Nil where there may be any number.
    package let most: Int?
    /// What a shell may offer for the first, the second and so on; the last holds for all that follow.
    package let hints: [ValueHint]

    enum CodingKeys: String, CodingKey {
      case placeholder, help, least, most
    }
  }

  package struct Flag: Sendable, Encodable {
    package let name: String
    package let short: String?
    /// Nil for a switch.
    package let placeholder: String?
    package let help: String
    package let repeats: Bool
    package let `default`: String?
    package let hint: ValueHint

    enum CodingKeys: String, CodingKey {
      case name, short, placeholder, help, repeats, `default`
    }

    /// "-o, --out DIR".
    package var term: String {
      [short.map { "-\($0), --\(name)" } ?? "--\(name)", placeholder].compactMap { $0 }.joined(separator: " ")
    }

    /// What it does, whether it may be repeated, and what holds without it.
    package var meaning: String {
      help + (repeats ? " May be given more than once." : "") + (`default`.map { " Default: \($0)." } ?? "")
    }
  }

  package struct Group: Sendable, Encodable {
    package let title: String
    package let flags: [Flag]
  }

  package let name: String
  package let summary: String
  package let usage: String
  package let discussion: String
  package let argument: Argument?
  package let groups: [Group]
  package let examples: [Example]

  package var flags: [Flag] { groups.flatMap(\.flags) }

  /// The page of `throng help COMMAND`.
  ///
  /// - Parameter width: columns of the terminal.
  package func page(width: Int) -> HelpPage {
    var page = HelpPage(width: width)
    page.paragraph("Usage: throng \(name) " + usage)
    page.paragraph(discussion)
    if let argument { page.list("Arguments", [(argument.placeholder, argument.help)]) }
    for group in groups {
      page.list(group.title, group.flags.map { (($0.short == nil ? "    " : "") + $0.term, $0.meaning) })
    }
    page.examples(examples)
    return page
  }
}

extension CommandSyntax {
  /// The same without types, with the flags that every command has.
  package var description: CommandDescription {
    let help = CommandDescription.Flag(
      name: "help", short: "h", placeholder: nil, help: "Show this page.", repeats: false, default: nil,
      hint: .none)
    let common = MessageOptions.flags.map { $0.description(MessageOptions()) } + [help]
    return CommandDescription(
      name: name, summary: summary, usage: usage, discussion: discussion,
      argument: positional.map {
        .init(
          placeholder: $0.placeholder, help: $0.help, least: $0.count.lowerBound,
          most: $0.count.upperBound == .max ? nil : $0.count.upperBound, hints: $0.hints)
      },
      groups: groups.map { group in
        .init(title: group.title, flags: group.flags.map { $0.description(Options()) })
      } + [.init(title: "Messages", flags: common)],
      examples: examples)
  }
}

extension Flag {
  fileprivate func description(_ defaults: Options) -> CommandDescription.Flag {
    .init(
      name: name, short: short.map { String($0) }, placeholder: placeholder, help: help, repeats: repeats,
      default: describeDefault(defaults), hint: hint)
  }
}
