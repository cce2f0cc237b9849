import Testing
import ThrongCore
import ThrongIngest

/// What the two formats make of records.
@Suite struct FormatTests {
  /// The one record of a log; nil where it was set aside as `kind`.
  private func read(
    _ record: String, _ settings: ReadSettings = lenient()
  ) throws -> (seen: Seen?, kind: FaultKind?) {
    var settings = settings
    // A companion of the same format, so that the log as a whole is usable and known.
    settings.format = settings.format ?? (record.contains("messages") ? "messages" : "text")
    let path = settings.mapping["text"] ?? settings.format!
    let key = path.split(separator: ".").reversed().reduce(
      settings.format == "text" ? "\"companion\"" : "[{\"role\":\"user\",\"content\":\"companion\"}]"
    ) { "{\"\($1)\":\($0)}" }
    let companion = String(key.dropLast()) + ",\"user\":\"c\",\"who\":\"c\"}"
    let (records, report, _) = try readLog("\(companion)\n\(record)\n".utf8, settings: settings)
    #expect(report.read == 2 && report.kept + report.quarantined == 2)
    return (records.count == 2 ? records[1] : nil, report.faults.first?.kind)
  }

  @Test func messagesKeepRolesAndOrder() throws {
    let (seen, _) = try read(
      """
      {"id":"c1","user":"u1","created_at":"2025-03-14T15:44:00Z","messages":[{"role":"system","content":"s"},\
      {"role":"user","content":"héllo \\"you\\""},{"role":"assistant","content":"漢😀"},\
      {"role":"tool","content":"t"},{"role":"Human","content":"a"},{"role":"developer","content":"b"},\
      {"role":"function","content":"c"},{"role":"model","content":"d"}]}
      """)
    #expect(
      seen
        == Seen(
          line: 2, id: "c1", user: "u1",
          messages: [
            "system: s", "human: héllo \"you\"", "assistant: 漢😀", "tool: t", "human: a", "system: b",
            "tool: c",
            "assistant: d",
          ], createdAt: 1_741_967_040))
  }

  @Test func partsWithTextAreOneMessage() throws {
    let (seen, _) = try read(
      """
      {"messages":[{"role":"user","content":[{"type":"text","text":"one"},\
      {"type":"image_url","image_url":{"url":"x"}},{"type":"input_text","text":"two"}]},\
      {"role":"user","content":[{"type":"image_url"}]},{"role":"assistant","content":null},\
      {"role":"assistant"},{"role":"user","content":" \\n"},{"role":"user","content":[]}]}
      """)
    #expect(seen?.messages == ["human: one\ntwo"])
  }

  @Test(arguments: [
    (#"{"messages":[]}"#, FaultKind.noText), (#"{"messages":null}"#, .noText), (#"{"id":1}"#, .noText),
    (#"{"messages":[{"role":"user","content":""}]}"#, .noText),
    (#"{"messages":"x"}"#, .wrongFieldType), (#"{"messages":{"role":"user"}}"#, .wrongFieldType),
    (#"{"messages":["x"]}"#, .wrongFieldType), (#"{"messages":[{"content":"x"}]}"#, .wrongFieldType),
    (#"{"messages":[{"role":1,"content":"x"}]}"#, .wrongFieldType),
    (#"{"messages":[{"role":"user","content":7}]}"#, .wrongFieldType),
    (#"{"messages":[{"role":"user","content":["x"]}]}"#, .wrongFieldType),
    (#"{"messages":[{"role":"user","content":[{"type":"text"}]}]}"#, .wrongFieldType),
    (#"{"messages":[{"role":"user","content":[{"type":"text","text":1}]}]}"#, .wrongFieldType),
    (#"{"messages":[{"role":"user","content":"kept"},{"role":"poet","content":"x"}]}"#, .unknownRole),
    (#"{"text":""}"#, .noText), (#"{"text":" \n\t"}"#, .noText), (#"{"text":null}"#, .noText),
    (#"{"text":5}"#, .wrongFieldType), (#"{"text":["x"]}"#, .wrongFieldType),
    (#"{"text":"x","user":{"a":1}}"#, .wrongFieldType), (#"{"text":"x","user":true}"#, .wrongFieldType),
    (#"{"text":"x","user":1.5}"#, .wrongFieldType), (#"{"text":"x","id":["a"]}"#, .wrongFieldType),
    (#"{"text":"x","created_at":{"s":1}}"#, .wrongFieldType),
    (#"{"text":"x","date":false}"#, .wrongFieldType),
    (#"[{"text":"x"}]"#, .notAnObject), (#""text""#, .notAnObject), ("12", .notAnObject),
    (#"{"text":"x","user":"a","user":"b"}"#, .repeatedKey), (#"{"text":"x","text":"x"}"#, .repeatedKey),
    (#"{"text":"x""#, .invalidJSON), (#"{"text":"x"} {}"#, .invalidJSON), ("text", .invalidJSON),
    ("{\"text\":\"\(String(repeating: "x", count: 10))\u{0}\"}", .nulBytes),
    (#"{"text":"x","a":"# + String(repeating: "[", count: 3000) + "}", .invalidJSON),
  ])
  func badRecordsAreSetAside(record: String, kind: FaultKind) throws {
    let settings = lenient { $0.format = record.contains("messages") ? "messages" : "text" }
    let found = try read(record, settings)
    #expect(found.seen == nil)
    #expect(found.kind == kind)
  }

  @Test func textsArePosts() throws {
    let (seen, _) = try read(#"{"text":" a\u0000b\n","user":42,"id":18446744073709551615}"#)
    #expect(seen == Seen(line: 2, id: "18446744073709551615", user: "42", messages: ["human:  a\u{0}b\n"]))
  }

  @Test func halvesOfSurrogatePairsAreReplaced() throws {
    let (seen, _) = try read(#"{"text":"a\ud83d b\uDE00 c\ud83d\ude00 d\\ud83d e\ud83d\ud83d\ude00"}"#)
    #expect(seen?.messages == ["human: a\u{fffd} b\u{fffd} c😀 d\\ud83d e\u{fffd}😀"])
    #expect(try read(#"{"text":"\ud83d", }"#).kind == .invalidJSON)
  }

  @Test func emptyUsersAreNone() throws {
    for user in [#""""#, #"" \n""#, "null"] {
      let record = "{\"text\":\"x\",\"user\":\(user),\"id\":\(user)}"
      #expect(try read(record).seen == Seen(line: 2, messages: ["human: x"]))
      #expect(try read(record, lenient { $0.requiresUser = true }).kind == .noUser)
    }
    #expect(try read(#"{"text":"x"}"#, lenient { $0.requiresUser = true }).kind == .noUser)
  }

  @Test func fieldsCanBeMapped() throws {
    let record = #"{"body":{"t":"x"},"meta":{"who":"w","at":7},"key":"k","meta.who":"literal","user":"u"}"#
    let mapping = ["text": "body.t", "user": "meta.who", "time": "meta.at", "id": "key"]
    let (seen, _) = try read(record, lenient { $0.mapping = mapping })
    #expect(seen == Seen(line: 2, id: "k", user: "literal", messages: ["human: x"], createdAt: 7))
    let other = try read(#"{"text":"x","who":"w","user":"u"}"#, lenient { $0.userField = "who" })
    #expect(other.seen?.user == "w")
    let chat = try read(
      #"{"chat":{"messages":[{"role":"user","content":"x"}]}}"#,
      lenient { $0.mapping = ["text": "chat.messages"] })
    #expect(chat.seen?.messages == ["human: x"])
    #expect(
      try read(#"{"text":"x","by":[{"k":1},{"k":2,"who":"second"}]}"#, lenient { $0.userField = "by[].who" })
        .seen?.user == "second")
  }

  /// Turns of any shape: where they are, and what their fields are called.
  @Test func turnsCanBeMapped() throws {
    let log = #"""
      {"dialogue":{"turns":[{"by":"customer","said":"x","text":"no"},{"by":"agent","said":"y"}]},"who":"w"}
      {"dialogue":{"turns":[{"by":"poet","said":"x"}]},"who":"w"}
      """#
    let mapping = ["messages": "dialogue.turns", "role": "by", "text": "said", "user": "who"]
    let (records, report, detection) = try readLog(log.utf8, settings: lenient { $0.mapping = mapping })
    #expect(detection.format == "messages" && detection.isGiven && detection.text == "dialogue.turns")
    #expect(records.map(\.messages) == [["human: x", "assistant: y"]] && records[0].user == "w")
    #expect(report.counts[.unknownRole] == 1)
    let other = failure {
      _ = try readLog(
        log.utf8,
        settings: lenient {
          $0.mapping = mapping
          $0.format = "text"
        })
    }
    #expect(other?.exitStatus == 2)
  }

  @Test func messagesKeepTheirTimes() throws {
    let folder = try Folder()
    let log = #"""
      {"messages":[{"role":"user","content":"x","created_at":"2025-03-14T15:44:00Z"},\#
      {"role":"user","content":"y"},{"role":"user","content":"z","timestamp":1741967040123}]}
      """#
    let reader = try ConversationReader(inputs: [try folder.write(log.utf8)], settings: lenient())
    var times: [Int64?] = []
    _ = try reader.read(
      workers: Workers(threads: 1), progress: SilentProgress(), process: { $0.times },
      merge: { times += $0 })
    #expect(times == [1_741_967_040, nil, 1_741_967_040])
  }

  @Test func extraFieldsAreScalars() throws {
    let fields = ["label", "score", "meta.ok", "none", "whole"]
    let settings = lenient { $0.fields = fields }
    let (seen, _) = try read(
      #"{"text":"x","label":"a b","score":-2.5,"meta":{"ok":true},"whole":3}"#, settings)
    #expect(seen?.fields == ["a b", "-2.5", "true", nil, "3"])
    #expect(try read(#"{"text":"x","label":["a"]}"#, settings).kind == .wrongFieldType)
  }

  @Test(
    arguments: [
      ("\"1970-01-01\"", 0), ("\"2000-02-29\"", 951_782_400), ("\"1969-12-31T23:59:59Z\"", -1),
      ("\"0000-03-01\"", -62_162_035_200), ("\"1600-02-29\"", -11_670_998_400),
      ("\"2025-03-14T15:44:00Z\"", 1_741_967_040), ("\"2025-03-14 15:44:00.999\"", 1_741_967_040),
      ("\"2025-03-14t15:44+01:30\"", 1_741_961_640), ("\"2025-03-14T15:44:00-0800\"", 1_741_995_840),
      ("\"2025-03-14T15:44:00,5+02\"", 1_741_959_840), ("1741967040", 1_741_967_040),
      ("1741967040123", 1_741_967_040), ("1741967040.9", 1_741_967_040), ("-1.5", -2),
      ("\"1741967040\"", 1_741_967_040), ("\"1741967040123\"", 1_741_967_040), ("0", 0),
      ("\"2025-02-29\"", nil), ("\"2025-13-01\"", nil), ("\"2025-03-14T25:00Z\"", nil), ("\"14 March\"", nil),
      ("\"2025-03-14Z\"", nil), ("\"2025-3-14\"", nil), ("\"\"", nil), ("1e300", nil), ("\"nan\"", nil),
      ("1741967040123456", 1_741_967_040), ("\"1741967040123456789\"", 1_741_967_040),
      ("\"1741967040.000200\"", 1_741_967_040), ("\"2025-03-14T15:44:00Zx\"", nil),
      ("\"2025-03-14T15:44:00.Z\"", nil), ("\"1900-02-29\"", nil),
    ] as [(String, Int64?)])
  func timesAreRead(value: String, seconds: Int64?) throws {
    for key in ["created_at", "date", "timestamp"] {
      let seen = try read("{\"text\":\"x\",\"\(key)\":\(value)}").seen
      #expect(seen?.messages == ["human: x"])
      #expect(seen?.createdAt == seconds)
    }
    // A time named by hand must be one.
    let mapped = try read("{\"text\":\"x\",\"at\":\(value)}", lenient { $0.mapping = ["time": "at"] })
    #expect(mapped.kind == (seconds == nil ? .wrongFieldType : nil))
  }

  @Test func theFirstTimeFieldCounts() throws {
    let seen = try read(#"{"text":"x","timestamp":3,"date":2,"created_at":null}"#).seen
    #expect(seen?.createdAt == 2)
  }
}
