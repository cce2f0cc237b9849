import Testing
import ThrongCore
import ThrongIngest

/// Formats in which each record is a conversation. Every fixture is of our own, in the schema of the tool.
@Suite struct DatasetFormatTests {
  /// What a log is taken for, and its records.
  private func read(
    _ log: String, as format: String, _ settings: ReadSettings = lenient()
  ) throws -> [Seen] {
    let (records, report, detection) = try readLog(log.utf8, settings: settings)
    #expect(detection.format == format)
    #expect(report.read == report.kept + report.quarantined && report.records == report.read)
    return records
  }

  @Test func shareGPT() throws {
    let records = try read(
      #"""
      {"id":"s1","conversations":[{"from":"system","value":"s"},{"from":"human","value":"a kiln"},{"from":"gpt","value":"b"}]}
      {"id":"s2","conversations":[{"from":"user","value":"c"},{"from":"function_call","value":"{}"},{"from":"observation","value":"d"},{"from":"chatgpt","value":"e"}]}
      {"id":"s3","conversations":[{"from":"human","value":null}]}
      """#, as: "sharegpt")
    #expect(
      records.map(\.messages) == [
        ["system: s", "human: a kiln", "assistant: b"],
        ["human: c", "assistant: {}", "tool: d", "assistant: e"],
      ])
    #expect(records.allSatisfy { $0.user == nil } && records[0].id == "s1")
  }

  @Test func wildChat() throws {
    let turn = #""language":"English","timestamp":"2023-04-09T00:02:53+00:00","redacted":false,"toxic":false"#
    let log = #"""
      {"conversation_hash":"h1","model":"m","timestamp":null,"turn":1,"language":"English","conversation":[\#
      {"role":"user","content":"clay","turn_identifier":1,"hashed_ip":"ip1",\#(turn)},\#
      {"role":"assistant","content":"wheel","turn_identifier":1,\#(turn)}]}
      {"conversation_hash":"h2","model":"m","timestamp":"2023-04-10T00:00:00+00:00","hashed_ip":"ip2","turn":1,\#
      "conversation":[{"role":"user","content":"mug","turn_identifier":2}]}
      """#
    let records = try read(log, as: "wildchat")
    #expect(
      records == [
        Seen(
          line: 1, id: "h1", user: "ip1", messages: ["human: clay", "assistant: wheel"],
          createdAt: 1_680_998_573),
        Seen(line: 2, id: "h2", user: "ip2", messages: ["human: mug"], createdAt: 1_681_084_800),
      ])
  }

  @Test func lmsys() throws {
    let log = #"""
      {"conversation_id":"c1","model":"m","conversation":[{"content":"x","role":"user"},{"content":"y","role":"assistant"}],\#
      "turn":1,"language":"English","openai_moderation":[{"flagged":false}],"redacted":true}
      """#
    let records = try read(log, as: "lmsys")
    #expect(records == [Seen(line: 1, id: "c1", messages: ["human: x", "assistant: y"])])
    // No field of the user: the reader says so, and nothing is kept where one is asked for.
    #expect(
      failure { _ = try readLog(log.utf8, settings: ReadSettings(maximumBadShare: 1)) }?.exitStatus == 3)
    // Neither's own key is there: both would do.
    let bare = #"{"conversation":[{"content":"x","role":"user"}]}"#
    guard case .ambiguous(["wildchat", "lmsys"])? = failure({ _ = try readLog(bare.utf8) }) else {
      Issue.record("not ambiguous")
      return
    }
  }

  @Test func kura() throws {
    let log = #"""
      [{"chat_id":"k1","created_at":"2025-03-14T15:44:00Z","metadata":{"user_id":7,"plan":"pro"},\#
      "messages":[{"role":"user","content":"x","created_at":"2025-03-14T15:44:00Z"}]}]
      """#
    let records = try read(log, as: "kura", lenient { $0.fields = ["metadata.plan"] })
    #expect(
      records == [
        Seen(line: 1, id: "k1", user: "7", messages: ["human: x"], createdAt: 1_741_967_040, fields: ["pro"])
      ])
  }

  /// The path from `current_node` to the root, whatever the order in the mapping; the other branch is not read.
  static let chatGPT = #"""
    [{"title":"secret title","create_time":1741967040.5,"conversation_id":"g1","current_node":"n4","mapping":{
     "n4":{"id":"n4","parent":"n3","children":[],"message":{"author":{"role":"assistant"},"create_time":1741967043.0,
       "content":{"content_type":"text","parts":["the second answer"]},"metadata":{}}},
     "root":{"id":"root","message":null,"parent":null,"children":["n0"]},
     "n0":{"id":"n0","parent":"root","children":["n1"],"message":{"author":{"role":"system"},
       "content":{"content_type":"text","parts":["hidden"]},"metadata":{"is_visually_hidden_from_conversation":true}}},
     "n1":{"id":"n1","parent":"n0","children":["n2","n3"],"message":{"author":{"role":"user"},"create_time":1741967041.0,
       "content":{"content_type":"multimodal_text","parts":[{"content_type":"image_asset_pointer","asset_pointer":"x"},
        "what is this",{"content_type":"audio_transcription","text":"spoken"}]}}},
     "n2":{"id":"n2","parent":"n1","children":[],"message":{"author":{"role":"assistant"},
       "content":{"content_type":"text","parts":["the first answer"]}}},
     "n3":{"id":"n3","parent":"n1","children":["n4"],"message":{"author":{"role":"tool","name":"browser"},
       "content":{"content_type":"execution_output","text":"42"}}}}},
     {"title":"","create_time":null,"conversation_id":"g2","current_node":"a","mapping":{
     "a":{"parent":"b","message":{"author":{"role":"user"},"content":{"parts":["round"]}}},
     "b":{"parent":"a","message":null}}},
     {"title":"","conversation_id":"g3","current_node":"a","mapping":{"a":{"parent":null,"message":null}}}]
    """#

  @Test func chatGPTExport() throws {
    let folder = try Folder()
    let path = try folder.write(Self.chatGPT.utf8, "conversations.json")
    let reader = try ConversationReader(inputs: [path], settings: lenient { $0.requiresUser = true })
    #expect(reader.detection.format == "chatgpt" && reader.detection.usersAreFiles)
    #expect(reader.detection.hasUsers && !reader.detection.extras.map(\.name).contains("title"))
    let (records, report) = try reader.all()
    #expect(
      records == [
        Seen(
          line: 1, id: "g1", user: path,
          messages: ["human: what is this\nspoken", "assistant: the second answer"], createdAt: 1_741_967_040),
        Seen(line: 2, id: "g2", user: path, messages: ["human: round"]),
      ])
    #expect(report.faults == [Fault(kind: .noText, source: 0, line: 3)])
    // Two people's exports, of one name in two folders.
    let other = try folder.write(Self.chatGPT.utf8, "other/conversations.json")
    let both = try ConversationReader(inputs: [path, other], settings: lenient()).all()
    #expect(Set(both.records.map(\.user)) == [path, other])
    let named = lenient { $0.userField = "conversation_id" }
    #expect(try readLog(Self.chatGPT.utf8, settings: named).records.map(\.user) == ["g1", "g2"])
  }

  @Test func claudeExport() throws {
    let log = #"""
      [{"uuid":"u1","name":"secret","created_at":"2025-03-14T15:44:00.123456Z","account":{"uuid":"acc"},"chat_messages":[
       {"uuid":"m1","sender":"human","text":"joined","created_at":"2025-03-14T15:44:01Z","content":[
        {"type":"text","text":"a glaze"},{"type":"tool_use","name":"x","input":{}},{"type":"text","text":"recipe"}]},
       {"uuid":"m2","sender":"assistant","text":"old form","content":[]},
       {"uuid":"m3","sender":"assistant","text":"","content":[{"type":"thinking","thinking":"secret thought"}]}]},
       {"uuid":"u2","name":"","created_at":"2025-03-15T00:00:00Z","account":{"uuid":"acc"},"chat_messages":[]}]
      """#
    let records = try read(log, as: "claude")
    #expect(
      records == [
        Seen(
          line: 1, id: "u1", user: "acc", messages: ["human: a glaze\nrecipe", "assistant: old form"],
          createdAt: 1_741_967_040)
      ])
  }

  @Test func zendeskTickets() throws {
    let log = #"""
      {"id":9,"requester_id":77,"subject":"secret","created_at":"2025-03-14T15:44:00Z","tags":["a"],"comments":[\#
      {"id":1,"author_id":77,"plain_body":"my kiln &amp; me","public":true,"created_at":"2025-03-14T15:44:00Z"},\#
      {"id":2,"author_id":5,"plain_body":"he is angry","public":false},\#
      {"id":3,"author_id":5,"html_body":"<p>Dear <b>you</b>,</p><p>try 900&deg; &amp; wait</p>","public":true},\#
      {"id":4,"author_id":78,"body":"a colleague","public":true}]}
      {"id":10,"requester_id":"78","created_at":"2025-03-14T15:44:00Z","comments":[{"author_id":78,"body":"x","public":false}]}
      """#
    let records = try read(log, as: "zendesk")
    #expect(
      records == [
        Seen(
          line: 1, id: "9", user: "77",
          messages: [
            "human: my kiln &amp; me", "assistant: Dear you,\ntry 900&deg; & wait\n",
            "assistant: a colleague",
          ], createdAt: 1_741_967_040)
      ])
  }

  @Test func intercomConversations() throws {
    let log = #"""
      {"type":"conversation","id":"i1","created_at":1741967040,"contacts":{"type":"contact.list","contacts":[{"type":"contact","id":"c9"}]},\#
      "source":{"type":"conversation","body":"<p>Hello,<br>my mug</p>","author":{"type":"user","id":"c9"}},\#
      "conversation_parts":{"type":"conversation_part.list","conversation_parts":[\#
      {"part_type":"assignment","body":null,"author":{"type":"bot","id":"b"}},\#
      {"part_type":"note","body":"<p>secret note</p>","author":{"type":"admin","id":"a"}},\#
      {"part_type":"comment","body":"<div>Which&nbsp;one?</div>","author":{"type":"admin","id":"a"},"created_at":1741967050},\#
      {"part_type":"comment","body":"<p>blue</p>","author":{"type":"lead","id":"c9"},"created_at":1741967060},\#
      {"part_type":"comment","body":"<p>me too</p>","author":{"type":"user","id":"c10"}}]}}
      """#
    let records = try read(log, as: "intercom")
    #expect(
      records == [
        Seen(
          line: 1, id: "i1", user: "c9",
          messages: [
            "human: Hello,\nmy mug\n", "assistant: Which one?\n", "human: blue\n", "assistant: me too\n",
          ], createdAt: 1_741_967_040)
      ])
  }
}
