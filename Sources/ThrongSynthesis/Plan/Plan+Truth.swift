internal import ThrongCore

extension Plan {
  /// The keyed 64-bit names that ids are written from: a bijection, so no two positions or users share one.
  func conversationID(_ position: Int) -> UInt64 {
    RandomSource.mix(RandomSource.mix(parameters.seed &+ 1) ^ UInt64(position))
  }

  /// See ``conversationID(_:)``.
  func userID(_ rank: Int, of language: Language) -> UInt64 {
    RandomSource.mix(RandomSource.mix(parameters.seed &+ 2) ^ UInt64(language.rawValue) << 48 ^ UInt64(rank))
  }

  /// Appends a letter, a hyphen and 16 hexadecimal digits.
  static func append(id: UInt64, prefix: UInt8, to out: inout [UInt8]) {
    out.append(prefix)
    out.append(UInt8(ascii: "-"))
    for shift in stride(from: UInt64(60), through: 0, by: -4) {
      let nibble = UInt8(truncatingIfNeeded: id >> shift) & 15
      out.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble)
    }
  }

  /// Conversations a sub-topic is expected to have, what is planted in it included.
  func expectedSize(_ subtopic: Int) -> Int {
    let planted = plants.count { $0.subtopic == subtopic }
    guard let at = shared.firstIndex(of: subtopic) else { return planted }
    let share = cumulative[at] - (at == 0 ? 0 : cumulative[at - 1])
    return planted + Int((share * Double(parameters.conversations - plants.count)).rounded())
  }

  /// The first line of the truth: seed, tree of topics, canaries with their users.
  func description() -> [UInt8] {
    var out = Array(
      "{\"seed\":\(parameters.seed),\"conversations\":\(parameters.conversations),\"topics\":[".utf8)
    func text(_ text: String) { out.append(contentsOf: text.utf8) }
    func id(_ id: UInt64, _ prefix: UInt8) {
      text("\"")
      Self.append(id: id, prefix: prefix, to: &out)
      text("\"")
    }
    for (number, topic) in grammar.topics.enumerated() {
      text("\(number == 0 ? "" : ",")\n{\"id\":\"\(topic.id)\",\"name\":\"\(topic.name)\",\"subtopics\":[")
      var isFirst = true
      for (sub, subtopic) in grammar.subtopics.enumerated() where subtopic.topic == number {
        text("\(isFirst ? "" : ","){\"id\":\"\(subtopic.id)\",\"name\":\"\(subtopic.name)\"")
        text(",\"language\":\"\(subtopic.language.code)\",\"expected_size\":\(expectedSize(sub))")
        if case .fixed(let users, _) = subtopic.size, !plants.isEmpty { text(",\"users\":\(users)") }
        text("}")
        isFirst = false
      }
      text("]}")
    }
    text("],\"canaries\":[")
    for (number, canary) in canaries.enumerated() {
      text("\(number == 0 ? "" : ","){\"id\":\"k\(number)\",\"text\":\"")
      out.append(contentsOf: canary.text)
      text("\",\"subtopic\":\"\(grammar.subtopics[canary.subtopic].id)\",\"users\":[")
      for (offset, user) in canary.users.enumerated() {
        if offset > 0 { text(",") }
        id(userID(user, of: .english), UInt8(ascii: "u"))
      }
      text("],\"conversations\":[")
      for (offset, plant) in plants.filter({ $0.canary == number }).enumerated() {
        if offset > 0 { text(",") }
        id(conversationID(plant.position), UInt8(ascii: "c"))
      }
      text("]}")
    }
    text("]")
    if let mix = parameters.affective {
      text(",\"affective\":{\"share\":\(mix.share),\"content_share\":\(mix.contentShare),\"types\":[")
      text(
        mix.expectations.map {
          "{\"name\":\"\($0.name)\",\"share\":\($0.share),\"pushback\":\($0.pushback),\"change\":\($0.change)}"
        }.joined(separator: ","))
      text("]}")
    }
    text("}\n")
    return out.filter { $0 != 0x0A } + [0x0A]
  }
}
