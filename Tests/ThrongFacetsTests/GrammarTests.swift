import Testing
import ThrongCore
import ThrongFacets

@Suite struct GrammarTests {
  private func labels(_ grammar: String, _ text: String) throws -> [String] {
    let grammar = try PhraseGrammar(grammar)
    var matcher = PhraseMatcher(grammar)
    var scanner = WordScanner()
    scanner.scan(Array(text.utf8).span)
    let bits = matcher.labels(of: scanner)
    return grammar.labels.enumerated().filter { bits >> UInt32($0.offset) & 1 == 1 }.map(\.element)
  }

  private static let grammar = """
    {never} = (never|not [ever])   # a comment
    a: I {never} (said|wrote) that
    b: ^ no
    c: done $
    d: really ?
    e: far <2> away
    not e: far from away
    """

  @Test(arguments: [
    ("I not ever said that", ["a"]), ("I NEVER wrote that!", ["a"]), ("I ever said that", []),
    ("I never. Said that", []),
    ("no", ["b"]), ("oh no", []), ("Oh. No", ["b"]), ("done", ["c"]), ("done deal", []), ("done? yes", ["c"]),
    ("really", []), ("really? ok", ["d"]), ("it is far far away", ["e"]), ("far so very off away", []),
    ("far away", ["e"]),
    ("far from away", []), ("far from away. But far away", ["e"]),
    ("he said \"I never said that\" and left", []),
    ("\"a\" I never said that", ["a"]), ("", []),
  ]) func matches(text: String, expected: [String]) throws {
    #expect(try labels(Self.grammar, text) == expected)
  }

  @Test(arguments: [
    ("a b c", GrammarFailure.Reason.noLabel, 1, 1), ("x: (a", .unclosed, 1, 4), ("x: a)", .unopened, 1, 5),
    ("x:", .empty, 1, 3),
    ("\nx: {y}", .unknownPart, 2, 4), ("x: a <0> b", .badGap, 1, 6), ("x: a ^ b", .badMark, 1, 6),
    ("x: a $ b", .badMark, 1, 8),
    ("x: [a]", .neverEmpty, 1, 7), ("x: a | ", .empty, 1, 8), ("x: , a", .empty, 1, 4),
  ]) func refusals(source: String, reason: GrammarFailure.Reason, line: Int, column: Int) {
    #expect(throws: GrammarFailure(reason: reason, line: line, column: column)) { try PhraseGrammar(source) }
  }

  /// Random phrases of three words' vocabulary beside a matcher that tries every place.
  @Test func agreesWithTryingEverything() throws {
    var random = RandomSource(seed: 3)
    let vocabulary = ["a", "b", "c"]
    for _ in 0..<150 {
      // A phrase: each part a set of words, optional or not, or any word.
      let parts = (0...random.below(4)).map { at in
        (
          words: Set((0...random.below(2)).map { _ in vocabulary[random.below(3)] }),
          isOptional: at > 0 && random.below(3) == 0,
          isAny: at > 0 && random.below(5) == 0
        )
      }
      let phrase = parts.map { part in
        if part.isAny { return "<1>" }
        let choice = part.words.sorted().joined(separator: "|")
        return part.isOptional ? "[\(choice)]" : "(\(choice))"
      }.joined(separator: " ")
      let grammar = try PhraseGrammar("x: \(phrase)")
      var matcher = PhraseMatcher(grammar)
      func stands(
        _ words: ArraySlice<String>, _ parts: ArraySlice<(words: Set<String>, isOptional: Bool, isAny: Bool)>
      ) -> Bool {
        guard let part = parts.first else { return true }
        let rest = parts.dropFirst()
        if (part.isOptional || part.isAny) && stands(words, rest) { return true }
        guard let word = words.first, part.isAny || part.words.contains(word) else { return false }
        return stands(words.dropFirst(), rest)
      }
      for _ in 0..<20 {
        let words = (0..<random.below(7)).map { _ in (vocabulary + ["d"])[random.below(4)] }
        var scanner = WordScanner()
        scanner.scan(Array(words.joined(separator: " ").utf8).span)
        let expected = words.indices.contains { stands(words[$0...], parts[...]) }
        #expect((matcher.labels(of: scanner) == 1) == expected, "\(phrase) in \(words)")
      }
    }
  }
}
