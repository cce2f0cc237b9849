import Foundation
import Testing
import ThrongCommands
extension EndToEnd {
  /// Same input, secret and seed: same bytes.
  @Suite struct DeterminismTests {
    @Test func threadsAndRepetitionChangeNoByte() throws {
      try withRoad { road in
        // More than two blocks of 4 MiB.
        let log = road.path("log.jsonl")
        #expect(road.command(["synthesize", "--conversations", "12000", "--output", log]).code == 0)
        #expect(road.bytes("log.jsonl").count > 8 << 20)
        let facets = [
          "--facet", "plan", "--facet", "language", "--facet", ".month", "--cross", "plan,language",
        ]
        for (out, threads) in [("one", "1"), ("two", "2"), ("three", "3"), ("again", "2")] {
          let outcome = road.run(log, ["--threads", threads] + facets, out: out)
          #expect(outcome.code == 0, "\(outcome.messages)")
        }
        let one = try road.files(of: "one")
        // A facet of periods brings its trends.
        #expect(
          one.keys.sorted()
            == (OutputTests.bundle + ["tables/trends.csv", "tables/trends.jsonl"]).sorted())
        for out in ["two", "three", "again"] { #expect(try road.files(of: out) == one) }

        // The same conversations as one JSON array, whose blocks end elsewhere.
        let array = "[ " + road.text("log.jsonl").split(separator: "\n").joined(separator: ",\n ") + "]"
        #expect(road.run(try road.put(Array(array.utf8), "log.json"), facets, out: "array").code == 0)
        #expect(try road.files(of: "array") == one)

        for tool in ["gzip", "zstd"] where Program.succeeds("\(tool) -kqf '\(log)'") {
          let name = try #require(road.names.first { $0.hasPrefix("log.jsonl.") })
          #expect(road.run(road.path(name), facets, out: tool).code == 0)
          #expect(try road.files(of: tool) == one)
          try FileManager.default.removeItem(atPath: road.path(name))
        }

        guard Program.path != nil else { return }
        let program = try Program(
          arguments: road.arguments(["-"], facets, out: "stream"), wrapped: "exec \"$@\" < '\(log)'")
        #expect(try program.finish().code == 0)
        let piped = try Program(
          arguments: road.arguments(["-"], facets, out: "pipe"), wrapped: "cat '\(log)' | \"$@\"")
        #expect(try piped.finish().code == 0)
        #expect(try road.files(of: "stream") == one)
        #expect(try road.files(of: "pipe") == one)
      }
    }

    @Test func seedAndSecretMayChangeSome() throws {
      try withRoad { road in
        let log = try road.put(Log(600, users: 200))
        #expect(road.run(log).code == 0)
        #expect(road.run(log, Road.small + ["--seed", "9"], out: "seed").code == 0)
        #expect(try road.files(of: "seed") != road.files(of: "out"))
      }
    }

    @Test func theSecretIsKeptWhereTheSystemKeepsState() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        let state = ["XDG_STATE_HOME": road.path("state")]
        for out in ["a", "b"] {
          let outcome = road.command(
            ["run", log, "--out", road.path(out), "--ledger", "none"] + Road.small, environment: state)
          #expect(outcome.code == 0, "\(outcome.messages)")
          #expect(outcome.warnings.isEmpty)
        }
        #expect(try road.files(of: "a") == road.files(of: "b"))
        #expect(road.bytes("state/throng/secret").count == 32)
        #expect(road.mode("state/throng/secret") == 0o600 && road.mode("state/throng") == 0o700)

        // Nowhere to keep one: it works, and says what that costs.
        let outcome = road.command(["run", log, "--out", road.path("c"), "--ledger", "none"] + Road.small)
        #expect(outcome.code == 0 && outcome.warnings.contains { $0.contains("--secret-file") })
      }
    }
  }
}
