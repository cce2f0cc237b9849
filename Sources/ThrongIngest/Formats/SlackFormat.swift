/// Slack's export: a folder for each channel with a file for each day, each an array of
/// `type: "message", user, text, ts, thread_ts`.
///
/// A thread is a conversation, across the days it takes; a message outside of threads is one of its own. The user is who
/// began it, and what others reply is the other side. What bots and Slack itself write is passed over.
struct SlackFormat: LogFormat {
  let name = "slack"
  let textField = "text"
  let contentFields = ["blocks", "attachments", "files", "user_profile"]
  let idFields = ["thread_ts", "ts"]
  let userFields = ["user"]
  let timeFields = ["ts"]
  let refines = ["text"]
  let companions = [
    "users.json", "channels.json", "dms.json", "groups.json", "mpims.json", "org_users.json",
    "integration_logs.json", "canvases.json", "lists.json", "file_conversations.json",
    "huddle_transcripts.json",
    "external_users.json",
  ]
  let joining: Joining? = .thread
  let scopesIDsByFolder = true

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    guard let type = record["type"], type.spells("message"), let ts = record["ts"], ts.kind == .text else {
      return 0
    }
    return 60 + (text.find(in: record)?.kind == .text ? 20 : 0)
      + (record["user"] != nil || record["subtype"] != nil || record["bot_id"] != nil ? 20 : 0)
  }

  func concerns(_ item: JSONValue) -> Bool {
    guard let type = item["type"], type.spells("message"), item["bot_id"] == nil, item["hidden"] == nil else {
      return false
    }
    guard let subtype = item["subtype"], !subtype.isNull else { return true }
    // All other kinds are said by Slack or by programs: somebody joined, a topic was set, a reminder.
    return subtype.spells("thread_broadcast") || subtype.spells("file_share") || subtype.spells("me_message")
  }

  func read(
    _ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock
  ) throws(FaultKind) {
    guard let text = context.text.find(in: item) else { throw .noText }
    try block.append(
      text, role: .human, time: item["ts"].flatMap { Timestamp.seconds($0) }, as: SlackText.append)
  }
}
