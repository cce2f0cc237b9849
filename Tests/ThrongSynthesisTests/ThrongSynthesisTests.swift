import Foundation
import Testing
import ThrongCore
import ThrongSynthesis

@Suite struct SynthesizerTests {
  @Test(arguments: [UInt64(1), 7])
  func sameBytesAtAnyThreadCount(seed: UInt64) throws {
    let one = try Corpus.bytes(conversations: 3000, seed: seed, threads: 1)
    for threads in [2, 3] {
      let more = try Corpus.bytes(conversations: 3000, seed: seed, threads: threads)
      #expect(one.log == more.log)
      #expect(one.truth == more.truth)
    }
  }

  @Test func anotherSeedMakesAnotherLog() throws {
    let one = try Corpus(conversations: 600, seed: 1)
    let other = try Corpus(conversations: 600, seed: 2)
    #expect(Set(one.conversations.map(\.id)).isDisjoint(with: other.conversations.map(\.id)))
    #expect(Set(one.conversations.map(\.text)).intersection(other.conversations.map(\.text)).count < 6)
    #expect(Set(one.head.canaries.map(\.text)).isDisjoint(with: other.head.canaries.map(\.text)))
  }

  /// Around the block size of 256 and the 500 from which on something is planted.
  @Test(arguments: [1, 2, 255, 256, 257, 499, 500, 1000])
  func writesAsManyAsAskedFor(count: Int) throws {
    let corpus = try Corpus(conversations: count, seed: 3)
    #expect(corpus.conversations.count == count)
    #expect(corpus.truth.count == count)
    #expect(corpus.head.conversations == count)
    #expect(corpus.head.canaries.isEmpty == (count < 500))
    #expect(corpus.head.topics.flatMap(\.subtopics).allSatisfy { $0.users == nil } == (count < 500))
  }

  @Test func truthFollowsTheLog() throws {
    let corpus = try Corpus.shipped.get()
    #expect(corpus.conversations.map(\.id) == corpus.truth.map(\.id))
    let topics = Dictionary(uniqueKeysWithValues: corpus.head.topics.map { ($0.id, $0) })
    let languages = Dictionary(
      uniqueKeysWithValues: corpus.head.topics.flatMap(\.subtopics).map { ($0.id, $0.language) })
    for (conversation, truth) in corpus.pairs {
      #expect(topics[truth.topic]?.subtopics.contains { $0.id == truth.subtopic } == true)
      #expect(languages[truth.subtopic] == conversation.language)
    }
  }

  @Test func conversationsHaveTheFormOfALog() throws {
    let corpus = try Corpus.shipped.get()
    #expect(Set(corpus.conversations.map(\.id)).count == 3000)
    var previous = ""
    for conversation in corpus.conversations {
      let count = conversation.messages.count
      #expect((2...12).contains(count))
      for (at, message) in conversation.messages.enumerated() {
        #expect(message.role == (at % 2 == 0 ? "user" : "assistant"))
        #expect(!message.content.isEmpty)
        // A template that was not filled in would leave its braces.
        #expect(message.content.firstMatch(of: /\{=?[a-z]+\}/) == nil)
      }
      #expect(["free", "pro", "team"].contains(conversation.plan))
      #expect(conversation.createdAt >= previous)
      #expect(conversation.createdAt.wholeMatch(of: /2026-0[1-7]-\d\dT[0-2]\d:[0-5]\d:[0-5]\dZ/) != nil)
      previous = conversation.createdAt
    }
    #expect(previous < "2026-07-06")
    #expect(Set(corpus.conversations.map { $0.messages.count }).count >= 9)
    // A user keeps plan and language.
    for own in Dictionary(grouping: corpus.conversations, by: \.user).values {
      #expect(Set(own.map { $0.plan + $0.language }).count == 1)
    }
  }

  @Test func weeksHaveARhythm() throws {
    let corpus = try Corpus.shipped.get()
    let format = ISO8601DateFormatter()
    var perDay = [Int](repeating: 0, count: 7)
    for conversation in corpus.conversations {
      let date = try #require(format.date(from: conversation.createdAt))
      // The Unix epoch was a Thursday; Monday is 0.
      perDay[(Int(date.timeIntervalSince1970) / 86_400 + 3) % 7] += 1
    }
    #expect(perDay[0..<5].min()! > perDay[5..<7].max()!)
    #expect(corpus.conversations.first!.createdAt.hasPrefix("2026-01-05"))
  }

  @Test(arguments: [
    (0, 0.6, 0.04), (-1, 0.6, 0.04), (10, 0, 0.04), (10, -1, 0.04), (10, .nan, 0.04), (10, 11, 0.04),
    (10, 0.6, -0.1), (10, 0.6, 1.1), (10, 0.6, .nan),
  ])
  func refusesWhatCannotBeMade(conversations: Int, users: Double, duplicates: Double) throws {
    var parameters = Synthesizer.Parameters(conversations: conversations, seed: 1)
    parameters.usersPerConversation = users
    parameters.nearDuplicateShare = duplicates
    let failure = #expect(throws: SynthesisFailure.self) { try Synthesizer(parameters: parameters) }
    #expect(failure?.exitStatus == ExitCode.usage.rawValue)
  }

  @Test func stopsWhenCancelled() throws {
    let synthesizer = try Synthesizer(parameters: .init(conversations: 100_000, seed: 1))
    let workers = Workers(threads: 2)
    var written = 0
    #expect(throws: Interrupted.self) {
      try synthesizer.write(
        to: {
          written += $0.count
          workers.cancellation.cancel()
        }, truth: nil, workers: workers, progress: SilentProgress())
    }
    #expect(written > 0)
  }

  @Test func logDoesNotDependOnTheTruthBeingAskedFor() throws {
    let synthesizer = try Synthesizer(parameters: .init(conversations: 700, seed: 5))
    var log: [UInt8] = []
    try synthesizer.write(
      to: { log.append(contentsOf: $0) }, truth: nil, workers: Workers(threads: 1), progress: SilentProgress()
    )
    #expect(log == (try Corpus.bytes(conversations: 700, seed: 5)).log)
  }
}
