import Foundation
import Testing
import ThrongCommands

extension EndToEnd {
  /// `--dry-run` of every command that writes: it says what would be, checks what can be, and leaves nothing.
  @Suite struct RehearsalTests {
    private struct Answer: Decodable {
      struct Input: Decodable {
        let path: String
        let bytes: Int?
      }
      struct Output: Decodable {
        let path: String
        let effect: String
      }
      let command: String
      let reads: [Input]
      let writes: [Output]
      let memoryBytes: Int?
      let diskBytes: Int?
      let freeBytes: Int?
    }

    private func answer(_ road: Road, _ arguments: [String], home: String? = nil) throws -> Answer {
      let before = road.names
      let outcome = road.command(
        arguments + ["-n", "--json"], environment: home.map { ["XDG_STATE_HOME": $0] } ?? [:])
      #expect(outcome.code == 0, "\(outcome.messages)")
      #expect(road.names == before)
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(Answer.self, from: Data(outcome.output.utf8))
    }

    @Test func aRun() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        let first = try answer(road, ["run", log, "--out", road.path("out")], home: road.path("state"))
        #expect(first.command == "run")
        #expect(first.reads.map(\.path) == [log] && first.reads.first?.bytes == road.bytes("log.jsonl").count)
        #expect(
          first.writes.map(\.path)
            == ["out", "state/throng/secret", "throng-ledger.sqlite", "out.work"].map(road.path))
        #expect(first.writes.allSatisfy { $0.effect == "made" })
        #expect(
          (first.memoryBytes ?? 0) > 1 << 20 && (first.diskBytes ?? 0) > 0 && (first.freeBytes ?? 0) > 0)

        // What is there is kept or replaced, and said so.
        #expect(
          road.command(road.arguments([log], Road.small + ["--ledger", road.path("ledger")])).code == 0)
        let again = try answer(
          road,
          ["run", log, "--out", road.path("out"), "--force", "--work", road.path("out.work")]
            + ["--ledger", road.path("ledger"), "--secret-file", road.path("secret")])
        #expect(again.writes.map(\.effect) == ["replaced", "extended", "made"])
      }
    }

    @Test func whatWouldStopARunStopsItsRehearsal() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        try road.put([1, 2, 3], "short")
        let before = road.names
        for (flags, code, words) in [
          (["--secret-file", road.path("none")], 2, "cannot read the secret file"),
          (["--secret-file", road.path("short")], 2, "has 3 bytes and needs"),
          (["--work", log], 2, "work folder"), (["--work", road.path("no/work")], 2, "work folder"),
          (["--ledger", road.path("no/ledger")], 1, "cannot write"),
          (["--ledger", log], 4, "ledger"),
        ] as [([String], Int32, String)] {
          let secret = flags.contains("--secret-file") ? [] : ["--secret-file", road.path("secret")]
          let outcome = road.command(["run", log, "-n", "--out", road.path("out")] + secret + flags)
          #expect(outcome.code == code, "\(flags): \(outcome.messages)")
          #expect(outcome.errors.first?.contains(words) == true, "\(outcome.messages)")
          #expect(outcome.output.isEmpty)
        }
        #expect(road.names == before)
      }
    }

    @Test func theOthers() throws {
      try withRoad { road in
        var labelled = Log(100, users: 50)
        for i in labelled.lines.indices {
          labelled.lines[i].replace("{", with: #"{"topic":"t","#, maxReplacements: 1)
        }
        let log = try road.put(labelled)
        let tree = road.path("tree.nwk")
        let evaluation = try answer(road, ["evaluate", log, "--label", "topic", "--dendrogram", tree])
        #expect(evaluation.reads.map(\.path) == [log] && evaluation.writes.map(\.path) == [tree])

        let corpus = road.path("new.jsonl")
        let synthesis = try answer(
          road, ["synthesize", "--conversations", "5000", "-o", corpus, "--truth", road.path("truth")])
        #expect(synthesis.writes.map(\.path) == [corpus, road.path("truth")] && synthesis.reads.isEmpty)
        // What it says holds of what comes: 5,000 conversations of 0.9 kB.
        #expect(road.command(["synthesize", "--conversations", "5000", "-o", corpus, "-q"]).code == 0)
        let size = road.bytes("new.jsonl").count
        #expect(synthesis.diskBytes.map { $0 > size && $0 < 2 * size } == true)
        road.command(["synthesize", "-n", "-o", corpus]).expectError(2, "exists already")
        road.command(["synthesize", "-n", "-o", road.path("no/file")]).expectError(1, "cannot write")
        road.command(["evaluate", log, "--label", "topic", "-n", "--dendrogram", "\(road.folder)/no/t.npy"])
          .expectError(1, "cannot write")

        // A disk that is too small.
        let huge = road.command(["synthesize", "-n", "--conversations", "1000000000", "-o", road.path("x")])
        #expect(
          huge.code == 0 && huge.warnings.first?.contains("would be written") == true, "\(huge.messages)")
      }
    }
  }
}
