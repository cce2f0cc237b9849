extension Grammar {
  /// Compiles the tables. O(their size).
  ///
  /// The tables are part of the program, so a mistake in one (an unknown slot, a missing list, lists that
  /// contain each other) is a programmer's mistake and stops the process.
  init(topics sources: [TopicSource], talks talkSources: [String]) {
    var scopes: [[String: Int]] = []
    for language in Language.allCases {
      let scope = compile(talkSources[language.rawValue], outer: [:], language: language)
      scopes.append(scope)
      func list(_ name: String) -> Int { Self.require(name, in: scope, of: language.code) }
      talks.append(
        Talk(
          hello: list("hello"), lead: list("lead"), aside: list("aside"), okay: list("okay"),
          sure: list("sure"), thanks: list("thanks"),
          welcome: list("welcome"), identities: IdentityClass.allCases.map { list($0.list) },
          canary: scope["canary-sentence"]))
    }
    for source in sources {
      for sub in source.subtopics {
        let scope = compile(
          sub.table + "\n" + source.common, outer: scopes[source.language.rawValue], language: source.language
        )
        func list(_ name: String) -> Int { Self.require(name, in: scope, of: sub.id) }
        subtopics.append(
          Subtopic(
            id: sub.id, name: sub.name, topic: topics.count, language: source.language, size: sub.size,
            isService: sub.isService, heavyShare: sub.heavyShare, ask: list("ask"), say: list("say"),
            shared: scope["shared"],
            next: list("next"), tell: list("tell"), moods: (0..<5).compactMap { scope["mood\($0)"] },
            pushes: AffectiveMix.reasons.compactMap { scope["push-\($0)"] }))
      }
      topics.append((source.id, source.name))
    }
    for subtopic in subtopics {
      for at in Array(lists[subtopic.ask]) + Array(lists[subtopic.next]) {
        precondition(
          alternatives[at].answer.map {
            lists[subtopic.tell].indices.contains($0 + lists[subtopic.tell].lowerBound)
          } ?? true,
          "table \(subtopic.id) has no such answer")
      }
    }
  }

  /// Lists whose alternatives are whole sentences. A signature is none.
  private static let sentenceLists =
    Set(
      [
        "ask", "say", "shared", "next", "tell", "hello", "lead", "aside", "okay", "sure", "thanks", "welcome",
        "canary-sentence",
      ] + (0..<5).map { "mood\($0)" } + AffectiveMix.reasons.map { "push-\($0)" }
    )
    .union(IdentityClass.allCases.filter { $0 != .name }.map(\.list))

  private static func require(_ name: String, in scope: [String: Int], of place: String) -> Int {
    guard let list = scope[name] else { preconditionFailure("table \(place) has no list \(name)") }
    return list
  }

  /// Appends the lists of `table`; answers with the names visible in it.
  private mutating func compile(_ table: String, outer: [String: Int], language: Language) -> [String: Int] {
    let parsed = Self.parse(table)
    var scope = outer
    for (offset, list) in parsed.enumerated() { scope[list.name] = lists.count + offset }
    let start = lists.count
    for list in parsed {
      let first = alternatives.count
      for alternative in list.alternatives {
        let from = pieces.count
        var (text, answer) = Self.splitAnswer(alternative)
        let isVerbatim = text.first == "`"
        if isVerbatim {
          text.removeFirst()
        } else if Self.sentenceLists.contains(list.name) {
          text = Self.closed(text, language)
        }
        append(template: text, scope: scope, list: list.name)
        alternatives.append(
          Alternative(pieces: from..<pieces.count, answer: answer, isVerbatim: isVerbatim))
      }
      lists.append(first..<alternatives.count)
    }
    for list in start..<lists.count { checkEnds(list, name: parsed[list - start].name, depth: 0) }
    return scope
  }

  /// The lists of a table in the order of their first mention.
  private static func parse(_ table: String) -> [(name: String, alternatives: [String])] {
    var lists: [(name: String, alternatives: [String])] = []
    var current = -1
    for line in table.split(separator: "\n") {
      var rest = line[...]
      if rest.first == "#" {
        let name = String(rest.dropFirst().prefix { $0 != " " })
        rest = rest.dropFirst(name.count + 1)
        current = lists.firstIndex { $0.name == name } ?? lists.count
        if current == lists.count { lists.append((name, [])) }
      }
      for alternative in rest.split(separator: "|") {
        let trimmed = alternative.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
        if !trimmed.isEmpty {
          precondition(current >= 0, "a table begins without a list")
          lists[current].alternatives.append(String(trimmed))
        }
      }
    }
    return lists
  }

  /// Parts `text @3` into the text and the number of the sentence that answers it, from 0.
  private static func splitAnswer(_ alternative: String) -> (String, Int?) {
    guard let mark = alternative.lastIndex(of: "@"), mark != alternative.startIndex,
      let number = Int(alternative[alternative.index(after: mark)...])
    else { return (alternative, nil) }
    return (String(alternative[..<mark].dropLast()), number - 1)
  }

  private static func closed(_ sentence: String, _ language: Language) -> String {
    guard let last = sentence.last, !".?!,:;…。？！）、，：-".contains(last) else { return sentence }
    return sentence + (language.isSpaced ? "." : "。")
  }

  private mutating func append(template: String, scope: [String: Int], list: String) {
    var rest = template[...]
    while !rest.isEmpty {
      let literal = rest.prefix { $0 != "{" }
      appendLiteral(literal)
      rest = rest.dropFirst(literal.count)
      guard !rest.isEmpty else { break }
      let slot = rest.dropFirst().prefix { $0 != "}" }
      rest = rest.dropFirst(slot.count + 2)
      let isFixed = slot.first == "="
      let name = String(isFixed ? slot.dropFirst() : slot)
      if let target = scope[name] {
        pieces.append(Piece(kind: isFixed ? .fixedList : .list, first: target, count: 0))
      } else if let invention = Invention(name: name) {
        pieces.append(
          Piece(kind: isFixed ? .fixedInvention : .invention, first: Int(invention.rawValue), count: 0))
      } else {
        preconditionFailure("list \(list) has an unknown slot \(name)")
      }
    }
  }

  private mutating func appendLiteral(_ text: Substring) {
    guard !text.isEmpty else { return }
    let first = bytes.count
    let unbraced = text.map { $0 == "⦃" ? "{" : $0 == "⦄" ? "}" : $0 }
    for byte in String(unbraced).utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(UInt8(ascii: "\\")) }
      bytes.append(byte)
    }
    pieces.append(Piece(kind: .literal, first: first, count: bytes.count - first))
  }

  private func checkEnds(_ list: Int, name: String, depth: Int) {
    precondition(depth < 8, "list \(name) contains itself")
    precondition(!lists[list].isEmpty, "list \(name) leads to an empty list")
    for alternative in lists[list] {
      for piece in pieces[alternatives[alternative].pieces]
      where piece.kind == .list || piece.kind == .fixedList {
        checkEnds(piece.first, name: name, depth: depth + 1)
      }
    }
  }
}
