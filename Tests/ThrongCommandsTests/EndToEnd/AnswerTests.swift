import Foundation
import Testing
import ThrongCommands

/// What commands print, read as a program would.
@Suite struct AnswerTests {
  /// The names in a JSON object, those inside it joined by dots.
  private func keys(_ json: String) throws -> [String] {
    func names(_ value: Any, _ prefix: String) -> [String] {
      guard let object = value as? [String: Any] else { return [prefix] }
      return object.flatMap { names($0.value, prefix.isEmpty ? $0.key : "\(prefix).\($0.key)") }
    }
    return try names(JSONSerialization.jsonObject(with: Data(json.utf8)), "").sorted()
  }

  private func object(_ json: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  @Test func aRunAsJSON() throws {
    try withRoad { road in
      let outcome = road.run(try road.put(Log(300, users: 100)), Road.small + ["--json"])
      #expect(outcome.code == 0, "\(outcome.messages)")
      #expect(outcome.output.split(separator: "\n").count == 1)
      let summary = try object(outcome.output)
      #expect(summary["bundle"] as? String == road.path("out"))
      let release = try object(road.text("out/release.json"))
      let id = try #require(summary["release_id"] as? String)
      #expect(road.text("out/release.json").contains("\"\(id)\""))
      #expect(summary["clusters"] as? Int == (release["clusters"] as? [Any])?.count)
      let seconds = try #require(summary["seconds"] as? [String: Double])
      #expect(
        seconds.keys.sorted() == ["cluster", "gate", "read", "reduce", "total", "tree", "vectorise", "write"])
      #expect(seconds.values.allSatisfy { $0 >= 0 })
      #expect((summary["peak_rss_bytes"] as? Int ?? 0) > 1 << 20)
    }
  }

  @Test func anInspection() throws {
    try withRoad { road in
      var log = Log(300, users: 100)
      log.lines[100] = Log.canary
      let input = try road.put(log)
      let outcome = road.command(["inspect", input])
      #expect(outcome.code == 0, "\(outcome.messages)")
      #expect(!outcome.output.contains(Log.canary))
      for words in [
        "format 'messages', JSON Lines, not compressed", "299 conversations of 100 users",
        "299 messages (299 human)",
        "1 record cannot be used: 1 invalid_json", "policy internal (25 users, 50 conversations): a tree of ",
        "policy public (250 users, 500 conversations): nothing could be released", " MB of memory",
      ] {
        #expect(outcome.output.contains(words), "\(outcome.output)")
      }

      let answer = road.command(["inspect", input, "--json"])
      let report = try object(answer.output)
      let totals = try #require(report["log"] as? [String: Any])
      #expect(totals["conversations"] as? Int == 299 && totals["users"] as? Int == 100)
      #expect(totals["quarantined"] as? Int == 1)
      #expect(totals["quarantined_by_kind"] as? [String: Int] == ["invalid_json": 1])
      #expect(
        (report["outlooks"] as? [[String: Any]])?.compactMap { $0["releasable"] as? Bool } == [true, false])
      #expect(road.names == ["log.jsonl"])
    }
  }

  @Test func anEvaluation() throws {
    try withRoad { road in
      var log = Log(400, users: 100)
      for i in log.lines.indices {
        log.lines[i].replace("{", with: #"{"topic":"t\#(i % 4)","#, maxReplacements: 1)
      }
      let input = try road.put(log)
      let outcome = road.command(["evaluate", input, "--label", "topic"])
      #expect(outcome.code == 0, "\(outcome.messages)")
      #expect(
        try keys(outcome.output) == [
          "accuracy", "ari", "clusters", "labels", "n", "nmi", "peak_rss_bytes", "purity", "seconds.cluster",
          "seconds.read", "seconds.reduce", "seconds.total", "seconds.vectorise", "v_measure",
        ])
      let scores = try object(outcome.output)
      #expect(scores["n"] as? Int == 400 && scores["labels"] as? Int == 4 && scores["clusters"] as? Int == 4)
      // Four subjects without a word in common but "how does the help my number".
      #expect((scores["nmi"] as? Double ?? 0) > 0.9)
      #expect(road.names == ["log.jsonl"])

      let without = road.command(["evaluate", input, "--label", "topic", "--ignore-label", "t3"])
      #expect(try object(without.output)["n"] as? Int == 300)
      #expect(without.messages.contains("400 records read: 300 conversations of 75 users, 100 left out"))
      road.command(["evaluate", input, "--label", "nothing"]).expectError(
        3, "every conversation was left out (400)")
      road.command(["evaluate", input, "--label", "topic", "--clusters", "500"]).expectError(
        2, "500 clusters")
    }
  }

  @Test func aSynthesis() throws {
    try withRoad { road in
      let log = road.path("log.jsonl")
      let arguments = ["synthesize", "--conversations", "200", "--output", log]
      let outcome = road.command(arguments + ["--truth", road.path("truth.jsonl")])
      #expect(outcome.code == 0 && outcome.output.isEmpty)
      #expect(outcome.messages.contains("synthesize: done, 200 conversations in"))
      #expect(road.names == ["log.jsonl", "truth.jsonl"])
      #expect(road.text("log.jsonl").split(separator: "\n").count == 200)

      road.command(arguments).expectError(2, "exists already", "--force")
      #expect(road.command(["synthesize", "--conversations", "200"]).output == road.text("log.jsonl"))
      #expect(road.command(arguments + ["--force", "--seed", "2"]).code == 0)
      #expect(road.names == ["log.jsonl", "truth.jsonl"])
      // One of two files that is there stops both.
      let other = ["synthesize", "--conversations", "5", "--output", road.path("new"), "--truth", log]
      road.command(other).expectError(2, "exists already")
      #expect(road.names == ["log.jsonl", "truth.jsonl"])
    }
  }
}
