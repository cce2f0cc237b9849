package import ThrongCore

/// Attack 8: somebody who has stolen the keyed hashes of a run's terms tries a dictionary on them (R15).
///
/// A run leaves no hash on disk: of what a workspace keeps, nothing is derived from words. So the hashes are taken
/// from memory, as if a later version kept them. With the secret every term of the dictionary that somebody wrote is
/// told; without it each guess at a key finds terms by chance only, one of 2⁶⁴ / hashes.
///
/// What it does not try: telling words by how often they occur.
package struct DictionaryAttack: Sendable {
  /// Terms tried, lower case, distinct.
  package var terms: [String]

  package init(terms: [String]) { self.terms = terms }

  /// `count` made-up words of six to thirteen letters after the words of the log: a dictionary in which the right answers are.
  package static func dictionary(count: Int, with records: [SimulatedRecord], seed: UInt64) -> [String] {
    var random = RandomSource(seed: seed)
    var known: Set<String> = []
    for record in records where known.count < count / 2 {
      for word in PlantingKit.words(of: record.text.lowercased()) where word.count > 2 { known.insert(word) }
    }
    var terms = known.sorted()
    let letters = Array("aeioubdfgklmnprstvz".utf8)
    while terms.count < count {
      let word = (0..<6 + random.below(8)).map { _ in letters[random.below(letters.count)] }
      let text = String(decoding: word, as: UTF8.self)
      if known.insert(text).inserted { terms.append(text) }
    }
    return terms
  }

  /// How many of the terms are told. O(terms).
  ///
  /// - Parameters:
  ///   - hashes: what was stolen.
  ///   - secret: the thief's, right or guessed.
  package func told(_ hashes: Set<UInt64>, secret: [UInt8], workers: Workers) throws -> Int {
    guard let secret = Secret(bytes: secret) else { return 0 }
    let hasher = secret.hasher(for: "term")
    return try workers.mapBlocks(count: terms.count, blockSize: 1 << 14) { _, range in
      range.count { i in
        let word = Array(terms[i].utf8)
        return hashes.contains(hasher.hash13(word.span))
      }
    }.reduce(0, +)
  }
}
