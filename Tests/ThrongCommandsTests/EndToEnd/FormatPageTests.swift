import Foundation
import Testing
import ThrongCommands
import ThrongIngest

extension EndToEnd {
  /// What `Documentation/Formats.md` promises.
  @Suite struct FormatPageTests {
    private static func page() throws -> [Substring] {
      let path = DocumentationTests.root.appendingPathComponent("Documentation/Formats.md")
      return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map { $0[...] }
    }

    /// Python with DuckDB and pyarrow, where the set-up has made it.
    private static let tools: String? = {
      let path = DocumentationTests.root.appendingPathComponent(".build/tools/bin").path
      return FileManager.default.isExecutableFile(atPath: path + "/python3") ? path : nil
    }()

    @Test func eachFormatHasASection() throws {
      let sections = try Self.page().filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) }
      #expect(sections.suffix(FormatRegistry.names.count) == FormatRegistry.names)
    }

    /// The recipes for Parquet give what the log itself gives.
    @Test(
      .enabled(if: tools != nil && Program.path != nil, "the tools for tests or the program are missing"),
      arguments: ["duckdb", "pyarrow"])
    func parquetIsPiped(library: String) throws {
      let tools = try #require(Self.tools)
      let recipe = try #require(try Self.page().first { $0.contains("import") && $0.contains(library) })
      try withRoad { road in
        let log = DocumentationTests.root.appendingPathComponent("Corpora/assistant-log.jsonl").path
        try FileManager.default.copyItem(atPath: log, toPath: road.path("log.jsonl"))
        let program = URL(fileURLWithPath: Program.path!).deletingLastPathComponent().path
        let flags = "--ledger none --secret-file '\(road.path("secret"))' -q"
        let script = """
          cd '\(road.folder)' && PATH='\(tools)':'\(program)':$PATH &&
          python3 -c "import duckdb; duckdb.sql(\\"COPY (FROM 'log.jsonl') TO 'log.parquet'\\")" &&
          throng run log.jsonl --out plain \(flags) && \(recipe) \(flags)
          """
        let outcome = try Program(arguments: [], wrapped: script).finish()
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(try road.files(of: "release") == road.files(of: "plain"))
      }
    }

    /// A directory of channels, from the export to the bundle.
    @Test func aSlackExportBecomesARelease() throws {
      try withRoad { road in
        let texts = try Log(240, users: nil).lines.map { line -> String in
          let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
          return (object?["messages"] as? [[String: Any]])?.first?["content"] as? String ?? ""
        }
        for file in 0..<6 {
          let folder = road.path("export/channel\(file % 2)")
          try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
          let messages = texts.indices.filter { $0 % 6 == file }.map { i in
            "{\"type\":\"message\",\"user\":\"U\(i % 40)\",\"text\":\"\(texts[i])\",\"ts\":\"\(1_741_967_040 + i).0\"}"
          }
          try "[\(messages.joined(separator: ",\n"))]".write(
            toFile: "\(folder)/2025-03-1\(file / 2).json", atomically: true, encoding: .utf8)
        }
        try "[{\"id\":\"U1\",\"name\":\"\(Log.canary)\"}]".write(
          toFile: road.path("export/users.json"), atomically: true, encoding: .utf8)
        let outcome = road.run(road.path("export"))
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(
          outcome.messages.contains("detected format 'slack', JSON array, not compressed; user in 'user'"))
        #expect(outcome.messages.contains("; 6 files, and not counted 1 without conversations"))
        #expect(outcome.messages.contains("240 records read: 240 conversations of 40 users"))
        #expect(outcome.output.split(separator: "\n").count >= 4, "\(outcome.output)")
        outcome.expectDiscretion()
      }
    }

    /// Without a field of the user, and said which one there would be.
    @Test func logsWithoutUsersAreRefused() throws {
      try withRoad { road in
        let log = try road.put(
          Array(
            #"{"conversation_id":"c","model":"m","turn":1,"conversation":[{"role":"user","content":"x"}]}"#
              .utf8),
          "lmsys.jsonl")
        road.expectRefusal(log, code: 3, "'user', 'user_id'", "format 'lmsys'", "--unit conversation")
      }
    }

    @Test func inspectEstimatesARelease() throws {
      try withRoad { road in
        let log = try road.put(Log(600, users: 200))
        let outcome = road.command(["inspect", log])
        #expect(outcome.code == 0, "\(outcome.messages)")
        for words in [
          "the first 100 records fit 'messages' to 100 % and nothing else; text in 'messages'",
          "users by conversations: 2 to 5: 200", "conversations by messages of the user: 1: 600",
          "(600 human)", "estimate of a release, by clustering all 600 conversations",
          "k = 250 users, 500 conversations: no topic", "languages: ",
        ] {
          #expect(outcome.output.contains(words), "\(outcome.output)")
        }
        #expect(outcome.output.contains(/k = 10 users, 20 conversations: [1-9]\d* topics? with/))
        let json = road.command(["inspect", log, "--json"])
        let report = try #require(
          JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let estimate = try #require(report["estimate"] as? [String: Any])
        let levels = try #require(estimate["levels"] as? [[String: Any]])
        #expect(levels.map { $0["minimum_users"] as? Int } == [10, 25, 50, 100, 250])
        #expect(estimate["is_whole"] as? Bool == true && estimate["conversations"] as? Int == 600)
        let topics = levels.compactMap { $0["topics"] as? Int }
        #expect(topics.last == 0 && topics[0] > 0)
        #expect(report["scores"] as? [String: Double] == ["messages": 1])
      }
    }
  }
}
