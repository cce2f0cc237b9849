/// Langfuse: observations `id, trace_id, session_id, user_id, type, start_time, input, output`, of its exports or, in camel
/// case, of its interface. Input and output are text or JSON.
///
/// Each call of a model repeats what was said before. A session is a conversation, or a trace where there is no session;
/// calls of models are read, and other observations only where a session has no call.
struct LangfuseFormat: LogFormat {
  let name = "langfuse"
  let textField = "input"
  let contentFields = ["input", "output", "metadata", "model_parameters", "modelParameters"]
  let idFields = ["session_id", "sessionId", "trace_id", "traceId", "id"]
  let userFields = ["user_id", "userId", "metadata.user_id", "metadata.langfuse_user_id"]
  let timeFields = ["start_time", "startTime", "timestamp"]
  let joining: Joining? = .history

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    guard record["trace_id"] != nil || record["traceId"] != nil, record["run_type"] == nil else { return 0 }
    return 40 + (record["start_time"] != nil || record["startTime"] != nil ? 20 : 0)
      + (record["input"] != nil ? 20 : 0) + (record["output"] != nil ? 20 : 0)
  }

  func rank(of item: JSONValue) -> UInt8 { item["type"]?.spells("generation") ?? false ? 1 : 0 }

  func read(
    _ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock
  ) throws(FaultKind) {
    ChatPayload.append(
      input: context.text.find(in: item), output: item.first("output"), context, into: &block)
  }
}
