/// Messages as the interfaces of language models have them: a role, and content that is a string or parts.
enum ChatMessages {
  /// Appends each of `messages`.
  ///
  /// - Throws: ``FaultKind/wrongFieldType`` or ``FaultKind/unknownRole`` where one is none.
  static func append(
    _ messages: JSONElements, keys: MessageKeys = MessageKeys(), into block: inout ConversationBlock
  ) throws(FaultKind) {
    for message in messages {
      guard message.kind == .object, let name = message[keys.role] else { throw .wrongFieldType }
      let role = try RoleName.role(name)
      guard let content = message[keys.content] else { continue }
      try append(content: content, role: role, time: time(of: message), into: &block)
    }
  }

  /// Appends a message of that content: a string, null (a call of a tool) or parts of which those with text count.
  static func append(
    content: JSONValue, role: Role, time: Int64? = nil, into block: inout ConversationBlock
  ) throws(FaultKind) {
    switch content.kind {
    case .null: return
    case .text: try block.append(content, role: role, time: time)
    case .array: try block.append(parts: try texts(of: content.elements!), role: role, time: time)
    default: throw .wrongFieldType
    }
  }

  /// When `message` was written, in Unix seconds. Costs next to nothing where it has a role and content only.
  static func time(of message: JSONValue) -> Int64? {
    guard message.fieldCount > 2 else { return nil }
    guard let value = message["created_at"] ?? message["timestamp"], !value.isNull else { return nil }
    return Timestamp.seconds(value)
  }

  /// Text of a message in parts; images, sounds, files and calls have none.
  private static func texts(of parts: JSONElements) throws(FaultKind) -> [JSONValue] {
    var texts: [JSONValue] = []
    for part in parts {
      guard part.kind == .object else { throw .wrongFieldType }
      guard let type = part["type"], isText(type) else { continue }
      guard let text = part["text"] else { throw .wrongFieldType }
      texts.append(text)
    }
    return texts
  }

  /// Whether `type` is what parts with text call themselves.
  static func isText(_ type: JSONValue) -> Bool {
    type.spells("text") || type.spells("input_text") || type.spells("output_text")
  }

  /// How much the first of `messages` looks like one: nil where there is no list, 0 for an empty one, else 1 and 1 more
  /// for each of the two keys.
  static func signature(_ messages: JSONValue?, role: StaticString, content: StaticString) -> Int? {
    guard var messages = messages?.elements else { return nil }
    guard let first = messages.next(), first.kind == .object else { return 0 }
    return 1 + (first[role] != nil ? 1 : 0) + (first[content] != nil ? 1 : 0)
  }
}
