/// Claude's export of an account: an array of `uuid, created_at, account.uuid, chat_messages[]{sender, text, content[]}`.
///
/// Newer exports have the text in parts, where what the model thought and which tools it called stand apart; in older ones
/// there is `text` alone.
struct ClaudeFormat: LogFormat {
  let name = "claude"
  let textField = "chat_messages"
  let contentFields = ["name", "summary"]
  let idFields = ["uuid"]
  let userFields = ["account.uuid"]
  let timeFields = ["created_at"]
  let companions = ["users.json", "projects.json", "memories.json"]

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    guard let fit = ChatMessages.signature(text.find(in: record), role: "sender", content: "text") else {
      return 0
    }
    return 50 + (record["uuid"] != nil ? 20 : 0) + (fit > 0 ? 10 * fit : 0)
  }

  func read(
    _ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock
  ) throws(FaultKind) {
    guard let field = context.text.find(in: item) else { throw .noText }
    guard let messages = field.elements else { throw .wrongFieldType }
    for message in messages {
      guard message.kind == .object, let sender = message["sender"] else { throw .wrongFieldType }
      let role = try RoleName.role(sender)
      let time = ChatMessages.time(of: message)
      let count = block.messages.count
      if let parts = message["content"], parts.kind == .array {
        try ChatMessages.append(content: parts, role: role, time: time, into: &block)
      }
      if block.messages.count == count, let text = message["text"], !text.isNull {
        try block.append(text, role: role, time: time)
      }
    }
  }
}
