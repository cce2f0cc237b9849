internal import ThrongCore

/// What the analyzer makes of a text. Every default is given on its field.
package struct TextSettings: Sendable {
  /// Columns of the weighted matrix are the low bits of a term's hash: 2^columnBits columns. 10...24.
  package var columnBits = 18
  /// Pairs of adjacent words are terms too.
  package var bigrams = true
  /// A longer word is no term and ends a phrase: it is a code, not a word. UTF-8 bytes, 1...120.
  package var maximumTokenBytes = 40
  /// A number of more digits is no term.
  package var maximumDigits = 4
  /// A column used by a larger share of the users is dropped by ``Features/weighted(settings:users:minimumUsers:workers:)``.
  /// 1 drops none: on five labelled corpora shares of 0.5 to 0.1 changed NMI by -2 to +0.1 points.
  package var maximumUserShare = 1.0
  /// The weight of a column that every user uses; what rarer ones weigh more is added to it. Not negative.
  /// 0.5, in the mean of five labelled corpora, is half a point of NMI and ARI above 1 and ahead on each; 0 is level with 1.
  package var commonWeight = 0.5
  /// Function words of the languages of ``StopWords`` are no terms and end a phrase: they tell how somebody writes,
  /// not what about.
  package var dropsFunctionWords = true
  /// Rule R14. Off only in attack tests, which must then find what redaction hides.
  package var redacts = true
  /// Words in quotations are no votes of who quotes them. Off only in attack tests, in which one person's words, quoted by
  /// k, are then shown.
  package var discountsQuotations = true

  package init() {}

  /// Throws ``TextFailure`` for a value outside its range.
  package func validate() throws {
    guard (10...24).contains(columnBits) else { throw TextFailure.columnBits(columnBits) }
    guard (1...120).contains(maximumTokenBytes) else { throw TextFailure.tokenBytes(maximumTokenBytes) }
    guard maximumUserShare > 0, maximumUserShare <= 1 else { throw TextFailure.userShare(maximumUserShare) }
    guard commonWeight >= 0, commonWeight.isFinite else { throw TextFailure.commonWeight(commonWeight) }
  }
}

/// Why text could not be analysed. Carries settings and counts, never text.
package enum TextFailure: ThrongFailure {
  case columnBits(Int)
  case tokenBytes(Int)
  case userShare(Double)
  case commonWeight(Double)
  /// ICU could not load its data or ran out of memory.
  case unicodeUnavailable
  case outOfMemory
  /// The term table numbers users below 2³⁰.
  case tooManyUsers
  /// A block and its list of users, or features and theirs, differ in length.
  case userCount(documents: Int, users: Int)
  /// The analyzer numbers the bytes of a block below 2³².
  case blockTooLarge(bytes: Int)

  package var message: String {
    switch self {
    case .columnBits(let bits):
      "the number of column bits is \(bits); give a number from 10 to 24"
    case .tokenBytes(let bytes):
      "the longest token is set to \(bytes) bytes; give a number from 1 to 120"
    case .userShare(let share):
      "the largest share of users of a column is \(share); give a number above 0 and at most 1"
    case .commonWeight(let weight):
      "the weight of a column that all use is \(weight); give a finite number that is not negative"
    case .unicodeUnavailable:
      "ICU could not be started; check that libicu and its data are installed and that memory is left"
    case .outOfMemory: "no memory is left for the words of a block of text"
    case .tooManyUsers:
      "the input has 2^30 users or more; split it and run the parts separately"
    case .userCount(let documents, let users):
      "\(documents) documents came with \(users) users; this is a defect, please report it"
    case .blockTooLarge(let bytes):
      "a block of \(bytes) bytes of text is too large to analyse; read it in smaller blocks"
    }
  }

  package var exitStatus: Int32 {
    switch self {
    case .columnBits, .tokenBytes, .userShare, .commonWeight: ExitCode.usage.rawValue
    case .tooManyUsers, .blockTooLarge: ExitCode.inputUnusable.rawValue
    case .unicodeUnavailable, .outOfMemory, .userCount: ExitCode.internalFailure.rawValue
    }
  }
}
