import Foundation
import Testing
import ThrongCommands

/// The scripts of `throng completions`, in the shells that they are for.
@Suite struct CompletionTests {
  /// What is typed before the tabulator, and what stands there after it; worked out by hand.
  static let lines: [(typed: String, completed: String)] = [
    ("throng insp", "throng inspect "), ("throng --vers", "throng --version "),
    ("throng run --linka", "throng run --linkage"),
    ("throng run --linkage ave", "throng run --linkage average "),
    ("throng run --policy=di", "throng run --policy=differential "),
    ("throng audit --log-format js", "throng audit --log-format json "),
    ("throng run --clusters au", "throng run --clusters auto "),
    ("throng run --roles human,ass", "throng run --roles human,assistant"),
    ("throng run -q -o af", "throng run -q -o afolder/"), ("throng run al", "throng run alog.jsonl "),
    ("throng run --out x alog.jsonl ano", "throng run --out x alog.jsonl another.jsonl "),
    ("throng audit a", "throng audit afolder/"), ("throng ledger ver", "throng ledger verify "),
    ("throng ledger --secret-file al", "throng ledger --secret-file alog.jsonl "),
    ("throng ledger --secret-file alog.jsonl sho", "throng ledger --secret-file alog.jsonl show "),
    ("throng ledger show a", "throng ledger show afolder/"), ("throng help synth", "throng help synthesize "),
    ("throng completions z", "throng completions zsh "),
  ]

  static func isInstalled(_ program: String) -> Bool { Program.succeeds("command -v \(program) > /dev/null") }

  /// The script, and files to complete, in a folder that `body` gets.
  private func withShell(_ shell: CompletionShell, _ body: (Road) throws -> Void) throws {
    try withRoad { road in
      try road.put(Array(shell.script(for: ThrongCommand.descriptions).utf8), "completion")
      for name in ["alog.jsonl", "another.jsonl"] { try road.put([], name) }
      try FileManager.default.createDirectory(
        atPath: road.path("afolder"), withIntermediateDirectories: false)
      try body(road)
    }
  }

  /// Types every line into an interactive shell on a terminal of its own, and keeps what it became.
  private func complete(_ shell: CompletionShell, start: String, setUp: String) throws {
    try withShell(
      shell,
      { road in
        var keys = setUp + "\n"
        // To the start of the line and its end, around what was completed.
        for line in Self.lines { keys += "\(line.typed)\t\u{1}printf '%s\\n' '\u{5}' >> answers\n" }
        try road.put(Array((keys + "exit\n").utf8), "keys")
        _ = try Program(
          arguments: [],
          wrapped:
            "cd '\(road.folder)' && exec script -qec 'env TERM=dumb HOME=/nonexistent \(start)' /dev/null < keys"
        ).finish()
        let answers = road.text("answers").split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(answers.count == Self.lines.count)
        for (answer, line) in zip(answers, Self.lines) {
          // zsh takes the blank or slash back when another key comes, and adds "=" to a flag and "," to a list.
          let word = line.completed.trimmingCharacters(in: CharacterSet(charactersIn: " /"))
          let ends = ["", " ", "/", "=", ","].map { word + $0 }
          #expect(ends.contains(String(answer)), "\(line.typed)")
        }
      })
  }

  @Test(.enabled(if: isInstalled("bash") && isInstalled("script"), "there is no bash here"))
  func bashCompletes() throws {
    try complete(.bash, start: "bash --norc --noprofile -i", setUp: "source ./completion")
  }

  @Test(.enabled(if: isInstalled("zsh") && isInstalled("script"), "there is no zsh here"))
  func zshCompletes() throws {
    try complete(.zsh, start: "zsh -f -i", setUp: "autoload -U compinit; compinit -u -D; source ./completion")
  }

  @Test(.enabled(if: isInstalled("fish"), "there is no fish here")) func fishCompletes() throws {
    try withShell(.fish) { road in
      let lines = Self.lines.map { "'\($0.typed)'" }.joined(separator: " ")
      let answers = try Program(
        arguments: [],
        wrapped: """
          cd '\(road.folder)' && HOME='\(road.folder)' exec fish --no-config -c 'source completion
          for line in \(lines.replacing("'", with: #"'\''"#)); complete -C $line; echo .; end'
          """
      ).finish().output.split(separator: ".\n", omittingEmptySubsequences: false).dropLast()
      #expect(answers.count == Self.lines.count)
      for (answer, line) in zip(answers, Self.lines) {
        // One offer for each line: the last word, a tabulator, what it means.
        let offers = answer.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
        let word = line.completed.split(separator: " ").last.map(String.init)
        #expect(offers.contains { $0 == word }, "\(line.typed): \(offers)")
        #expect(offers.count <= 2, "\(line.typed): \(offers)")
      }
    }
  }

  @Test func everyFlagIsInEveryScript() {
    for shell in CompletionShell.allCases {
      let script = shell.script(for: ThrongCommand.descriptions)
      for flag in ThrongCommand.descriptions.flatMap(\.flags) {
        #expect(
          script.contains(shell == .fish ? "-l \(flag.name) " : "--\(flag.name)"), "\(shell) \(flag.name)")
      }
      #expect(!script.contains("\u{2026}\n"))
    }
  }
}
