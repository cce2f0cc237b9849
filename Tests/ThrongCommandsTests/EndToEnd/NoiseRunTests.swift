import Foundation
import Testing
import ThrongCommands

extension EndToEnd {
  /// `--policy differential`, from the command line to the bundle.
  @Suite struct NoiseRunTests {
    private static let budget = ["--policy", "differential", "--epsilon", "12", "--delta", "1e-5"]

    @Test func countsCarryNoiseAndTheBudgetIsStated() throws {
      try withRoad { road in
        let log = road.path("log.jsonl")
        #expect(road.command(["synthesize", "--conversations", "2000", "--output", log]).code == 0)
        let more = Self.budget + ["--cells-per-user", "2", "--facet", ".language"]
        for out in ["one", "two"] {
          let outcome = road.run(log, more, out: out)
          #expect(outcome.code == 0, "\(outcome.messages)")
          #expect(outcome.messages.contains("epsilon 12.0 and delta 1e-05"))
          outcome.expectDiscretion()
        }
        // The same input, secret and seed, and yet other numbers.
        #expect(try road.files(of: "one") != road.files(of: "two"))
        let object = try #require(
          JSONSerialization.jsonObject(with: Data(road.bytes("one/release.json"))) as? [String: Any])
        let rules = try #require(object["rules"] as? [String: Any])
        #expect(rules["policy"] as? String == "differential")
        let differential = try #require(rules["differential"] as? [String: Any])
        #expect(differential["epsilon"] as? Double == 12 && differential["cells_per_user"] as? Int == 2)
        let parts = try #require(differential["mechanisms"] as? [[String: Any]]).compactMap {
          $0["epsilon"] as? Double
        }
        #expect(parts.count >= 8 && parts.reduce(0, +) <= 12 + 1e-9)
        let clusters = try #require(object["clusters"] as? [[String: Any]])
        #expect(clusters.count > 3)
        for cluster in clusters {
          let users = try #require(cluster["n_users"] as? Int)
          let range =
            try #require(cluster["n_users_low"] as? Int)...(try #require(cluster["n_users_high"] as? Int))
          #expect(range.contains(users) && range.count > 1)
        }
        // Languages were asked for; nothing else is counted, for it would cost a part of the budget.
        #expect((object["facets"] as? [[String: Any]])?.compactMap { $0["name"] as? String } == [".language"])
        let cells = try #require(object["cluster_facets"] as? [[String: Any]])
        #expect(cells.contains { $0["cluster_id"] as? String == "c0" && $0["n_users_high"] is Int })
        let report = road.text("one/report.md")
        for words in [
          "carries noise", "epsilon 12.0", "given the clustering", "truncated geometric",
          "Not under the guarantee",
        ] {
          #expect(report.contains(words), "\(words)")
        }
        #expect(!report.contains("rounded down"))
      }
    }

    @Test func tooFewPeopleAreRefusedByNoisedNumbers() throws {
      try withRoad { road in
        let log = try road.put(Log(60, users: 20))
        road.expectRefusal(
          log, Self.budget + ["--min-users", "100"], code: 4, "with noise there are fewer than 100")
      }
    }
  }
}
