package import ThrongCore

/// Where the bits of a draw come from.
package enum NoiseGenerator: RandomNumberGenerator, Sendable {
  /// The system's generator: for noise that must not be foreseen or repeated. The default everywhere.
  case system(SystemRandomNumberGenerator)
  /// Bits that follow from a key and nothing else: for noise that must stick to its cell (R11).
  case sticky(StickyBits)
  /// Bits that follow from a seed: for tests, which want a run to repeat itself. Protects nobody.
  case seeded(RandomSource)

  package static var fresh: NoiseGenerator { .system(SystemRandomNumberGenerator()) }

  package mutating func next() -> UInt64 {
    switch self {
    case .system(var generator): return generator.next()
    case .sticky(var bits):
      let word = bits.next()
      self = .sticky(bits)
      return word
    case .seeded(var source):
      let word = source.next()
      self = .seeded(source)
      return word
    }
  }
}

/// Bits that follow from a key: SipHash in counter mode, which looks random to who does not have the key.
package struct StickyBits: RandomNumberGenerator, Sendable {
  private let hasher: SipHash
  private let tweak: UInt64
  private var counter: UInt64 = 0

  /// - Parameter hasher: with a key that follows from the secret.
  init(hasher: SipHash, tweak: UInt64 = 0) {
    self.hasher = hasher
    self.tweak = tweak
  }

  /// Other bits of the same key, one stream for each `purpose`.
  package func stream(for purpose: String) -> StickyBits {
    StickyBits(hasher: hasher, tweak: hasher.hash24(Array(purpose.utf8).span))
  }

  package mutating func next() -> UInt64 {
    counter += 1
    return hasher.hash13(tweak, counter)
  }
}
