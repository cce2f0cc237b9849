import Testing
import ThrongCore
import ThrongText

@Suite struct TermTableTests {
  /// Documents of random words, some frequent and some rare, with their users.
  static func corpus(_ seed: UInt64, documents: Int = 300) -> (texts: [String], users: [UInt32]) {
    var random = RandomSource(seed: seed)
    var texts: [String] = []
    var users: [UInt32] = []
    for _ in 0..<documents {
      var words: [String] = []
      for _ in 0..<random.below(40) {
        // The square makes small numbers frequent.
        let rank = random.uniform()
        words.append("w" + String(Int(rank * rank * 400), radix: 36) + "q")
      }
      texts.append(words.joined(separator: random.below(9) == 0 ? ", " : " "))
      users.append(UInt32(random.below(60)))
    }
    return (texts, users)
  }

  /// The dictionary of documents merged in blocks of `size`.
  static func dictionary(
    _ texts: [String], _ users: [UInt32], minimumUsers: Int, size: Int = 50, threads: Int = 1,
    settings: TextSettings = Fixture.everyWord, secret: Secret = Fixture.secret
  ) throws -> TermDictionary {
    let workers = Workers(threads: threads)
    var table = TermTable(minimumUsers: minimumUsers)
    var features = Features()
    var at = 0
    while at < texts.count {
      let end = min(texts.count, at + size)
      let block = try Fixture.block(texts[at..<end].map { [$0] }, settings: settings, secret: secret)
      try table.merge(block, users: Array(users[at..<end]), workers: workers)
      try features.append(block)
      at = end
    }
    return try table.dictionary(features: features, users: users, workers: workers)
  }

  static func spellings(_ dictionary: TermDictionary) -> [String] {
    (0..<dictionary.count).map { dictionary.spelling($0) }
  }

  /// Distinct users by term, the plain way.
  static func usersByTerm(_ texts: [String], _ users: [UInt32]) throws -> [String: Set<UInt32>] {
    var result: [String: Set<UInt32>] = [:]
    for (text, user) in zip(texts, users) {
      for term in try Fixture.terms(text) { result[term, default: []].insert(user) }
    }
    return result
  }

  @Test(arguments: [1, 2, 3, 4, 5, 10, 25], [UInt64(1), 2])
  func keepsExactlyTheTermsOfKUsers(_ k: Int, _ seed: UInt64) throws {
    let (texts, users) = Self.corpus(seed)
    let expected = try Self.usersByTerm(texts, users).filter { $0.value.count >= k }.keys
    let dictionary = try Self.dictionary(texts, users, minimumUsers: k)
    #expect(Set(Self.spellings(dictionary)) == Set(expected), "seed \(seed)")
    #expect(dictionary.count == expected.count)
  }

  @Test func doesNotDependOnOrderBlocksOrThreads() throws {
    let (texts, users) = Self.corpus(7)
    let one = try Self.dictionary(texts, users, minimumUsers: 4)
    let reordered = Array(zip(texts, users)).reversed()
    for (size, threads) in [(1, 2), (300, 1), (37, 3)] {
      let other = try Self.dictionary(
        reordered.map(\.0), reordered.map(\.1), minimumUsers: 4, size: size, threads: threads)
      #expect(other.hashes == one.hashes)
      #expect(Self.spellings(other) == Self.spellings(one))
      #expect((0..<one.count).allSatisfy { other.parts($0)?.0 == one.parts($0)?.0 })
    }
  }

  @Test func boundaryAtK() throws {
    let texts = ["alpha beta", "alpha beta", "alpha", "beta beta", "alpha"]
    // alpha: users 0, 1, 2; beta: 0, 1; "alpha beta": 0, 1; a user who repeats counts once.
    let users: [UInt32] = [0, 1, 2, 1, 2]
    for (k, expected) in [(2, ["alpha", "beta", "alpha beta"]), (3, ["alpha"]), (4, [])] {
      #expect(Set(Self.spellings(try Self.dictionary(texts, users, minimumUsers: k))) == Set(expected))
    }
  }

  @Test func looksUpByHashAndParts() throws {
    let (texts, users) = Self.corpus(3)
    let dictionary = try Self.dictionary(texts, users, minimumUsers: 3)
    #expect(zip(dictionary.hashes, dictionary.hashes.dropFirst()).allSatisfy { $0 < $1 })
    for i in 0..<dictionary.count {
      #expect(dictionary.index(of: dictionary.hashes[i]) == i)
      let words = dictionary.spelling(i).split(separator: " ").map(String.init)
      #expect(dictionary.words(i) == words.count)
      if let (first, second) = dictionary.parts(i) {
        #expect(words == [dictionary.spelling(first), dictionary.spelling(second)])
      } else {
        #expect(words.count == 1)
      }
    }
    var random = RandomSource(seed: 5)
    for _ in 0..<1000 {
      let hash = random.next()
      #expect(dictionary.index(of: hash).map { dictionary.hashes[$0] == hash } ?? true)
    }
  }

  @Test func emptyInput() throws {
    let dictionary = try Self.dictionary([], [], minimumUsers: 2)
    #expect(dictionary.count == 0 && dictionary.index(of: 5) == nil)
  }

  @Test func refusesUsersThatDoNotMatch() throws {
    let block = try Fixture.block([["one"], ["two"]])
    var table = TermTable(minimumUsers: 2)
    #expect(throws: TextFailure.self) { try table.merge(block, users: [0], workers: Workers(threads: 1)) }
    #expect(throws: TextFailure.self) {
      try table.merge(block, users: [0, 1 << 30], workers: Workers(threads: 1))
    }
  }

  /// Terms of one user take at most 24 bytes each.
  @Test func singleUserTermsAreSmall() throws {
    var random = RandomSource(seed: 11)
    let texts = (0..<400).map { _ in
      (0..<500).map { _ in "t" + String(random.next() >> 20, radix: 36) }.joined(separator: " ")
    }
    var table = TermTable(minimumUsers: 10)
    let block = try Fixture.block(texts.map { [$0] })
    try table.merge(block, users: Array(0..<400), workers: Workers(threads: 2))
    let (terms, bytes) = table.footprint
    #expect(terms > 350_000)
    #expect(Double(bytes) / Double(terms) <= 24)
  }

  // MARK: Identities

  @Test func identitiesNeedTwoMentionsAndATwentieth() throws {
    // 50 users say "mark", 20 say "zorba"; 2 users quote Mark, 2 quote Zorba, 1 quotes Quill.
    var texts = (0..<50).map { $0 < 20 ? "the mark of zorba and quill" : "the mark" }
    texts += [
      "Mark Zorba <a@b.example> wrote:\nyes", "Mark Zorba <a@b.example> wrote:\nno", "Quill wrote:\nno",
    ]
    let users = [UInt32](0..<50) + [50, 51, 50]
    let dictionary = try Self.dictionary(texts, users, minimumUsers: 3)
    func isIdentity(_ term: String) -> Bool? {
      (0..<dictionary.count).first { dictionary.spelling($0) == term }.map { dictionary.isIdentity($0) }
    }
    #expect(isIdentity("zorba") == true)
    #expect(isIdentity("mark") == false)
    #expect(isIdentity("quill") == false)
    #expect(isIdentity("of zorba") == true)
    #expect(isIdentity("the mark") == false)
  }

  @Test func oneUserCannotMakeAnIdentity() throws {
    let texts = (0..<20).map { _ in "the zorba dance" } + (0..<9).map { _ in "Zorba wrote:\nno" }
    let dictionary = try Self.dictionary(
      texts, [UInt32](0..<20) + Array(repeating: 20, count: 9), minimumUsers: 3)
    #expect((0..<dictionary.count).allSatisfy { !dictionary.isIdentity($0) })
  }

  /// 8 of 32 users who say a word begin a message with it: a quarter. 7 are fewer.
  @Test(arguments: [(8, true), (7, false)]) func nicknamesCallInAQuarter(calls: Int, expected: Bool) throws {
    let texts = (0..<32).map { $0 < calls ? "zor_ba: try this" : "ask zor_ba again" }
    let dictionary = try Self.dictionary(texts, [UInt32](0..<32), minimumUsers: 3)
    let word = try #require((0..<dictionary.count).first { dictionary.spelling($0) == "zor_ba" })
    #expect(dictionary.isIdentity(word) == expected)
    let phrase = try #require((0..<dictionary.count).first { dictionary.spelling($0) == "ask zor_ba" })
    #expect(dictionary.isIdentity(phrase) == expected)
  }

  // MARK: Quotations

  /// Three users write "alpha", two write "beta" and nine quote both; a quotation is no vote, with the defence off it is.
  @Test func onlyOwnWordsVote() throws {
    var texts = ["alpha beta", "alpha beta", "alpha"]
    texts += (0..<9).map { "\(["> ", " | ", ">> ", "JB> "][$0 % 4])alpha beta\nso it is" }
    let users = [UInt32](0..<12)
    let kept = Self.spellings(try Self.dictionary(texts, users, minimumUsers: 3, size: 5))
    #expect(kept.contains("alpha") && !kept.contains("beta") && !kept.contains("alpha beta"))
    #expect(kept.contains("so it"))
    var open = Fixture.everyWord
    open.discountsQuotations = false
    let leaked = Self.spellings(try Self.dictionary(texts, users, minimumUsers: 3, settings: open))
    #expect(leaked.contains("beta") && leaked.contains("alpha beta"))
  }

  @Test func wordsInAndOutOfQuotationsAreOnesOwn() throws {
    let block = try Fixture.block([
      ["> alpha beta\nbeta gamma"], ["a ratio: 3\n: quoted words"], ["a->b x > y"],
    ])
    let spellings = Fixture.spellings(block)
    let quoted = Set(block.terms.indices.filter(block.isQuoted).map { spellings[block.terms[$0]]! })
    // "beta beta" begins in the quotation.
    #expect(quoted == ["alpha", "alpha beta", "beta beta", "quoted", "words", "quoted words"])
  }

  // MARK: Redaction

  /// Rule R14 with its twin: k users share an address; it is a term only with redaction off.
  @Test func redactedTextIsNoTerm() throws {
    let texts = (0..<5).map { _ in "mail zyx.canary@vwu.example or 202-555-0143 please" }
    let users: [UInt32] = [0, 1, 2, 3, 4]
    let kept = Self.spellings(try Self.dictionary(texts, users, minimumUsers: 3))
    #expect(Set(kept) == ["mail", "or", "please"])
    var open = Fixture.everyWord
    open.redacts = false
    let leaked = Self.spellings(try Self.dictionary(texts, users, minimumUsers: 3, settings: open))
    #expect(leaked.contains("canary") && leaked.contains("0143"))
  }

  // MARK: Rule R15

  /// The hashes of a workspace against 10⁶ guessed terms: without the secret no guess matches, with it the
  /// terms that were guessed do.
  @Test func dictionaryAttackNeedsTheSecret() throws {
    let guesses = 1_000_000
    let texts = (0..<40).map { d in (0..<100).map { "term\(d * 100 + $0)" }.joined(separator: ", ") }
    let workspace = Set(try Fixture.block(texts.map { [$0] }).terms)
    func matches(_ secret: Secret) throws -> Int {
      let analyzer = try TextAnalyzer(settings: Fixture.everyWord, secret: secret)
      var hits = 0
      for start in stride(from: 0, to: guesses, by: 10_000) {
        analyzer.begin()
        let text = (start..<start + 10_000).map { "term\($0)" }.joined(separator: ", ")
        try analyzer.append(Array(text.utf8).span)
        try analyzer.endDocument()
        hits += analyzer.finish().terms.count { workspace.contains($0) }
      }
      return hits
    }
    #expect(workspace.count == 4000)
    // 10⁶ guesses on 4,000 of 2⁶⁴ hashes: a chance match has probability 2·10⁻¹⁰.
    #expect(try matches(Fixture.otherSecret) == 0)
    #expect(try matches(Fixture.secret) == 4000)
  }
}
