/// A format of conversation logs: how to recognise a record of it and where its messages are.
///
/// To add one, write a file with a type that conforms and name it in ``FormatRegistry/all``. Formats hold no
/// state: one value serves all workers.
package protocol LogFormat: Sendable {
  /// What `--format` calls it.
  var name: String { get }
  /// Path of what holds the text; `--map text=` overrides it.
  var textField: String { get }
  /// Paths of a record's id, the first one present counts; `--map id=` overrides them.
  var idFields: [String] { get }
  /// Paths of a record's user, as above; `--user` and `--map user=` override them.
  var userFields: [String] { get }
  /// Paths of a record's time, as above; `--map time=` overrides them.
  var timeFields: [String] { get }

  /// How many of the format's signature keys `record` shows, as a share in 0...100. A look at the keys and at
  /// the kinds of their values, O(1) in the length of the text.
  func score(_ record: JSONValue, text: FieldPath) -> Int

  /// Appends the messages of `record`; where it throws, the caller takes back what was appended.
  ///
  /// - Throws: why the record must be set aside. No message at all is for the caller to notice.
  func read(_ record: JSONValue, text: FieldPath, into block: inout ConversationBlock) throws(FaultKind)
}

extension LogFormat {
  package var idFields: [String] { ["id"] }
  package var userFields: [String] { ["user"] }
  package var timeFields: [String] { ["created_at", "date", "timestamp"] }
}

/// The formats there are.
package enum FormatRegistry {
  /// In the order in which help and errors name them; detection does not depend on it.
  package static let all: [any LogFormat] = [
    MessagesFormat(),
    TextFormat(),
  ]

  package static var names: [String] { all.map(\.name) }
}

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
  ]

  private static func role(named bytes: Span<UInt8>) -> Role? {
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
