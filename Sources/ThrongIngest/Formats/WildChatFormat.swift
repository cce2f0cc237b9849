/// WildChat: `conversation_hash, model, conversation[]{role, content, timestamp, hashed_ip, …}`. The hashed address of
/// the first turn, or of the record, stands for the user.
struct WildChatFormat: LogFormat {
  let name = "wildchat"
  let textField = "conversation"
  let idFields = ["conversation_hash", "conversation_id"]
  let userFields = ["hashed_ip", "conversation[].hashed_ip"]
  let timeFields = ["timestamp", "conversation[].timestamp"]

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    guard let turns = text.find(in: record),
      let fit = ChatMessages.signature(turns, role: "role", content: "content")
    else { return 0 }
    var first = turns.elements!
    let turn = first.next()
    return 15 * fit + (record["conversation_hash"] != nil ? 35 : 0)
      + (record["hashed_ip"] != nil || turn?["hashed_ip"] != nil || turn?["turn_identifier"] != nil ? 20 : 0)
  }

  func read(
    _ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock
  ) throws(FaultKind) {
    try MessagesFormat().read(item, context, into: &block)
  }
}

/// LMSYS-Chat-1M: `conversation_id, model, conversation[]{role, content}, turn, language`. Names no users.
struct LMSYSFormat: LogFormat {
  let name = "lmsys"
  let textField = "conversation"
  let idFields = ["conversation_id"]
  let timeFields = ["tstamp", "timestamp"]

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    guard let fit = ChatMessages.signature(text.find(in: record), role: "role", content: "content") else {
      return 0
    }
    return 15 * fit + (record["conversation_id"] != nil ? 35 : 0)
      + (record["turn"] != nil || record["openai_moderation"] != nil || record["model"] != nil ? 20 : 0)
  }

  func read(
    _ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock
  ) throws(FaultKind) {
    try MessagesFormat().read(item, context, into: &block)
  }
}
