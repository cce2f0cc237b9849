import Foundation
import Testing
import ThrongCommands

extension EndToEnd {
  /// `throng study` from the command line: what the file says, what flags say against it, what stays private.
  @Suite struct StudyTests {
    private static func log() -> Log {
      var log = Log(600, users: 200)
      for i in log.lines.indices {
        let plan = ["free", "pro"][i % 200 / 4 % 2]
        log.lines[i] = "{\"plan\":\"\(plan)\"," + log.lines[i].dropFirst()
      }
      return log
    }

    private static let study = """
      {
        name: "garden",
        input: { paths: ["log.jsonl"] },
        facets: {
          plan: { field: "plan", values: ["free", "pro"] },
          garden: { rule: "human:(garden OR tomato OR soil)" },
        },
        screen: [{ name: "no python", drop: { facet: "python", is: true } }],
        segments: { pro: { where: { facet: "plan", is: "pro" } } },
        statistics: [{ share: "garden" }, { share: "plan", of: ["all"] }],
        review: { gardeners: { where: "garden" } },
        privacy: { min_users: 6, min_conversations: 12, threshold_gap: 0, max_per_user: 1 },
        outputs: { out: "out", ledger: "none", resamples: 200 },
      }
      """

    private func put(_ text: String, in road: Road) throws -> String {
      try road.put(Self.log())
      return try road.put(Array(text.utf8), "garden.json5")
    }

    @Test func aMistakeIsReportedWithItsPlace() throws {
      try withRoad { road in
        let path = try put(Self.study, in: road)
        let outcome = road.command(["study", path])
        outcome.expectError(2, "garden.json5: line 8, column 48: 'python' is not a facet of this study")
        let slip = try put(Self.study.replacing("\"python\", is", with: "\"gardn\", is"), in: road)
        road.command(["study", slip]).expectError(2, "line 8, column 48: ", "did you mean 'garden'?")
        #expect(road.command(["study", road.path("none.json5")]).code == 2)
      }
    }

    private static let right = study.replacing(
      "facet: \"python\", is: true", with: "facet: \".turns\", at_most: 0")

    @Test func aStudyRunsByItsFileAlone() throws {
      try withRoad { road in
        let path = try put(Self.right, in: road)
        let outcome = road.command(["study", path, "--secret-file", road.path("secret"), "--quiet"])
        #expect(outcome.code == 0, "\(outcome.messages)")
        outcome.expectDiscretion()
        let statistics = road.text("out/tables/statistics.csv")
        #expect(
          statistics.contains("garden,share,all,,garden,yes,") && statistics.contains("garden,share,pro,"))
        #expect(road.text("out/tables/release.csv").contains("custom"))
        #expect(road.names.contains("out/figures/shares.svg"))

        // The list of the lane: positions, readable by its owner only, and no word of the log anywhere in it.
        #expect(road.mode("out.work") == 0o700 && road.mode("out.work/review-gardeners.jsonl") == 0o600)
        let list = road.text("out.work/review-gardeners.jsonl")
        // 150 of the 600 conversations are about the garden, and three of its words stand in five of six of these.
        #expect(list.split(separator: "\n").count > 75 && !list.contains("tomato") && !list.contains("u1"))
        let shown = road.command(["study", path, "--review", "gardeners"])
        #expect(shown.code == 0 && shown.output == list)
        let access = road.text("out.work/review-access.jsonl").split(separator: "\n")
        #expect(access.count == 2 && access[0].contains("\"written\"") && access[1].contains("\"shown\""))
        for name in try road.files(of: "out").keys { #expect(!name.contains("review")) }
        road.command(["study", path, "--review", "gardner"]).expectError(2, "did you mean 'gardeners'?")
      }
    }

    /// Flags go before the file, and the file before the defaults.
    @Test func flagsOverrideTheFile() throws {
      try withRoad { road in
        let path = try put(Self.right, in: road)
        let flags = ["--secret-file", road.path("secret"), "--min-users", "7", "--out", road.path("other")]
        let outcome = road.command(["study", path] + flags)
        #expect(outcome.code == 0, "\(outcome.messages)")
        let release = road.text("other/release.json")
        #expect(
          release.contains("\"minimum_users\" : 7") && release.contains("\"minimum_conversations\" : 12"))
        #expect(release.contains("\"minimum_facet_users\" : 10") && !road.names.contains("out"))
      }
    }

    @Test func itsBundleWithstandsTheAudit() throws {
      try withRoad { road in
        let path = try put(Self.right, in: road)
        #expect(road.command(["study", path, "--secret-file", road.path("secret")]).code == 0)
        let audit = road.command(["audit", road.path("out"), "--against", road.path("log.jsonl")])
        #expect(audit.code == 0, "\(audit.output)\(audit.messages)")
      }
    }

    /// A few people talk in both segments, and one conversation of each counts. Each segment by itself would count another one of them
    /// than the whole, and R12 would refuse all bundles but the first.
    @Test func whatCountsInASegmentCountsInTheWhole() throws {
      try withRoad { road in
        var log = Self.log()
        for i in log.lines.indices where i % 200 < 8 {
          let plan = ["free", "pro"][i / 200 % 2]
          log.lines[i] = log.lines[i].replacing("\"plan\":\"free\"", with: "\"plan\":\"\(plan)\"")
            .replacing("\"plan\":\"pro\"", with: "\"plan\":\"\(plan)\"")
        }
        try road.put(log)
        let segments = """
          segments: {
            free: { where: { facet: "plan", is: "free" }, cluster: true },
            pro: { where: { facet: "plan", is: "pro" }, cluster: true },
          },
          """
        let text = Self.right.replacing(
          "segments: { pro: { where: { facet: \"plan\", is: \"pro\" } } },", with: segments)
        let path = try road.put(Array(text.utf8), "plans.json5")
        let outcome = road.command(["study", path, "--secret-file", road.path("secret")])
        #expect(outcome.code == 0 && !outcome.messages.contains("has no bundle"), "\(outcome.messages)")
        func users(_ bundle: String) throws -> Int {
          let release = try #require(
            JSONSerialization.jsonObject(with: Data(road.bytes("\(bundle)/release.json"))) as? [String: Any])
          return try #require((release["clusters"] as? [[String: Any]])?.first?["n_users"] as? Int)
        }
        let (whole, parts) = (try users("out"), try ["out.free", "out.pro"].map(users).reduce(0, +))
        #expect(whole > 150 && parts <= whole + 5 && parts >= whole - 15)
        let audit = road.command(["audit", road.path("out.pro"), "--previous", road.path("out")])
        #expect(audit.code == 0, "\(audit.output)\(audit.messages)")
      }
    }

    @Test func theSchemaIsPrinted() {
      withKnownRoad { road in
        let outcome = road.command(["study", "--schema"])
        #expect(outcome.code == 0 && outcome.output.hasPrefix("{\n") && outcome.output.contains("2020-12"))
      }
    }

    private func withKnownRoad(_ body: (Road) -> Void) { body(Road(folder: "/")) }
  }
}
