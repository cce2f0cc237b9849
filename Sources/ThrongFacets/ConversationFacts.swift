package import ThrongText

/// Facts that take a pass over the text.
package struct FactNeeds: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let language = FactNeeds(rawValue: 1)
  package static let sentiment = FactNeeds(rawValue: 2)
  /// Pushback, retries, frustration.
  package static let acts = FactNeeds(rawValue: 4)
}

/// What a computed facet may know of a conversation: what is left of it when its text is gone.
package struct ConversationFacts: Sendable {
  /// Messages of the human side.
  package var humanMessages: Int
  package var assistantMessages = 0
  /// Bytes of text of the sides that count.
  package var textBytes: Int
  /// Unix seconds.
  package var createdAt: Int64?

  /// The language of the human side; nil unless ``FactNeeds/language`` was asked for.
  package var language: DetectedLanguage?
  /// nil unless ``FactNeeds/sentiment`` was asked for.
  package var sentiment: SentimentPath?
  /// nil unless ``FactNeeds/acts`` was asked for.
  package var acts: SpeechActs?

  package init(humanMessages: Int, textBytes: Int, createdAt: Int64?) {
    self.humanMessages = humanMessages
    self.textBytes = textBytes
    self.createdAt = createdAt
  }
}

/// What facets of a whole corpus look at.
package struct CorpusNeeds: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let times = CorpusNeeds(rawValue: 1)
  package static let copies = CorpusNeeds(rawValue: 2)
}

/// What a corpus facet may know of all conversations.
package struct CorpusFacts: Sendable {
  /// Dense index of the user of each conversation.
  package var users: [UInt32]
  /// Unix seconds of each, `Int64.min` for none; empty unless asked for.
  package var times: [Int64]
  /// Group of near-copies of each, below the number of conversations; empty unless asked for.
  package var copies: [UInt32]

  package init(users: [UInt32], times: [Int64] = [], copies: [UInt32] = []) {
    self.users = users
    self.times = times
    self.copies = copies
  }
}
