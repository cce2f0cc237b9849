import Testing
import ThrongCore
import ThrongIngest

/// Formats in which several records make a conversation. Every fixture is of our own, in the schema of the tool.
@Suite struct JoinedFormatTests {
  /// The conversations of files by name, sorted by id: their own order follows from hashes.
  private func read(
    _ files: [(String, String)], as format: String, _ settings: ReadSettings = lenient(), threads: Int = 1
  ) throws -> (records: [Seen], report: ReadReport) {
    let folder = try Folder()
    let inputs = try files.map { try folder.write($1.utf8, $0) }
    let reader = try ConversationReader(inputs: inputs, settings: settings)
    #expect(reader.detection.format == format)
    let (records, report) = try reader.all(threads: threads)
    #expect(report.read == report.kept + report.quarantined)
    #expect(report.records == report.read + report.joined + report.passedOver)
    return (records.sorted { ($0.id ?? "", $0.source, $0.line) < ($1.id ?? "", $1.source, $1.line) }, report)
  }

  static let requests = #"""
    {"custom_id":"r1","method":"POST","url":"/v1/chat/completions","body":{"model":"m","user":"u1","messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"clay"},{"type":"image_url","image_url":{"url":"x"}}]}]}}
    {"custom_id":"r2","method":"POST","url":"/v1/chat/completions","body":{"model":"m","user":"u2","messages":[{"role":"user","content":"mug"}]}}
    """#
  static let replies = #"""
    {"id":"b2","custom_id":"r2","response":{"status_code":500,"body":{"error":{"message":"secret"}}},"error":null}
    {"id":"b1","custom_id":"r1","response":{"status_code":200,"body":{"created":1741967040,"choices":[{"index":0,"message":{"role":"assistant","content":"wheel"}},{"index":1,"message":{"role":"assistant","content":null}}]}},"error":null}
    """#

  @Test func batchRequestsAndReplies() throws {
    let joined = [
      Seen(
        line: 1, source: 1, id: "r1", user: "u1", messages: ["system: s", "human: clay", "assistant: wheel"],
        createdAt: 1_741_967_040),
      Seen(line: 2, source: 1, id: "r2", user: "u2", messages: ["human: mug"]),
    ]
    // The replies come first here: which file is named first does not matter.
    let both = try read([("out.jsonl", Self.replies), ("in.jsonl", Self.requests)], as: "openai-batch")
    #expect(both.records == joined)
    #expect(both.report.joined == 1 && both.report.passedOver == 1 && both.report.records == 4)
    let requests = try read([("in.jsonl", Self.requests)], as: "openai-batch").records
    #expect(requests.map(\.messages) == [["system: s", "human: clay"], ["human: mug"]])
    // One id in two batches: the first request goes with the first reply.
    let twice = try read(
      [("a", Self.requests), ("b", Self.requests), ("c", Self.replies)], as: "openai-batch")
    #expect(
      twice.records.map(\.messages) == [
        ["system: s", "human: clay", "assistant: wheel"], ["system: s", "human: clay"], ["human: mug"],
        ["human: mug"],
      ])
    // One record with both, as some tools store them.
    let merged = #"""
      {"custom_id":"r","body":{"messages":[{"role":"user","content":"x"}]},"response":{"body":{"choices":[{"message":{"role":"assistant","content":"y"}}]}}}
      """#
    #expect(
      try read([("m", merged)], as: "openai-batch").records[0].messages == ["human: x", "assistant: y"])
  }

  /// Three calls of one session, each with the history; the last one is the conversation, whatever the order of the file.
  static let langfuse = #"""
    {"id":"o3","trace_id":"t2","session_id":"s1","user_id":"u1","type":"GENERATION","start_time":"2025-03-14 15:46:00.000000","input":"[{\"role\":\"system\",\"content\":\"new\"},{\"role\":\"user\",\"content\":\"clay\"},{\"role\":\"assistant\",\"content\":\"wheel\"},{\"role\":\"user\",\"content\":\"glaze\"}]","output":"{\"role\":\"assistant\",\"content\":\"ash\"}"}
    {"id":"o1","trace_id":"t1","session_id":"s1","user_id":"u1","type":"GENERATION","start_time":"2025-03-14 15:44:00.000000","input":{"messages":[{"role":"system","content":"old"},{"role":"user","content":"clay"}]},"output":{"role":"assistant","content":"wheel"}}
    {"id":"o0","trace_id":"t1","session_id":"s1","user_id":"u1","type":"SPAN","start_time":"2025-03-14 15:43:59.000000","input":{"args":["noise"]},"output":null}
    {"id":"o2","trace_id":"t1","session_id":"s1","user_id":null,"type":"GENERATION","start_time":"2025-03-14 15:44:01.000000","input":{"messages":[{"role":"user","content":"clay"}]},"output":"a title"}
    {"id":"p1","trace_id":"t9","session_id":null,"user_id":"u2","type":"SPAN","start_time":"2025-03-14 15:44:00.000000","input":"plain words","output":"[not json"}
    {"id":"p2","trace_id":"t10","session_id":null,"user_id":"u3","type":"GENERATION","start_time":"2025-03-14 15:44:00.000000","input":null,"output":null}
    """#

  @Test func langfuseRepeats() throws {
    let (records, report) = try read([("a.jsonl", Self.langfuse)], as: "langfuse")
    #expect(
      records == [
        Seen(
          line: 2, id: "s1", user: "u1",
          messages: ["system: new", "human: clay", "assistant: wheel", "human: glaze", "assistant: ash"],
          createdAt: 1_741_967_040),
        Seen(
          line: 5, id: "t9", user: "u2", messages: ["human: plain words", "assistant: [not json"],
          createdAt: 1_741_967_040),
      ])
    #expect(report.records == 6 && report.joined == 3 && report.passedOver == 1 && report.quarantined == 0)
    // Of two users in one session each has a conversation of his own.
    let shared = Self.langfuse.replacing(
      #""user_id":"u1","type":"GENERATION","start_time":"2025-03-14 15:46"#,
      with: #""user_id":"u7","type":"GENERATION","start_time":"2025-03-14 15:46"#)
    let users = try read([("a.jsonl", shared)], as: "langfuse", lenient { $0.requiresUser = true })
    #expect(Set(users.records.map(\.user)) == ["u1", "u2", "u7"] && users.report.counts[.noUser] == 1)
  }

  @Test func historiesAreJoinedByWhatTheySay() throws {
    func call(_ second: Int, _ words: String) -> String {
      let turns = words.map {
        "{\"role\":\"\($0.isUppercase ? "assistant" : "user")\",\"content\":\"\($0)\"}"
      }
      return "{\"id\":\"\(second)\",\"traceId\":\"t\",\"userId\":\"u\",\"startTime\":\(second),\"input\":["
        + turns.joined(separator: ",") + "],\"output\":null}"
    }
    func history(_ calls: String...) throws -> String {
      let log = calls.enumerated().map { call($0 + 1, $1) }.joined(separator: "\n")
      return try read([("a", log)], as: "langfuse").records[0].messages.map { String($0.last!) }.joined()
    }
    #expect(try history("a", "aBc", "aBcDe") == "aBcDe")
    // An answer made again: the later one counts. A shorter call does not take anything away.
    #expect(try history("aBcD", "aBcE") == "aBcE")
    #expect(try history("aBcD", "aX") == "aBcD")
    // Old messages are cut off.
    #expect(try history("aBcD", "cDeF", "eFg") == "aBcDeFg")
    // Nothing is repeated: a new question in the same session.
    #expect(try history("aB", "cD") == "aBcD")
  }

  @Test func langSmithRuns() throws {
    let log = #"""
      {"id":"r1","trace_id":"t1","run_type":"chain","session_id":"project","parent_run_id":null,"start_time":"2025-03-14T15:44:00.000","inputs":{"messages":[{"type":"human","content":"clay"}]},"outputs":{"messages":[{"type":"human","content":"clay"},{"type":"ai","content":"wheel"}]},"extra":{"metadata":{"thread_id":"th","user_id":"u1"}}}
      {"id":"r2","trace_id":"t1","run_type":"llm","session_id":"project","parent_run_id":"r1","start_time":"2025-03-14T15:44:01.000","inputs":{"messages":[[{"lc":1,"type":"constructor","id":["langchain","schema","messages","HumanMessage"],"kwargs":{"content":"template clay"}}]]},"outputs":{"generations":[[{"text":"wheel","message":{"lc":1,"id":["x","AIMessage"],"kwargs":{"content":"wheel"}}}]]},"extra":{"metadata":{"thread_id":"th","user_id":"u1"}}}
      {"id":"r3","trace_id":"t1","run_type":"tool","session_id":"project","parent_run_id":"r1","start_time":"2025-03-14T15:44:01.500","inputs":{"input":"lookup"},"outputs":{"output":"x"},"extra":{"metadata":{"thread_id":"th"}}}
      {"id":"r4","trace_id":"t2","run_type":"chain","session_id":"project","parent_run_id":null,"start_time":"2025-03-14T15:45:00.000","inputs":{"chat_history":[{"role":"user","content":"clay"},{"role":"assistant","content":"wheel"}],"question":"glaze"},"outputs":{"answer":"ash"},"extra":{"metadata":{"thread_id":"th","user_id":"u1"}}}
      {"id":"r5","trace_id":"t3","run_type":"llm","session_id":"project","parent_run_id":"gone","start_time":"2025-03-14T15:44:02.000","inputs":{"messages":[[{"lc":1,"type":"constructor","id":["langchain","schema","messages","HumanMessage"],"kwargs":{"content":[{"type":"text","text":"alone"}]}}]]},"outputs":{"generations":[[{"text":"yes","message":{"lc":1,"id":["x","AIMessage"],"kwargs":{"content":"yes"}}}]]},"extra":{"metadata":{"user_id":"u2"}}}
      """#
    let (records, report) = try read([("a", log)], as: "langsmith")
    #expect(
      records.map { "\($0.id!) \($0.user!) \($0.messages)" } == [
        "t3 u2 \(["human: alone", "assistant: yes"])",
        "th u1 \(["human: clay", "assistant: wheel", "human: glaze", "assistant: ash"])",
      ])
    #expect(report.records == 5 && report.joined == 2 && report.passedOver == 1)
  }

  static let structured = #"""
    {"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[{"spans":[
     {"traceId":"t1","spanId":"1","name":"chat m","startTimeUnixNano":"1741967040000000000","attributes":[
      {"key":"gen_ai.conversation.id","value":{"stringValue":"c1"}},{"key":"user.id","value":{"stringValue":"u1"}},
      {"key":"gen_ai.usage.input_tokens","value":{"intValue":"12"}},{"key":"gen_ai.request.model","value":{"stringValue":"m"}},
      {"key":"gen_ai.input.messages","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[
        {"key":"role","value":{"stringValue":"user"}},{"key":"parts","value":{"arrayValue":{"values":[
          {"kvlistValue":{"values":[{"key":"type","value":{"stringValue":"text"}},{"key":"content","value":{"stringValue":"clay"}}]}},
          {"kvlistValue":{"values":[{"key":"type","value":{"stringValue":"tool_call"}},{"key":"name","value":{"stringValue":"x"}}]}}]}}}]}}]}}},
      {"key":"gen_ai.output.messages","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[
        {"key":"role","value":{"stringValue":"assistant"}},{"key":"finish_reason","value":{"stringValue":"stop"}},
        {"key":"parts","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"type","value":{"stringValue":"text"}},
         {"key":"content","value":{"stringValue":"wheel"}}]}}]}}}]}}]}}}]},
     {"traceId":"t1","spanId":"2","name":"GET /","startTimeUnixNano":"1741967040000000001","attributes":[]}]}]}]}
    """#.replacing("\n", with: "")
  static let text = #"""
    {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"t2","spanId":"3","startTimeUnixNano":"1741967041000000000","attributes":[{"key":"gen_ai.conversation.id","value":{"stringValue":"c1"}},{"key":"enduser.id","value":{"stringValue":"u1"}},{"key":"gen_ai.input.messages","value":{"stringValue":"[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"clay\"}]},{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"wheel\"}]},{\"role\":\"tool\",\"parts\":[{\"type\":\"tool_call_response\",\"response\":\"x\"}]},{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"glaze\"}]}]"}},{"key":"gen_ai.output.messages","value":{"stringValue":"[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"ash\"}]}]"}}]}]}]}]}
    """#
  static let events = #"""
    {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"t9","startTimeUnixNano":"1741967042000000000","attributes":[{"key":"user.id","value":{"stringValue":"u2"}}],"events":[{"name":"gen_ai.system.message","attributes":[{"key":"content","value":{"stringValue":"s"}}]},{"name":"gen_ai.user.message","timeUnixNano":"1741967042000000000","attributes":[{"key":"gen_ai.event.content","value":{"stringValue":"{\"role\":\"user\",\"content\":\"mug\"}"}}]},{"name":"gen_ai.choice","attributes":[{"key":"gen_ai.event.content","value":{"stringValue":"{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"handle\"}}"}}]},{"name":"exception","attributes":[{"key":"content","value":{"stringValue":"secret"}}]}]},{"traceId":"t10","startTimeUnixNano":"1741967042000000000","attributes":[{"key":"user.id","value":{"stringValue":"u3"}}],"events":[{"name":"gen_ai.content.prompt","attributes":[{"key":"gen_ai.prompt","value":{"stringValue":"[{\"role\":\"user\",\"content\":\"old\"}]"}}]},{"name":"gen_ai.content.completion","attributes":[{"key":"gen_ai.completion","value":{"stringValue":"[{\"role\":\"assistant\",\"content\":\"oldest\"}]"}}]}]}]}]}]}
    """#

  @Test func openTelemetrySpans() throws {
    let log = [Self.structured, Self.text, Self.events].joined(separator: "\n")
    let settings = lenient { $0.fields = ["gen_ai.request.model", "gen_ai.usage.input_tokens"] }
    let (records, report) = try read([("spans.jsonl", log)], as: "opentelemetry", settings)
    #expect(
      records == [
        Seen(
          line: 1, id: "c1", user: "u1",
          messages: ["human: clay", "assistant: wheel", "human: glaze", "assistant: ash"],
          createdAt: 1_741_967_040, fields: ["m", "12"]),
        Seen(
          line: 3, id: "t10", user: "u3", messages: ["human: old", "assistant: oldest"],
          createdAt: 1_741_967_042, fields: [nil, nil]),
        Seen(
          line: 3, id: "t9", user: "u2", messages: ["system: s", "human: mug", "assistant: handle"],
          createdAt: 1_741_967_042, fields: [nil, nil]),
      ])
    // Spans are counted, not lines.
    #expect(report.records == 5 && report.passedOver == 1 && report.joined == 1)
    let extras = try readLog(log.utf8).detection.extras.map(\.name)
    #expect(extras == ["gen_ai.request.model", "gen_ai.usage.input_tokens"])
  }

  @Test func slackThreadsAcrossFiles() throws {
    let first = #"""
      [{"type":"message","user":"U1","text":"<@U2> my kiln &amp; <https:\/\/x.org|this page>","ts":"1741967040.000100","thread_ts":"1741967040.000100","reply_count":2},
       {"type":"message","subtype":"channel_join","user":"U9","text":"<@U9> has joined","ts":"1741967041.000100"},
       {"type":"message","user":"U2","text":"alone","ts":"1741967042.000100"},
       {"type":"message","subtype":"bot_message","bot_id":"B1","text":"deploy","ts":"1741967043.000100"},
       {"type":"message","user":"U8","bot_id":"B2","text":"an app","ts":"1741967043.000200"},
       {"type":"message","user":"U1","text":"","ts":"1741967044.000100","files":[{"id":"F"}]}]
      """#
    let second = #"""
      [{"type":"message","user":"U1","text":"thanks","ts":"1742053442.000300","thread_ts":"1741967040.000100"},
       {"type":"message","user":"U3","text":"use <#C1|glaze>","ts":"1742053441.000200","thread_ts":"1741967040.000100","parent_user_id":"U1"}]
      """#
    // The same stamp in another channel is another thread.
    let other = #"[{"type":"message","user":"U5","text":"other","ts":"1741967040.000100"}]"#
    let folder = try Folder()
    _ = try folder.write(second.utf8, "general/2025-03-15.json")
    _ = try folder.write(first.utf8, "general/2025-03-14.json")
    _ = try folder.write(other.utf8, "random/2025-03-14.json")
    _ = try folder.write("[]".utf8, "random/2025-03-15.json")
    _ = try folder.write(#"[{"id":"U1","name":"ada"}]"#.utf8, "users.json")
    _ = try folder.write(#"[{"id":"C1","name":"general"}]"#.utf8, "channels.json")
    _ = try folder.write("secret".utf8, ".hidden.json")
    let settings = lenient { $0.requiresUser = true }
    let reader = try ConversationReader(inputs: [folder.path], settings: settings)
    #expect(reader.detection.format == "slack" && reader.inputs.count == 3)
    #expect(
      Set(reader.passedOver.map { "\($0.path.dropFirst(folder.path.utf8.count)) \($0.reason)" }) == [
        "/users.json companion", "/channels.json companion", "/random/2025-03-15.json empty",
      ])
    var expected: [Seen]?
    for threads in [1, 2] {
      let (records, report) = try reader.all(threads: threads)
      let sorted = records.sorted { ($0.source, $0.line) < ($1.source, $1.line) }
      #expect(
        sorted == [
          Seen(
            line: 1, id: "1741967040.000100", user: "U1",
            messages: ["human:  my kiln & this page", "assistant: use glaze", "human: thanks"],
            createdAt: 1_741_967_040),
          Seen(
            line: 3, id: "1741967042.000100", user: "U2", messages: ["human: alone"],
            createdAt: 1_741_967_042),
          Seen(
            line: 1, source: 2, id: "1741967040.000100", user: "U5", messages: ["human: other"],
            createdAt: 1_741_967_040),
        ])
      #expect(report.joined == 2 && report.passedOver == 4 && report.records == 9)
      #expect(expected == nil || expected == records)
      expected = records
    }
  }

  /// Held in memory or written to the file in many pieces, on any number of threads: the same conversations in the same order.
  @Test func spillingChangesNothing() throws {
    var random = RandomSource(seed: 3)
    let lines = (0..<3000).map { i in
      "{\"type\":\"message\",\"user\":\"U\(random.below(50))\",\"text\":\"w\(i) \(String(repeating: "é", count: random.below(80)))\","
        + "\"ts\":\"\(1_741_967_040 + i).0\",\"thread_ts\":\"\(1_741_967_040 + random.below(400)).0\"}"
    }
    let log = lines.joined(separator: "\n").utf8
    let plain = lenient { $0.blockBytes = 5000 }
    let expected = try readLog(log, settings: plain)
    #expect(expected.report.kept == 400 - (400 - Set(expected.records.map(\.id)).count))
    #expect(expected.report.joined + expected.report.kept == 3000)
    #expect(expected.records.reduce(0) { $0 + $1.messages.count } == 3000)
    for (held, threads) in [(0, 1), (20_000, 2), (1 << 20, 5)] {
      let settings = lenient {
        $0.blockBytes = 5000
        $0.heldBytes = held
      }
      let found = try readLog(log, settings: settings, threads: threads)
      let differ = zip(found.records, expected.records).first { $0 != $1 }
      #expect(differ == nil && found.records.count == expected.records.count)
      #expect(found.report.joined == expected.report.joined)
    }
  }
}
