internal import ThrongCore

extension Synthesizer {
  /// What a corpus is made of. Everything not listed here follows from the seed and the tables.
  package struct Parameters: Sendable {
    /// Conversations to write; at least 1. From ``Synthesizer/smallestPlanted`` on, the corpus also holds the
    /// topics below k and the canaries.
    package var conversations: Int
    /// Same seed, same bytes.
    package var seed: UInt64
    /// Size of the population that users are drawn from, for each expected conversation; above 0, at most 10.
    /// The default lets about a third as many users as conversations appear.
    package var usersPerConversation = 0.6
    /// Share of conversations that repeat the wording of another one, from 0 to 1.
    package var nearDuplicateShare = 0.04

    /// Affective conversations to plant among the others; nil plants none.
    package var affective: AffectiveMix?

    package init(conversations: Int, seed: UInt64) {
      self.conversations = conversations
      self.seed = seed
    }

    func validated() throws(SynthesisFailure) -> Parameters {
      guard conversations >= 1, conversations <= Self.mostConversations else {
        throw .conversations(conversations)
      }
      guard usersPerConversation > 0, usersPerConversation <= 10 else {
        throw .usersPerConversation(usersPerConversation)
      }
      guard nearDuplicateShare >= 0, nearDuplicateShare <= 1 else {
        throw .nearDuplicateShare(nearDuplicateShare)
      }
      if let affective,
        !(affective.share >= 0 && affective.contentShare >= 0
          && affective.share + affective.contentShare <= 1)
      {
        throw .affectiveShare(affective.share)
      }
      return self
    }

    /// Beyond this, conversations would share random streams with near-duplicate groups.
    static let mostConversations = 1 << 40
  }
}

/// A corpus that cannot be made as asked for.
package enum SynthesisFailure: ThrongFailure {
  case conversations(Int)
  case usersPerConversation(Double)
  case nearDuplicateShare(Double)
  case affectiveShare(Double)

  package var message: String {
    switch self {
    case .conversations(let count):
      "cannot synthesize \(count) conversations; ask for 1 to \(Synthesizer.Parameters.mostConversations)"
    case .usersPerConversation(let value):
      "users per conversation is \(value); it must lie above 0 and be at most 10"
    case .nearDuplicateShare(let value):
      "the share of near-duplicates is \(value); it must lie between 0 and 1"
    case .affectiveShare(let value):
      "the share of affective conversations is \(value); it must not be negative, nor more than what is left beside others"
    }
  }

  package var exitStatus: Int32 { ExitCode.usage.rawValue }
}
