/// All tables, compiled to flat arrays that the composer walks without touching a String.
struct Grammar: Sendable {
  /// A stretch of a template.
  struct Piece: Sendable {
    enum Kind: UInt8, Sendable {
      /// `bytes[first ..< first + count]`, escaped for JSON.
      case literal
      /// An alternative of list `first`, drawn anew.
      case list
      /// An alternative of list `first`, the same throughout a conversation.
      case fixedList
      /// Something made up; `first` is the raw value of an ``Invention``.
      case invention
      /// The same, made up once for a conversation.
      case fixedInvention
    }
    let kind: Kind
    let first: Int
    let count: Int
  }

  struct Alternative: Sendable {
    /// A range of `pieces`.
    let pieces: Range<Int>
    /// Which sentence of `tell` answers it, from 0.
    let answer: Int?
    /// Code, which nobody capitalises or mistypes.
    let isVerbatim: Bool
  }

  struct Subtopic: Sendable {
    let id: String
    let name: String
    let topic: Int
    let language: Language
    let size: SubtopicSource.Size
    let isService: Bool
    let heavyShare: Double
    let ask: Int
    let say: Int
    /// What conversations of the whole topic say; nil where sub-topics share their language only.
    let shared: Int?
    let next: Int
    let tell: Int
    /// Sentences of five levels of mood, and answers that decline for each of ``AffectiveMix/reasons``; empty elsewhere.
    let moods: [Int]
    let pushes: [Int]
  }

  /// The small talk of a language, as numbers of lists.
  struct Talk: Sendable {
    let hello: Int
    /// What leads over to a sentence, and what stands beside the point.
    let lead: Int
    let aside: Int
    let okay: Int
    let sure: Int
    let thanks: Int
    let welcome: Int
    /// One for each ``IdentityClass``.
    let identities: [Int]
    /// Sentences around a canary; nil in languages that hold none.
    let canary: Int?
  }

  var bytes: [UInt8] = []
  var pieces: [Piece] = []
  var alternatives: [Alternative] = []
  /// Ranges of `alternatives`.
  var lists: [Range<Int>] = []
  var topics: [(id: String, name: String)] = []
  var subtopics: [Subtopic] = []
  /// One for each ``Language``.
  var talks: [Talk] = []

  /// Compiled once for the process.
  static let shared = Grammar(topics: TopicSource.all, talks: Language.allCases.map(\.talkSource))
  /// The same with the conversations of an ``AffectiveMix`` in place of those about wellbeing, which are not told apart from them.
  static let withAffective = Grammar(
    topics: TopicSource.all.filter { $0.id != TopicSource.wellbeing.id } + [.affective],
    talks: Language.allCases.map(\.talkSource))
}
