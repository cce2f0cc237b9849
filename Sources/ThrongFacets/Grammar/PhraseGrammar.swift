internal import ThrongCore

/// A list of phrases under labels, compiled to an automaton over words.
///
/// One phrase a line, `label: phrase`. A phrase is a sequence within one sentence:
///
///     word          that word; small letters stand for both, "it's" for "it is" is written out
///     (a|b c|d)     one of these
///     [a|b c]       one of these or nothing
///     <3>           nothing or up to three words, whatever they are
///     {name}        a part named by an earlier line `{name} = phrase`
///     ^  $  ?       the beginning of a sentence, its end, its end in a question mark
///
/// `not label: phrase` takes the label away from a sentence in which both stand. `#` begins a comment.
///
/// Positions of phrases are states of a Glushkov automaton (Glushkov 1961, doi:10.1070/RM1961v016n05ABEH004112); sets of them
/// become states of a deterministic one as texts need them, so a word costs one look-up whatever the number of phrases.
package struct PhraseGrammar: Sendable {
  /// In the order of their first line; at most 32.
  package let labels: [String]
  /// Number of phrases.
  package let phrases: Int

  /// What stands at a position: a class of words, or one of the special ones below.
  let classOfPosition: [UInt16]
  /// Positions that may come after each, ascending.
  let follow: [[UInt16]]
  /// Positions a phrase may begin with anywhere, and at the beginning of a sentence.
  let first: [UInt16]
  let anchored: [UInt16]
  /// Labels that end at each position, and those that are taken away.
  let accepts: [UInt32]
  let refuses: [UInt32]
  let classes: WordClasses

  /// A word of no phrase.
  static let other: UInt16 = 0
  /// The end of a sentence, in a question mark or not.
  static let end: UInt16 = 1
  static let question: UInt16 = 2
  /// As the class of a position: any word.
  static let any: UInt16 = 3
  static let firstWord: UInt16 = 4

  /// - Throws: ``GrammarFailure`` with line and column.
  package init(_ source: String) throws {
    var builder = GrammarBuilder()
    try builder.read(source)
    (labels, phrases) = (builder.labels, builder.phrases)
    (classOfPosition, follow) = (builder.classOfPosition, builder.follow.map { Array($0).sorted() })
    (first, anchored) = (builder.first.sorted(), builder.anchored.sorted())
    (accepts, refuses) = (builder.accepts, builder.refuses)
    classes = WordClasses(builder.classes)
  }
}

/// What is wrong with a grammar of ours or of the operator.
package struct GrammarFailure: ThrongFailure, Equatable {
  package enum Reason: String, Sendable {
    case noLabel = "a line wants the form 'label: phrase'"
    case unclosed = "a bracket is not closed"
    case unopened = "a bracket is closed that was not opened"
    case empty = "there is no word here"
    case unknownPart = "no earlier line names this part"
    case badGap = "a gap is a number from 1 to 9 in angle brackets"
    case badMark = "'^' belongs to the beginning of a phrase, '$' and '?' to its end"
    case neverEmpty = "a phrase must hold at least one word"
    case tooManyLabels = "there may be 32 labels"
    case tooLarge = "the phrases have more than 65,000 positions"
  }

  package let reason: Reason
  /// From 1.
  package let line: Int
  /// In bytes, from 1.
  package let column: Int

  package var message: String { "line \(line), column \(column) of the phrases: \(reason.rawValue)" }
  package var exitStatus: Int32 { ExitCode.usage.rawValue }
}

/// Numbers of words, looked up by hash. Open addressing.
struct WordClasses: Sendable {
  private var keys: [UInt64]
  private var values: [UInt16]
  let count: Int

  init(_ classes: [UInt64: UInt16]) {
    var capacity = 8
    while capacity < 3 * classes.count { capacity *= 2 }
    keys = Array(repeating: 0, count: capacity)
    values = Array(repeating: 0, count: capacity)
    count = classes.count
    for (key, value) in classes.sorted(by: { $0.key < $1.key }) {
      var slot = Int(truncatingIfNeeded: key ^ key >> 32) & (capacity - 1)
      while keys[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
      (keys[slot], values[slot]) = (key, value)
    }
  }

  /// The class of a word; 0 for a word of none.
  @inline(__always) subscript(_ hash: UInt64) -> UInt16 {
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (keys.count - 1)
    while keys[slot] != 0 {
      if keys[slot] == hash { return values[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return 0
  }
}
