/// Kura: `chat_id`, `created_at`, `messages[]{role, content, created_at}`, `metadata`, in which the user is.
struct KuraFormat: LogFormat {
  let name = "kura"
  let textField = "messages"
  let idFields = ["chat_id"]
  let userFields = ["metadata.user_id", "metadata.user", "user_id", "user"]
  let timeFields = ["created_at"]
  let refines = ["messages"]

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    guard record["chat_id"] != nil,
      let fit = ChatMessages.signature(text.find(in: record), role: "role", content: "content")
    else { return 0 }
    return 25 + 25 * fit
  }

  func read(
    _ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock
  ) throws(FaultKind) {
    try MessagesFormat().read(item, context, into: &block)
  }
}
