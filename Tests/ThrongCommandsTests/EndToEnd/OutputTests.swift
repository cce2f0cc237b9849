import Foundation
import Testing
import ThrongCommands
extension EndToEnd {
  /// Where a bundle may go, and that it is there whole or not at all.
  @Suite struct OutputTests {
    /// Every file of a bundle.
    static let bundle = [
      "SHA256SUMS", "release.json", "release.schema.json", "release.sqlite", "report.md",
      "tables/cluster_facets.csv", "tables/cluster_terms.csv", "tables/clusters.csv", "tables/coverage.csv",
      "tables/facets.csv", "tables/release.csv", "tables/suppression.csv",
    ]

    @Test func aRunLeavesTheBundleAndNothingElse() throws {
      try withRoad { road in
        let outcome = road.run(try road.put(Log(300, users: 100)))
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(outcome.output.hasSuffix("\nBundle: \(road.path("out"))\n"))
        #expect(try road.files(of: "out").keys.sorted() == Self.bundle)
        #expect(road.names.filter { !$0.hasPrefix("out/") } == ["log.jsonl", "out"])
        #expect(road.mode("out") == 0o700 && road.mode("out/tables") == 0o700)
        for file in Self.bundle { #expect(road.mode("out/\(file)") == 0o600) }
      }
    }

    @Test func aBundleIsReplacedOnlyWhenTold() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        #expect(road.run(log).code == 0)
        let before = try road.files(of: "out")
        road.expectRefusal(log, code: 2, "exists already", "--force")
        #expect(try road.files(of: "out") == before)
        #expect(road.run(log, Road.small + ["--force", "--seed", "2"]).code == 0)
        #expect(try road.files(of: "out") != before)
        // A run that fails later keeps the bundle that was there.
        let now = try road.files(of: "out")
        let one = try road.put(Log(300, users: 1), "one.jsonl")
        road.expectRefusal(one, Road.small + ["--force"], code: 4)
        #expect(try road.files(of: "out") == now)
      }
    }

    @Test func whatIsNoBundleIsNeverReplaced() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        try FileManager.default.createDirectory(atPath: road.path("out"), withIntermediateDirectories: false)
        try road.put([0x68], "out/letter.txt")
        road.expectRefusal(log, code: 2, "exists already")
        road.expectRefusal(
          log, Road.small + ["--force"], code: 2, "is not a release bundle", "another directory")
        #expect(road.text("out/letter.txt") == "h")
        // A file, and the log itself.
        for file in [road.path("out/letter.txt"), log] {
          let outcome = road.command(
            ["run", log, "--out", file, "--force", "--secret-file", road.path("secret")] + Road.small)
          outcome.expectError(2, "is not a release bundle")
        }
        #expect(road.text("log.jsonl") == Log(300, users: 100).text)
      }
    }

    @Test func aBundleWithAStrangerInItIsNotReplaced() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        #expect(road.run(log).code == 0)
        try road.put([0x68], "out/notes.txt")
        road.expectRefusal(log, Road.small + ["--force"], code: 2, "holds files that are not part of one")
      }
    }

    @Test func aPlaceThatCannotBe() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        let before = road.names
        let missing = road.command(road.arguments([log], out: "none/out"))
        missing.expectError(1, "cannot write", "No such file or directory")
        let inFile = road.command(road.arguments([log], out: "log.jsonl/out"))
        inFile.expectError(1, "cannot write", "Not a directory")
        // Said before anything is read.
        #expect(!missing.messages.contains("detected") && !inFile.messages.contains("detected"))
        #expect(road.names == before)
      }
    }

    @Test(.enabled(if: geteuid() != 0, "root may write everywhere")) func aFolderThatMayNotBeWritten() throws
    {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        let shut = road.path("shut")
        try FileManager.default.createDirectory(
          atPath: shut, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o500])
        road.command(road.arguments([log], out: "shut/out")).expectError(1, "Permission denied")
        #expect(road.names == ["log.jsonl", "shut"])
      }
    }

    @Test func theWorkFolder() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        road.expectRefusal(
          log, Road.small + ["--work", log], code: 2, "work folder", "Not a directory", "--work")
        road.expectRefusal(
          log, Road.small + ["--work", road.path("no/work")], code: 2, "No such file or directory")
        road.expectRefusal(log, Road.small + ["--work", road.path("out")], code: 2, "the same folder")
        #expect(road.run(log, Road.small + ["--work", road.path("work")]).code == 0)
        #expect(road.mode("work") == 0o700)
      }
    }

    @Test func aDryRunWritesNothing() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        for out in [[], ["--out", road.path("out")]] {
          let outcome = road.command(["run", log, "-n", "--secret-file", road.path("secret")] + out)
          #expect(outcome.code == 0 && outcome.output.hasSuffix("\nNothing was written.\n"))
          #expect(outcome.output.contains("would read   \(log), "))
          #expect(outcome.output.contains("would write  \(road.path("out")) (bundle, made)") == !out.isEmpty)
          #expect(outcome.output.contains("throng-ledger.sqlite (private ledger, made)") == !out.isEmpty)
          #expect(
            outcome.messages.contains(
              "detected format 'messages', JSON Lines, not compressed; user in 'user'"))
          #expect(outcome.messages.contains("of memory") && outcome.messages.contains("at least 25 users"))
          #expect(road.names == ["log.jsonl"])
        }
        // What would stop the run stops its rehearsal.
        let nobody = try road.put(Log(300, users: nil), "nobody.jsonl")
        road.command(["run", nobody, "-n"]).expectError(3, "names a user")
      }
    }

    @Test func progressIsSaidInItsUnits() throws {
      try withRoad { road in
        let log = Log(300, users: 100)
        let outcome = road.run(try road.put(log))
        for line in [
          "throng: read: done, \((log.text.utf8.count + 500) / 1000) kB in under 0.1 s",
          "throng: 300 records read: 300 conversations of 100 users",
          "throng: reduce: done in under 0.1 s", "throng: gate: done in under 0.1 s",
        ] {
          #expect(outcome.messages.split(separator: "\n").contains { $0 == line }, "\(outcome.messages)")
        }
        #expect(
          outcome.messages.contains("throng: k-means: done, ") && outcome.messages.contains("iteration"))
        #expect(!outcome.messages.contains("done, 0"))
      }
    }

    @Test func quietSaysOnlyWhatMatters() throws {
      try withRoad { road in
        let log = try road.put(Log(300, users: 100))
        #expect(road.run(log, Road.small + ["-q"]).messages.isEmpty)
        road.expectRefusal(log, Road.small + ["-q"], code: 2, "exists already")
      }
    }
  }
}
