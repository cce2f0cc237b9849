/// `messages[]{role, content}`, as OpenAI's chat interface has it and as Throng's own logs do.
///
/// `content` is a string, null (a call of a tool) or parts of which those with text count. `--map messages=`, `role=` and
/// `text=` name other fields.
struct MessagesFormat: LogFormat {
  let name = "messages"
  let textField = "messages"

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    guard var messages = text.find(in: record)?.elements else { return 0 }
    guard let first = messages.next(), first.kind == .object else { return 20 }
    return 40 + (first["role"] != nil ? 30 : 0) + (first["content"] != nil ? 30 : 0)
  }

  func read(
    _ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock
  ) throws(FaultKind) {
    guard let field = context.text.find(in: item) else { throw .noText }
    guard let messages = field.elements else { throw .wrongFieldType }
    try ChatMessages.append(messages, keys: context.messageKeys, into: &block)
  }
}
