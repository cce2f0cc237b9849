import Foundation
import ThrongCore
import ThrongSynthesis

/// A synthesized corpus, read back with Foundation's decoder: what a stranger sees of it.
struct Corpus: Sendable {
  struct Message: Decodable, Sendable {
    let role: String
    let content: String
  }

  struct Conversation: Decodable, Sendable {
    let id: String
    let user: String
    let createdAt: String
    let plan: String
    let language: String
    let messages: [Message]

    /// All messages, one per line.
    var text: String { messages.map(\.content).joined(separator: "\n") }
    /// The user's messages, one per line.
    var request: String { messages.filter { $0.role == "user" }.map(\.content).joined(separator: "\n") }
  }

  struct Truth: Decodable, Sendable {
    let id: String
    let topic: String
    let subtopic: String
    let nearDuplicateOf: String?
    let pii: [String]
    let canaries: [String]
  }

  struct Head: Decodable, Sendable {
    struct Topic: Decodable, Sendable {
      let id: String
      let name: String
      let subtopics: [Subtopic]
    }
    struct Subtopic: Decodable, Sendable {
      let id: String
      let name: String
      let language: String
      let expectedSize: Int
      let users: Int?
    }
    struct Canary: Decodable, Sendable {
      let id: String
      let text: String
      let subtopic: String
      let users: [String]
      let conversations: [String]
    }
    let seed: UInt64
    let conversations: Int
    let topics: [Topic]
    let canaries: [Canary]
  }

  let conversations: [Conversation]
  let head: Head
  let truth: [Truth]

  init(conversations count: Int, seed: UInt64) throws {
    let bytes = try Self.bytes(conversations: count, seed: seed)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    conversations = try Self.lines(of: bytes.log).map {
      try decoder.decode(Conversation.self, from: $0)
    }
    let lines = Self.lines(of: bytes.truth)
    head = try decoder.decode(Head.self, from: lines[0])
    truth = try lines.dropFirst().map { try decoder.decode(Truth.self, from: $0) }
  }

  /// 3,000 conversations of seed 1: the shipped corpus.
  static let shipped = Result { try Corpus(conversations: 3000, seed: 1) }

  static func bytes(conversations: Int, seed: UInt64, threads: Int = 2) throws -> (
    log: [UInt8], truth: [UInt8]
  ) {
    let synthesizer = try Synthesizer(parameters: .init(conversations: conversations, seed: seed))
    var log: [UInt8] = []
    var truth: [UInt8] = []
    try synthesizer.write(
      to: { log.append(contentsOf: $0) }, truth: { truth.append(contentsOf: $0) },
      workers: Workers(threads: threads), progress: SilentProgress())
    return (log, truth)
  }

  /// The lines of a JSON Lines file; the last must be closed too.
  static func lines(of bytes: [UInt8]) -> [Data] {
    precondition(bytes.last == 0x0A)
    return bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false).map { Data($0) }
  }

  /// Conversations with what is known about them.
  var pairs: [(Conversation, Truth)] { Array(zip(conversations, truth)) }
}
