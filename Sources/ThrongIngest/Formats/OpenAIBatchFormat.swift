/// OpenAI's batch interface: requests `custom_id, body.messages`, replies `custom_id, response.body.choices[0].message`,
/// or both in one record. Requests and replies that are given together are joined by `custom_id`.
struct OpenAIBatchFormat: LogFormat {
  let name = "openai-batch"
  let textField = "body.messages"
  let contentFields = ["body", "response"]
  let idFields = ["custom_id"]
  let userFields = ["body.user", "body.safety_identifier", "body.metadata.user_id", "user"]
  let timeFields = ["created_at", "response.body.created"]
  let joining: Joining? = .exchange

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    guard record["custom_id"] != nil else { return 0 }
    let request = text.find(in: record)?.kind == .array || record["body"]?["input"] != nil
    let reply = record["response"]?["body"]?.kind == .object
    return request || reply || record["response"] != nil ? 100 : 0
  }

  /// A reply answers what was asked.
  func rank(of item: JSONValue) -> UInt8 { item["body"] == nil ? 1 : 0 }

  func read(
    _ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock
  ) throws(FaultKind) {
    if let field = context.text.find(in: item) {
      guard let messages = field.elements else { throw .wrongFieldType }
      try ChatMessages.append(messages, into: &block)
    } else if let input = item["body"]?.first("input") {
      ChatPayload.append(input, as: .human, context, into: &block)
    }
    if let body = item["response"]?.first("body") {
      ChatPayload.append(body, as: .assistant, context, into: &block)
    }
  }
}
