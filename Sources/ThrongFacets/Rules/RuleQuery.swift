internal import ThrongCore

/// A question of words that a conversation answers with yes or no.
///
///     loan                 the word, in either case
///     refund*              words that begin so
///     "late fee"           words in a row, within one message; the last may end in *
///     a NEAR/5 b           at most five words on, in either order, within one message; of words, phrases and ORs of them
///     a AND b, a OR b, NOT a, ( … )
///     human:a, assistant:( … )    said by that side; without, by either
///
/// NOT binds closest, then NEAR, AND, OR. `a AND b` may be said in different messages. `AND NOT` is AND with NOT.
package struct RuleQuery: Sendable {
  /// What is looked for in messages: a word, or several in a row.
  struct Leaf: Sendable {
    var words: [UInt64]
    /// Whether the last word is a beginning.
    var isPrefix: Bool
    /// Bits of ``Side`` whose messages count.
    var sides: UInt8
  }

  struct Near: Sendable {
    var left: [Int]
    var right: [Int]
    var distance: Int
  }

  indirect enum Node: Sendable {
    case leaf(Int)
    case near(Int)
    case and(Node, Node)
    case or(Node, Node)
    case not(Node)
  }

  let leaves: [Leaf]
  let nears: [Near]
  let root: Node

  /// More would be a programme, not a question.
  package static let maximumLeaves = 1000

  /// - Throws: ``RuleFailure`` with the column.
  package init(_ text: String) throws {
    var parser = RuleParser(text)
    root = try parser.parse()
    (leaves, nears) = (parser.leaves, parser.nears)
  }
}

/// What is wrong with a query.
package struct RuleFailure: ThrongFailure, Equatable {
  package enum Reason: Sendable, Equatable {
    case empty, wantsOperand, wantsOperator, unclosed, unopened, unclosedQuote, noWord
    case badStar, badNear, badNearOperand, chainedNear, nestedSide, unknownSide, tooLarge, tooDeep
  }

  package let reason: Reason
  /// Of the first character that is wrong, from 1.
  package let column: Int

  package init(reason: Reason, column: Int) {
    self.reason = reason
    self.column = column
  }

  package var message: String { "column \(column) of the rule: \(explanation)" }
  package var exitStatus: Int32 { ExitCode.usage.rawValue }

  private var explanation: String {
    switch reason {
    case .empty: "there is nothing to look for"
    case .wantsOperand: "a word, a phrase or a bracket is missing here"
    case .wantsOperator: "write AND, OR or NEAR/5 between two words, or quotation marks around a phrase"
    case .unclosed: "this bracket is not closed"
    case .unopened: "this bracket was not opened"
    case .unclosedQuote: "this quotation mark is not closed"
    case .noWord: "there is no letter or digit to look for"
    case .badStar: "'*' may only end a word"
    case .badNear: "NEAR wants a distance from 1 to 100, such as NEAR/5"
    case .badNearOperand: "NEAR stands between words, phrases and ORs of them, not AND, NOT or NEAR"
    case .chainedNear: "NEAR does not chain; write (a NEAR/5 b) AND (b NEAR/5 c)"
    case .nestedSide: "a side stands within another side"
    case .unknownSide: "the sides are human: and assistant:"
    case .tooLarge: "a rule may hold \(RuleQuery.maximumLeaves) words and phrases"
    case .tooDeep: "brackets are nested too deeply"
    }
  }
}

/// A flag: whether a rule holds of a conversation.
package struct RuleFacet: TextFacet {
  package let name: String
  package let isSensitive: Bool
  package let kind = FacetKind.flag
  package var summary: String { "whether the rule holds" }
  let query: RuleQuery

  package init(name: String, query: RuleQuery, isSensitive: Bool = false) {
    self.name = name
    self.query = query
    self.isSensitive = isSensitive
  }

  package func makeReader() -> any TextFacetReader { RuleReader(query) }

  package func title(of level: Int32) -> String { level == 1 ? "yes" : "no" }
}
