import Foundation
import Testing
import ThrongCommands

extension EndToEnd {
  @Suite struct ClassifierTests {
    /// Labelled by subject, four classes, 24 users; every tenth label is wrong.
    private static func labelled(_ count: Int = 240) -> Log {
      var log = Log(count, users: 24)
      log.lines = log.lines.enumerated().map { i, line in
        let kind = ["garden", "money", "music", "code"][i % 10 == 0 ? (i + 1) % 4 : i % 4]
        return line.dropLast() + #","kind":"\#(kind)","place":"p\#(i % 5)"}"#
      }
      return log
    }

    private static func train(_ road: Road, _ more: [String] = []) throws -> Outcome {
      try road.put(labelled(), "log.jsonl")
      return road.command(
        ["train", road.path("log.jsonl"), "--label", "kind", "--secret-file", road.path("secret")]
          + ["--model", road.path("kind.model")] + more)
    }

    @Test func trainsAndClassifies() throws {
      try withRoad { road in
        let trained = try Self.train(road, ["--json"])
        #expect(trained.code == 0, "\(trained.messages)")
        #expect(road.mode("kind.model") == 0o600)
        let report = try #require(
          try JSONSerialization.jsonObject(with: Data(trained.output.utf8)) as? [String: Any])
        let accuracy = try #require((report["accuracy"] as? [String: Any])?["estimate"] as? Double)
        // One label in ten is wrong and cannot be known.
        #expect(accuracy > 0.85 && accuracy < 0.95)
        #expect(
          (report["classes"] as? [[String: Any]])?.map { $0["label"] as? String } == [
            "code", "garden", "money", "music",
          ])

        let classified = road.command(
          ["classify", road.path("log.jsonl"), "--model", road.path("kind.model")]
            + [
              "--predictions", road.path("kinds.csv"), "--review", "7", "--work", road.path("work"),
              "--abstain", "0.6",
            ])
        #expect(classified.code == 0, "\(classified.messages)")
        #expect(classified.output.isEmpty)
        let rows = road.text("kinds.csv").split(separator: "\n")
        #expect(rows.count == 241 && rows[0] == "input,position,class,chance")
        let hits = rows.dropFirst().enumerated().count { i, row in
          row.contains(",\(i + 1),\(["garden", "money", "music", "code"][i % 4]),")
        }
        #expect(hits > 200)
        #expect(road.mode("kinds.csv") == 0o600 && road.mode("work") == 0o700)
        for name in ["work/review-kind.jsonl", "work/review-access.jsonl"] {
          #expect(road.mode(name) == 0o600)
        }
        #expect(road.text("work/review-kind.jsonl").split(separator: "\n").count == 7)
        #expect(road.text("work/review-access.jsonl").contains(#""action":"written","conversations":7"#))
        // Positions and chances only: no word of the log anywhere.
        for name in ["kinds.csv", "work/review-kind.jsonl", "work/review-access.jsonl"] {
          for word in ["tomato", "refund", "melody", "variable", "help", "u1"] {
            #expect(!road.text(name).replacing(road.folder, with: "").contains(word), "\(name)")
          }
        }
        for word in ["tomato", "refund", "melody", "variable"] {
          #expect(!String(decoding: road.bytes("kind.model"), as: UTF8.self).contains(word))
        }
      }
    }

    /// What leaves is a facet behind the gate: its counts are those of a field with the same values.
    @Test func countsAsAFacet() throws {
      try withRoad { road in
        #expect(try Self.train(road).code == 0)
        let outcome = road.run(
          road.path("log.jsonl"),
          Road.small + [
            "--classifier", "class=\(road.path("kind.model"))@0.3", "--facet", "kind", "--only-named-facets",
          ]
            + ["--min-facet-users", "5", "--min-facet-conversations", "5"])
        #expect(outcome.code == 0, "\(outcome.messages)")
        let release = try #require(
          try JSONSerialization.jsonObject(with: Data(road.bytes("out/release.json"))) as? [String: Any])
        let cells = try #require(release["cluster_facets"] as? [[String: Any]])
        let root = cells.filter { $0["cluster_id"] as? String == "c0" && $0["facet"] as? String == "class" }
        #expect(Set(root.compactMap { $0["value"] as? String }) == ["code", "garden", "money", "music"])
        for cell in root { #expect([50, 60].contains(try #require(cell["n_conversations"] as? Int))) }
        road.command(["run", road.path("log.jsonl"), "-n", "--classifier", "class=\(road.path("log.jsonl"))"])
          .expectError(3, "no model of throng train")
        road.command(["run", road.path("log.jsonl"), "-n", "--classifier", "class"]).expectError(
          2, "kind=kind.model")
      }
    }

    @Test func sameBytesAtAnyNumberOfThreads() throws {
      try withRoad { road in
        let first = try Self.train(road, ["--threads", "1"])
        #expect(first.code == 0)
        let model = road.bytes("kind.model")
        let second = try Self.train(road, ["--threads", "4", "--force"])
        #expect(second.code == 0)
        #expect(road.bytes("kind.model") == model)
      }
    }

    @Test func groupsAndChoiceOfC() throws {
      try withRoad { road in
        let outcome = try Self.train(road, ["--group", "place", "--c", "auto", "--json"])
        #expect(outcome.code == 0, "\(outcome.messages)")
        let report = try #require(
          try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        let tried = try #require(report["tried"] as? [[String: Double]])
        let best = try #require(tried.min { $0["log_loss"]! < $1["log_loss"]! })
        #expect(tried.count == 7 && report["c"] as? Double == best["c"])
        #expect(report["folds"] as? Int == 5)
      }
    }

    @Test func refusals() throws {
      try withRoad { road in
        try road.put(Self.labelled(), "log.jsonl")
        let (log, model) = (road.path("log.jsonl"), road.path("kind.model"))
        let secret = ["--secret-file", road.path("secret")]
        road.command(["train", log, "--label", "nothing", "--model", model] + secret)
          .expectError(3, "every conversation was left out")
        road.command(["train", log, "--label", "id"] + secret).expectError(3, "class 1 of the sorted labels")
        road.command(["train", log, "--label", "kind", "--min-column-users", "1000"] + secret)
          .expectError(3, "--min-column-users")
        #expect(road.names == ["log.jsonl"])
        road.command(["classify", log, "--model", model, "--predictions", road.path("out.csv")])
          .expectError(3, "cannot read the model")
        road.command(["classify", log, "--model", log, "--predictions", road.path("out.csv")])
          .expectError(3, "no model of throng train")
        road.command(["classify", log, "--model", model]).expectError(2, "--predictions FILE or --review N")
        road.command(["classify", log, "--model", model, "--review", "3"]).expectError(2, "go together")
        #expect(road.names == ["log.jsonl"])
      }
    }

    @Test func comparesBundles() throws {
      try withRoad { road in
        var (old, new) = (Log(400, users: 60), Log(800, users: 60))
        // Of the later log the gardeners have gone.
        new.lines.removeAll {
          $0.contains("garden") || $0.contains("tomato") || $0.contains("soil") || $0.contains("compost")
        }
        old.lines.removeAll {
          $0.contains("guitar") || $0.contains("chord") || $0.contains("melody") || $0.contains("song")
        }
        try road.put(old, "old.jsonl")
        try road.put(new, "new.jsonl")
        #expect(road.run(road.path("old.jsonl"), out: "old").code == 0)
        #expect(road.run(road.path("new.jsonl"), out: "new").code == 0)
        #expect(road.run(road.path("old.jsonl"), out: "again").code == 0)
        let same = road.command(["compare", road.path("old"), road.path("again"), "--json"])
        #expect(
          same.code == 0 && !same.output.contains(#""change":"born""#)
            && same.output.contains(#""change":"same""#))
        let changed = road.command(["compare", road.path("old"), road.path("new")])
        #expect(changed.code == 0, "\(changed.messages)")
        #expect(changed.output.contains("born") && changed.output.contains("gone"))
        try road.put(Array(same.output.utf8), "ids.json")
        #expect(
          road.command(["compare", road.path("old"), road.path("new"), "--ids", road.path("ids.json")]).code
            == 0)
        road.command(["compare", road.path("new"), road.path("old"), "--ids", road.path("ids.json")])
          .expectError(3, "leave --ids out")
        road.command(["compare", road.path("old"), road.folder]).expectError(3, "holds no release.json")
      }
    }
  }
}
