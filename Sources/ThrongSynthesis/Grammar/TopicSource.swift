/// The languages that conversations are written in.
enum Language: Int, CaseIterable, Sendable {
  case english, spanish, german, french, chinese, japanese

  /// ISO 639-1.
  var code: String {
    switch self {
    case .english: "en"
    case .spanish: "es"
    case .german: "de"
    case .french: "fr"
    case .chinese: "zh"
    case .japanese: "ja"
    }
  }

  /// Chinese and Japanese put neither blanks between sentences nor an ASCII full stop at their end.
  var isSpaced: Bool { self != .chinese && self != .japanese }
}

/// A planted topic as it is written down in the tables.
///
/// A table is text. `#name` opens a list; its alternatives stand behind it and on the following lines,
/// parted by `|` or line ends. `{name}` draws from a list of the sub-topic, of its language, or from an
/// ``Invention``; `{=name}` draws once for a conversation and repeats. `\n` is a line break, `⦃` and `⦄` are
/// braces. A sentence without closing punctuation gets its full stop. A leading backtick marks code, which stays as it is.
///
/// Each sub-topic has the lists `ask` (how a conversation opens), `say` (circumstances), `next` (follow-up
/// questions) and `tell` (the assistant); a topic may have `shared` (circumstances that its sub-topics share). `@3` behind a question says that the third sentence of `tell`
/// answers it.
struct TopicSource: Sendable {
  let id: String
  let name: String
  let language: Language
  /// Lists that all its sub-topics share: what makes them a topic.
  let common: String
  let subtopics: [SubtopicSource]

  init(
    _ id: String, _ name: String, _ language: Language = .english, common: String = "",
    _ subtopics: [SubtopicSource]
  ) {
    self.id = id
    self.name = name
    self.language = language
    self.common = common
    self.subtopics = subtopics
  }
}

/// A planted sub-topic.
struct SubtopicSource: Sendable {
  let id: String
  let name: String
  /// How many conversations.
  let size: Size
  /// Whether people give identities of every class here; elsewhere only addresses, handles and names.
  let isService: Bool
  /// Share of its conversations that come from the one heavy user.
  let heavyShare: Double
  let table: String

  enum Size: Sendable {
    /// In proportion to the corpus; the number is the expectation among 3,000.
    case share(Double)
    /// The same at any size of the corpus: a topic below k.
    case fixed(users: Int, conversations: Int)
  }

  init(
    _ id: String, _ name: String, _ size: Size, isService: Bool = false, heavyShare: Double = 0,
    _ table: String
  ) {
    self.id = id
    self.name = name
    self.size = size
    self.isService = isService
    self.heavyShare = heavyShare
    self.table = table
  }
}
