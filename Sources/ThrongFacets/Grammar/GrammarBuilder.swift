/// Parses phrases and computes the positions of their automaton.
struct GrammarBuilder {
  /// A part of a phrase.
  private indirect enum Node {
    case word(UInt16)
    case sequence([Node])
    case choice([Node])
    case optional(Node)
    case sentenceEnd(UInt16)
  }

  /// Positions a part begins and ends with, and whether it may be empty.
  private struct Ends {
    var first: [UInt16] = []
    var last: [UInt16] = []
    var isEmpty = true
  }

  private(set) var labels: [String] = []
  private(set) var phrases = 0
  private(set) var classOfPosition: [UInt16] = []
  private(set) var follow: [Set<UInt16>] = []
  private(set) var first: [UInt16] = []
  private(set) var anchored: [UInt16] = []
  private(set) var accepts: [UInt32] = []
  private(set) var refuses: [UInt32] = []
  private(set) var classes: [UInt64: UInt16] = [:]

  private var parts: [String: Node] = [:]
  private var scanner = WordScanner()
  private var text: [UInt8] = []
  private var at = 0
  private var line = 0

  mutating func read(_ source: String) throws {
    for content in source.split(separator: "\n", omittingEmptySubsequences: false) {
      line += 1
      text = Array(content.prefix { $0 != "#" }.utf8)
      at = 0
      skipSpaces()
      if at < text.count { try readLine() }
    }
  }

  private func failure(_ reason: GrammarFailure.Reason) -> GrammarFailure {
    GrammarFailure(reason: reason, line: line, column: at + 1)
  }

  private mutating func readLine() throws {
    if text[at] == UInt8(ascii: "{") {
      let name = try name(from: "{", to: "}")
      skipSpaces()
      guard take("=") else { throw failure(.noLabel) }
      parts[name] = try choice()
      if at < text.count {
        throw failure(text[at] == UInt8(ascii: ")") || text[at] == UInt8(ascii: "]") ? .unopened : .badMark)
      }
      return
    }
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { throw failure(.noLabel) }
    var label = String(decoding: text[at..<colon], as: UTF8.self).split(separator: " ").joined(separator: " ")
    let refusing = label.hasPrefix("not ")
    if refusing { label.removeFirst(4) }
    if label.isEmpty { throw failure(.noLabel) }
    if !labels.contains(label) { labels.append(label) }
    if labels.count > 32 { throw failure(.tooManyLabels) }
    let bit = UInt32(1) << UInt32(labels.firstIndex(of: label)!)
    at = colon + 1
    skipSpaces()
    let isAnchored = take("^")
    let node = try choice()
    var nodes = [node]
    if take("$") {
      nodes.append(.sentenceEnd(PhraseGrammar.any))
    } else if take("?") {
      nodes.append(.sentenceEnd(PhraseGrammar.question))
    }
    skipSpaces()
    if at < text.count {
      throw failure(text[at] == UInt8(ascii: ")") || text[at] == UInt8(ascii: "]") ? .unopened : .badMark)
    }
    try add(.sequence(nodes), bit, isAnchored: isAnchored, refusing: refusing)
  }

  // MARK: Parsing

  private mutating func choice() throws -> Node {
    var alternatives = [try sequence()]
    while take("|") { alternatives.append(try sequence()) }
    return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
  }

  private mutating func sequence() throws -> Node {
    var nodes: [Node] = []
    while true {
      skipSpaces()
      guard at < text.count else { break }
      switch text[at] {
      case UInt8(ascii: "("): nodes.append(try bracket(")"))
      case UInt8(ascii: "["): nodes.append(.optional(try bracket("]")))
      case UInt8(ascii: "{"):
        let begin = at
        let name = try name(from: "{", to: "}")
        guard let part = parts[name] else {
          at = begin
          throw failure(.unknownPart)
        }
        nodes.append(part)
      case UInt8(ascii: "<"):
        guard at + 2 < text.count, (0x31...0x39).contains(text[at + 1]), text[at + 2] == UInt8(ascii: ">")
        else { throw failure(.badGap) }
        for _ in 0..<Int(text[at + 1] - 0x30) { nodes.append(.optional(.word(PhraseGrammar.any))) }
        at += 3
      case UInt8(ascii: "|"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "$"), UInt8(ascii: "?"):
        return try checked(nodes)
      default: nodes += try words()
      }
    }
    return try checked(nodes)
  }

  private func checked(_ nodes: [Node]) throws -> Node {
    if nodes.isEmpty { throw failure(.empty) }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func bracket(_ close: Unicode.Scalar) throws -> Node {
    let begin = at
    at += 1
    let node = try choice()
    guard take(close) else {
      at = begin
      throw failure(.unclosed)
    }
    return node
  }

  /// Words up to the next blank or bracket: "can't", or "non-profit", which is two.
  private mutating func words() throws -> [Node] {
    let begin = at
    while at < text.count, text[at] > 0x20, !"()[]{}<>|$?^".utf8.contains(text[at]) { at += 1 }
    let part = Array(text[begin..<at])
    scanner.scan(part.span)
    if scanner.words.isEmpty {
      at = begin
      throw failure(text[begin] == UInt8(ascii: "^") ? .badMark : .empty)
    }
    return scanner.words.map { word in
      let next = PhraseGrammar.firstWord + UInt16(classes.count)
      let number = classes[word.hash, default: next]
      classes[word.hash] = number
      return .word(number)
    }
  }

  private mutating func name(from open: Unicode.Scalar, to close: Unicode.Scalar) throws -> String {
    guard let end = text[at...].firstIndex(of: UInt8(ascii: close)) else { throw failure(.unclosed) }
    defer { at = end + 1 }
    return String(decoding: text[at + 1..<end], as: UTF8.self)
  }

  private mutating func skipSpaces() { while at < text.count, text[at] <= 0x20 { at += 1 } }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard at < text.count, text[at] == UInt8(ascii: mark) else { return false }
    at += 1
    return true
  }

  // MARK: Positions

  private mutating func add(_ node: Node, _ bit: UInt32, isAnchored: Bool, refusing: Bool) throws {
    let ends = place(node)
    if ends.isEmpty
      || ends.first.allSatisfy({ classOfPosition[Int($0)] < PhraseGrammar.firstWord && !isAnchored })
    {
      throw failure(.neverEmpty)
    }
    if classOfPosition.count > 65_000 { throw failure(.tooLarge) }
    if isAnchored { anchored += ends.first } else { first += ends.first }
    for position in ends.last {
      if refusing { refuses[Int(position)] |= bit } else { accepts[Int(position)] |= bit }
    }
    phrases += 1
  }

  private mutating func place(_ node: Node) -> Ends {
    switch node {
    case .word(let number): return position(number)
    case .sentenceEnd(let number):
      // `$` is either end; `any` stands for both here, for at this place no word can come.
      if number == PhraseGrammar.question { return position(number) }
      let (plain, question) = (position(PhraseGrammar.end), position(PhraseGrammar.question))
      return Ends(first: plain.first + question.first, last: plain.last + question.last, isEmpty: false)
    case .optional(let inner):
      var ends = place(inner)
      ends.isEmpty = true
      return ends
    case .choice(let nodes):
      var all = Ends(isEmpty: false)
      for ends in nodes.map({ place($0) }) {
        all.first += ends.first
        all.last += ends.last
        all.isEmpty = all.isEmpty || ends.isEmpty
      }
      return all
    case .sequence(let nodes):
      var all = Ends()
      for node in nodes {
        let ends = place(node)
        for position in all.last { follow[Int(position)].formUnion(ends.first) }
        if all.isEmpty { all.first += ends.first }
        all.last = ends.isEmpty ? all.last + ends.last : ends.last
        all.isEmpty = all.isEmpty && ends.isEmpty
      }
      return all
    }
  }

  private mutating func position(_ number: UInt16) -> Ends {
    let position = UInt16(classOfPosition.count)
    classOfPosition.append(number)
    follow.append([])
    accepts.append(0)
    refuses.append(0)
    return Ends(first: [position], last: [position], isEmpty: false)
  }
}
