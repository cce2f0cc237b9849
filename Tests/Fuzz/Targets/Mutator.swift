import ThrongCore

/// Changes hard inputs as libFuzzer does, blindly: the same seed gives the same inputs, on every machine.
package struct Mutator {
  private var random: RandomSource
  private let corpus: [[UInt8]]
  private let words: [[UInt8]]
  /// Bytes at which readers turn.
  private static let marks: [UInt8] =
    Array("\0\n\r\t \"'\\/*,:;.-+@<>&%()[]{}|09aZ_$#".utf8) + [0x7F, 0x80, 0xC3, 0xEF, 0xF0, 0xFF]

  /// - Parameter corpus: not empty.
  package init(seed: UInt64, corpus: [[UInt8]], words: [String]) {
    random = RandomSource(seed: seed)
    self.corpus = corpus
    self.words = words.map { Array($0.utf8) }
  }

  /// The next input: one of the corpus after one to five changes.
  package mutating func next() -> [UInt8] {
    var input = corpus[random.below(corpus.count)]
    for _ in 0...random.below(5) { change(&input) }
    return input
  }

  private mutating func place(in input: [UInt8]) -> Int { random.below(input.count + 1) }

  private mutating func range(in input: [UInt8]) -> Range<Int> {
    let start = place(in: input)
    // Short ones mostly.
    let most = random.below(4) == 0 ? input.count : min(input.count, 16)
    return start..<min(input.count, start + random.below(most + 1))
  }

  private mutating func change(_ input: inout [UInt8]) {
    switch random.below(9) {
    case 0 where !input.isEmpty: input[random.below(input.count)] ^= 1 << UInt8(random.below(8))
    case 1 where !input.isEmpty: input[random.below(input.count)] = Self.marks[random.below(Self.marks.count)]
    case 2: input.insert(Self.marks[random.below(Self.marks.count)], at: place(in: input))
    case 3: input.removeSubrange(range(in: input))
    case 4: input.insert(contentsOf: Array(input[range(in: input)]), at: place(in: input))
    case 5: input.replaceSubrange(range(in: input), with: words[random.below(words.count)])
    case 6:
      let other = corpus[random.below(corpus.count)]
      input.replaceSubrange(range(in: input), with: other[range(in: other)])
    case 7: input.removeSubrange(place(in: input)...)
    default: input.insert(contentsOf: words[random.below(words.count)], at: place(in: input))
    }
  }
}
