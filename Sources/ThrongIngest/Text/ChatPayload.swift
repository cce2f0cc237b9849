/// What tools that watch calls of models store as the input or the output of a call: text, JSON in a string, messages of
/// several libraries, or an object with any of these in a field of a usual name.
///
/// Nothing here is a fault: what holds no messages gives none.
enum ChatPayload {
  /// Objects within objects that are looked into.
  private static let depth = 8

  /// Appends the messages of a call. An output that repeats its input, as the state of an agent does, replaces it.
  static func append(
    input: JSONValue?, output: JSONValue?, _ context: RecordContext, into block: inout ConversationBlock
  ) {
    let start = block.messages.count
    if let input { append(input, as: .human, context, into: &block) }
    let middle = block.messages.count
    if let output { append(output, as: .assistant, context, into: &block) }
    let (said, answered) = (middle - start, block.messages.count - middle)
    guard said > 0, answered >= said else { return }
    for i in 0..<said where !block.agree(start + i, middle + i) { return }
    block.messages.removeSubrange(start..<middle)
  }

  /// Appends the messages of `value`; text that says no role is of `role`.
  static func append(
    _ value: JSONValue, as role: Role, _ context: RecordContext, into block: inout ConversationBlock
  ) {
    append(value, as: role, context: context, depth: 0, into: &block)
  }

  /// - Parameter context: nil within a document that came from a string: one at a time can be alive.
  private static func append(
    _ value: JSONValue, as role: Role, context: RecordContext?, depth: Int,
    into block: inout ConversationBlock
  ) {
    guard depth <= Self.depth else { return }
    switch value.kind {
    case .text:
      if let document = context?.document(in: value) {
        let count = block.messages.count
        append(document, as: role, context: nil, depth: depth + 1, into: &block)
        if block.messages.count > count { return }
      }
      try? block.append(value, role: role)
    case .array:
      for element in value.elements! {
        append(element, as: role, context: context, depth: depth + 1, into: &block)
      }
    case .object:
      if appendMessage(value, as: role, into: &block) { return }
      for key in role == .human ? inputs : outputs {
        guard let field = value.first(key) else { continue }
        let count = block.messages.count
        append(field, as: role, context: context, depth: depth + 1, into: &block)
        // A history comes before the question; else the first field with words in it is the one.
        if block.messages.count > count && !key.isHistory { return }
      }
    default: break
    }
  }

  private static let inputs: [StaticString] = [
    "chat_history", "history", "messages", "input", "question", "query", "prompt", "user_input", "message",
    "text", "content", "value", "inputs", "kwargs", "args",
  ]
  private static let outputs: [StaticString] = [
    "messages", "choices", "generations", "message", "output", "outputs", "answer", "response", "text",
    "content", "result", "completion", "value", "data",
  ]

  /// Appends a message with a role, says false where `value` is none.
  private static func appendMessage(
    _ value: JSONValue, as role: Role, into block: inout ConversationBlock
  ) -> Bool {
    // LangChain's constructors: what the message is stands last in `id`, the rest in `kwargs`; or all in `data`.
    let body = value.first("kwargs") ?? value.first("data") ?? value
    var name = value.first("role") ?? body.first("role") ?? body.first("type") ?? value.first("type")
    if let id = value["id"]?.elements { name = id.reduce(name) { $1 } }
    let content = body.first("content") ?? body.first("parts")
    guard let name, let said = name.withText({ RoleName.role(named: $0) }), let said else {
      if let type = value["type"], ChatMessages.isText(type),
        let text = value.first("text") ?? value.first("content")
      {
        try? block.append(text, role: role)
        return true
      }
      return false
    }
    if let content { append(content: content, role: said, into: &block) }
    return true
  }

  /// A string, or parts of which those with text count, whatever they call it.
  private static func append(content: JSONValue, role: Role, into block: inout ConversationBlock) {
    guard let parts = content.elements else {
      try? block.append(content, role: role)
      return
    }
    var texts: [JSONValue] = []
    for part in parts {
      if part.kind == .text {
        texts.append(part)
      } else if part["type"].map({ ChatMessages.isText($0) }) ?? true,
        let text = part.first("text") ?? part.first("content"), text.kind == .text
      {
        texts.append(text)
      }
    }
    try? block.append(parts: texts, role: role)
  }
}

extension StaticString {
  /// Whether a field of that name holds what came before the question.
  fileprivate var isHistory: Bool {
    withUTF8Buffer { unsafe String(decoding: $0, as: UTF8.self) }.hasSuffix("history")
  }
}

extension ConversationBlock {
  /// Whether two messages are of the same role and say the same.
  func agree(_ a: Int, _ b: Int) -> Bool {
    messages[a].role == messages[b].role && bytes[messages[a].text] == bytes[messages[b].text]
  }
}
