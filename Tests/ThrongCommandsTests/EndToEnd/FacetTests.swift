import Foundation
import Testing
import ThrongCommands
import ThrongTestSupport
extension EndToEnd {
  /// Fields of a log as facets: what is asked for, what is refused, what is said.
  @Suite struct FacetTests {
    /// 300 conversations of 100 users with fields; `canary` is a value of one user.
    static func log() -> Log {
      var log = Log(300, users: 100)
      for i in log.lines.indices {
        let plan = i % 100 == 7 ? Log.canary : ["free", "pro", "team"][i % 100 % 3]
        let more = #""plan":"\#(plan)","metadata":{"tier":\#(i % 2),"tags":["x"]},"session":"s\#(i)","#
        log.lines[i] = "{" + more + log.lines[i].dropFirst()
      }
      return log
    }

    @Test func aFieldThatNoRecordHasIsRefusedWithASuggestion() throws {
      try withRoad { road in
        let log = try road.put(Self.log())
        road.expectRefusal(
          log, Road.small + ["--facet", "plna"], code: 3, "no record has the field 'plna'",
          "did you mean 'plan'?", "metadata.tier, plan, session")
        road.expectRefusal(
          log, Road.small + ["--facet", "tier"], code: 3, "did you mean 'metadata.tier'?")
        road.expectRefusal(
          log, Road.small + ["--facet", "metadata"], code: 3, "holds lists or objects",
          "did you mean 'metadata.tier'?")
        road.expectRefusal(
          log, Road.small + ["--sensitive", "metadata.tags"], code: 3, "holds lists or objects")
        let dry = road.command(["run", log, "-n", "--facet", "plna"] + Road.small)
        #expect(dry.code == 0 && dry.warnings.count == 1)
        #expect(dry.warnings.first?.contains("did you mean 'plan'?") == true)
        dry.expectDiscretion()
      }
    }

    @Test func whatIsNotCountedIsSaidWithoutTheValues() throws {
      try withRoad { road in
        var log = Self.log()
        for i in log.lines.indices where i % 100 == 3 {
          log.lines[i] = log.lines[i].replacing("\"team\"", with: "\"me@\(Log.canary).org\"")
          log.lines[i] = log.lines[i].replacing("\"free\"", with: "\"me@\(Log.canary).org\"")
        }
        let outcome = road.run(
          try road.put(log), Road.small + ["--facet", "plan", "--order", "plan=free,pro"])
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(
          outcome.warnings.contains {
            $0.contains("address, a number") && $0.contains("--order does not list")
          })
        outcome.expectDiscretion()
      }
    }

    @Test func inspectListsFieldsAndNoValues() throws {
      try withRoad { road in
        let log = try road.put(Self.log())
        let flags = ["--min-facet-users", "5"]
        let outcome = road.command(["inspect", log] + flags)
        #expect(outcome.code == 0, "\(outcome.messages)")
        let lines = outcome.output.split(separator: "\n").filter { $0.hasPrefix("facet ") }
        #expect(
          lines == [
            "facet 'metadata.tier': 2 values, of which at least 5 users share 2; in 100 % of the conversations",
            "facet 'plan': 4 values, of which at least 5 users share 3; in 100 % of the conversations",
            "facet 'session': 300 values, of which at least 5 users share 0; in 100 % of the conversations",
          ])
        let json = road.command(["inspect", log, "--json"] + flags)
        for value in [Log.canary, "free", "team", "s299"] {
          #expect(!outcome.output.contains(value) && !json.output.contains(value))
        }
        let object = try #require(
          JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let facets = try #require((object["log"] as? [String: Any])?["facets"] as? [[String: Any]])
        #expect(facets.map { $0["name"] as? String } == ["metadata.tier", "plan", "session"])
        #expect(facets.map { $0["shared"] as? Int } == [2, 3, 0])
      }
    }

    private struct Conversation {
      let user: String
      let values: [String: String]
    }

    /// The shipped log, read without the reader under test.
    private static func shipped() throws -> [Conversation] {
      let path = DocumentationTests.root.appendingPathComponent("Corpora/assistant-log.jsonl")
      return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map { line in
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        let values = ["plan", "language"].compactMap { name in (object[name] as? String).map { (name, $0) } }
        return Conversation(
          user: object["user"] as? String ?? "", values: Dictionary(uniqueKeysWithValues: values))
      }
    }

    /// Counts of the whole are those that an independent count gives, less rounding and the bound per user.
    @Test func countsAreThoseOfTheLog() throws {
      try withRoad { road in
        let log = DocumentationTests.root.appendingPathComponent("Corpora/assistant-log.jsonl").path
        let outcome = road.run(
          log, ["--facet", "plan", "--facet", "language", "--facet", ".month"])
        #expect(outcome.code == 0, "\(outcome.messages)")
        let object = try #require(
          JSONSerialization.jsonObject(with: Data(road.bytes("out/release.json"))) as? [String: Any])
        let cells = try #require(object["cluster_facets"] as? [[String: Any]])
        let names = try #require(object["facets"] as? [[String: Any]]).map { $0["name"] as? String }
        #expect(
          names == ["plan", "language", ".month", ".turns", ".length", ".language"])
        let conversations = try Self.shipped()
        var seen = 0
        for cell in cells where cell["cluster_id"] as? String == "c0" {
          let (facet, value) = (cell["facet"] as? String ?? "", cell["value"] as? String ?? "")
          let parts = facet.components(separatedBy: " * ")
          guard parts.allSatisfy({ ["plan", "language"].contains($0) }) else { continue }
          let own = conversations.filter { conversation in
            parts.map { conversation.values[$0] ?? "" }.joined(separator: " * ") == value
          }
          var perUser: [String: Int] = [:]
          for conversation in own { perUser[conversation.user, default: 0] += 1 }
          let users = try #require(cell["n_users"] as? Int)
          let shown = try #require(cell["n_conversations"] as? Int)
          // The ten that count of a busy user may be of other values.
          let busy = perUser.values.filter { $0 > 10 }.count
          // So may the one that counts of some copies of one text, here about one in twenty.
          #expect(
            users <= perUser.count && users > perUser.count * 9 / 10 - 10 - busy, "\(facet) \(value)")
          let counted = perUser.values.reduce(0) { $0 + min($1, 10) }
          #expect(shown <= counted && shown > counted * 9 / 10 - 10 - 10 * busy, "\(facet) \(value)")
          seen += 1
        }
        #expect(seen >= 3 + 6)
        // Clusters below have cells, too, and the report and the tables say what release.json says.
        #expect(cells.contains { $0["cluster_id"] as? String != "c0" })
        let report = road.text("out/report.md")
        #expect(report.contains("## Who talks, by facets") && report.contains("| plan | free |"))
        #expect(report.contains("(R6)"))
        let rows = road.text("out/tables/cluster_facets.csv").split(separator: "\r\n")
        #expect(rows.count == cells.count + 1)
        #expect(
          rows[0] == "release_id,cluster_id,facet,value,n_users,n_conversations,n_users_low,n_users_high,"
            + "n_conversations_low,n_conversations_high,share")
      }
    }

    /// The development corpora have fields of their own.
    @Test(
      .enabled(
        if: ["affective_mix", "sib200"].allSatisfy { DevelopmentCorpora.path($0) != nil },
        "affective_mix or sib200 is absent"),
      arguments: [
        ("affective_mix", ["--facet", "plan"], "plan"),
        ("sib200", ["--facet", "lang", "--unit", "conversation"], "lang"),
      ])
    func developmentCorporaHaveFacets(name: String, flags: [String], facet: String) throws {
      let path = try #require(DevelopmentCorpora.path(name))
      try withRoad { road in
        for threads in ["1", "2"] {
          let outcome = road.run(path, flags + ["--threads", threads], out: "out\(threads)")
          #expect(outcome.code == 0, "\(outcome.messages)")
        }
        let (one, two) = try (road.files(of: "out1"), road.files(of: "out2"))
        #expect(one == two)
        let rows = road.text("out1/tables/cluster_facets.csv").split(separator: "\r\n").map {
          $0.split(separator: ",", omittingEmptySubsequences: false)
        }.filter { $0[2] == facet }
        #expect(rows.filter { $0[1] == "c0" }.count >= 2)
        #expect(rows.contains { $0[1] != "c0" })
        #expect(rows.allSatisfy { Int($0[4])! >= 10 && Int($0[5])! >= 15 })
      }
    }
  }
}
