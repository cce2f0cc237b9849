/// Intercom: a conversation with `source{body, author}` and `conversation_parts.conversation_parts[]{part_type, body,
/// author{type, id}, created_at}`, bodies in HTML.
///
/// The first contact is the user. What admins, bots and further contacts write is the other side; notes of admins to each
/// other are left out, and so are parts without words, such as assignments.
struct IntercomFormat: LogFormat {
  let name = "intercom"
  let textField = "conversation_parts.conversation_parts"
  let contentFields = ["conversation_parts", "source", "title", "conversation_message"]
  let userFields = ["contacts.contacts[].id", "user.id", "contacts[].id"]
  let timeFields = ["created_at"]

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    let parts = text.find(in: record)
    let opening = record["source"] ?? record["conversation_message"]
    let isConversation = record["type"]?.spells("conversation") ?? false
    guard parts?.kind == .array || isConversation else { return 0 }
    return (parts?.kind == .array ? 50 : 0) + (isConversation ? 25 : 0)
      + (opening?.kind == .object ? 25 : 0)
  }

  func read(
    _ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock
  ) throws(FaultKind) {
    let contact = Self.contact.lazy.compactMap { $0.find(in: item)?.scalarName }.first
    if let opening = item.first("source") ?? item.first("conversation_message") {
      try append(opening, contact: contact, time: item["created_at"], into: &block)
    }
    guard let field = context.text.find(in: item) else { return }
    guard let parts = field.elements else { throw .wrongFieldType }
    for part in parts {
      guard part.kind == .object else { throw .wrongFieldType }
      if part["part_type"]?.spells("note") ?? false { continue }
      try append(part, contact: contact, time: part["created_at"], into: &block)
    }
  }

  private static let contact = ["contacts.contacts[].id", "user.id", "contacts[].id"].compactMap(
    FieldPath.init)

  private func append(
    _ part: JSONValue, contact: String?, time: JSONValue?, into block: inout ConversationBlock
  ) throws(FaultKind) {
    guard let body = part.first("body") else { return }
    let author = part["author"]
    let isPerson =
      author?["type"].map { type in
        type.spells("user") || type.spells("contact") || type.spells("lead")
      } ?? false
    let isContact = isPerson && (contact == nil || author?["id"]?.scalarName == contact)
    try block.append(
      body, role: isContact ? .human : .assistant, time: time.flatMap { Timestamp.seconds($0) },
      as: HTMLText.append)
  }
}
