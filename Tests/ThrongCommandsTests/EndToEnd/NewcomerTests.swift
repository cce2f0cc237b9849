import Foundation
import Testing
import ThrongCommands

extension EndToEnd {
  /// Each command as a stranger would use it: one message that says what is wrong and what to do, and nothing left.
  @Suite struct NewcomerTests {
    /// A command line in a folder with `log.jsonl`, `empty`, `binary`, `folder` and `-log.jsonl`; its exit code; words of
    /// the message. `@name` stands for the path of a name there.
    static let slips: [(line: String, code: Int32, words: [String])] = [
      ("--vresion", 2, ["did you mean --version?"]), ("version", 2, ["did you mean '--version'?"]),
      ("-v inspect @log.jsonl", 2, ["flags go after it"]),
      ("isnpect @log.jsonl", 2, ["did you mean 'inspect'?"]),
      ("run", 2, ["INPUT is missing: throng run INPUT… --out DIR"]),
      ("run @log.jsonl", 2, ["--out DIR is missing"]),
      ("run @log.jsonl -out @x", 2, ["there is no flag '-out'; did you mean --out?"]),
      ("run @log.jsonl --lnikage ward -n", 2, ["did you mean --linkage?"]),
      ("run @log.jsonl --linkage wrad -n", 2, ["did you mean 'ward'?"]),
      ("run @log.jsonl --roles hunan,tool -n", 2, ["did you mean 'human,tool'?"]),
      ("run @log.jsonl --clusters aut -n", 2, ["did you mean 'auto'?"]),
      ("run @log.jsonl --seed -n", 2, ["--seed wants a value: --seed N"]),
      ("run @log.jsonl -nqv", 2, ["--quiet and --verbose"]),
      ("man -- --format", 2, ["after -- nothing is a flag"]),
      ("inspect -log.jsonl", 2, ["./-…, or after --"]),
      ("inspect @none.jsonl", 3, ["no such file", "check the name"]),
      ("inspect @folder", 3, ["is a directory", "name the files in it"]),
      ("inspect @empty", 3, ["is empty", "give a log"]),
      ("inspect @binary", 3, ["not valid UTF-8", "--map text=FIELD"]),
      ("inspect @log.jsonl --min-users 9223372036854775807", 2, ["from 2 to 1000000000"]),
      ("inspect @log.jsonl --min-users 99999999999999999999", 2, ["from 2 to 1000000000"]),
      ("inspect @log.jsonl --min-users -5", 2, ["not '-5'"]),
      ("inspect @log.jsonl --threads=0", 2, ["not '0'"]),
      ("run @log.jsonl -n --levels 1,9223372036854775807", 2, ["growing whole numbers"]),
      ("evaluate @log.jsonl --label user --clusters 9223372036854775807", 2, ["--clusters wants"]),
      ("evaluate @log.jsonl", 2, ["--label FIELD is missing"]),
      (
        "evaluate @log.jsonl --label user --dendrogram @none/t.npy", 1, ["cannot write", "its folder exists"]
      ),
      ("evaluate @log.jsonl --label user --dendrogram @t.txt", 2, ["ends in .npy or .nwk"]),
      (
        "run @log.jsonl --out @none/x --secret-file @secret", 1,
        ["cannot write", "directory above the bundle"]
      ),
      (
        "run @log.jsonl --out @log.jsonl --secret-file @secret", 2,
        ["is not a release bundle", "another directory"]
      ),
      ("run @log.jsonl --out @folder --secret-file @secret --force", 2, ["is not a release bundle"]),
      ("run @log.jsonl -n --secret-file @folder", 2, ["cannot read the secret file", "Is a directory"]),
      ("run @log.jsonl -n --out @x --ledger @empty --secret-file @secret", 4, ["ledger", "--ledger FILE"]),
      ("audit @log.jsonl", 3, ["is no release bundle", "not a folder"]),
      ("audit @folder", 3, ["is no release bundle", "release.json"]),
      ("audit @none", 3, ["is no release bundle", "nothing there"]), ("audit", 2, ["BUNDLE is missing"]),
      ("ledger show", 2, ["ARGUMENT is missing: throng ledger show|verify DIR"]),
      ("ledger shwo @folder", 2, ["wants show or verify", "did you mean 'show'?"]),
      ("ledger show @folder", 2, ["there is no ledger at", "name the folder of the bundles"]),
      ("synthesize -o @folder", 1, ["Is a directory", "see that it is no folder"]),
      ("synthesize -o @none/x", 1, ["No such file or directory", "its folder exists"]),
      ("synthesize -o @log.jsonl", 2, ["exists already", "--force"]),
      ("synthesize --conversations 1e6", 2, ["not '1e6'"]), ("completions", 2, ["SHELL is missing"]),
      ("completions basch", 2, ["did you mean 'bash'?"]), ("man --format pdf", 2, ["roff or markdown"]),
      ("help rum", 2, ["did you mean 'run'?"]),
    ]

    @Test func everySlipIsExplained() throws {
      try withRoad { road in
        try road.put(Log(60, users: 30))
        try road.put([], "empty")
        try road.put([0xff, 0xfe, 0x00, 0x0a, 0x80, 0x0a], "binary")
        try road.put([], "-log.jsonl")
        try FileManager.default.createDirectory(
          atPath: road.path("folder"), withIntermediateDirectories: false)
        try road.put([0x68], "folder/letter")
        let before = road.names
        for (line, code, words) in Self.slips {
          let outcome = road.command(
            line.split(separator: " ").map {
              $0.hasPrefix("@") ? road.path(String($0.dropFirst())) : String($0)
            })
          #expect(outcome.code == code, "\(line): \(outcome.messages)")
          #expect(outcome.errors.count == 1 && outcome.output.isEmpty, "\(line): \(outcome.messages)")
          for word in words {
            #expect(outcome.errors.first?.contains(word) == true, "\(line): \(outcome.messages)")
          }
          outcome.expectDiscretion()
          #expect(road.names == before, "\(line)")
        }
      }
    }

    @Test func strangeNamesAreNames() throws {
      try withRoad { road in
        for name in ["лог ☃ \u{200F}.jsonl", "a\nb", "-log"] {
          let log = try road.put(Log(300, users: 100), name)
          let out = "out \(name)"
          #expect(road.run(log, out: out).code == 0)
          #expect(road.command(["audit", road.path(out)]).code == 0)
          try FileManager.default.removeItem(atPath: log)
          let gone = road.command(["inspect", log])
          #expect(gone.code == 3 && gone.messages.split(separator: "\n").count == 1)
        }
      }
    }

    @Test func numbersAreWholeAtTheirEnds() throws {
      try withRoad { road in
        let log = try road.put(Log(60, users: 30))
        let most = "1000000000"
        let outcome = road.command([
          "inspect", log, "--min-users", most, "--min-conversations", most, "--max-per-user", most,
        ])
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(outcome.output.contains("nothing could be released"))
        let ends = [
          "--clusters", most, "--max-per-user", most, "--min-term-users", most, "--min-facet-users", most,
        ]
        #expect(road.run(log, Road.small + ends).code == 0)
        road.expectRefusal(log, ["--min-users", most, "--min-conversations", most, "--force"], code: 4, "R1")
      }
    }

    /// What only a process has: streams that are closed, full, or a terminal.
    @Test(
      .enabled(if: Program.path != nil, "the program is not built"),
      arguments: [
        ("inspect - <&-", 3, "standard input cannot be read"),
        ("inspect log.jsonl >&-", 1, "cannot write to standard output: it is closed"),
        ("inspect log.jsonl > /dev/full", 1, "No space left on device"),
        ("help > /dev/full", 1, "No space left on device"), ("completions zsh >&-", 1, "it is closed"),
        ("run log.jsonl --out out --ledger none --secret-file secret > /dev/full", 1, "out is complete"),
        ("inspect - < /dev/null", 3, "standard input is empty"),
        ("synthesize --conversations 1000000 -o /dev/full -q", 1, "No space left"),
      ] as [(String, Int32, String)])
    func streams(line: String, code: Int32, words: String) throws {
      try withRoad { road in
        try road.put(Log(300, users: 100))
        let outcome = try Program(arguments: [], wrapped: "cd '\(road.folder)' && exec \"$1\" \(line)")
          .finish()
        #expect(outcome.code == code && outcome.messages.contains(words), "\(outcome)")
        outcome.expectDiscretion()
        #expect(road.names.contains("out") == line.contains("--out"))
      }
    }

    /// A secret or a log that is opened must not become the standard output that somebody closed.
    @Test(.enabled(if: Program.path != nil, "the program is not built")) func closedStreamsBecomeNoFile()
      throws
    {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        let before = road.bytes("log.jsonl")
        let outcome = try Program(
          arguments: road.arguments([log]), wrapped: "exec \"$@\" <&- >&- 2>&-"
        ).finish()
        #expect(outcome.code == 1 && outcome.output.isEmpty && outcome.messages.isEmpty)
        #expect(road.bytes("log.jsonl") == before)
        let sums = try Program(
          arguments: [], wrapped: "cd '\(road.path("out"))' && sha256sum -c --quiet SHA256SUMS")
        #expect(try sums.finish().code == 0)
      }
    }

    @Test(
      .enabled(
        if: Program.path != nil && CompletionTests.isInstalled("script"), "there is no terminal to be had"))
    func aTerminalIsToldThatItIsRead() throws {
      try withRoad { road in
        // Ctrl-D at the start of a line ends what is typed.
        try road.put([0x04], "keys")
        let program = try #require(Program.path)
        let outcome = try Program(
          arguments: [],
          wrapped:
            "cd '\(road.folder)' && exec script -qec 'env TERM=dumb \(program) inspect -' /dev/null < keys"
        ).finish()
        #expect(outcome.code == 3, "\(outcome)")
        #expect(outcome.output.contains("which is this terminal; Ctrl-D ends it"))
        #expect(outcome.output.contains("standard input is empty"))
      }
    }
  }
}
