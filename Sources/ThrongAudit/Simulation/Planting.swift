internal import ThrongCore

/// What an attacker who can write conversations puts around a victim.
///
/// The attacker knows the victim's conversation but for the rare fact in it, and the log but for the secret: more than an
/// outsider would, so what fails here fails there.
package enum Planting: String, Sendable, CaseIterable {
  /// Copies of the victim's conversation, a word in ten exchanged, without the fact: the attack of CLIOPATRA (arXiv
  /// 2603.09781), which waits for the fact to show in what is said of their cluster.
  case shape
  /// The same copies, with a guess at the fact in each: right in the trials, and what is asked is whether it shows that
  /// the victim wrote it too.
  case guess
  /// The guess among words of the victim's and of others, every account in a text of its own: an attacker who knows that
  /// near-duplicates count as one.
  case ownTexts = "own_texts"
}

/// The words of a log, for texts that look like it.
struct PlantingKit {
  let words: [String]

  init(_ records: [SimulatedRecord]) {
    words = records.prefix(2000).flatMap { Self.words(of: $0.text) }
  }

  static func words(of text: String) -> [String] {
    text.split { !($0.isLetter || $0.isNumber || $0 == "'") }.map(String.init)
  }

  /// A made-up word that no text of the log holds: eleven letters.
  static func fact(_ random: inout RandomSource) -> String {
    let (consonants, vowels) = (Array("bdfgklmnprstvz"), Array("aeiou"))
    return "qx"
      + String((0..<9).map { $0 % 2 == 0 ? vowels[random.below(5)] : consonants[random.below(14)] })
  }

  /// The victim's conversation with the fact somewhere in it.
  func victim(_ record: SimulatedRecord, fact: String, _ random: inout RandomSource) -> SimulatedRecord {
    var record = record
    var words = Self.words(of: record.text)
    words.insert(fact, at: random.below(words.count + 1))
    record.text = words.joined(separator: " ")
    return record
  }

  /// `count` accounts with `each` conversations each.
  func planted(
    _ count: Int, each: Int, around victim: SimulatedRecord, fact: String, as planting: Planting,
    _ random: inout RandomSource
  ) -> [SimulatedRecord] {
    let own = Self.words(of: victim.text)
    return (0..<count * each).map { i in
      var text: [String]
      switch planting {
      case .shape, .guess:
        text = own
        for k in text.indices where random.below(10) == 0 { text[k] = words[random.below(words.count)] }
      case .ownTexts:
        text = own.indices.map { _ in
          random.below(2) == 0 ? own[random.below(own.count)] : words[random.below(words.count)]
        }
      }
      if planting != .shape { text.insert(fact, at: random.below(text.count + 1)) }
      return SimulatedRecord(
        id: "planted \(random.next())", user: "planted \(i / each)", text: text.joined(separator: " "))
    }
  }
}

extension RandomSource {
  /// 32 bytes to stand for a secret that an outsider does not know.
  mutating func secret() -> [UInt8] {
    (0..<4).flatMap { _ -> [UInt8] in
      let word = next()
      return (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
  }
}
