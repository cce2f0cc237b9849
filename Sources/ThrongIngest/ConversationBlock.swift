/// Who wrote a message.
public enum Role: UInt8, Sendable, CaseIterable {
  /// The person: `user`, `human`.
  case human
  /// The machine: `assistant` and what other tools call it.
  case assistant
  /// Instructions: `system`, `developer`.
  case system
  /// Output of a program: `tool`, `function`.
  case tool
}

/// One block of conversations as read.
///
/// Private: it is never encoded or described, and its text lives only until the handler returns. All ranges
/// point into ``bytes`` and hold valid UTF-8.
package struct ConversationBlock: Sendable {
  package struct Message: Sendable {
    package let role: Role
    /// Never empty, never only white space.
    package let text: Range<Int>
    /// Unix seconds, where the format says when each message was written.
    package let time: Int64?

    package init(role: Role, text: Range<Int>, time: Int64? = nil) {
      (self.role, self.text, self.time) = (role, text, time)
    }
  }

  package struct Record: Sendable {
    /// Index of the input.
    package let source: Int
    /// Line of JSON Lines or element of a JSON array, from 1; of a conversation in several records that of the first.
    package let line: Int
    package let id: Range<Int>?
    /// Never empty, never only white space.
    package let user: Range<Int>?
    /// Range of ``ConversationBlock/messages``; never empty.
    package let messages: Range<Int>
    /// Unix seconds.
    package let createdAt: Int64?
    /// The extra fields in the order of ``ReadSettings/fields``; nil where missing or null.
    package let fields: [Range<Int>?]
  }

  /// Where a record that is a piece of a conversation stands among the others.
  struct Place: Sendable {
    /// Microseconds since 1970; the least number where the record says no time.
    let time: Int64
    let rank: UInt8
  }

  package internal(set) var bytes: [UInt8] = []
  package internal(set) var messages: [Message] = []
  package internal(set) var records: [Record] = []
  /// One for each record of a format whose records are joined; else empty.
  var places: [Place] = []

  /// Forgets the records, keeps the memory for the next block.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    messages.removeAll(keepingCapacity: true)
    records.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
  }
}

extension ConversationBlock {
  /// Appends a message of one string; says and appends nothing where the string holds only white space.
  ///
  /// - Throws: ``FaultKind/wrongFieldType`` where `text` is no string.
  package mutating func append(_ text: JSONValue, role: Role, time: Int64? = nil) throws(FaultKind) {
    guard let range = text.appendText(to: &bytes) else { throw .wrongFieldType }
    close(from: range.lowerBound, role: role, time: time)
  }

  /// Appends a message whose text is that of several strings, each on lines of its own.
  ///
  /// - Throws: ``FaultKind/wrongFieldType`` where one is no string.
  package mutating func append(
    parts: some Sequence<JSONValue>, role: Role, time: Int64? = nil
  ) throws(FaultKind) {
    let lower = bytes.count
    for part in parts {
      if bytes.count > lower { bytes.append(UInt8(ascii: "\n")) }
      if part.appendText(to: &bytes) == nil { throw .wrongFieldType }
    }
    close(from: lower, role: role, time: time)
  }

  /// Appends a message of one string as `clean` writes it.
  ///
  /// - Throws: ``FaultKind/wrongFieldType`` where `text` is no string.
  mutating func append(
    _ text: JSONValue, role: Role, time: Int64? = nil, as clean: (Span<UInt8>, inout [UInt8]) -> Void
  ) throws(FaultKind) {
    let lower = bytes.count
    if text.withText({ clean($0, &bytes) }) == nil { throw .wrongFieldType }
    close(from: lower, role: role, time: time)
  }

  /// Makes a message of `bytes[lower...]`, or takes them back where they are only white space.
  mutating func close(from lower: Int, role: Role, time: Int64?) {
    if Self.isBlank(bytes, from: lower) {
      bytes.removeLast(bytes.count - lower)
    } else {
      messages.append(Message(role: role, text: lower..<bytes.count, time: time))
    }
  }

  /// Whether nothing but ASCII white space lies in `bytes[from...]`. O(leading white space).
  static func isBlank(_ bytes: borrowing [UInt8], from: Int) -> Bool {
    var at = from
    while at < bytes.count {
      if bytes[at] > 0x20 { return false }
      at += 1
    }
    return true
  }
}
