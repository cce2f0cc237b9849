/// Zendesk: a ticket with `id, requester_id, created_at, comments[]{author_id, plain_body | body | html_body, public}`.
///
/// Comments that are not public are notes of agents to each other and are left out. The requester is the user; what all
/// others write is the other side.
struct ZendeskFormat: LogFormat {
  let name = "zendesk"
  let textField = "comments"
  let contentFields = ["subject", "raw_subject", "description"]
  let userFields = ["requester_id", "requester.id"]
  let timeFields = ["created_at"]

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    guard var comments = text.find(in: record)?.elements else { return 0 }
    guard let first = comments.next() else { return record["requester_id"] != nil ? 60 : 0 }
    guard first["author_id"] != nil else { return 0 }
    let body = first["plain_body"] ?? first["body"] ?? first["html_body"]
    return 40 + (first["public"] != nil ? 20 : 0) + (body != nil ? 20 : 0)
      + (userFields.contains { FieldPath($0)?.find(in: record) != nil } ? 20 : 0)
  }

  func read(
    _ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock
  ) throws(FaultKind) {
    guard let field = context.text.find(in: item) else { throw .noText }
    guard let comments = field.elements else { throw .wrongFieldType }
    let requester = (item["requester_id"] ?? item["requester"]?["id"])?.scalarName
    for comment in comments {
      guard comment.kind == .object else { throw .wrongFieldType }
      if comment["public"]?.boolean == false { continue }
      let author = comment["author_id"]?.scalarName
      let role = author != nil && author == requester ? Role.human : .assistant
      let time = ChatMessages.time(of: comment)
      if let body = comment.first("plain_body") {
        try block.append(body, role: role, time: time)
      } else if let body = comment.first("html_body") {
        try block.append(body, role: role, time: time, as: HTMLText.append)
      } else if let body = comment.first("body") {
        try block.append(body, role: role, time: time)
      }
    }
  }
}

extension JSONValue {
  /// The field of that name, where there is one that is not null.
  func first(_ key: StaticString) -> JSONValue? { self[key].flatMap { $0.isNull ? nil : $0 } }

  /// A string or a whole number as one name, so that `7` and `"7"` are the same person; nil for all else.
  var scalarName: String? { string ?? integer.map { "\($0)" } ?? unsigned.map { "\($0)" } }
}
