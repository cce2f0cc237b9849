internal import ThrongCore

extension CommandSyntax {
  /// What a command line asks for.
  package enum Request: Sendable {
    case help
    case run(Options)
  }

  /// Reads the arguments after the command's name.
  ///
  /// `--flag value`, `--flag=value`, `-f value`, `-fvalue` and bundled switches (`-nq`) are understood; `--`
  /// ends the flags; `-` alone is an argument. A word that begins with two dashes, or with one and a letter,
  /// is never taken for a value unless joined by `=`: a forgotten value is more likely than such a name.
  ///
  /// - Parameter messages: becomes what the line says of messages, also where something else is wrong with it.
  /// - Throws: the first thing that is wrong, unless help is asked for anywhere before `--`.
  package func parse(
    _ arguments: [String], messages: inout MessageOptions
  ) throws(UsageFailure) -> Request {
    if arguments.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
      return .help
    }
    var parser = ArgumentParser(syntax: self, arguments: arguments)
    defer { messages = parser.line.messages }
    do {
      return .run(try parser.parse())
    } catch {
      throw UsageFailure(command: name, error)
    }
  }
}

extension UsageFailure.Reason: Error {}

/// What one command line says.
private struct ParsedLine<Options: CommandOptions>: Sendable {
  var options = Options()
  var messages = MessageOptions()
}

/// One reading of one command line.
private struct ArgumentParser<Options: CommandOptions> {
  let syntax: CommandSyntax<Options>
  let flags: [Flag<ParsedLine<Options>>]
  var remaining: ArraySlice<String>
  var line = ParsedLine<Options>()
  var given = GivenFlags()
  var positionals: [String] = []
  /// Arguments before `--`.
  var countBeforeDashes: Int?

  init(syntax: CommandSyntax<Options>, arguments: [String]) {
    self.syntax = syntax
    self.flags = syntax.flags.within(\.options) + MessageOptions.flags.within(\.messages)
    self.remaining = arguments[...]
  }

  mutating func parse() throws(UsageFailure.Reason) -> Options {
    var wrong: UsageFailure.Reason?
    while let argument = remaining.popFirst() {
      do {
        if argument == "--" {
          countBeforeDashes = positionals.count
          positionals += remaining
          break
        } else if argument.hasPrefix("--") {
          try long(argument)
        } else if argument.hasPrefix("-"), argument != "-" {
          try bundle(argument)
        } else {
          positionals.append(argument)
        }
      } catch {
        // The rest is read for how to say so.
        wrong = wrong ?? error
      }
    }
    if let wrong { throw wrong }
    try takePositionals()
    line.options.note(given)
    if let reason = line.messages.conflict() ?? syntax.check(line.options, given) { throw reason }
    return line.options
  }

  private mutating func long(_ argument: String) throws(UsageFailure.Reason) {
    let body = argument.dropFirst(2)
    let sign = body.firstIndex(of: "=")
    let name = sign.map { String(body[..<$0]) } ?? String(body)
    guard let flag = flags.first(where: { $0.name == name }) else {
      let names = flags.map(\.name) + ["help"]
      throw .unknownFlag(
        "--\(name)", suggestion: Suggestion.closest(to: name, among: names).map { "--\($0)" })
    }
    try apply(flag, as: "--\(name)", attached: sign.map { String(body[body.index(after: $0)...]) })
  }

  private mutating func bundle(_ argument: String) throws(UsageFailure.Reason) {
    var letters = argument.dropFirst()
    // -out is --out without a dash, and not the folder "ut".
    if let flag = flags.first(where: { $0.name == argument.dropFirst().prefix { $0 != "=" } }),
      flag.name.count > 1
    {
      throw .unknownFlag("-\(flag.name)", suggestion: "--\(flag.name)")
    }
    while let letter = letters.popFirst() {
      guard let flag = flags.first(where: { $0.short == letter }) else {
        // -threads is a long flag that lost a dash.
        let word = argument.dropFirst().prefix { $0 != "=" }
        let meant =
          word.count > 1 ? Suggestion.closest(to: String(word), among: flags.map(\.name)) : nil
        throw .unknownFlag(meant == nil ? "-\(letter)" : "-\(word)", suggestion: meant.map { "--\($0)" })
      }
      if flag.placeholder == nil {
        guard letters.first != "=" else { throw .unexpectedValue(flag: "-\(letter)") }
        try apply(flag, as: "-\(letter)", attached: nil)
      } else {
        let rest = letters.first == "=" ? letters.dropFirst() : letters
        return try apply(flag, as: "-\(letter)", attached: letters.isEmpty ? nil : String(rest))
      }
    }
  }

  private mutating func apply(
    _ flag: Flag<ParsedLine<Options>>, as spelling: String, attached: String?
  ) throws(UsageFailure.Reason) {
    let value: String
    if let placeholder = flag.placeholder {
      if let attached {
        value = attached
      } else if let next = remaining.first, !looksLikeFlag(next) {
        value = next
        remaining.removeFirst()
      } else {
        throw .missingValue(flag: spelling, placeholder: placeholder)
      }
    } else {
      guard attached == nil else { throw .unexpectedValue(flag: spelling) }
      value = ""
    }
    if let earlier = given.note(flag.name, value), !flag.repeats {
      throw .givenTwice(flag: "--\(flag.name)", first: earlier, second: value)
    }
    guard flag.apply(&line, value) else {
      throw .badValue(
        flag: spelling, value: value, expected: flag.expected, suggestion: flag.hint.suggestion(for: value))
    }
  }

  private func looksLikeFlag(_ argument: String) -> Bool {
    guard argument.hasPrefix("-"), argument != "-" else { return false }
    let second = argument.dropFirst().first!
    return second == "-" || second.isLetter
  }

  private mutating func takePositionals() throws(UsageFailure.Reason) {
    let most = syntax.positional?.count.upperBound ?? 0
    if positionals.count > most {
      let word = positionals[most]
      throw most >= countBeforeDashes ?? .max && looksLikeFlag(word)
        ? .flagAfterDashes(word) : .unexpectedArgument(word)
    }
    guard let positional = syntax.positional else { return }
    guard positionals.count >= positional.count.lowerBound else {
      throw .missingArgument(positional.placeholder, usage: "\(syntax.name) \(syntax.usage)")
    }
    if positionals.contains("") { throw .emptyArgument(positional.placeholder) }
    var seen: Set<String> = []
    for argument in positionals where !seen.insert(argument).inserted {
      throw .repeatedArgument(positional.placeholder, argument)
    }
    line.options[keyPath: positional.path] = positionals
  }
}
