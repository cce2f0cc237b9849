import Foundation
import Throng
import ThrongCore
import ThrongIngest
import ThrongText

/// A log written by a test, gone with it.
final class TestLog {
  private let url: URL

  /// - Parameter records: JSON objects.
  init(_ records: [[String: Any]]) throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("throng-\(UUID().uuidString).jsonl")
    let lines = try records.map {
      String(decoding: try JSONSerialization.data(withJSONObject: $0, options: .sortedKeys), as: UTF8.self)
    }
    try Data(lines.joined(separator: "\n").utf8).write(to: url)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func reader(_ settings: ReadSettings = ReadSettings()) throws -> ConversationReader {
    try ConversationReader(inputs: [url.path], settings: settings)
  }

  /// Prepares the log after `change` to the defaults; `blockBytes` small enough to cut it into many blocks.
  func prepared(
    settings: ReadSettings = ReadSettings(blockBytes: 64), threads: Int = 2,
    _ change: (inout CorpusPreparation) -> Void = { _ in }
  ) throws -> PreparedCorpus {
    var preparation = CorpusPreparation(
      roles: [.human], text: TextSettings(), secret: Secret(bytes: Array(1...32))!)
    change(&preparation)
    var clock = StageClock()
    return try preparation.prepare(
      try reader(settings), workers: Workers(threads: threads), progress: SilentProgress(), clock: &clock)
  }

  /// A record with one message of the user.
  static func record(_ user: String, _ text: String, id: String? = nil, label: String? = nil) -> [String: Any]
  {
    var record: [String: Any] = ["user": user, "messages": [["role": "user", "content": text]]]
    if let id { record["id"] = id }
    if let label { record["label"] = label }
    return record
  }
}

extension ShippedCorpus {
  /// Who wrote a conversation and all that they wrote in it.
  struct Conversation {
    let id: String
    let user: String
    let text: String

    /// Runs of letters and digits, in lower case: words by a simpler rule than the tokenizer's.
    var words: Set<String> {
      Set(
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init).filter { $0.count > 2 })
    }
  }

  /// The shipped log, read without the reader under test.
  static func conversations() throws -> [Conversation] {
    try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
      let messages = object["messages"] as? [[String: String]] ?? []
      return Conversation(
        id: object["id"] as? String ?? "", user: object["user"] as? String ?? "",
        text: messages.filter { $0["role"] == "user" }.compactMap { $0["content"] }.joined(separator: "\n"))
    }
  }
}
