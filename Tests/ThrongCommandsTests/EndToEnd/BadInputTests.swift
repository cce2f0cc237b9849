import Foundation
import Testing
import ThrongCommands
extension EndToEnd {
  /// Whatever a log may be: a message that helps, the right exit code, nothing half done, nothing said of the text.
  @Suite struct BadInputTests {
    private let quarantine = ["out.work", "out.work/quarantine.json"]

    @Test func noFileAtAll() throws {
      try withRoad { road in
        road.expectRefusal(road.path("none.jsonl"), code: 3, "no such file", "check the name")
        road.expectRefusal(road.folder, code: 3, "holds no log", "name other files one by one")
        road.expectRefusal(try road.put([], "empty.jsonl"), code: 3, "is empty", "give a log")
        road.expectRefusal(try road.put(Array("\n \n\n".utf8), "blank.jsonl"), code: 3, "is empty")
      }
    }

    @Test func nothingKnown() throws {
      try withRoad { road in
        road.expectRefusal(
          try road.put(Array("\(Log.canary)\nis no log\n".utf8), "letter.txt"), code: 3,
          "none of the first 2 records fits", "2 not valid JSON", "jq -c .")
        road.expectRefusal(
          try road.put(Array(#"{"body":"\#(Log.canary)"}"#.utf8), "other.jsonl"), code: 3, "--map text=FIELD")
        road.expectRefusal(
          try road.put([0x42, 0x5a, 0x68, 0x39, 0x31, 0x41], "log.bz2"), code: 3, "bzip2", "decompress")
      }
    }

    /// A line of each kind that cannot be used, and how `quarantine.json` calls it.
    static let badLines: [(kind: String, bytes: [UInt8])] = [
      ("invalid_json", Array("{\"messages\": \(Log.canary)".utf8)),
      ("not_an_object", Array("[\"\(Log.canary)\"]".utf8)),
      ("no_text", Array(#"{"id":"x","user":"u1","messages":[],"note":"\#(Log.canary)"}"#.utf8)),
      ("no_user", Array(Log.line(7, user: "", text: Log.canary).utf8)),
      (
        "invalid_utf8",
        Array(#"{"user":"u1","messages":[{"role":"user","content":"\#(Log.canary) "#.utf8)
          + [0xff, 0xfe] + Array(#""}]}"#.utf8)
      ),
      ("unknown_role", Array(Log.line(7, user: "u1", text: Log.canary, role: "ghost").utf8)),
    ]

    @Test(arguments: badLines.indices) func aBadRecordIsSetAside(index: Int) throws {
      let (kind, bytes) = Self.badLines[index]
      try withRoad { road in
        let log = Log(300, users: 100)
        let head = log.lines.prefix(120).map { $0 + "\n" }.joined()
        let tail = log.lines.dropFirst(120).map { $0 + "\n" }.joined()
        let input = try road.put(Array(head.utf8) + bytes + [0x0a] + Array(tail.utf8), "log.jsonl")

        let outcome = road.run(input)
        #expect(outcome.code == 0, "\(outcome.messages)")
        outcome.expectDiscretion()
        #expect(outcome.warnings.count == 1 && outcome.errors.isEmpty)
        #expect(outcome.messages.contains("1 of 301 records set aside"))
        #expect(
          outcome.messages.contains("301 records read: 300 conversations of 100 users, 1 set aside"))
        try Quarantine(road).expect(read: 301, [kind: [121]])

        // One in 301 is more than 0.1 %, and than nothing.
        for limit in ["0.1", "0"] {
          try FileManager.default.removeItem(atPath: road.path("out"))
          let refused = road.run(input, Road.small + ["--max-bad", limit])
          refused.expectError(3, "too many bad records: of 301 read", "--max-bad")
          #expect(road.names == ["log.jsonl"] + quarantine)
          try Quarantine(road).expect(read: 301, [kind: [121]])
          try FileManager.default.createDirectory(
            atPath: road.path("out"), withIntermediateDirectories: false)
        }
      }
    }

    @Test func aCleanRunLeavesNoOldQuarantine() throws {
      try withRoad { road in
        var log = Log(300, users: 100)
        let clean = try road.put(log, "clean.jsonl")
        log.lines.insert("{", at: 100)
        let bad = try road.put(log, "bad.jsonl")
        for more in [[], ["--work", road.path("out.work")]] {
          #expect(road.run(bad, Road.small + ["--force"] + more).code == 0)
          #expect(road.names.contains("out.work/quarantine.json"))
          #expect(road.run(clean, Road.small + ["--force"] + more).code == 0)
          #expect(!road.names.contains("out.work/quarantine.json"))
          #expect(road.names.contains("out.work") == !more.isEmpty)
        }
      }
    }

    @Test(arguments: ["gzip", "zstd"]) func aStreamThatIsCutShort(tool: String) throws {
      try withRoad { road in
        let log = try road.put(Log(20_000, users: 4000))
        guard Program.succeeds("\(tool) -kqf '\(log)'") else { return }
        let whole = try road.put(Self.compressed(road), "whole")
        for name in road.names where name.hasPrefix("log.jsonl.") {
          try FileManager.default.removeItem(atPath: road.path(name))
        }
        #expect(road.run(whole).code == 0)
        try FileManager.default.removeItem(atPath: road.path("out"))
        let bytes = road.bytes("whole")
        let cut = try road.put(Array(bytes.prefix(bytes.count / 2)), "cut")

        // One record broken of about 10,000 is bearable, but it is said what that means.
        let outcome = road.run(cut)
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(outcome.warnings.contains { $0.contains("cut is cut short or damaged") })
        #expect(outcome.warnings.contains { $0.contains("1 cut off by a truncated or damaged input") })
        let counts = try Quarantine(road)
        #expect(counts.kinds == ["truncated_stream": 1])
        #expect((3000..<20_000).contains(counts.kept) && counts.read == counts.kept + 1)

        try FileManager.default.removeItem(atPath: road.path("out"))
        try FileManager.default.removeItem(atPath: road.path("out.work"))
        let strict = Road.small + ["--max-bad", "0"]
        road.expectRefusal(cut, strict, code: 3, "too many bad records", leaving: quarantine)
        // Of so little nothing can be read.
        road.expectRefusal(try road.put(Array(bytes.prefix(12)), "stump"), code: 3)
      }
    }

    private static func compressed(_ road: Road) -> [UInt8] {
      road.names.first { $0.hasPrefix("log.jsonl.") }.map { road.bytes($0) } ?? []
    }

    @Test func nobodyIsNamed() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: nil), "nobody.jsonl")
        road.expectRefusal(log, code: 3, "names a user", "--user FIELD", "--unit conversation")
        road.expectRefusal(log, Road.small + ["--user", "author"], code: 3, "in the field 'author'")
        road.expectRefusal(log, Road.small + ["--map", "user=author.name"], code: 3, "'author.name'")

        let empty = try road.put(
          Array(String(Log(300, users: 1).text.replacing(#""u0""#, with: #""""#)).utf8), "empty.jsonl")
        road.expectRefusal(
          empty, code: 3, "none of the first 100 records names a user", "--unit conversation")

        let outcome = road.run(log, Road.small + ["--unit", "conversation"])
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(outcome.messages.contains("300 records read: 300 conversations\n"))
        #expect(outcome.messages.contains("releases clusters of at least 10 conversations\n"))
        #expect(outcome.warnings.isEmpty)
      }
    }

    @Test func peopleWhoAreNotCountedAreMentioned() throws {
      try withRoad { road in
        let outcome = road.run(try road.put(Log(300, users: 100)), Road.small + ["--unit", "conversation"])
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(outcome.warnings.count == 1, "\(outcome.messages)")
        #expect(outcome.warnings.first?.contains("the input names users") == true)
      }
    }

    @Test func tooFewPeople() throws {
      try withRoad { road in
        let one = try road.put(Log(300, users: 1), "one.jsonl")
        road.expectRefusal(one, code: 4, "fewer than 5 different users", "R1")
        let few = try road.put(Log(9, users: 9), "few.jsonl")
        road.expectRefusal(few, code: 4, "fewer than 10 conversations count", "R1")
        let k = try road.put(Log(24, users: 24), "k.jsonl")
        road.expectRefusal(k, [], code: 4, "fewer than 25 different users")
        // Refused before anything is clustered.
        #expect(!road.run(one).messages.contains("weigh"))
      }
    }

    @Test func allSayTheSame() throws {
      try withRoad { road in
        var log = Log()
        for i in 0..<200 { log.lines.append(Log.line(i, user: "u\(i)", text: "please reset my password")) }
        let outcome = road.run(try road.put(log))
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(outcome.output.contains("All conversations"))

        let few = Log(8, users: 8).lines.map { _ in Log.line(1, user: "u", text: "please") }
        var short = Log()
        short.lines = few
        road.expectRefusal(try road.put(short, "short.jsonl"), Road.small + ["--force"], code: 4)
      }
    }

    @Test func noWordIsShared() throws {
      try withRoad { road in
        var log = Log()
        for i in 0..<100 { log.lines.append(Log.line(i, user: "u\(i)", text: "q\(String(i, radix: 3))z")) }
        let outcome = road.run(try road.put(log))
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(outcome.output.contains("All conversations"))
      }
    }

    @Test func nobodySpeaks() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        road.expectRefusal(
          log, Road.small + ["--roles", "assistant"], code: 3, "every conversation was left out (300)",
          "--roles")
      }
    }

    @Test func moreThanThereIs() throws {
      try withRoad { road in
        let log = try road.put(Log(120, users: 60))
        let clusters = road.run(log, Road.small + ["--clusters", "5000"])
        #expect(clusters.code == 0, "\(clusters.messages)")
        #expect(
          clusters.messages.contains("warning: --clusters asks for 5,000 base clusters of 120 conversations"))
        // About 50 words are all there is.
        let dimensions = road.run(log, Road.small + ["--dimensions", "4096", "--force"])
        #expect(dimensions.code == 0, "\(dimensions.messages)")
        let off = road.run(log, Road.small + ["--dimensions", "off", "--clusters", "500", "--force"])
        #expect(off.code == 0, "\(off.messages)")
      }
    }

    @Test func inputsThatDoNotFitTogether() throws {
      try withRoad { road in
        let log = try road.put(Log(120, users: 60))
        var plain = Log()
        for i in 0..<120 { plain.lines.append(#"{"user":"u\#(i)","text":"\#(Log.canary)"}"#) }
        let other = try road.put(plain, "plain.jsonl")
        let before = road.names
        let mixed = road.command(road.arguments([log, other]))
        // As many records of the one as of the other, or more of the first.
        #expect(mixed.code == 3, "\(mixed.messages)")
        mixed.expectDiscretion()
        road.command(road.arguments([log, log])).expectError(2, "is given twice")
        try FileManager.default.createSymbolicLink(atPath: road.path("link"), withDestinationPath: log)
        road.command(road.arguments([log, road.path("link")])).expectError(
          2, "are the same file", "name it once")
        #expect(road.names == (before + ["link"]).sorted())
      }
    }

    @Test func wrongWords() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        for (flags, words) in [
          (["--min-users", "0"], "--min-users wants"), (["--min-users", "1"], "a cluster of one person"),
          (["--min-conversations", "1"], "one conversation is one person"),
          (["--min-term-users", "1"], "--min-term-users"), (["--format", "sharegpt9"], "--format wants"),
          (["--map", "words=text"], "--map wants"), (["--max-bad", "101"], "--max-bad wants"),
          (["--clusters", "0"], "--clusters wants"), (["--dimensions", "1"], "--dimensions wants"),
          (["--map", "text="], "--map"),
        ] {
          road.expectRefusal(log, flags, code: 2, words)
        }
        // Names that could be right and are not.
        road.expectRefusal(log, Road.small + ["--map", "text=nowhere"], code: 3)
        road.expectRefusal(log, Road.small + ["--format", "text"], code: 3, leaving: quarantine)
      }
    }
  }
}
