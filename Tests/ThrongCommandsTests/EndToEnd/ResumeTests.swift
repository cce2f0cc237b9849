import Foundation
import Glibc
import Testing
import ThrongCommands

extension EndToEnd {
  /// A run that is killed costs no more than its last stage, and ends in the same bytes.
  @Suite struct ResumeTests {
    private static let stages = ["corpus", "rows", "clusters", "model"]

    private func isResumed(_ stage: String, _ outcome: Outcome) -> Bool {
      outcome.messages.contains("stage '\(stage)' was done before")
    }

    /// Files of stages in `out.work`, by the stage.
    private func kept(_ road: Road, _ folder: String = "out.work") -> [String: String] {
      let names = road.names.filter { $0.hasPrefix(folder + "/") && $0.hasSuffix(".stage") }
      return Dictionary(
        names.map { (String($0.dropFirst(folder.count + 1).prefix { $0 != "-" }), $0) },
        uniquingKeysWith: { $1 })
    }

    @Test func everyStageStandsInForWhatItTook() throws {
      try withRoad { road in
        let log = try road.put(Log(600, users: 150))
        let flags = Road.small + ["--facet", ".copy", "--stability", "2", "--keep-work"]
        let first = road.run(log, flags)
        #expect(first.code == 0, "\(first.messages)")
        let bundle = try road.files(of: "out")
        #expect(Set(kept(road).keys) == Set(Self.stages + ["stability"]))
        // Without what follows, the stage before is taken.
        for (gone, last) in [([], "model"), (["model"], "clusters"), (["model", "clusters"], "rows")]
          as [([String], String)]
        {
          for stage in gone { try FileManager.default.removeItem(atPath: road.path(kept(road)[stage]!)) }
          let again = road.run(log, flags + ["--resume", "--force"])
          #expect(again.code == 0, "\(again.messages)")
          #expect(isResumed("corpus", again) && isResumed(last, again) && isResumed("stability", again))
          #expect(gone.allSatisfy { !isResumed($0, again) })
          #expect(try road.files(of: "out") == bundle)
        }
        // Without --resume nothing is taken, and without --keep-work nothing is left.
        let anew = road.run(log, flags.dropLast() + ["--force"])
        #expect(anew.code == 0 && anew.messages.contains("--resume would go on"))
        #expect(!isResumed("corpus", anew))
        #expect(try road.files(of: "out") == bundle)
        #expect(!road.names.contains("out.work"))
      }
    }

    @Test func whatIsKeptIsSealed() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        #expect(road.run(log, Road.small + ["--facet", "user", "--keep-work"]).code == 0)
        #expect(road.mode("out.work") == 0o700)
        for name in kept(road).values {
          #expect(road.mode(name) == 0o600)
          let data = Data(road.bytes(name))
          for word in ["tomato", "guitar chord", "u17", "help"] {
            #expect(data.range(of: Data(word.utf8)) == nil, "\(name) spells a word")
          }
        }
      }
    }

    @Test func otherSettingsTakeWhatTheyShare() throws {
      try withRoad { road in
        let log = try road.put(Log(600, users: 150))
        let keep = Road.small + ["--keep-work", "--work", road.path("w")]
        #expect(road.run(log, keep).code == 0)
        for (flags, shared) in [
          (["--clusters", "5"], ["corpus", "rows"]), (["--linkage", "average"], ["corpus", "clusters"]),
          (["--seed", "4"], ["corpus"]), (["--facet", ".month"], []), (["--no-bigrams"], []),
          (["--roles", "human,assistant"], []),
        ] {
          let out = flags[0] + flags.last!
          let fresh = road.run(log, Road.small + flags, out: out)
          let bundle = try road.files(of: out)
          let resumed = road.run(log, keep + flags + ["--resume", "--force"], out: out)
          #expect(fresh.code == 0 && resumed.code == 0, "\(resumed.messages)")
          #expect(Self.stages.filter { isResumed($0, resumed) } == shared, "\(flags)")
          #expect(try road.files(of: out) == bundle)
        }
      }
    }

    @Test func anotherLogIsNoticed() throws {
      try withRoad { road in
        var log = Log(300, users: 100)
        let path = try road.put(log)
        #expect(road.run(path, Road.small + ["--keep-work"]).code == 0)
        let before = try FileManager.default.attributesOfItem(atPath: path)
        // As long as before, and as old.
        log.lines[7].replace("help", with: "harm")
        try road.put(log)
        try FileManager.default.setAttributes(
          [.modificationDate: before[.modificationDate]!], ofItemAtPath: path)
        let resumed = road.run(path, Road.small + ["--resume"], out: "other")
        #expect(!isResumed("corpus", resumed), "it has a folder of its own")
        let here = road.run(path, Road.small + ["--resume", "--force"])
        #expect(here.code == 0 && !isResumed("corpus", here), "\(here.messages)")
        #expect(here.messages.contains("it is read again"))
        #expect(try road.files(of: "out") == road.files(of: "other"))
      }
    }

    @Test func aDamagedStageIsWorkedOutAgain() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        let keep = Road.small + ["--keep-work"]
        #expect(road.run(log, keep).code == 0)
        let bundle = try road.files(of: "out")
        for stage in Self.stages {
          let name = try #require(kept(road)[stage])
          var bytes = road.bytes(name)
          bytes[bytes.count / 2] ^= 4
          try road.put(bytes, name)
          // What comes later would do without it.
          for later in Self.stages.drop(while: { $0 != stage }).dropFirst() {
            try FileManager.default.removeItem(atPath: road.path(try #require(kept(road)[later])))
          }
          let again = road.run(log, keep + ["--resume", "--force"])
          #expect(again.code == 0)
          #expect(
            again.warnings.count == 1 && again.warnings[0].contains("\(name) is damaged"), "\(again.messages)"
          )
          #expect(try road.files(of: "out") == bundle)
          #expect(road.bytes(name) != bytes, "and is whole again")
        }
      }
    }

    @Test func aBundleThatIsThereMustBeTheSame() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        // As if killed between the bundle and the end.
        #expect(road.run(log, Road.small + ["--keep-work"]).code == 0)
        let bundle = try road.files(of: "out")
        try FileManager.default.createDirectory(
          atPath: road.path(".out.partial-abcdef"), withIntermediateDirectories: false)
        let again = road.run(log, Road.small + ["--resume"])
        #expect(again.code == 0, "\(again.messages)")
        #expect(try road.files(of: "out") == bundle)
        #expect(!road.names.contains { $0.contains("partial") || $0.contains("work") })
        let other = road.run(log, Road.small + ["--resume", "--seed", "5", "--clusters", "3"])
        other.expectError(2, "exists already")
        #expect(try road.files(of: "out") == bundle)
      }
    }

    @Test func aRefusalCostsNoEarlierRun() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        #expect(road.run(log, Road.small + ["--keep-work"]).code == 0)
        let before = road.names
        let refused = road.run(
          log,
          ["--min-users", "200", "--min-conversations", "10", "--threshold-gap", "0", "--resume", "--force"])
        #expect(refused.code == 4, "\(refused.messages)")
        #expect(before.allSatisfy(road.names.contains))
        // One that has nothing to lose leaves nothing.
        let alone = road.run(log, ["--min-users", "200", "--threshold-gap", "0"], out: "other")
        #expect(alone.code == 4 && !road.names.contains { $0.hasPrefix("other") })
      }
    }

    @Test func aLogThatGrowsIsNoticed() throws {
      try withRoad { road in
        let log = Log(300, users: 100)
        let first = try road.put(log, "a.jsonl")
        // The second input is a pipe, so that the first can change between the look at it and its reading.
        guard Program.path != nil else { return }
        #expect(unsafe mkfifo(road.path("b.jsonl"), 0o600) == 0)
        let program = try Program(arguments: road.arguments([first, road.path("b.jsonl")]))
        let pipe = try FileHandle(forWritingTo: URL(fileURLWithPath: road.path("b.jsonl")))
        try road.put(Array((log.text + log.lines[0]).utf8), "a.jsonl")
        try pipe.write(contentsOf: Data(Log(300, users: 100).text.utf8))
        try pipe.close()
        let outcome = try program.finish()
        outcome.expectError(3, "a.jsonl was changed during the run")
        #expect(!road.names.contains("out"))
      }
    }

    @Test func tooLittleMemoryIsSaidBeforehand() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        road.expectRefusal(log, Road.small + ["--memory", "64M"], code: 2, "--memory gives it")
        let dry = road.command(["run", log, "-n", "--memory", "64M"])
        dry.expectError(2, "--memory gives it")
        let enough = road.run(log, Road.small + ["--memory", "8G"])
        #expect(enough.code == 0, "\(enough.messages)")
      }
    }
  }
}
