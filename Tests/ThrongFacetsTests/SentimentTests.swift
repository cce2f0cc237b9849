import Testing
import ThrongCore
import ThrongFacets

@Suite struct SentimentTests {
  private func score(_ text: String) -> Float {
    let bytes = Array(text.utf8)
    var scanner = WordScanner()
    scanner.scan(bytes.span)
    var scorer = SentimentScorer()
    return scorer.score(bytes.span, scanner)
  }

  @Test(arguments: [
    "I love this", "what a wonderful day", "not bad at all", "no problem!", "Thanks 😀", "it works :)",
    "sooooo goooood",
    "It was slow but I loved it", "I can't wait to see it", "never boring",
  ]) func speaksWell(text: String) { #expect(score(text) > 0.1, "\(score(text))") }

  @Test(arguments: [
    "I hate this", "This is not good", "what a waste of time", "isn't very helpful", "I am so sad 😢",
    "no hope", ":(",
    "It was nice but boring", "he was never happy again", "without any joy",
  ]) func speaksIll(text: String) { #expect(score(text) < -0.1, "\(score(text))") }

  @Test(arguments: ["", "the table has four legs", "12:30", "这个很好", "The report is on page nine."])
  func saysNothing(text: String) {
    #expect(score(text) == 0)
  }

  /// Of each pair the first says more of the same.
  @Test(arguments: [
    ("very good", "good"), ("good!!!", "good"), ("GOOD stuff here", "good stuff here"),
    ("extremely good", "fairly good"),
    ("good", "slightly good"), ("goooood", "good"), ("good", "not bad"), ("nice but good", "good but nice"),
  ]) func more(a: String, b: String) { #expect(score(a) > score(b), "\(score(a)), \(score(b))") }

  @Test(arguments: [
    ("very bad", "bad"), ("bad!!!", "bad"), ("BAD stuff here", "bad stuff here"),
    ("extremely bad", "slightly bad"), ("bad", "not good at all"),
  ]) func worse(a: String, b: String) { #expect(score(a) < score(b), "\(score(a)), \(score(b))") }

  /// Marks end what a word reaches: a negator does not turn the next sentence, nor what stands behind a comma.
  @Test func negationEndsWithItsClause() {
    #expect(score("No. Good") > 0)
    #expect(score("No, good") > 0)
    #expect(score("not at all good") < 0)
    #expect(score("not one of the four walls was good") > 0, "out of reach")
  }

  /// Whatever is written, a score is a number from −1 to 1.
  @Test func scoresAreBounded() {
    var random = RandomSource(seed: 9)
    let pieces = [
      "love", "HATE", "not", "very", "but", "!", "😀", "waste", "of", "time", ".", ",", "goood", "never", ":(",
      "the", "?",
    ]
    for _ in 0..<500 {
      let text = (0..<random.below(40)).map { _ in pieces[random.below(pieces.count)] }.joined(separator: " ")
      #expect((-1...1).contains(score(text)), "\(text)")
    }
  }

  // MARK: Paths

  @Test func windowsTouchAtSixMessages() {
    let six = SentimentPath(levels: [-1, -0.5, 0, 0.5, 1, 0.5])
    #expect(six.opening == -0.5 && abs(six.closing - 2.0 / 3) < 1e-6)
    #expect(abs(six.change - (2.0 / 3 + 0.5)) < 1e-6, "no message is in both windows")
    #expect(SentimentPath(levels: [-1, -1, -1, 1, 1]).change.isNaN, "at five one would be")
    let seven = SentimentPath(levels: [-1, -1, -1, 0.5, 1, 1, 1])
    #expect(seven.change == 2 && abs(seven.mean - 0.5 / 7) < 1e-6)
    let none = SentimentPath(levels: [])
    #expect(none.mean.isNaN && none.change.isNaN)
  }

  private static let sentences = [
    "I hate this awful day.", "That is a bad sign.", "The bus leaves at nine.", "That was nice.",
    "I love it, what a wonderful day!",
  ]

  /// Conversations whose moods wander about a level of their own and drift by `drift` levels from the first message to the last.
  private func talks(_ count: Int, drift: Double, _ random: inout RandomSource) -> [[String]] {
    (0..<count).map { _ in
      let length = 6 + random.below(10)
      let own = 1 + random.uniform() * 2
      return (0..<length).map { at in
        let mood = own + drift * (Double(at) / Double(length - 1) - 0.5) + (random.uniform() - 0.5) * 2.4
        return Self.sentences[min(4, max(0, Int(mood.rounded())))]
      }
    }
  }

  /// Mean and standard error of the change.
  private func change(_ talks: [[String]], where chosen: (Float) -> Bool = { _ in true }) throws -> (
    mean: Double, error: Double
  ) {
    let talks = talks.map { Talk($0.map { (.human, $0) }) }
    let opening = try numbers(".sentiment-first", talks)
    let changes = zip(try numbers(".sentiment-change", talks), opening).filter { chosen($0.1) }.map {
      Double($0.0)
    }
    let mean = changes.reduce(0, +) / Double(changes.count)
    let variance = changes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(changes.count - 1)
    return (mean, (variance / Double(changes.count)).squareRoot())
  }

  /// A planted drift is found, and is gone when the messages of each conversation change places: what is measured is the order, not
  /// the words.
  @Test func shufflingUndoesADrift() throws {
    var random = RandomSource(seed: 21)
    var drifting = talks(600, drift: 1.5, &random)
    let found = try change(drifting)
    #expect(found.mean > 10 * found.error)
    for at in drifting.indices { drifting[at].shuffle(using: &random) }
    let shuffled = try change(drifting)
    #expect(abs(shuffled.mean) < 2.5 * shuffled.error, "\(shuffled)")
  }

  /// Regression to the mean: conversations chosen by a bad beginning get better without any drift, and as much when shuffled first
  /// and chosen then. All of them together do not.
  @Test func aBadBeginningGetsBetterByItself() throws {
    var random = RandomSource(seed: 22)
    var still = talks(600, drift: 0, &random)
    let all = try change(still)
    #expect(abs(all.mean) < 2.5 * all.error, "\(all)")
    let chosen = try change(still) { $0 <= -0.5 }
    #expect(chosen.mean > 5 * chosen.error)
    for at in still.indices { still[at].shuffle(using: &random) }
    let control = try change(still) { $0 <= -0.5 }
    #expect(
      abs(control.mean - chosen.mean) < 3 * (control.error + chosen.error), "\(control) is what \(chosen) is")
  }

  @Test func levelsOfMoods() throws {
    let talks: [Talk] = [
      .human(Self.sentences[0]), .human(Self.sentences[2]), .human(Self.sentences[4]),
      .human(
        Self.sentences[0], Self.sentences[0], Self.sentences[0], Self.sentences[4], Self.sentences[4],
        Self.sentences[4]),
      Talk([(.assistant, "hello")]),
      .human("Ich hasse diesen schrecklichen Tag, und das Essen war auch nicht besonders gut, denke ich."),
    ]
    #expect(
      try titles(FacetRequest(".sentiment"), talks) == [
        "very negative", "neutral", "very positive", "neutral", nil, nil,
      ])
    #expect(try titles(FacetRequest(".sentiment-change"), talks) == [nil, nil, nil, "much better", nil, nil])
  }
}
