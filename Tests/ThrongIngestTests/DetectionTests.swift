import Testing
import ThrongCore
import ThrongIngest

@Suite struct DetectionTests {
  static let message =
    #"{"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}],"user":"u"}"#
  static let text = #"{"text":"x","user":"","date":"2025-01-01","id":1}"#

  @Test func formatsAreToldApart() throws {
    let messages = try readLog("\(Self.message)\n{\n".utf8).detection
    #expect(messages.format == "messages")
    #expect(messages.scores.map(\.format) == FormatRegistry.names)
    #expect(
      messages.scores.filter { $0.score > 0 }.map { "\($0.format) \($0.score)" } == ["messages 0.5"])
    #expect(messages.hasSeveralRoles && messages.hasUsers)
    #expect(messages.user.name == "user" && messages.user.share == 0.5)
    #expect(messages.id.name == nil && messages.id.share == 0 && messages.time.name == nil)
    #expect(messages.inputs.map(\.compression) == [.none] && messages.inputs.map(\.isArray) == [false])

    let texts = try readLog("[\(Self.text),\(Self.text)]".utf8).detection
    #expect(texts.format == "text" && texts.records == 2)
    #expect(texts.inputs.map(\.isArray) == [true])
    #expect(!texts.hasUsers && !texts.hasSeveralRoles)
    #expect(texts.user.name == "user" && texts.user.share == 0)
    #expect(texts.time.name == "date" && texts.time.share == 1)
    #expect(texts.id.name == "id" && texts.id.share == 1)
  }

  /// Names of what the format has no use for, the most frequent first; never a value.
  @Test func furtherFieldsAreFound() throws {
    let log = #"""
      {"text":"x","user":"u","id":1,"plan":"pro","metadata":{"tier":2,"tags":["a"]},"empty":null}
      {"text":"x","user":"u","id":2,"plan":"free","metadata":{"tier":3,"deep":{"er":{"x":true}}},"a b":"c"}
      {"text":"x","user":"u","id":3,"plan":false}
      """#
    let extras = try readLog(log.utf8).detection.extras
    #expect(
      extras.map { "\($0.name) \($0.scalars) \($0.others)" } == [
        "plan 3 0", "metadata.tier 2 0", "a b 1 0", "metadata.deep.er.x 1 0", "metadata 0 2",
        "metadata.deep 0 1",
        "metadata.deep.er 0 1", "metadata.tags 0 1",
      ])
  }

  @Test func furtherFieldsAreBounded() throws {
    let fields = (0..<500).map { "\"k\($0)\":1" }.joined(separator: ",")
    let long = String(repeating: "k", count: 101)
    let extras = try readLog(#"{"\#(long)":1,"text":"x",\#(fields)}"#.utf8).detection.extras
    #expect(extras.count == Detection.maximumExtras && !extras.contains { $0.name == long })
  }

  @Test func onlyTheFirstHundredRecordsCount() throws {
    let log =
      String(repeating: Self.text + "\n", count: 100) + String(repeating: Self.message + "\n", count: 400)
    for blockBytes in [1, 1 << 20] {
      let detection = try readLog(log.utf8, settings: lenient { $0.blockBytes = blockBytes }).detection
      #expect(detection.format == "text" && detection.records == 100)
    }
  }

  @Test func compressionIsToldFromTheBytes() throws {
    let folder = try Folder()
    let bytes = Array("\(Self.text)\n".utf8)
    let inputs = [
      try folder.write(Packed.gzip(bytes), "a.zst"), try folder.write(Packed.zstd(bytes), "b.gz"),
      try folder.write(bytes, "c.gz"),
    ]
    let reader = try ConversationReader(inputs: inputs, settings: lenient())
    #expect(reader.detection.inputs.map(\.compression) == [.gzip, .zstd, .none])
    let (records, report) = try reader.all()
    #expect(records.map(\.source) == [0, 1, 2])
    #expect(report.bytesDecoded == 3 * bytes.count)
    #expect(report.bytesRead == reader.totalBytes)
  }

  @Test func aTieIsRefusedAndCanBeOverridden() throws {
    let both = #"{"text":"t","messages":[{"role":"user","content":"m"}]}"#
    let refusal = failure { _ = try readLog(both.utf8) }
    guard case .ambiguous(let formats) = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
    #expect(formats == ["messages", "text"])
    #expect(refusal?.exitStatus == 3)
    #expect(
      try readLog(both.utf8, settings: lenient { $0.format = "text" }).records[0].messages == ["human: t"])
    #expect(
      try readLog(both.utf8, settings: lenient { $0.format = "messages" }).records[0].messages == ["human: m"]
    )
    let mapped = lenient { $0.mapping = ["text": "text"] }
    #expect(try readLog(both.utf8, settings: mapped).detection.format == "text")
  }

  @Test func inputsOfDifferentFormatsAreRefused() throws {
    let folder = try Folder()
    let inputs = [
      try folder.write("\(Self.text)\n\(Self.text)".utf8, "a"), try folder.write(Self.message.utf8, "b"),
    ]
    let refusal = failure { _ = try ConversationReader(inputs: inputs, settings: lenient()) }
    guard case .mixedFormats(inputs[1], "text", own: "messages") = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
  }

  @Test func unusableSettingsAreUsageErrors() {
    let cases: [(inout ReadSettings) -> Void] = [
      { $0.format = "nonsense" }, { $0.mapping = ["who": "x"] }, { $0.mapping = ["text": ""] },
      { $0.mapping = ["text": "a..b"] }, { $0.userField = "." }, { $0.fields = [""] },
      {
        $0.userField = "a"
        $0.mapping = ["user": "b"]
      },
      { $0.maximumBadShare = 1.5 }, { $0.maximumBadShare = .nan }, { $0.blockBytes = 0 },
    ]
    for change in cases {
      #expect(failure { _ = try readLog(Self.text.utf8, settings: lenient(change)) }?.exitStatus == 2)
    }
    #expect(failure { _ = try ConversationReader(inputs: [], settings: lenient()) }?.exitStatus == 2)
    #expect(failure { _ = try ConversationReader(inputs: ["-", "-"], settings: lenient()) }?.exitStatus == 2)
  }
}
