import Testing
import ThrongCore
import ThrongFacets

@Suite struct WordScannerTests {
  @Test(arguments: [
    ("I can't, won't!", ["I", "can't", "won't"]), ("well-known 3.5 b2b", ["well", "known", "3", "5", "b2b"]),
    ("Ann's dogs' bed", ["Ann's", "dogs", "bed"]), ("don\u{2019}t 'quoted'", ["don\u{2019}t", "quoted"]),
    ("手机 ok", ["手", "机", "ok"]), ("Ünïcode ЖУК", ["Ünïcode", "ЖУК"]),
    ("so 😀👍🏽 :-) <3", ["so", "😀", "👍", ":-)", "<3"]),
    ("a:b http://x", ["a", "b", "http", "x"]), ("", []), ("  ... ", []),
  ]) func cuts(text: String, expected: [String]) {
    #expect(WordScanner.spell(text) == expected)
  }

  /// What is one word in the eyes of a reader has one hash.
  @Test(arguments: [
    ("Loan", "lOAN"), ("don't", "DON\u{2019}T"), ("ÜBER", "über"), ("ЖУК", "жук"), ("it's", "it"),
    ("sooooo", "sooo"),
    (":)", "=-]"), (":-(", ":("), ("e\u{200B}asy", "easy"),
  ]) func equals(a: String, b: String) {
    #expect(Word.hash(a) == Word.hash(b))
  }

  @Test(arguments: [("loan", "loans"), ("so", "soo"), (":)", ":("), ("2024", "2025"), ("1111", "111")])
  func differs(a: String, b: String) {
    #expect(Word.hash(a) != Word.hash(b))
  }

  @Test func shapesAndGaps() {
    let words = WordScanner.words("WOW, sooo good!! Really? \"yes\" (v1.2)\nok")
    #expect(words[0].shape.contains(.capitals) && !words[2].shape.contains(.capitals))
    #expect(words[1].shape.contains(.stretched) && words[1].gap == .clause)
    #expect(words[3].exclamations == 2 && words[3].gap.isSuperset(of: [.sentence, .clause]))
    #expect(words[4].gap.contains(.question) && words[4].gap.contains(.quote))
    #expect(words[6].gap.isEmpty, "the dot of 1.2 ends nothing")
    #expect(words[7].gap.contains(.line) && !words[3].gap.contains(.line))
  }

  /// Any bytes of valid UTF-8 are read to their end, in ascending words that do not overlap.
  @Test func anyTextIsRead() {
    var random = RandomSource(seed: 5)
    let scalars: [Unicode.Scalar] = Array(
      "aB'’.!? \n<3:)-🙂手ÜßЖ\u{200D}\u{FE0F}\u{301}\u{7FF}\u{800}\u{10FFFF}9*\"".unicodeScalars)
    for _ in 0..<400 {
      var text = String.UnicodeScalarView()
      for _ in 0..<random.below(30) { text.append(scalars[random.below(scalars.count)]) }
      let bytes = Array(String(text).utf8)
      var scanner = WordScanner()
      scanner.scan(bytes.span)
      var end = 0
      for word in scanner.words {
        #expect(Int(word.start) >= end && word.length > 0)
        end = Int(word.start) + Int(word.length)
      }
      #expect(end <= bytes.count)
    }
  }
}
