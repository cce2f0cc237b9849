/// A single text in `text`: a post, a question, a ticket. Its writer is the human.
struct TextFormat: LogFormat {
  let name = "text"
  let textField = "text"

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    text.find(in: record)?.kind == .text ? 100 : 0
  }

  func read(
    _ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock
  ) throws(FaultKind) {
    guard let field = context.text.find(in: item) else { throw .noText }
    try block.append(field, role: .human)
  }
}
