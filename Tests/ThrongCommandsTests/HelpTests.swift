import Testing
import ThrongCommands

@Suite struct HelpTests {
  /// The flags that `throng help COMMAND` must show, from the design and not from the declarations.
  static let expected: [(command: String, flags: [String])] = [
    (
      "run",
      [
        "out", "to", "format", "map", "user", "unit", "roles", "columns", "no-bigrams", "min-column-users",
        "dimensions", "clusters", "levels", "levels-by", "linkage", "base", "stability", "epsilon",
        "epsilon-total", "delta", "cells-per-user",
        "threshold-gap", "restarts", "start", "algorithm", "policy", "min-users",
        "min-conversations",
        "min-term-users", "facet", "sensitive", "order", "cross", "rule", "classifier", "taxonomy",
        "utc-offset",
        "session-gap", "only-named-facets", "min-facet-users",
        "min-facet-conversations", "l-diversity", "t-closeness", "max-per-user", "max-bad", "seed",
        "secret-file", "ledger", "work", "threads", "force",
        "json",
        "dry-run", "quiet", "verbose", "color", "log-format", "help",
      ]
    ),
    (
      "inspect",
      ["format", "map", "user", "unit", "json", "policy", "min-users", "min-conversations", "help"]
    ),
    (
      "evaluate",
      [
        "label", "ignore-label", "clusters", "roles", "columns", "no-bigrams", "min-column-users",
        "dimensions",
        "restarts", "start", "algorithm", "base", "dendrogram", "seed", "threads", "json", "dry-run", "help",
      ]
    ),
    (
      "audit",
      ["against", "previous", "simulate", "json", "format", "map", "user", "threads", "quiet", "help"]
    ),
    (
      "study",
      [
        "schema", "review", "out", "force", "json", "dry-run", "format", "map", "user", "max-bad", "unit",
        "policy",
        "min-users", "max-per-user", "clusters", "seed", "secret-file", "ledger", "work", "threads", "help",
      ]
    ),
    (
      "synthesize",
      [
        "conversations", "affective", "seed", "output", "truth", "threads", "force", "json", "dry-run",
        "help",
      ]
    ),
    (
      "train",
      [
        "model", "force", "json", "dry-run", "label", "ignore-label", "class-weight", "folds", "group", "c",
        "format",
        "roles", "columns", "no-bigrams", "no-function-words", "min-column-users", "seed", "secret-file",
        "threads",
        "help",
      ]
    ),
    (
      "classify",
      [
        "model", "predictions", "force", "review", "work", "abstain", "json", "dry-run", "format", "map",
        "user",
        "max-bad", "threads", "help",
      ]
    ),
    ("compare", ["json", "ids", "help"]),
    ("report", ["format", "json", "quiet", "help"]), ("explore", ["no-open", "json", "help"]),
    ("ledger", ["json", "secret-file", "quiet", "help"]),
    ("completions", ["quiet", "verbose", "color", "log-format", "help"]), ("man", ["format", "help"]),
    ("help", ["json", "help"]),
  ]

  @Test(arguments: expected) func everyFlagIsShown(command: String, flags: [String]) {
    let bench = Bench()
    #expect(bench.run("help \(command)") == 0)
    for flag in flags {
      let line = bench.output.lines.dropFirst().first {
        guard $0.hasPrefix("  ") else { return false }
        let words = $0.split(separator: " ")
        return words.first == "--\(flag)"
          || words.count > 1 && words[0].hasSuffix(",") && words[1] == "--\(flag)"
      }
      #expect(line?.hasPrefix("  ") == true, "--\(flag)")
    }
    #expect(bench.messages.text.isEmpty)
    let other = Bench()
    #expect(other.run("\(command) --help") == 0)
    #expect(other.output.text == bench.output.text)
  }

  @Test func everyDeclaredFlagIsShownAndUnambiguous() {
    for command in ThrongCommand.commands { check(command) }
  }

  private func check<C: Command>(_ command: C.Type) {
    let page = C.helpPage(width: 80)
    let flags = C.syntax.flags
    for flag in flags {
      #expect(page.contains("--\(flag.name)"), "\(C.name)")
      #expect(flag.help.hasSuffix("."), "\(flag.name)")
    }
    #expect(Set(flags.map(\.name)).count == flags.count)
    #expect(Set(flags.compactMap(\.short)).count == flags.compactMap(\.short).count)
    #expect(!flags.contains { $0.name == "help" || $0.short == "h" })
    #expect(!C.syntax.examples.isEmpty)
    for example in C.syntax.examples {
      #expect(page.contains(example.command))
      // What stands between "throng NAME" and the next pipe or redirection must be understood.
      let words = example.command.split { " ()".contains($0) }.map(String.init)
      let start = words.firstIndex(of: "throng")!
      let mine = words[(start + 1)...].prefix { $0 != "|" && $0 != ">" }
      #expect(mine.first == C.name)
      #expect(C.syntax.failure(Array(mine.dropFirst())) == nil, "\(example.command)")
    }
  }

  @Test(arguments: [50, 80, 100]) func linesFitTheTerminal(width: Int) {
    let pages =
      [ThrongCommand.overview(width: width)] + ThrongCommand.commands.map { $0.helpPage(width: width) }
    for page in pages {
      for line in page.split(separator: "\n")
      where !line.hasPrefix("    throng") && !line.hasPrefix("    zstdcat") && !line.hasPrefix("    source") {
        #expect(line.count <= width, "\(line)")
      }
    }
  }

  @Test func defaultsAreThoseOfTheOptions() {
    let page = RunCommand.helpPage(width: 100).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(page.contains("10 to 24. Default: 18."))
    #expect(page.contains("Default: ward."))
    #expect(page.contains("Default: 128."))
    #expect(page.contains("Default: 1%."))
  }

  @Test func theOverviewNamesCommandsAndExitCodes() {
    let page = ThrongCommand.overview(width: 80)
    for name in ["run", "inspect", "audit", "ledger", "evaluate", "synthesize", "completions", "man", "help"]
    {
      #expect(page.contains("\n  \(name) "))
    }
    for code in ["0", "1", "2", "3", "4", "5", "130"] { #expect(page.contains("\n  \(code) ")) }
  }
}
