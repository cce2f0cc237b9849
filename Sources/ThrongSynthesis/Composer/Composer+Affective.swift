internal import ThrongCore

/// What the truth says of a conversation of an ``AffectiveMix``.
struct AffectiveTruth {
  var types: [String] = []
  var isContent = false
  var humanMessages = 0
  /// Why the assistant declined, where it did.
  var pushback: String?
  /// Levels of the last three human messages less those of the first three; nil of fewer than six.
  var change: Double?
}

extension Composer {
  /// Draws whether a conversation belongs to the mix; nil where it does not.
  mutating func drawAffective(_ mix: AffectiveMix) -> (subtopic: Int, kind: Int?, next: Int?)? {
    let u = noise.uniform()
    guard u < mix.share + mix.contentShare else { return nil }
    func number(_ name: String) -> Int { grammar.subtopics.firstIndex { $0.id == "affective.\(name)" }! }
    guard u < mix.share else { return (number("content"), nil, nil) }
    var rest = noise.uniform()
    var kind = 0
    while kind < AffectiveMix.kinds.count - 1, rest >= AffectiveMix.kinds[kind].share {
      rest -= AffectiveMix.kinds[kind].share
      kind += 1
    }
    let next = noise.uniform() < mix.overlap ? (kind + 1) % AffectiveMix.kinds.count : nil
    return (number(AffectiveMix.kinds[kind].name), kind, next)
  }

  /// Writes the messages of a conversation of the mix.
  ///
  /// The level of each human message is drawn so that its expectation lies on a line from the opening to the opening plus the
  /// change of the type; the first three stand at one end of it and the last three at the other.
  mutating func affectiveMessages(
    _ subtopic: Grammar.Subtopic, kind: Int?, next: Int?, mix: AffectiveMix
  ) -> AffectiveTruth {
    var truth = AffectiveTruth()
    truth.isContent = kind == nil
    truth.types = [kind, next].compactMap { $0.map { AffectiveMix.kinds[$0].name } }
    let count = drawLength()
    truth.humanMessages = count
    let change = kind.map { AffectiveMix.kinds[$0].change } ?? 0
    var declines: Int?
    var reason = ""
    if let kind, noise.uniform() < AffectiveMix.kinds[kind].pushback {
      declines = noise.below(count)
      let own = noise.uniform() < mix.reasonShare
      let others = AffectiveMix.reasons.filter { $0 != AffectiveMix.kinds[kind].reason }
      reason = own ? AffectiveMix.kinds[kind].reason : others[noise.below(others.count)]
      truth.pushback = reason
    }
    let other = next.map { number in
      grammar.subtopics.first { $0.id == "affective.\(AffectiveMix.kinds[number].name)" }!
    }
    var used = Used()
    var levels: [Double] = []
    for turn in 0..<count {
      begin(user: true, isFirst: turn == 0)
      if turn == 0 {
        sentence(subtopic.ask, used: &used.ask)
        // The other type is named at once, so that a conversation of one message has both.
        if let other {
          var none = UInt64(0)
          sentence(other.ask, used: &none)
        }
      } else if turn % 3 == 1 {
        sentence(subtopic.next, used: &used.next)
      } else {
        sentence(subtopic.say, used: &used.say)
      }
      // Conversations of one message would often be near-copies of each other, which count once and would move the shares.
      for _ in 0..<(turn == 0 ? 3 : 0) + shape.below(3) { sentence(subtopic.say, used: &used.say) }
      let level = drawLevel(mix.opening + change * progress(turn, of: count))
      levels.append(Double(level - 2) / 2)
      if kind != nil || turn == 0 { sentence(subtopic.moods[kind == nil ? 2 : level]) }
      end()
      begin(user: false, isFirst: false)
      if turn == declines {
        sentence(subtopic.pushes[AffectiveMix.reasons.firstIndex(of: reason)!])
      } else {
        reply(nil, subtopic.tell, used: &used.tell)
        if used.tell.nonzeroBitCount > 3 { used.tell = 0 }
      }
      end()
      if used.say.nonzeroBitCount > 5 { used.say = 0 }
      if used.next.nonzeroBitCount > 2 { used.next = 0 }
    }
    if count >= 6, kind != nil {
      truth.change = (levels.suffix(3).reduce(0, +) - levels.prefix(3).reduce(0, +)) / 3
    }
    return truth
  }

  private mutating func drawLength() -> Int {
    var rest = noise.uniform()
    for (messages, share) in AffectiveMix.lengths {
      if rest < share { return messages.lowerBound + noise.below(messages.count) }
      rest -= share
    }
    return 5
  }

  /// 0 for the first three messages, 1 for the last three.
  private func progress(_ turn: Int, of count: Int) -> Double {
    guard count >= 6 else { return 0.5 }
    if turn < 3 { return 0 }
    return turn >= count - 3 ? 1 : Double(turn - 2) / Double(count - 5)
  }

  /// One of five levels, 0 to 4, with mean `2 + 2 · level`: now and then two levels away, else the nearest.
  private mutating func drawLevel(_ level: Double) -> Int {
    let place = 2 + 2 * level
    let spread = [-1.0, 0, 0, 1][noise.below(4)]
    let moved = min(4, max(0, place + (place + 1 <= 4 && place - 1 >= 0 ? spread : 0)))
    let low = Int(moved.rounded(.down))
    return min(4, noise.uniform() < moved - Double(low) ? low + 1 : low)
  }

  /// Appends what the truth adds for a corpus with a mix.
  mutating func describe(_ affective: AffectiveTruth) {
    let types = affective.types.map { "\"\($0)\"" }.joined(separator: ",")
    let text =
      ",\"affective\":{\"types\":[\(types)],\"content\":\(affective.isContent),"
      + "\"human_messages\":\(affective.humanMessages),"
      + "\"pushback\":\(affective.pushback.map { "\"\($0)\"" } ?? "null"),"
      + "\"change\":\(affective.change.map { "\($0)" } ?? "null")}"
    truth.append(contentsOf: text.utf8)
  }
}
