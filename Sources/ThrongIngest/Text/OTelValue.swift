/// A value of OTLP, whose JSON says the type of each: `{"stringValue": …}`, `{"arrayValue": {"values": […]}}`,
/// `{"kvlistValue": {"values": [{key, value}]}}`. Plain JSON, as it stands in a string, is read alike.
struct OTelValue {
  let json: JSONValue

  /// The attribute called `key` of a span or an event.
  static func attribute(_ key: String, of item: JSONValue) -> OTelValue? {
    guard let attributes = item["attributes"]?.elements else { return nil }
    for attribute in attributes where attribute["key"]?.string == key {
      return attribute.first("value").map { OTelValue(json: $0) }
    }
    return nil
  }

  /// A string, number or boolean without the type around it; nil for lists and objects.
  var scalar: JSONValue? {
    if json.isScalar { return json }
    return json["stringValue"] ?? json["intValue"] ?? json["doubleValue"] ?? json["boolValue"]
  }

  private var elements: [OTelValue]? {
    (json["arrayValue"]?["values"] ?? json).elements.map { $0.map { OTelValue(json: $0) } }
  }

  private subscript(key: StaticString) -> OTelValue? {
    guard let fields = json["kvlistValue"]?["values"]?.elements else {
      return json.first(key).map { OTelValue(json: $0) }
    }
    for field in fields where field["key"]?.spells(key) ?? false {
      return field.first("value").map { OTelValue(json: $0) }
    }
    return nil
  }

  /// Appends messages `{role, parts[]{type, content}}`, a single one, or text, which is of `role` where it says none.
  func append(as role: Role, _ context: RecordContext, into block: inout ConversationBlock) {
    if let text = scalar {
      guard text.kind == .text else { return }
      if let document = context.document(in: text) {
        OTelValue(json: document).append(structuredAs: role, into: &block)
      } else {
        try? block.append(text, role: role)
      }
    } else {
      append(structuredAs: role, into: &block)
    }
  }

  private func append(structuredAs role: Role, into block: inout ConversationBlock) {
    if let messages = elements {
      for message in messages { message.appendMessage(as: role, into: &block) }
    } else {
      appendMessage(as: role, into: &block)
    }
  }

  private func appendMessage(as role: Role, into block: inout ConversationBlock) {
    if let text = scalar {
      if text.kind == .text { try? block.append(text, role: role) }
      return
    }
    // A choice of the older convention wraps its message.
    if let message = self["message"] { return message.appendMessage(as: role, into: &block) }
    let said = self["role"]?.scalar?.withText { RoleName.role(named: $0) } ?? role
    guard let content = self["parts"] ?? self["content"] else { return }
    if let text = content.scalar {
      try? block.append(text, role: said ?? role)
    } else if let parts = content.elements {
      let texts = parts.compactMap { part -> JSONValue? in
        guard let type = part["type"]?.scalar, ChatMessages.isText(type) else { return nil }
        let text = (part["content"] ?? part["text"])?.scalar
        return text?.kind == .text ? text : nil
      }
      try? block.append(parts: texts, role: said ?? role)
    }
  }
}

extension ConversationBlock {
  /// Gives messages their time, where they have none.
  mutating func date(messagesFrom start: Int, _ time: Int64?) {
    guard let time else { return }
    for at in start..<messages.count where messages[at].time == nil {
      messages[at] = Message(role: messages[at].role, text: messages[at].text, time: time)
    }
  }
}

extension Span<UInt8> {
  /// Whether these bytes begin with `prefix`.
  func starts(with prefix: StaticString) -> Bool {
    guard count >= prefix.utf8CodeUnitCount else { return false }
    return extracting(..<prefix.utf8CodeUnitCount).spells(prefix)
  }
}
