import Testing
import ThrongCore
import ThrongText

@Suite struct LabelTests {
  @Test(arguments: [
    ("en", "the"), ("de", "nicht"), ("fr", "être"), ("es", "también"), ("it", "perché"), ("pt", "não"),
    ("nl", "niet"), ("zh", "的"), ("ja", "です"),
  ])
  func eachLanguageHasItsList(_ language: String, _ word: String) {
    let words = StopWords(languages: [language])
    #expect(words.count >= 60)
    #expect(words.contains(word))
    #expect(!words.contains("password"))
    #expect(StopWords.standard.contains(word))
  }

  @Test func standardKeepsEnglishContentWords() {
    for word in ["die", "war", "man", "des", "dos", "net", "son"] {
      #expect(!StopWords.standard.contains(word))
    }
    #expect(StopWords(languages: ["de"]).contains("die"))
    #expect(StopWords.standard.contains("don't") && StopWords.standard.contains("you're"))
  }

  /// Every entry is a word as the tokenizer writes it, so that it can match at all.
  @Test(arguments: ["en", "de", "fr", "es", "it", "pt", "nl"])
  func entriesAreTokens(_ language: String) throws {
    let list = StopWords.entries(language)
    let made = try Fixture.terms(list.joined(separator: " "), bigrams: false)
    let single = list.filter { $0.utf8.count > 1 }
    #expect(Set(single).subtracting(made).isEmpty, "\(Set(single).subtracting(made))")
  }

  @Test func stems() {
    let english = Stemmer(language: "en")
    #expect(english.stem("passwords") == english.stem("password"))
    #expect(english.stem("resetting") == english.stem("resets"))
    let german = Stemmer(language: "de")
    #expect(german.stem("häuser") == german.stem("häusern"))
    #expect(Stemmer(language: "zz").stem("words") == "words")
  }
}
