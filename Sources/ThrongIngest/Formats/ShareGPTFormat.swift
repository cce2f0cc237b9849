/// ShareGPT: `conversations[]{from, value}`. Names no users.
struct ShareGPTFormat: LogFormat {
  let name = "sharegpt"
  let textField = "conversations"

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    switch ChatMessages.signature(text.find(in: record), role: "from", content: "value") {
    case nil: 0
    case 0: 20
    case let fit?: 10 + 30 * fit
    }
  }

  func read(
    _ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock
  ) throws(FaultKind) {
    guard let field = context.text.find(in: item) else { throw .noText }
    guard let turns = field.elements else { throw .wrongFieldType }
    let keys = MessageKeys(role: Array("from".utf8), content: Array("value".utf8))
    try ChatMessages.append(turns, keys: keys, into: &block)
  }
}
