import Foundation
import Testing
import ThrongCommands

/// What is made of the tables that the parser reads: the manual page, Documentation/Commands.md, help as JSON.
@Suite struct DocumentTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test(
    .enabled(
      if: CompletionTests.isInstalled("mandoc") && CompletionTests.isInstalled("groff"),
      "mandoc or groff is missing"),
    arguments: [
      "mandoc -Tlint throng.1", "groff -man -ww -z throng.1", "groff -man -ww -z -rLL=60n -Tascii throng.1",
    ])
  func theManualPageIsClean(checker: String) throws {
    try withRoad { road in
      try road.put(Array(ManualPage(commands: ThrongCommand.descriptions).text.utf8), "throng.1")
      let outcome = try Program(arguments: [], wrapped: "cd '\(road.folder)' && \(checker)").finish()
      #expect(outcome.code == 0 && outcome.output.isEmpty && outcome.messages.isEmpty, "\(outcome)")
    }
  }

  @Test(.enabled(if: CompletionTests.isInstalled("mandoc"), "mandoc is missing"))
  func theManualPageSaysEverything() throws {
    let page = ManualPage(commands: ThrongCommand.descriptions).text
    try withRoad { road in
      try road.put(Array(page.utf8), "throng.1")
      let read = try Program(
        arguments: [], wrapped: "mandoc -Tutf8 -Owidth=500 '\(road.path("throng.1"))' | col -bx"
      ).finish().output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      for command in ThrongCommand.descriptions {
        #expect(read.contains("throng \(command.name) \(command.usage)".replacing("…", with: "...")))
        for flag in command.flags {
          let words = "\(flag.term) \(flag.meaning)".split(whereSeparator: \.isWhitespace).joined(
            separator: " ")
          #expect(read.contains(words.replacing("…", with: "...")), "\(words)")
        }
        for example in command.examples { #expect(read.contains(example.command), "\(example.command)") }
      }
      for (code, meaning) in ProgramDescription.exitCodes { #expect(read.contains("\(code) \(meaning)")) }
    }
  }

  /// `make commands` brings the page up to date.
  @Test func thePageOfCommandsIsUpToDate() throws {
    let page = try String(
      contentsOf: Self.root.appendingPathComponent("Documentation/Commands.md"), encoding: .utf8)
    #expect(page == ReferencePage(commands: ThrongCommand.descriptions).text, "run 'make commands'")
  }

  @Test func helpAsJSON() throws {
    struct Page: Decodable {
      struct Group: Decodable { let flags: [Flag] }
      struct Flag: Decodable {
        let name: String
        let `default`: String?
      }
      let name: String
      let groups: [Group]
    }
    let bench = Bench()
    #expect(bench.run("help --json") == 0)
    let pages = try JSONDecoder().decode([Page].self, from: Data(bench.output.text.utf8))
    #expect(pages.map(\.name) == ThrongCommand.commands.map { $0.name })
    let columns = pages[0].groups.flatMap(\.flags).first { $0.name == "columns" }
    #expect(columns?.default == "18")
    let one = Bench()
    #expect(one.run("help run --json") == 0)
    #expect(try JSONDecoder().decode([Page].self, from: Data(one.output.text.utf8)).map(\.name) == ["run"])
  }

  /// Program, page and completions, where a package builder wants them, and away again.
  @Test(.enabled(if: Program.path != nil, "the program is not built")) func installation() throws {
    try withRoad { road in
      let program = try #require(Program.path)
      let make =
        "make -s -C '\(Self.root.path)' THRONG='\(program)' PREFIX=/opt/throng DESTDIR='\(road.path("root"))'"
      let installed = try Program(arguments: [], wrapped: "\(make) install 2>&1").finish()
      #expect(installed.code == 0, "\(installed)")
      func files() -> [String] { road.names.filter { $0.hasPrefix("root/") && !road.bytes($0).isEmpty } }
      #expect(
        files()
          == [
            "bin/throng", "share/bash-completion/completions/throng",
            "share/fish/vendor_completions.d/throng.fish",
            "share/man/man1/throng.1", "share/zsh/site-functions/_throng",
          ].map { "root/opt/throng/\($0)" })
      #expect(road.text("root/opt/throng/share/zsh/site-functions/_throng").hasPrefix("#compdef throng\n"))
      #expect(road.mode("root/opt/throng/bin/throng") == 0o755)
      #expect(try Program(arguments: [], wrapped: "\(make) uninstall").finish().code == 0)
      #expect(files().isEmpty)
    }
  }
}
