/// OpenTelemetry's conventions for generative models, as OTLP in JSON: `resourceSpans[].scopeSpans[].spans[]`, with the
/// messages in attributes (`gen_ai.input.messages`, `gen_ai.output.messages`; structured, or JSON in a string) or, as it
/// was before, in events of the span.
///
/// Each span repeats what was said before. `gen_ai.conversation.id` names the conversation, else the trace is one.
struct OpenTelemetryFormat: LogFormat {
  let name = "opentelemetry"
  let textField = "gen_ai.input.messages"
  let contentFields = ["resourceSpans"]
  let idFields = ["gen_ai.conversation.id", "session.id", "traceId"]
  let userFields = ["user.id", "enduser.id", "enduser.pseudo.id"]
  let timeFields = ["startTimeUnixNano"]
  let joining: Joining? = .history

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    guard record["resourceSpans"]?.kind == .array else { return 0 }
    return 100
  }

  func items(of record: JSONValue) -> [JSONValue]? {
    var spans: [JSONValue] = []
    for resource in record["resourceSpans"]?.elements.map(Array.init) ?? [] {
      for scope in resource["scopeSpans"]?.elements.map(Array.init) ?? [] {
        spans += scope["spans"]?.elements.map(Array.init) ?? []
      }
    }
    return spans
  }

  func concerns(_ item: JSONValue) -> Bool {
    if item["attributes"]?.elements?.contains(where: { Self.isMessages($0["key"]) }) ?? false { return true }
    return item["events"]?.elements?.contains { event in
      event["name"]?.withText { $0.starts(with: "gen_ai.") } ?? false
    } ?? false
  }

  private static func isMessages(_ key: JSONValue?) -> Bool {
    guard let key else { return false }
    return key.spells("gen_ai.input.messages") || key.spells("gen_ai.output.messages")
  }

  /// A field of the span, or one of its attributes.
  func find(_ path: FieldPath, in item: JSONValue) -> JSONValue? {
    path.find(in: item) ?? OTelValue.attribute(path.name, of: item)?.scalar
  }

  func forEachField(of item: JSONValue, _ body: (String, JSONValue) -> Void) -> Bool {
    for attribute in item["attributes"]?.elements.map(Array.init) ?? [] {
      guard let key = attribute["key"]?.string, !Self.isMessages(attribute["key"]),
        key != "gen_ai.system_instructions", let value = attribute.first("value")
      else { continue }
      if let scalar = OTelValue(json: value).scalar { body(key, scalar) }
    }
    return true
  }

  func read(
    _ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock
  ) throws(FaultKind) {
    let count = block.messages.count
    if let input = OTelValue.attribute(context.text.name, of: item) {
      input.append(as: .human, context, into: &block)
    }
    if let output = OTelValue.attribute("gen_ai.output.messages", of: item) {
      output.append(as: .assistant, context, into: &block)
    }
    if block.messages.count > count { return }
    for event in item["events"]?.elements.map(Array.init) ?? [] { append(event, context, into: &block) }
  }

  /// Events, oldest convention last: one with all messages, one for each message, one for the prompt and the completion.
  private func append(_ event: JSONValue, _ context: RecordContext, into block: inout ConversationBlock) {
    guard let name = event["name"]?.string else { return }
    let time = event["timeUnixNano"].flatMap { Timestamp.seconds($0) }
    func attribute(_ key: String) -> OTelValue? { OTelValue.attribute(key, of: event) }
    let start = block.messages.count
    switch name {
    case "gen_ai.client.inference.operation.details":
      attribute("gen_ai.input.messages")?.append(as: .human, context, into: &block)
      attribute("gen_ai.output.messages")?.append(as: .assistant, context, into: &block)
    case "gen_ai.content.prompt": attribute("gen_ai.prompt")?.append(as: .human, context, into: &block)
    case "gen_ai.content.completion":
      attribute("gen_ai.completion")?.append(as: .assistant, context, into: &block)
    case "gen_ai.user.message", "gen_ai.system.message", "gen_ai.assistant.message", "gen_ai.tool.message",
      "gen_ai.choice":
      let role: Role =
        switch name {
        case "gen_ai.user.message": .human
        case "gen_ai.system.message": .system
        case "gen_ai.tool.message": .tool
        default: .assistant
        }
      let content = attribute("content") ?? attribute("gen_ai.event.content") ?? attribute("message")
      content?.append(as: role, context, into: &block)
    default: break
    }
    block.date(messagesFrom: start, time)
  }
}
