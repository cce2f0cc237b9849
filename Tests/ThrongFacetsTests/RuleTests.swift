import Testing
import ThrongCore
import ThrongFacets

@Suite struct RuleTests {
  private func holds(_ query: String, _ talk: Talk) throws -> Bool {
    try titles(FacetRequest(RuleFacet(name: "rule", query: RuleQuery(query))), [talk]) == ["yes"]
  }

  private static let talk = Talk([
    (.human, "My loan was denied, although I am no student. The bank's credit desk closed."),
    (.assistant, "I am sorry that the application was denied. Ask for the re-evaluation of fees."),
    (.other, "secret prompt"),
  ])

  @Test(arguments: [
    ("loan", true), ("LOAN", true), ("loans", false), ("bank", true), ("prompt", false), ("lo*", true),
    ("oan*", false),
    ("\"was denied\"", true), ("\"denied was\"", false), ("\"closed I\"", false), ("\"credit de*\"", true),
    ("re-evaluation", true),
    ("(loan OR credit) NEAR/5 denied AND NOT student", false),
    ("(loan OR credit) NEAR/5 denied AND student", true),
    ("loan NEAR/2 denied", true), ("loan NEAR/1 denied", false), ("denied NEAR/2 loan", true),
    ("fees NEAR/100 loan", false),
    ("loan NEAR/5 loan", false), ("\"credit desk\" NEAR/1 desk", true), ("human:denied", true),
    ("assistant:loan", false),
    ("assistant:(sorry AND denied)", true), ("human:loan NEAR/9 assistant:denied", false),
    ("human:sorry OR assistant:fees", true),
    ("NOT loan", false), ("NOT (loan AND fees)", false), ("NOT NOT loan", true), ("a OR loan AND fees", true),
    ("(a OR loan) AND zebra", false),
  ]) func answers(query: String, expected: Bool) throws {
    #expect(try holds(query, Self.talk) == expected)
  }

  /// Characters of a script without spaces are found wherever they stand.
  @Test func scriptsWithoutSpaces() throws {
    #expect(try holds("手机", .human("我的手机坏了")))
    #expect(try !holds("机手", .human("我的手机坏了")))
    #expect(try holds("über*", .human("Die ÜBERWEISUNG fehlt")))
  }

  @Test func nothingIsLeftFromTheConversationBefore() throws {
    let facet = RuleFacet(name: "rule", query: try RuleQuery("a NEAR/1 b"))
    #expect(
      try titles(FacetRequest(facet), [.human("a b"), .human("a", "b"), .human("b a"), .human("a")])
        == ["yes", "no", "yes", "no"])
  }

  @Test(arguments: [
    ("", RuleFailure.Reason.empty, 1), ("  ", .empty, 3), ("loan denied", .wantsOperator, 6),
    ("loan AND", .wantsOperand, 9),
    ("AND loan", .wantsOperand, 1), ("(loan", .unclosed, 1), ("loan)", .unopened, 5),
    ("\"loan", .unclosedQuote, 1),
    ("*", .noWord, 1), ("lo*an", .badStar, 3), ("loan NEAR denied", .badNear, 6),
    ("loan NEAR/0 denied", .badNear, 6),
    ("loan NEAR/5x denied", .badNear, 6), ("a NEAR/2 b NEAR/2 c", .chainedNear, 12),
    ("(a AND b) NEAR/2 c", .badNearOperand, 1),
    ("a NEAR/2 (b OR NOT c)", .badNearOperand, 10), ("human:(a OR assistant:b)", .nestedSide, 13),
    ("system:a", .unknownSide, 1),
    ("ü AND)", .wantsOperand, 6), ("a AND ()", .wantsOperand, 8), ("!", .noWord, 1), ("-*", .noWord, 1),
  ]) func refusals(query: String, reason: RuleFailure.Reason, column: Int) {
    #expect(throws: RuleFailure(reason: reason, column: column)) { try RuleQuery(query) }
  }

  @Test func deepAndLargeQueriesAreRefused() {
    let deep = String(repeating: "(", count: 100) + "a" + String(repeating: ")", count: 100)
    #expect(throws: RuleFailure(reason: .tooDeep, column: 65)) { try RuleQuery(deep) }
    let wide = Array(repeating: "a", count: RuleQuery.maximumLeaves + 1).joined(separator: " OR ")
    #expect(throws: RuleFailure.self) { try RuleQuery(wide) }
  }

  // MARK: Beside a naive matcher

  /// A query as a tree, written out for the parser and answered by trying all places.
  private indirect enum Question {
    case words([String], isPrefix: Bool, Side?)
    case near([Question], [Question], Int)
    case and(Question, Question), or(Question, Question), not(Question)

    var text: String {
      switch self {
      case .words(let words, let isPrefix, let side):
        let name = side.map { $0 == .human ? "human:" : "assistant:" } ?? ""
        let star = isPrefix ? "*" : ""
        return words.count == 1 ? name + words[0] + star : "\(name)\"\(words.joined(separator: " "))\(star)\""
      case .near(let a, let b, let distance):
        func list(_ list: [Question]) -> String { "(" + list.map(\.text).joined(separator: " OR ") + ")" }
        return "\(list(a)) NEAR/\(distance) \(list(b))"
      case .and(let a, let b): return "(\(a.text) AND \(b.text))"
      case .or(let a, let b): return "(\(a.text) OR \(b.text))"
      case .not(let a): return "NOT (\(a.text))"
      }
    }

    /// All places of a message where it stands, as (first word, last word).
    func spans(_ message: [String], _ side: Side) -> [(Int, Int)] {
      guard case .words(let words, let isPrefix, let wanted) = self, wanted == nil || wanted == side else {
        return []
      }
      return message.indices.filter { start in
        start + words.count <= message.count
          && words.indices.allSatisfy { k in
            let word = message[start + k]
            return isPrefix && k == words.count - 1 ? word.hasPrefix(words[k]) : word == words[k]
          }
      }.map { ($0, $0 + words.count - 1) }
    }

    func holds(_ messages: [(Side, [String])]) -> Bool {
      switch self {
      case .words: return messages.contains { $0.0 != .other && !spans($0.1, $0.0).isEmpty }
      case .and(let a, let b): return a.holds(messages) && b.holds(messages)
      case .or(let a, let b): return a.holds(messages) || b.holds(messages)
      case .not(let a): return !a.holds(messages)
      case .near(let a, let b, let distance):
        for (side, message) in messages where side != .other {
          for x in a.flatMap({ $0.spans(message, side) }) {
            for y in b.flatMap({ $0.spans(message, side) }) where x != y {
              if max(0, max(y.0 - x.1, x.0 - y.1)) <= distance { return true }
            }
          }
        }
        return false
      }
    }
  }

  @Test func agreesWithTryingEverything() throws {
    var random = RandomSource(seed: 17)
    let vocabulary = ["a", "ab", "abc", "b", "bc", "c", "ca"]
    func word() -> String { vocabulary[random.below(vocabulary.count)] }
    func leaf() -> Question {
      let words = (0..<[1, 1, 2, 3][random.below(4)]).map { _ in word() }
      return .words(
        words, isPrefix: random.below(3) == 0, [nil, nil, nil, Side.human, .assistant][random.below(5)])
    }
    func question(_ depth: Int) -> Question {
      switch depth == 0 ? 0 : random.below(6) {
      case 0, 1: return leaf()
      case 2:
        return .near(
          (0...random.below(2)).map { _ in leaf() }, (0...random.below(2)).map { _ in leaf() },
          1 + random.below(4))
      case 3: return .and(question(depth - 1), question(depth - 1))
      case 4: return .or(question(depth - 1), question(depth - 1))
      default: return .not(question(depth - 1))
      }
    }
    var yes = 0
    for _ in 0..<1500 {
      let messages = (0...random.below(3)).map { _ in
        ([Side.human, .assistant, .other][random.below(3)], (0..<random.below(9)).map { _ in word() })
      }
      let question = question(3)
      let talk = Talk(messages.map { ($0.0, $0.1.joined(separator: " ")) })
      let expected = question.holds(messages)
      yes += expected ? 1 : 0
      #expect(try holds(question.text, talk) == expected, "\(question.text) of \(messages)")
    }
    #expect((300...1200).contains(yes), "both answers occur: \(yes)")
  }
}
