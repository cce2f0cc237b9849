import Foundation
import Testing
import ThrongCommands

extension EndToEnd {
  /// Every command that the documentation and help show is carried out as it stands.
  ///
  /// A page is read from its ```sh blocks and its indented lines that begin with throng, make or swift; all its commands run
  /// in one folder, with the files that they name. What cannot be run is a ```console block or stands below a comment
  /// `<!-- not run: REASON -->`; `# exit 4` behind a command announces that it fails. make and swift would build: their
  /// targets are looked up instead.
  @Suite(.enabled(if: Program.path != nil, "the program is not built beside the tests"))
  struct DocumentationTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()

    static let pages: [String] = {
      let folder = root.appendingPathComponent("Documentation").path
      let pages = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return ["README.md", "CONTRIBUTING.md"]
        + pages.filter { $0.hasSuffix(".md") }.sorted().map { "Documentation/\($0)" }
    }()

    static let allExamples = ThrongCommand.descriptions.flatMap(\.examples)
    /// Those that a test can wait for; HelpTests parses the others.
    static let examples = allExamples.filter { $0.notRun == nil }.map(\.command)

    @Test(arguments: pages) func everyCommandOfAPage(page: String) throws {
      let text = try String(contentsOf: Self.root.appendingPathComponent(page), encoding: .utf8)
      let shown = ShownCommands(text)
      #expect(shown.unknownBlocks.isEmpty, "blocks of commands are marked sh")
      for command in shown.built { try lookUp(command) }
      if page == "Documentation/Commands.md" {
        // Made of help, whose examples are run below.
        let known = Set(Self.allExamples.map(\.command) + ProgramDescription.examples.map(\.command))
        #expect(shown.commands.count > 20 && shown.commands.allSatisfy { known.contains($0.line) })
      } else if page != "Documentation/Reporting.md" {
        // That one has servers in it, and a test of its own: ReportingPageTests.
        try carryOut(shown.commands, corpus: page == "README.md")
      }
    }

    @Test(arguments: examples) func everyExampleOfHelp(example: String) throws {
      try carryOut([ShownCommands.Command(line: example, code: 0)], corpus: false)
    }

    @Test func theOverview() throws {
      try carryOut(
        ProgramDescription.examples.map { ShownCommands.Command(line: $0.command, code: 0) }, corpus: false)
    }

    /// `make` knows the target; a module that `swift` is told to build or test is there.
    private func lookUp(_ command: String) throws {
      let words = command.split(separator: " ").map(String.init)
      if words[0] == "make" {
        let outcome = try Program(
          arguments: [], wrapped: "make -n -C '\(Self.root.path)' \(words.dropFirst().joined(separator: " "))"
        )
        #expect(try outcome.finish().code == 0, "\(command)")
      } else {
        let module = try #require(words.last)
        let folder = module.hasSuffix("Tests") ? "Tests" : "Sources"
        #expect(
          FileManager.default.fileExists(
            atPath: Self.root.appendingPathComponent("\(folder)/\(module)").path),
          "\(command)")
      }
    }

    /// Runs commands one after another, in a folder with what they name.
    ///
    /// - Parameter corpus: whether logs are the shipped corpus, or small ones of the tests.
    private func carryOut(_ commands: [ShownCommands.Command], corpus: Bool) throws {
      if commands.isEmpty { return }
      try withTemporaryFolder { folder in
        try Fixtures(folder: folder, corpus: corpus ? Self.root.path + "/Corpora/assistant-log.jsonl" : nil)
          .provide(for: commands.map(\.line))
        let script = commands.enumerated().map { index, command in
          "( \(command.line)\n) > .said/\(index).out 2> .said/\(index).err; echo $? >> .said/codes\n"
        }
        let program = URL(fileURLWithPath: Program.path!).deletingLastPathComponent().path
        try FileManager.default.createDirectory(
          atPath: "\(folder)/.said", withIntermediateDirectories: false)
        try Data(("set -o pipefail\n" + script.joined()).utf8).write(
          to: URL(fileURLWithPath: "\(folder)/.said/script"))
        let outcome = try Program(
          arguments: [], wrapped: "cd '\(folder)' && PATH='\(program)':$PATH exec bash .said/script",
          environment: ["XDG_STATE_HOME": "\(folder)/.state", "HOME": "\(folder)/.home"]
        ).finish()
        let codes = try String(contentsOfFile: "\(folder)/.said/codes", encoding: .utf8).split(
          separator: "\n")
        #expect(codes.count == commands.count, "\(outcome.messages)")
        for (index, (command, code)) in zip(commands, codes).enumerated() where code != "\(command.code)" {
          let said = try String(contentsOfFile: "\(folder)/.said/\(index).err", encoding: .utf8)
          Issue.record("\(command.line) ended with \(code): \(said)")
        }
      }
    }
  }
}

/// The commands that a page shows.
struct ShownCommands {
  struct Command {
    var line: String
    /// The exit code that the page announces.
    var code = 0
  }

  /// What can be carried out, in order.
  private(set) var commands: [Command] = []
  /// Command lines of make and swift.
  private(set) var built: [String] = []
  /// Reasons of blocks that are not run.
  private(set) var reasons: [String] = []
  /// Blocks that hold commands and do not say so.
  private(set) var unknownBlocks: [String] = []

  private static let programs = ["throng", "make", "swift"]

  init(_ page: String) {
    var fence: String?
    var reason: String?
    var pending = ""
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.hasPrefix("```") {
        fence = fence == nil ? String(text.dropFirst(3)) : nil
        if let fence, ["bash", "shell", "zsh"].contains(fence) { unknownBlocks.append(fence) }
        if fence == "console" { reasons.append("shown only") }
        if fence == nil { reason = nil }
      } else if text.hasPrefix("<!-- not run: "), text.hasSuffix("-->") {
        reason = String(text.dropFirst(14).dropLast(3))
        reasons.append(reason!)
      } else if fence == "sh", reason == nil {
        if pending.isEmpty, text.isEmpty || text.hasPrefix("#") { continue }
        pending += line
        if text.hasSuffix("\\") {
          pending += "\n"
        } else {
          take(pending)
          pending = ""
        }
      } else if fence == nil, line.hasPrefix("    "), reason == nil {
        let words = text.split(separator: " ", maxSplits: 2)
        // A word of the program's language follows; in a diagram it is an arrow.
        if words.count > 1, Self.programs.contains(String(words[0])),
          words[1].allSatisfy({ $0.isASCII && ($0.isLetter || $0 == "-") })
        {
          // Two blanks set what a command is for apart from it.
          take(text.range(of: "  ").map { String(text[..<$0.lowerBound]) } ?? text)
        }
      } else if !text.isEmpty, fence == nil, !line.hasPrefix("    ") {
        reason = nil
      }
    }
  }

  private mutating func take(_ line: String) {
    var command = Command(line: line)
    if let mark = line.range(of: #"\s+#.*$"#, options: .regularExpression) {
      let comment = line[mark].drop { " #".contains($0) }.split(separator: " ")
      if comment.count >= 2, comment[0] == "exit" { command.code = Int(comment[1]) ?? 0 }
      command.line = String(line[..<mark.lowerBound])
    }
    let first = command.line.split(separator: " ").first
    if first == "make" || first == "swift" {
      built.append(command.line)
    } else {
      commands.append(command)
    }
  }
}

/// Makes the files and folders that commands name and do not make themselves.
struct Fixtures {
  let folder: String
  /// The log that stands for every log; nil is a small one with all fields that examples speak of.
  let corpus: String?

  func provide(for commands: [String]) throws {
    let words = commands.flatMap { $0.split { " <>|()".contains($0) }.map(String.init) }
    let made = Set(
      zip(words, words.dropFirst()).filter {
        ["--out", "-o", "--output", "--truth"].contains($0.0)
      }.map(\.1))
    var seen = made
    for word in words where seen.insert(word).inserted && !word.hasPrefix("-") {
      if word.hasSuffix(".json5") {
        try putStudy(word)
        continue
      }
      if word.hasSuffix("/"), !word.contains(":") {
        try putLog(word + "a.jsonl")
        continue
      }
      if let name = word.split(separator: "*").last.map({
        word.contains("*") ? word.replacing("*", with: "a.jsonl") : String($0)
      }),
        [".jsonl", ".json", ".zst", ".gz"].contains(where: name.hasSuffix), !redirected(name, commands)
      {
        try putLog(name)
      } else if ["release", "may", "april", "june", "releases"].contains(word) {
        try putBundle(word == "releases" ? "releases/may" : word)
      }
    }
    if commands.contains(where: { $0.contains("ledger show .") }),
      !commands.contains(where: { $0.contains("--out") })
    {
      try putBundle("june")
    }
  }

  private func redirected(_ name: String, _ commands: [String]) -> Bool {
    commands.contains { $0.contains("> \(name)") }
  }

  /// A shipped study; whoever calls one by another name has a copy of that on intents.
  private func putStudy(_ name: String) throws {
    let shipped = EndToEnd.DocumentationTests.root.path + "/Corpora/studies/"
    let place = URL(fileURLWithPath: "\(folder)/\(name)")
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    let own = name.hasPrefix("Corpora/studies/") ? place.lastPathComponent : "intent.json5"
    try FileManager.default.copyItem(atPath: shipped + own, toPath: place.path)
  }

  /// A log under `name`, compressed as its ending says.
  private func putLog(_ name: String) throws {
    let plain = "\(folder)/\(name)".replacing(".zst", with: "").replacing(".gz", with: "")
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: plain).deletingLastPathComponent().path, withIntermediateDirectories: true)
    if let corpus {
      try FileManager.default.copyItem(atPath: corpus, toPath: plain)
    } else {
      try Data(Self.log.utf8).write(to: URL(fileURLWithPath: plain))
    }
    guard plain != "\(folder)/\(name)" else { return }
    try sh("\(name.hasSuffix(".gz") ? "gzip" : "zstd -q --rm") '\(plain)'")
  }

  /// A bundle of that log, and the ledger beside it.
  private func putBundle(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: "\(folder)/\(name)").deletingLastPathComponent().path,
      withIntermediateDirectories: true)
    let log = "\(folder)/.log.jsonl"
    try Data(Self.log.utf8).write(to: URL(fileURLWithPath: log))
    try sh(
      "cd '\(folder)' && \"$@\" run .log.jsonl -q --out '\(name)'\(name.contains("/") || name == "june" ? "" : " --ledger none")"
    )
  }

  private func sh(_ script: String) throws {
    let outcome = try Program(
      arguments: [], wrapped: script, environment: ["XDG_STATE_HOME": "\(folder)/.state"]
    ).finish()
    #expect(outcome.code == 0, "\(script): \(outcome.messages)")
  }

  /// A log of our own with every field that an example names.
  private static let log: String = {
    var log = Log(1200, users: 400)
    for i in log.lines.indices {
      let text = log.lines[i].components(separatedBy: #""content":""#)[1].prefix { $0 != "\"" }
      log.lines[i].replace(
        "{",
        with: #"{"body":"\#(text)","author":"u\#(i % 400)","plan":"\#(["free", "team"][i % 2])","#
          + #""diagnosis":"\#(["cold", "cough", "rash"][i % 3])","severity":"\#(["mild", "severe"][i / 3 % 2])","#
          + #""group":"g\#(i % 4)","label":"\#(["one", "two", "three", "oos"][i % 4])","#,
        maxReplacements: 1)
    }
    return log.text
  }()
}
