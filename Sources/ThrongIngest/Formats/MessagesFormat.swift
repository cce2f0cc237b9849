/// `messages[]{role, content}`, as OpenAI's chat interface has it and as Throng's own logs do.
///
/// `content` is a string, null (a call of a tool) or parts of which those with text count.
struct MessagesFormat: LogFormat {
  let name = "messages"
  let textField = "messages"

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    guard var messages = text.find(in: record)?.elements else { return 0 }
    guard let first = messages.next(), first.kind == .object else { return 20 }
    return 40 + (first["role"] != nil ? 30 : 0) + (first["content"] != nil ? 30 : 0)
  }

  func read(_ record: JSONValue, text: FieldPath, into block: inout ConversationBlock) throws(FaultKind) {
    guard let field = text.find(in: record) else { throw .noText }
    guard let messages = field.elements else { throw .wrongFieldType }
    for message in messages {
      guard message.kind == .object, let name = message["role"] else { throw .wrongFieldType }
      let role = try RoleName.role(name)
      guard let content = message["content"] else { continue }
      switch content.kind {
      case .null: continue
      case .text: try block.append(content, role: role)
      case .array: try read(parts: content.elements!, role: role, into: &block)
      default: throw .wrongFieldType
      }
    }
  }

  /// Text of a message in parts; images, sounds and files have none.
  private func read(
    parts: JSONElements, role: Role, into block: inout ConversationBlock
  ) throws(FaultKind) {
    var texts: [JSONValue] = []
    for part in parts {
      guard part.kind == .object else { throw .wrongFieldType }
      guard let type = part["type"], type.withText({ Self.isText($0) }) ?? false else { continue }
      guard let text = part["text"] else { throw .wrongFieldType }
      texts.append(text)
    }
    try block.append(parts: texts, role: role)
  }

  private static func isText(_ type: Span<UInt8>) -> Bool {
    type.spells("text") || type.spells("input_text") || type.spells("output_text")
  }
}
