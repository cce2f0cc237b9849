/// ChatGPT's export of an account: an array of `title, create_time, current_node, mapping{id: {message, parent, children}}`.
///
/// `mapping` holds a tree: every edit of a question and every second answer starts a branch. The conversation is the path
/// from `current_node` up to the root. One file is one person's.
struct ChatGPTFormat: LogFormat {
  let name = "chatgpt"
  let textField = "mapping"
  let contentFields = ["title"]
  let idFields = ["conversation_id", "id"]
  let userFields: [String] = []
  let timeFields = ["create_time"]
  let usersAreFiles = true
  let companions = [
    "user.json", "user_settings.json", "message_feedback.json", "model_comparisons.json",
    "shared_conversations.json", "group_chats.json", "shopping.json", "sora.json", "export_manifest.json",
  ]

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    guard let mapping = text.find(in: record), var nodes = mapping.fields else { return 0 }
    guard let (_, node) = nodes.next() else { return record["current_node"] != nil ? 60 : 0 }
    return (record["current_node"] != nil ? 50 : 0) + (node["message"] != nil ? 30 : 0)
      + (node["parent"] != nil || node["children"] != nil ? 20 : 0)
  }

  func read(
    _ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock
  ) throws(FaultKind) {
    guard let mapping = context.text.find(in: item) else { throw .noText }
    guard let fields = mapping.fields else { throw .wrongFieldType }
    guard let current = item["current_node"], let name = current.string else { throw .wrongFieldType }
    var nodes: [String: JSONValue] = [:]
    for (key, node) in fields { nodes[key] = node }
    var path: [JSONValue] = []
    var next: String? = name
    // A damaged tree may go in circles: each node is taken once.
    while let key = next, let node = nodes.removeValue(forKey: key) {
      path.append(node)
      next = node["parent"]?.string
    }
    for node in path.reversed() {
      guard let message = node["message"], message.kind == .object else { continue }
      try append(message, into: &block)
    }
  }

  private func append(_ message: JSONValue, into block: inout ConversationBlock) throws(FaultKind) {
    guard let name = message["author"]?["role"] else { throw .wrongFieldType }
    // What the person never saw: instructions that are part of the product.
    if message["metadata"]?["is_visually_hidden_from_conversation"]?.boolean == true { return }
    let role = try RoleName.role(name)
    guard let content = message["content"], let parts = content["parts"]?.elements else { return }
    var texts: [JSONValue] = []
    for part in parts {
      // Beside strings there are pointers to images, and words that were spoken.
      if part.kind == .text {
        texts.append(part)
      } else if let spoken = part["text"], spoken.kind == .text {
        texts.append(spoken)
      }
    }
    let time = message["create_time"].flatMap { Timestamp.seconds($0) }
    try block.append(parts: texts, role: role, time: time)
  }
}
