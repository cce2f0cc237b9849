import Foundation
import Testing
import ThrongCommands
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
  }
}
