/// What a computed facet may know of a conversation: what is left of it when its text is gone.
package struct ConversationFacts: Sendable {
  /// Messages of the human side.
  package var humanMessages: Int
  /// Bytes of text of the sides that count.
  package var textBytes: Int
  /// Index into `TextAnalyzer.languages`; nil where function words decide for none.
  package var language: Int?
  /// Unix seconds.
  package var createdAt: Int64?

  package init(humanMessages: Int, textBytes: Int, language: Int?, createdAt: Int64?) {
    self.humanMessages = humanMessages
    self.textBytes = textBytes
    self.language = language
    self.createdAt = createdAt
  }
}

/// A facet that Throng works out itself. Adding one is adding a file with a type that conforms, and naming it in
/// ``ComputedFacets/all``; `--facet`, help and errors follow.
package protocol ComputedFacet: Sendable {
  /// Begins with a dot, which no path of a field does: so it never hides one.
  var name: String { get }
  /// In a few words, for help.
  var summary: String { get }
  /// Whether larger numbers of ``value(of:)`` mean more.
  var isOrdered: Bool { get }
  /// A number below 2¹⁵ that stands for the value; −1 where there is none. O(1).
  func value(of facts: ConversationFacts) -> Int32
  /// How the value is shown; of our own making, never text of a log.
  func title(of value: Int32) -> String
}

/// The computed facets there are.
package enum ComputedFacets {
  /// In the order of help.
  package static let all: [any ComputedFacet] = [
    TurnsFacet(), LengthFacet(), LanguageFacet(), MonthFacet(),
  ]

  package static var names: [String] { all.map(\.name) }

  package static func named(_ name: String) -> (any ComputedFacet)? { all.first { $0.name == name } }
}

/// A number cut into ranges.
struct Buckets: Sendable {
  /// The least number of each bucket, ascending; the first is the least there is.
  let starts: [Int]

  /// The bucket of a number that is not below the first start. O(buckets).
  func bucket(of number: Int) -> Int32 { Int32(starts.lastIndex { $0 <= number } ?? 0) }
}
