/// What the values of a facet are.
package enum FacetKind: String, Sendable, CaseIterable {
  /// Names without an order.
  case category
  /// 0 or 1.
  case flag
  /// Few values in ascending order.
  case ordinal
  /// A measured number, of which a release shows ranges in ascending order.
  case number

  /// Whether larger values mean more.
  package var isOrdered: Bool { self == .ordinal || self == .number }
}

/// What a facet found in a conversation.
package struct FacetValue: Sendable, Equatable {
  /// What is counted: a number below 2¹⁵ that the facet has a title for; −1 for no value.
  package var level: Int32
  /// The number behind it, for means and differences; NaN where there is none.
  package var number: Float

  package init(level: Int32, number: Float = .nan) {
    self.level = level
    self.number = number
  }

  /// No value.
  package static let none = FacetValue(level: -1)
}

/// A property of conversations that Throng works out itself: see ``ComputedFacet`` for what follows from facts,
/// ``TextFacet`` for what has to see the words, ``CorpusFacet`` for what has to see all conversations.
package protocol Facet: Sendable {
  /// One that Throng ships begins with a dot, which no path of a field does: so it never hides one.
  var name: String { get }
  /// In a few words, for help.
  var summary: String { get }
  var kind: FacetKind { get }
  /// Whether the values would hurt a person; the operator may say so of others, and not take it back.
  var isSensitive: Bool { get }
  /// How a level is shown; of our own or of the operator's making, never text of a log.
  func title(of level: Int32) -> String
}

extension Facet {
  package var isSensitive: Bool { false }
}

/// A facet that follows from the facts of one conversation. Adding one is adding a file with a type that conforms, and
/// naming it in ``ComputedFacets/all(_:)``; `--facet`, help and errors follow.
package protocol ComputedFacet: Facet {
  /// Facts that cost time to find out, so that nobody pays for what no facet asks.
  var needs: FactNeeds { get }
  /// O(1).
  func value(of facts: ConversationFacts) -> FacetValue
}

extension ComputedFacet {
  package var needs: FactNeeds { [] }
}

/// A facet that reads what was said: a rule, a taxonomy, a classifier.
package protocol TextFacet: Facet {
  /// A reader of one conversation after the other; one for each thread.
  func makeReader() throws -> any TextFacetReader
}

/// Reads conversations for a ``TextFacet``, message by message in their order.
package protocol TextFacetReader {
  /// Sees one message. `words` are those of `text`; nothing of either may be kept beyond counts and hashes.
  mutating func read(_ text: Span<UInt8>, words: Span<Word>, side: Side) throws
  /// The value of the conversation read, and begins the next.
  mutating func finish() throws -> FacetValue
}

/// A facet that follows from all conversations together.
package protocol CorpusFacet: Facet {
  var needs: CorpusNeeds { get }
  /// One for each conversation.
  func values(of corpus: CorpusFacts) -> [FacetValue]
}

/// Who speaks.
package enum Side: UInt8, Sendable {
  case human, assistant
  /// Instructions, output of tools.
  case other
}
