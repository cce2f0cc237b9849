/// Reads a ``RuleQuery``: recursive descent over the bytes.
struct RuleParser {
  private static let maximumDepth = 64
  private static let allSides: UInt8 = 1 << Side.human.rawValue | 1 << Side.assistant.rawValue

  private(set) var leaves: [RuleQuery.Leaf] = []
  private(set) var nears: [RuleQuery.Near] = []

  private let text: [UInt8]
  private var at = 0
  private var depth = 0
  private var sides = Self.allSides
  private var scanner = WordScanner()

  init(_ text: String) { self.text = Array(text.utf8) }

  mutating func parse() throws -> RuleQuery.Node {
    skipSpaces()
    if at == text.count { throw failure(.empty) }
    let node = try or()
    skipSpaces()
    if at < text.count { throw failure(text[at] == UInt8(ascii: ")") ? .unopened : .wantsOperator) }
    return node
  }

  /// Columns count characters, not bytes.
  private func failure(_ reason: RuleFailure.Reason, at byte: Int? = nil) -> RuleFailure {
    RuleFailure(reason: reason, column: String(decoding: text[..<(byte ?? at)], as: UTF8.self).count + 1)
  }

  private mutating func or() throws -> RuleQuery.Node {
    var node = try and()
    while takeWord("OR") { node = .or(node, try and()) }
    return node
  }

  private mutating func and() throws -> RuleQuery.Node {
    var node = try not()
    while takeWord("AND") { node = .and(node, try not()) }
    return node
  }

  private mutating func not() throws -> RuleQuery.Node {
    guard takeWord("NOT") else { return try near() }
    depth += 1
    defer { depth -= 1 }
    if depth > Self.maximumDepth { throw failure(.tooDeep) }
    return .not(try not())
  }

  private mutating func near() throws -> RuleQuery.Node {
    skipSpaces()
    let begin = at
    let left = try primary()
    guard let distance = try takeNear() else { return left }
    skipSpaces()
    let middle = at
    let right = try primary()
    skipSpaces()
    let end = at
    if try takeNear() != nil { throw failure(.chainedNear, at: end) }
    guard let leftLeaves = Self.spans(left) else { throw failure(.badNearOperand, at: begin) }
    guard let rightLeaves = Self.spans(right) else { throw failure(.badNearOperand, at: middle) }
    nears.append(.init(left: leftLeaves, right: rightLeaves, distance: distance))
    return .near(nears.count - 1)
  }

  /// The words and phrases of an operand of NEAR; nil where it is more than an OR of them.
  private static func spans(_ node: RuleQuery.Node) -> [Int]? {
    switch node {
    case .leaf(let leaf): return [leaf]
    case .or(let a, let b):
      guard let a = spans(a), let b = spans(b) else { return nil }
      return a + b
    case .near, .and, .not: return nil
    }
  }

  private mutating func primary() throws -> RuleQuery.Node {
    skipSpaces()
    guard at < text.count else { throw failure(.wantsOperand) }
    switch text[at] {
    case UInt8(ascii: "("):
      let open = at
      at += 1
      depth += 1
      defer { depth -= 1 }
      if depth > Self.maximumDepth { throw failure(.tooDeep, at: open) }
      let node = try or()
      skipSpaces()
      guard at < text.count else { throw failure(.unclosed, at: open) }
      guard text[at] == UInt8(ascii: ")") else { throw failure(.wantsOperator) }
      at += 1
      return node
    case UInt8(ascii: ")"): throw failure(.wantsOperand)
    case UInt8(ascii: "\""):
      let open = at
      guard let close = text[(at + 1)...].firstIndex(of: UInt8(ascii: "\"")) else {
        throw failure(.unclosedQuote)
      }
      at = close + 1
      return try leaf(open + 1..<close)
    default: return try word()
    }
  }

  private mutating func word() throws -> RuleQuery.Node {
    let begin = at
    while at < text.count, text[at] > 0x20, !"()\":".utf8.contains(text[at]) { at += 1 }
    if at < text.count, text[at] == UInt8(ascii: ":") { return try side(begin..<at) }
    if ["AND", "OR", "NOT"].contains(where: { text[begin..<at].elementsEqual($0.utf8) }) || isNear(begin..<at)
    {
      throw failure(.wantsOperand, at: begin)
    }
    return try leaf(begin..<at)
  }

  private mutating func side(_ name: Range<Int>) throws -> RuleQuery.Node {
    let chosen: Side
    switch String(decoding: text[name], as: UTF8.self) {
    case "human": chosen = .human
    case "assistant": chosen = .assistant
    default: throw failure(.unknownSide, at: name.lowerBound)
    }
    if sides != Self.allSides { throw failure(.nestedSide, at: name.lowerBound) }
    at += 1
    sides = 1 << chosen.rawValue
    defer { sides = Self.allSides }
    return try primary()
  }

  private mutating func leaf(_ range: Range<Int>) throws -> RuleQuery.Node {
    let isPrefix = !range.isEmpty && text[range.upperBound - 1] == UInt8(ascii: "*")
    let letters = isPrefix ? range.lowerBound..<range.upperBound - 1 : range
    if let star = text[letters].firstIndex(of: UInt8(ascii: "*")) { throw failure(.badStar, at: star) }
    let part = Array(text[letters])
    scanner.scan(part.span)
    if scanner.words.isEmpty { throw failure(.noWord, at: range.lowerBound) }
    // Hyphens part words, and each character of a script without spaces is one: those are phrases without marks.
    if isPrefix, !LetterTable.endsInLetter(part.span) { throw failure(.badStar, at: range.upperBound - 1) }
    if leaves.count == RuleQuery.maximumLeaves { throw failure(.tooLarge, at: range.lowerBound) }
    leaves.append(.init(words: scanner.words.map(\.hash), isPrefix: isPrefix, sides: sides))
    return .leaf(leaves.count - 1)
  }

  // MARK: Operators

  private mutating func skipSpaces() { while at < text.count, text[at] <= 0x20 { at += 1 } }

  /// Takes an operator of capital letters that stands by itself.
  private mutating func takeWord(_ word: String) -> Bool {
    skipSpaces()
    let end = at + word.utf8.count
    guard end <= text.count, text[at..<end].elementsEqual(word.utf8),
      end == text.count || text[end] <= 0x20 || text[end] == UInt8(ascii: "(")
        || text[end] == UInt8(ascii: "\"")
    else { return false }
    at = end
    return true
  }

  private func isNear(_ range: Range<Int>) -> Bool {
    text[range].starts(with: "NEAR/".utf8) || text[range].elementsEqual("NEAR".utf8)
  }

  private mutating func takeNear() throws -> Int? {
    skipSpaces()
    var end = at
    while end < text.count, text[end] > 0x20, text[end] != UInt8(ascii: "("), text[end] != UInt8(ascii: "\"")
    { end += 1 }
    guard isNear(at..<end) else { return nil }
    guard let distance = Int(String(decoding: text[at..<end].dropFirst(5), as: UTF8.self)),
      (1...100).contains(distance)
    else { throw failure(.badNear) }
    at = end
    return distance
  }
}
