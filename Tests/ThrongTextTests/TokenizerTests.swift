import CText
import Testing
import ThrongCore
import ThrongText

@Suite struct TokenizerTests {
  @Test(arguments: [
    ("The QUICK brown-fox", ["the", "quick", "brown", "fox"]),
    ("don't DON\u{2019}T stop 'quoted' words'", ["don't", "stop", "quoted", "words"]),
    ("the dog's bone", ["the", "dog", "bone"]),
    ("C++ and c# or F#, not a# b+ x++y", ["c++", "and", "c#", "or", "f#", "not", "a#"]),
    ("asp.net .NET node.js end.Start", ["asp.net", ".net", "node.js", "end", "start"]),
    ("U.S.A. e.g. p.m", ["u.s.a", "e.g", "p.m"]),
    ("an e-mail x-ray I a 7", ["an", "e-mail", "x-ray"]),
    ("windows 3.1 in 1993 not 12345 or 1.23456", ["windows", "3.1", "in", "1993", "not", "or"]),
    ("mp3 x86 2nd", ["mp3", "x86", "2nd"]),
    ("snake_case _hard_", ["snake_case", "hard"]),
    ("l'école d'accord qu'il dell'arte", ["école", "accord", "qu", "il", "dell", "arte"]),
    ("Straße STRASSE ΣΊΣΥΦΟΣ", ["strasse", "σίσυφοσ"]),
    ("ﬁne ｆｕｌｌ zero\u{200B}width so\u{AD}ft", ["fine", "full", "zerowidth", "soft"]),
    ("cafe\u{301} café", ["café"]),
    ("हिन्दी में", ["हिन्दी", "में"]),
    ("한국어 텍스트", ["한국어", "텍스트"]),
    ("مرحبا بالعالم", ["مرحبا", "بالعالم"]),
    ("我们喜欢北京", ["我们", "喜欢", "北京"]),
    ("データベースの設定", ["データベース", "の", "設定"]),
    ("人々の様々な", ["人々", "の", "様々", "な"]),
    ("สวัสดีครับ", ["สวัสดี", "ครับ"]),
    ("用Python写3个程序", ["用", "python", "写", "个", "程序"]),
    (String(repeating: "x", count: 41) + " ok", ["ok"]),
    ("", []), (" \n\t", []), ("!?", []), ("😀 fine 👍🏽", ["fine"]),
  ])
  func words(_ text: String, _ expected: [String]) throws {
    let terms = try Fixture.terms(text, bigrams: false)
    #expect(terms == Set(expected), "\(terms.sorted())")
  }

  @Test(arguments: [
    ("one two three", ["one two", "two three"]),
    ("one, two. three four", ["three four"]),
    ("one\n> two", ["one two"]), ("one\n\ntwo", []),
    ("plan b works", []), ("windows 7 works", ["windows 7", "7 works"]), ("1 2 30 40", []),
    ("alt.atheism group", ["alt atheism", "atheism group"]),
    ("write ann@example.org today", []),
    ("北京 大学", ["北京 大学"]), ("北京，大学", []),
    ("\(String(repeating: "x", count: 41)) one two", ["one two"]),
  ])
  func bigrams(_ text: String, _ expected: [String]) throws {
    #expect(try Fixture.terms(text).filter { $0.contains(" ") } == Set(expected))
  }

  @Test func messagesAndDocumentsPartPhrases() throws {
    let block = try Fixture.block([["one two", "three"], ["four"]])
    #expect(
      Fixture.counts(block) == [["one": 1, "two": 1, "one two": 1, "three": 1], ["four": 1]])
  }

  @Test func countsAreOfDistinctTermsInOrder() throws {
    let block = try Fixture.block([["to be or not to be, to be"], [], ["be"]])
    #expect(
      Fixture.counts(block) == [
        ["to": 3, "be": 3, "or": 1, "not": 1, "to be": 3, "be or": 1, "or not": 1, "not to": 1], [:],
        ["be": 1],
      ])
    #expect(block.offsets == [0, 8, 8, 9])
    for d in 0..<3 {
      let terms = block.terms[block.offsets[d]..<block.offsets[d + 1]]
      #expect(zip(terms, terms.dropFirst()).allSatisfy { $0 < $1 })
    }
    #expect(block.terms.indices.reduce(0) { $0 + block.words($1) } == 4 + 2 * 4 + 1)
  }

  /// Few words very often, many words once, more than a count can say; and English words that are grammar in a German text.
  @Test(arguments: [(1, 40), (2, 5_000), (300, 5_000), (20_000, 9_000), (1, 70_000)])
  func countsAgreeWithADictionary(_ vocabulary: Int, _ words: Int) throws {
    var random = RandomSource(seed: UInt64(vocabulary))
    let drawn = (0..<words).map { _ in "w\(random.below(vocabulary))" }
    let expected = { (words: [String]) in
      var counts: [String: Int] = [:]
      for word in words { counts[word, default: 0] += 1 }
      for (first, second) in zip(words, words.dropFirst()) { counts["\(first) \(second)", default: 0] += 1 }
      return counts.mapValues { min($0, 65_535) }
    }
    // In the middle of a block, behind and before other documents.
    let block = try Fixture.block([["before"], [drawn.joined(separator: " ")], ["behind"]])
    #expect(Fixture.counts(block) == [["before": 1], expected(drawn), ["behind": 1]])
    let terms = block.terms[block.offsets[1]..<block.offsets[2]]
    #expect(zip(terms, terms.dropFirst()).allSatisfy { $0 < $1 })

    var german = TextSettings()
    german.redacts = false
    // "die" and "war" are content in English and grammar here; between two of them stands no pair.
    let mixed = drawn.map { "\($0) die war" }.joined(separator: " ") + ". und nicht auch wenn"
    let counts = Fixture.counts(try Fixture.block([[mixed]], settings: german))[0]
    #expect(counts == expected(drawn).filter { !$0.key.contains(" ") })
  }

  @Test func blocksOfOneAnalyzerAreIndependent() throws {
    let texts = ["Der Bär schläft. ann@example.org", "plain words here", "我们喜欢北京"]
    let analyzer = try TextAnalyzer(settings: Fixture.everyWord, secret: Fixture.secret)
    for text in texts + texts.reversed() {
      analyzer.begin()
      try analyzer.append(Array(text.utf8).span)
      try analyzer.endDocument()
      let block = analyzer.finish()
      let fresh = try Fixture.block([[text]])
      #expect(block.terms == fresh.terms && block.counts == fresh.counts)
      #expect(block.contentHashes == fresh.contentHashes)
      #expect(Fixture.spellings(block) == Fixture.spellings(fresh))
      #expect(block.identityTerms == fresh.identityTerms)
    }
  }

  @Test func contentHashesTellTextsApartAfterRedaction() throws {
    let block = try Fixture.block([
      ["call 202-555-0143 now"], ["call 202-555-0199 now"], ["call me now"], ["call", "me now"], [],
    ])
    let hashes = block.contentHashes
    #expect(hashes[0] == hashes[1])
    #expect(Set(hashes).count == 4)
  }

  @Test func identitiesAreHashedAsWords() throws {
    let block = try Fixture.block([
      ["In article <a7x9@site.example> ann_lee@site.example (Ann Marie Lee) writes:\n> hello"],
      ["ann marie lee x9"],
    ])
    let spellings = Fixture.spellings(block)
    let known = block.identityTerms.compactMap { spellings[$0] }
    #expect(Set(known) == ["ann", "marie", "lee", "ann marie", "marie lee"])
    #expect(block.identityOffsets == [0, block.identityTerms.count, block.identityTerms.count])
    #expect(Fixture.counts(block)[0] == ["hello": 1])
  }

  /// Against ICU alone: words of a dozen scripts, parted by spaces and punctuation that mean the same to both.
  @Test(arguments: 0..<60) func agreesWithWordBreaking(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let words = [
      "hello", "World", "don't", "x86", "Grüße", "naïve", "São", "Привет", "мир", "Καλημέρα", "κόσμε", "שלום",
      "مرحبا",
      "한국어", "텍스트", "हिन्दी", "भाषा", "தமிழ்", "ქართული", "Հայերեն", "我们喜欢北京的大学", "今天天气很好", "東京都に住んでいる",
      "データベースの設定", "สวัสดีครับผมชื่อ", "ภาษาไทย", "ພາສາລາວ", "ភាសាខ្មែរ", "မြန်မာဘာသာ", "1993", "42", "日本語", "Ελλάδα",
      "ёлка",
    ]
    let breaks = [" ", " ", " ", ", ", ". ", "! ", "\n", " - ", "; ", "。", "、", " (", ") ", "\u{3000}", "… "]
    var text = ""
    for _ in 0..<60 { text += words[random.below(words.count)] + breaks[random.below(breaks.count)] }
    let (ours, theirs) = (try Fixture.terms(text, bigrams: false), try Self.icuWords(text))
    #expect(ours == theirs, "seed \(seed): \(ours.symmetricDifference(theirs).sorted())")
  }

  /// The folded words of a text by ICU's rules and dictionaries, less what the tokenizer drops on purpose.
  static func icuWords(_ text: String) throws -> Set<String> {
    let handle = unsafe try #require(unsafe throng_text_create())
    defer { unsafe throng_text_destroy(handle) }
    var folded: [UInt8] = []
    unsafe Array(text.utf8).withUnsafeBufferPointer { bytes in
      var out: UnsafePointer<UInt8>?
      var count = 0
      let done = unsafe throng_text_fold(handle, bytes.baseAddress, bytes.count, &out, &count)
      precondition(done)
      unsafe folded.append(contentsOf: UnsafeBufferPointer(start: out, count: count))
    }
    folded = folded.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    var words: Set<String> = []
    unsafe folded.withUnsafeBufferPointer { bytes in
      var boundaries: UnsafePointer<Int32>?
      var letters: UnsafePointer<UInt8>?
      var count = 0
      let done = unsafe throng_text_words(
        handle, bytes.baseAddress, bytes.count, &boundaries, &letters, &count)
      precondition(done)
      for k in 1..<count where unsafe letters![k - 1] == 1 {
        let range = unsafe Int(boundaries![k - 1])..<Int(boundaries![k])
        words.insert(unsafe String(decoding: bytes[range], as: UTF8.self))
      }
    }
    return words.filter { $0.utf8.count > 1 && $0.utf8.count <= 40 }
  }
}
