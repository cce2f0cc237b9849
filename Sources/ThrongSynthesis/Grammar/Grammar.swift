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
    let next: Int
    let tell: Int
  }

  /// The small talk of a language, as numbers of lists.
  struct Talk: Sendable {
    let hello: Int
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
  /// Ranges of `pieces`.
  var alternatives: [Range<Int>] = []
  /// Ranges of `alternatives`.
  var lists: [Range<Int>] = []
  var topics: [(id: String, name: String)] = []
  var subtopics: [Subtopic] = []
  /// One for each ``Language``.
  var talks: [Talk] = []

  /// Compiled once for the process.
  static let shared = Grammar(topics: TopicSource.all, talks: Language.allCases.map(\.talkSource))
}
