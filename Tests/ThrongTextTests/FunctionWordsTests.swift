import Testing
import ThrongCore
import ThrongText

/// Function words are no terms; which words they are depends on the language of the document.
@Suite struct FunctionWordsTests {
  private func terms(_ messages: String..., drops: Bool = true) throws -> Set<String> {
    var settings = TextSettings()
    settings.dropsFunctionWords = drops
    return Set(Fixture.counts(try Fixture.block([messages], settings: settings))[0].keys)
  }

  @Test func grammarIsNoTermAndEndsAPhrase() throws {
    #expect(try terms("the password of my account") == ["password", "account"])
    #expect(
      try terms("password reset for the account") == ["password", "reset", "password reset", "account"])
    #expect(try terms("the password of my account", drops: false).contains("of my"))
  }

  /// "die" and "hat" are words of an English text and grammar of a German one.
  @Test func ambiguousWordsFollowTheLanguageOfTheDocument() throws {
    #expect(try terms("they said the die and the hat were lost").isSuperset(of: ["die", "hat", "lost"]))
    let german = try terms("ich habe die Rechnung und er hat die Kaution, aber nicht das Geld")
    #expect(german == ["rechnung", "kaution", "geld"])
  }

  /// The language is that of the whole document, so that a short message is read as its neighbours are.
  @Test func messagesOfADocumentShareALanguage() throws {
    let both = try terms("die Kaution", "ich habe sie nicht und er auch nicht")
    #expect(both == ["kaution"])
    #expect(try terms("die Kaution") == ["die", "kaution", "die kaution"])
  }

  private func language(_ messages: String...) throws -> String? {
    let analyzer = try TextAnalyzer(settings: TextSettings(), secret: Secret(bytes: Array(1...32))!)
    analyzer.begin()
    for message in messages { try analyzer.append(Array(message.utf8).span) }
    try analyzer.endDocument()
    return analyzer.language.map { TextAnalyzer.languages[$0] }
  }

  @Test(arguments: [
    ("the password of my account is not there", "en"), ("ich habe die Rechnung und er nicht", "de"),
    ("pourquoi est-ce que le train est dans la gare avec les autres", "fr"), ("京都の旅館を予約しました", "ja"),
    ("我的手机不能用了，但是我没有问题，你可以说什么", "zh"),
  ]) func functionWordsTellTheLanguage(text: String, expected: String) throws {
    #expect(try language(text) == expected)
  }

  @Test func theLanguageIsOpenWhereTooLittleOrBothSpeak() throws {
    #expect(try language("password reset") == nil)
    #expect(try language("the password") == nil)
    #expect(try language("the of", "und nicht") == nil)
    // What went before is forgotten.
    #expect(try language("kiln", "glaze") == nil)
  }

  @Test func shortHiraganaIsGrammar() throws {
    let words = try terms("京都の旅館を予約しました")
    #expect(words.isSuperset(of: ["京都", "旅館", "予約"]))
    #expect(
      words.allSatisfy { word in !word.unicodeScalars.allSatisfy { (0x3041...0x309F).contains($0.value) } })
  }

  /// English function words stay so whatever they mean elsewhere ("are", "come", "but").
  @Test func englishGrammarIsGrammarEverywhere() {
    #expect(["are", "come", "but", "was", "the"].allSatisfy { StopWords.standard.contains($0) })
  }
}
