/// A format of conversation logs: how to recognise a record of it and where its messages are.
///
/// To add one, write a file with a type that conforms and name it in ``FormatRegistry/all``. Formats hold no
/// state: one value serves all workers.
package protocol LogFormat: Sendable {
  /// What `--format` calls it.
  var name: String { get }
  /// Path of what holds the text; `--map text=` overrides it.
  var textField: String { get }
  /// Fields beside ``textField`` that hold what people wrote, and so are no facets.
  var contentFields: [String] { get }
  /// Paths of a record's id, the first one present counts; `--map id=` overrides them. Of a format whose records are
  /// joined, those with the same id are one conversation.
  var idFields: [String] { get }
  /// Paths of a record's user, as above; `--user` and `--map user=` override them.
  var userFields: [String] { get }
  /// Paths of a record's time, as above; `--map time=` overrides them.
  var timeFields: [String] { get }
  /// Names of formats whose signature each record of this one shows too: where both fit equally well, this one is meant.
  var refines: [String] { get }
  /// Whether each file is one person's, unless a field of the user is named.
  var usersAreFiles: Bool { get }
  /// Names of files that tools put beside the logs of this format, and that hold no conversations.
  var companions: [String] { get }
  /// How several records become one conversation; nil where each is one.
  var joining: Joining? { get }
  /// Whether an id counts within the folder of its file only.
  var scopesIDsByFolder: Bool { get }

  /// How many of the format's signature keys `record` shows, as a share in 0...100. A look at the keys and at
  /// the kinds of their values, O(1) in the length of the text.
  func score(_ record: JSONValue, text: FieldPath) -> Int

  /// What `record` holds several of, each an item to be read; nil where it is one item itself.
  func items(of record: JSONValue) -> [JSONValue]?

  /// Whether `item` is meant to hold messages of people. What does not concern anybody is passed over, not set aside.
  func concerns(_ item: JSONValue) -> Bool

  /// The value at `path` of an item, where there is one that is not null.
  func find(_ path: FieldPath, in item: JSONValue) -> JSONValue?

  /// Calls `body` with the fields of an item that could be facets, where they do not lie in the item as they are;
  /// says false, and calls nothing, where they do.
  func forEachField(of item: JSONValue, _ body: (String, JSONValue) -> Void) -> Bool

  /// Where several items tell of the same conversation, those of the highest rank are read and no others.
  func rank(of item: JSONValue) -> UInt8

  /// Appends the messages of `item`; where it throws, the caller takes back what was appended.
  ///
  /// - Throws: why the record must be set aside. No message at all is for the caller to notice.
  func read(_ item: JSONValue, _ context: RecordContext, into block: inout ConversationBlock)
    throws(FaultKind)
}

extension LogFormat {
  package var contentFields: [String] { [] }
  package var idFields: [String] { ["id"] }
  package var userFields: [String] { ["user", "user_id"] }
  package var timeFields: [String] { ["created_at", "date", "timestamp"] }
  package var refines: [String] { [] }
  package var usersAreFiles: Bool { false }
  package var companions: [String] { [] }
  package var joining: Joining? { nil }
  package var scopesIDsByFolder: Bool { false }
  package func items(of record: JSONValue) -> [JSONValue]? { nil }
  package func concerns(_ item: JSONValue) -> Bool { true }
  package func find(_ path: FieldPath, in item: JSONValue) -> JSONValue? { path.find(in: item) }
  package func forEachField(of item: JSONValue, _ body: (String, JSONValue) -> Void) -> Bool { false }
  package func rank(of item: JSONValue) -> UInt8 { 0 }
}

/// How records that are pieces of one conversation become it.
package enum Joining: Sendable {
  /// One after the other in the order of their times. Who wrote the first is the user, and what others wrote is the other
  /// side: nobody's words count for somebody else.
  case thread
  /// Each repeats what came before it, as calls of a model do: every message counts once.
  case history
  /// A request and its reply, in whatever order they come; several of one id are paired in order.
  case exchange
}

/// The formats there are.
package enum FormatRegistry {
  /// In the order in which help and errors name them; detection does not depend on it.
  package static let all: [any LogFormat] = [
    MessagesFormat(), TextFormat(), OpenAIBatchFormat(), ShareGPTFormat(), WildChatFormat(), LMSYSFormat(),
    ChatGPTFormat(), ClaudeFormat(), LangfuseFormat(), LangSmithFormat(), OpenTelemetryFormat(),
    SlackFormat(),
    ZendeskFormat(), IntercomFormat(), KuraFormat(),
  ]

  package static var names: [String] { all.map(\.name) }
}

/// What a format needs besides the record at hand. One per worker: not Sendable.
package final class RecordContext {
  /// Where the text is.
  package let text: FieldPath
  /// Names of the fields of a message.
  package let messageKeys: MessageKeys
  private let parser = JSONParser()
  private var bytes: [UInt8] = []

  init(text: FieldPath, messageKeys: MessageKeys) {
    self.text = text
    self.messageKeys = messageKeys
  }

  /// The object or array that the text of `value` is as JSON; nil where it is none. Alive until the next call.
  package func document(in value: JSONValue) -> JSONValue? {
    bytes.removeAll(keepingCapacity: true)
    guard let range = value.appendText(to: &bytes),
      let first = bytes.first(where: { !isBlank($0) }),
      first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
    else { return nil }
    bytes.append(contentsOf: repeatElement(0, count: JSONParser.padding))
    return try? parser.parse(bytes, at: range)
  }
}

/// Names of the fields of a message.
package struct MessageKeys: Sendable, Equatable {
  package var role: [UInt8] = Array("role".utf8)
  package var content: [UInt8] = Array("content".utf8)
}
