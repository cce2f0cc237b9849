import Foundation
import Glibc
import Testing
import ThrongCommands
import ThrongTestSupport

extension EndToEnd {
  /// Runs that are ended from outside; `make soak` does the same two hundred times.
  @Suite(.enabled(if: Program.path != nil, "the program is not built")) struct KilledRunTests {
    /// A log that takes a while, and the bundle of a run that nobody disturbs.
    private func longLog(_ road: Road) throws -> (log: String, bundle: [String: [UInt8]]) {
      let log = road.path("log.jsonl")
      #expect(road.command(["synthesize", "--conversations", "3000", "--output", log, "-q"]).code == 0)
      #expect(try Program(arguments: road.arguments([log], [], out: "undisturbed")).finish().code == 0)
      return (log, try road.files(of: "undisturbed"))
    }

    private func resume(_ road: Road, _ log: String) throws -> Outcome {
      try Program(arguments: road.arguments([log], ["--resume"])).finish()
    }

    @Test(arguments: [
      (SIGKILL, "read: started"), (SIGKILL, "weigh: started"), (SIGTERM, "k-means: started"),
      (SIGKILL, "tree: started"), (SIGKILL, "write: started"),
    ])
    func theResumedRunEndsInTheSameBytes(signal: Int32, at words: String) throws {
      try withRoad { road in
        let (log, bundle) = try longLog(road)
        let program = try Program(arguments: road.arguments([log], []))
        #expect(program.waits(for: words))
        program.send(signal)
        let killed = try program.finish()
        if signal == SIGTERM {
          #expect(
            killed.code == 130 && killed.messages.contains("with --resume goes on"), "\(killed.messages)")
          #expect(road.mode("out.work") == 0o700)
        }
        let resumed = try resume(road, log)
        #expect(resumed.code == 0, "\(resumed.messages)")
        #expect(try road.files(of: "out") == bundle)
        #expect(road.names.filter { !$0.contains("/") } == ["log.jsonl", "out", "undisturbed"])
      }
    }

    /// A log, and the arguments of a study of it whose two segments have topics of their own.
    private func studyOfPlans(_ road: Road) throws -> (log: String, arguments: (_ out: String) -> [String]) {
      let log = road.path("log.jsonl")
      #expect(road.command(["synthesize", "--conversations", "3000", "--output", log, "-q"]).code == 0)
      let study = try road.put(
        Array(
          """
          {
            name: "plans",
            facets: { plan: { field: "plan", values: ["free", "pro"] } },
            screen: [{ name: "heard", drop: { facet: ".turns", at_most: 0 } }],
            segments: {
              free: { where: { facet: "plan", is: "free" }, cluster: true },
              pro: { where: { facet: "plan", is: "pro" }, cluster: true },
            },
            statistics: [{ share: "plan", of: ["all"] }],
            privacy: { min_users: 5, min_conversations: 10, threshold_gap: 0 },
            outputs: { ledger: "none", resamples: 100 },
          }
          """.utf8), "plans.json5")
      return (
        log,
        { out in
          ["study", study, log, "--secret-file", road.path("secret"), "--out", road.path(out), "--verbose"]
        }
      )
    }

    /// What is done of a study is not done again because a later segment was killed, and at the end nothing is left.
    @Test func aStudyGoesOnAtTheSegmentThatWasKilled() throws {
      try withRoad { road in
        let (_, arguments) = try studyOfPlans(road)
        let whole = road.command(arguments("whole"))
        #expect(whole.code == 0, "\(whole.messages)")
        #expect(!road.names.contains { $0.contains(".work") })
        let program = try Program(arguments: arguments("out"))
        #expect(program.waits(for: "segment 'pro': topics of its own"))
        program.send(SIGKILL)
        _ = try program.finish()
        let resumed = road.command(arguments("out") + ["--resume"])
        #expect(resumed.code == 0, "\(resumed.messages)")
        #expect(resumed.messages.components(separatedBy: "stage 'model' was done before").count >= 3)
        for name in ["", ".free", ".pro"] {
          #expect(try road.files(of: "out\(name)") == road.files(of: "whole\(name)"))
        }
        #expect(!road.names.contains { $0.contains(".work") })
      }
    }

    /// Segments look where the whole found what is theirs; in another log they would find others.
    @Test(arguments: ["appended", "replaced"])
    func aLogThatChangesBetweenThePassesOfAStudyIsNoticed(how: String) throws {
      try withRoad { road in
        let (log, arguments) = try studyOfPlans(road)
        let program = try Program(arguments: arguments("out"))
        #expect(program.waits(for: "weigh: started"))
        let file = try #require(FileHandle(forWritingAtPath: log))
        if how == "appended" {
          try file.seekToEnd()
          try file.write(contentsOf: Data("\n".utf8))
        } else {
          // A conversation that no segment is looked for in.
          let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
          let other = try #require(lines.first { !$0.contains("\"free\"") && !$0.contains("\"pro\"") })
          try file.truncate(atOffset: 0)
          try file.write(contentsOf: Data("\(other)\n".utf8))
        }
        try file.close()
        let outcome = try program.finish()
        #expect(outcome.code == 3 && outcome.errors.count == 1, "\(outcome.messages)")
        #expect(outcome.errors.last?.contains("log.jsonl was changed") == true, "\(outcome.messages)")
        #expect(!road.names.contains { $0.contains("out.free") || $0.contains("out.pro") })
      }
    }

    @Test func twoRunsDoNotShareAFolder() throws {
      try withRoad { road in
        let (log, _) = try longLog(road)
        let first = try Program(arguments: road.arguments([log], ["--restarts", "1000"]))
        #expect(first.waits(for: "k-means: started"))
        let second = road.run(log, ["--resume"])
        second.expectError(2, "another run works in", "--work")
        first.send(SIGTERM)
        #expect(try first.finish().code == 130)
        #expect(road.run(log, ["--resume"]).code == 0)
      }
    }

    @Test(.disabled(if: Sanitizers.areOn, "they need more addresses than ulimit leaves"))
    func withoutMemoryARunStopsAndGoesOn() throws {
      try withRoad { road in
        let (log, bundle) = try longLog(road)
        var codes: Set<Int32> = []
        // At 700 there is room for all but the buffers of BLAS; at 900 the run may get anywhere, and what is done of it is kept.
        for mebibytes in [300, 450, 700, 900] {
          let outcome = try Program(
            arguments: road.arguments([log], ["--resume"]),
            wrapped: "ulimit -v \(mebibytes * 1024) && exec \"$@\""
          ).finish()
          codes.insert(outcome.code)
          if outcome.code == 0 { break }
          // What Swift says of a failed allocation may stand before.
          let last = outcome.errors.last ?? ""
          #expect(outcome.code == 5 && last.contains("memory"), "\(outcome.messages)")
          #expect(last.contains("--resume") || mebibytes == 900, "\(outcome.messages)")
          #expect(!outcome.messages.contains(Log.canary))
        }
        #expect(codes.contains(5))
        let resumed = try resume(road, log)
        #expect(resumed.code == 0, "\(resumed.messages)")
        #expect(try road.files(of: "out") == bundle)
      }
    }

    /// Where OpenBLAS gets no memory for threads of its own, no end waits for them.
    @Test(.disabled(if: Sanitizers.areOn, "they need more addresses than ulimit leaves"))
    func everyCommandEndsWithLittleMemory() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        for (arguments, code) in [
          (["--version"], 0 as Int32), (["rum"], 2), (["report", road.path("none")], 3),
          (["inspect", log], 5), (["evaluate", log, "--label", "plan"], 5),
        ] {
          let outcome = try Program(
            arguments: arguments, wrapped: "ulimit -v 307200 && exec timeout 60 \"$@\""
          )
          .finish()
          #expect(outcome.code == code, "\(arguments) \(outcome.messages)")
        }
      }
    }
  }
}
