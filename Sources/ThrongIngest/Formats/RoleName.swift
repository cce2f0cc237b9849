/// Names of roles, as the tools that write logs spell them.
package enum RoleName {
  /// - Throws: ``FaultKind/wrongFieldType`` where `value` is no string, ``FaultKind/unknownRole``.
  package static func role(_ value: JSONValue) throws(FaultKind) -> Role {
    guard let role = value.withText({ role(named: $0) }) else { throw .wrongFieldType }
    guard let role else { throw .unknownRole }
    return role
  }

  private static let names: [(name: StaticString, role: Role)] = [
    ("user", .human), ("assistant", .assistant), ("system", .system), ("tool", .tool),
    ("human", .human), ("developer", .system), ("function", .tool),
    ("model", .assistant), ("bot", .assistant), ("ai", .assistant), ("gpt", .assistant),
    ("chatgpt", .assistant), ("chatbot", .assistant), ("bard", .assistant), ("bing", .assistant),
    ("customer", .human), ("client", .human), ("visitor", .human), ("contact", .human),
    ("agent", .assistant), ("admin", .assistant), ("operator", .assistant), ("support", .assistant),
    ("function_call", .assistant), ("observation", .tool), ("tool_response", .tool),
    ("aimessage", .assistant), ("aimessagechunk", .assistant), ("humanmessage", .human),
    ("systemmessage", .system), ("toolmessage", .tool), ("functionmessage", .tool),
  ]

  /// The role that goes by `bytes`; nil where none does.
  static func role(named bytes: Span<UInt8>) -> Role? {
    names.first { bytes.spells($0.name) }?.role
  }
}

extension Span<UInt8> {
  /// Whether these bytes are `word`, given in lower-case letters, in upper or lower case.
  func spells(_ word: StaticString) -> Bool {
    guard count == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { letters in
      for i in 0..<letters.count {
        let isUpper = self[i] >= UInt8(ascii: "A") && self[i] <= UInt8(ascii: "Z")
        if unsafe (isUpper ? self[i] | 0x20 : self[i]) != letters[i] { return false }
      }
      return true
    }
  }
}
