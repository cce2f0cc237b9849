/// LangSmith: runs `id, run_type, inputs, outputs, start_time, trace_id, parent_run_id, extra.metadata`.
///
/// `session_id` of a run is its project; the conversation is the thread that the metadata name, or the trace. The first run
/// of a trace has what the person said, so runs within it are read only where it has no words.
struct LangSmithFormat: LogFormat {
  let name = "langsmith"
  let textField = "inputs"
  let contentFields = ["inputs", "outputs", "events", "error", "inputs_preview", "outputs_preview"]
  let idFields = [
    "extra.metadata.session_id", "extra.metadata.thread_id", "extra.metadata.conversation_id", "trace_id",
    "id",
  ]
  let userFields = ["extra.metadata.user_id", "extra.metadata.user"]
  let timeFields = ["start_time"]
  let joining: Joining? = .history

  func score(_ record: JSONValue, text: FieldPath) -> Int {
    guard record["run_type"] != nil else { return 0 }
    return 40 + (record["inputs"] != nil ? 20 : 0) + (record["outputs"] != nil ? 10 : 0)
      + (record["trace_id"] != nil || record["dotted_order"] != nil ? 20 : 0)
      + (record["start_time"] != nil ? 10 : 0)
  }

  func concerns(_ item: JSONValue) -> Bool {
    guard let type = item["run_type"] else { return false }
    return type.spells("llm") || type.spells("chain")
  }

  func rank(of item: JSONValue) -> UInt8 {
    if item.first("parent_run_id") == nil { return 2 }
    return item["run_type"]?.spells("llm") ?? false ? 1 : 0
  }

  func read(
    _ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock
  ) throws(FaultKind) {
    ChatPayload.append(
      input: context.text.find(in: item), output: item.first("outputs"), context, into: &block)
  }
}
