import Foundation
import Testing
import ThrongCore
import ThrongSynthesis

/// Affective conversations planted among the others: what the truth says is what the log holds.
@Suite struct AffectiveTests {
  private struct Truth: Decodable {
    struct Affective: Decodable {
      let types: [String]
      let content: Bool
      let humanMessages: Int
      let pushback: String?
      let change: Double?
    }
    let id: String
    let affective: Affective?
  }

  private static func corpus(_ mix: AffectiveMix, conversations: Int, threads: Int = 2) throws -> (
    log: [UInt8], truth: [UInt8]
  ) {
    var parameters = Synthesizer.Parameters(conversations: conversations, seed: 5)
    parameters.affective = mix
    var (log, truth): ([UInt8], [UInt8]) = ([], [])
    try Synthesizer(parameters: parameters).write(
      to: { log.append(contentsOf: $0) }, truth: { truth.append(contentsOf: $0) },
      workers: Workers(threads: threads), progress: SilentProgress())
    return (log, truth)
  }

  /// Worked out by hand from the shares of types (0.34, 0.22, 0.20, 0.14, 0.10), an overlap of 0.15 with the next type,
  /// and 0.70 of conversations with four messages or more.
  @Test func expectationsAreWhatTheyShouldBe() {
    let all = AffectiveMix().expectations
    #expect(all.map(\.name) == ["advice", "coaching", "counselling", "companionship", "roleplay"])
    // Short ones are lost of roleplay (0.10) and of company that turns into it (0.14 · 0.15): 0.3 · 0.121.
    let kept = 1 - 0.3 * 0.121
    let advice = (0.34 + 0.10 * 0.15 * 0.7) / kept
    let roleplay = (0.10 + 0.14 * 0.15) * 0.7 / kept
    #expect(abs(all[0].share - advice) < 1e-9)
    #expect(abs(all[4].share - roleplay) < 1e-9)
    // Declining answers: of 0.10 roleplays 0.25, of 0.021 that were company first 0.08.
    #expect(abs(all[4].pushback - (0.10 * 0.25 + 0.021 * 0.08) / 0.121) < 1e-9)
    // Changes: roleplay 0, company 0.05.
    #expect(abs(all[4].change - 0.021 * 0.05 / 0.121) < 1e-9)
    #expect(abs(all[1].change - (0.22 * 0.30 + 0.34 * 0.15 * 0.10) / (0.22 + 0.34 * 0.15)) < 1e-9)
  }

  @Test func theTruthAddsUpToTheExpectations() throws {
    var mix = AffectiveMix()
    mix.share = 0.9
    let bytes = try Self.corpus(mix, conversations: 8000)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let truth = try Corpus.lines(of: bytes.truth).dropFirst().map { try decoder.decode(Truth.self, from: $0) }
    let planted = truth.compactMap(\.affective)
    let share = Double(planted.count { !$0.content }) / Double(truth.count)
    // Near-duplicates and topics below k take their places from it.
    #expect(abs(share - 0.9 * 0.95) < 0.03)
    let kept = planted.filter {
      !$0.types.isEmpty && (!$0.types.contains("roleplay") || $0.humanMessages >= AffectiveMix.leastRoleplay)
    }
    for expectation in mix.expectations {
      let own = kept.filter { $0.types.contains(expectation.name) }
      #expect(abs(Double(own.count) / Double(kept.count) - expectation.share) < 0.025)
      let pushback = Double(own.count { $0.pushback != nil }) / Double(own.count)
      #expect(abs(pushback - expectation.pushback) < 0.04)
      let changes = own.compactMap(\.change)
      #expect(abs(changes.reduce(0, +) / Double(changes.count) - expectation.change) < 0.06)
    }
    #expect(kept.contains { $0.humanMessages >= 50 })
  }

  @Test func humanMessagesAreCountedRight() throws {
    var mix = AffectiveMix()
    mix.share = 0.5
    let bytes = try Self.corpus(mix, conversations: 300)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let log = try Corpus.lines(of: bytes.log).map { try decoder.decode(Corpus.Conversation.self, from: $0) }
    let truth = try Corpus.lines(of: bytes.truth).dropFirst().map { try decoder.decode(Truth.self, from: $0) }
    #expect(log.map(\.id) == truth.map(\.id))
    for (conversation, truth) in zip(log, truth) {
      guard let affective = truth.affective else { continue }
      #expect(conversation.messages.count { $0.role == "user" } == affective.humanMessages)
    }
  }

  @Test func threadsChangeNothing() throws {
    let (one, two) = (
      try Self.corpus(AffectiveMix(), conversations: 700, threads: 1),
      try Self.corpus(AffectiveMix(), conversations: 700, threads: 3)
    )
    #expect(one.log == two.log && one.truth == two.truth)
  }

  @Test func sharesBeyondAllAreRefused() {
    var parameters = Synthesizer.Parameters(conversations: 10, seed: 1)
    parameters.affective = AffectiveMix()
    parameters.affective?.share = 0.99
    #expect(throws: SynthesisFailure.self) { try Synthesizer(parameters: parameters) }
  }
}
