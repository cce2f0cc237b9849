internal import ThrongText

/// Finds out the facts that facets ask for, message by message.
struct FactReader {
  private let needs: FactNeeds
  private var languages = LanguageDetector()
  private var sentiment: SentimentReader?
  private var acts: ActReader?

  init(_ needs: FactNeeds = []) {
    self.needs = needs
    if needs.contains(.sentiment) { sentiment = SentimentReader() }
    if needs.contains(.acts) { acts = ActReader() }
  }

  /// Lexicon and grammars are English, so whether a text is has to be known too.
  private var needsLanguage: Bool { !needs.isEmpty }

  mutating func read(_ text: Span<UInt8>, _ scanner: borrowing WordScanner, side: Side) {
    if side == .human {
      if needsLanguage { languages.append(text) }
      sentiment?.read(text, scanner)
    }
    acts?.read(scanner, side: side)
  }

  /// Puts what was found into `facts` and begins the next conversation.
  mutating func finish(into facts: inout ConversationFacts) {
    guard needsLanguage else { return }
    facts.language = languages.detect()
    languages.begin()
    facts.sentiment = sentiment?.finish()
    facts.acts = acts?.finish()
  }
}

extension ConversationFacts {
  /// Whether the human side is surely in another language than English, of which our word lists know nothing.
  var isForeign: Bool { language.map { $0.isReliable && $0.code != "en" } ?? false }
}
