/// SipHash, a keyed hash for short inputs (Aumasson and Bernstein 2012, https://131002.net/siphash/).
///
/// Without the key a hash says nothing about its input, which is why features and user ids pass through
/// it (rule R15). The 1-3 variant hashes tokens, the 2-4 variant users and records. Not a message digest:
/// 64 bits do not resist somebody who knows the key.
package struct SipHash: Sendable {
  @usableFromInline let k0: UInt64
  @usableFromInline let k1: UInt64

  package init(k0: UInt64, k1: UInt64) {
    self.k0 = k0
    self.k1 = k1
  }

  /// The key, for loops in C that hash as this does. It leaves the process with nobody.
  package var key: (UInt64, UInt64) { (k0, k1) }

  /// SipHash-1-3 of `bytes`. O(bytes).
  @inlinable package func hash13(_ bytes: Span<UInt8>) -> UInt64 {
    hash(bytes, compression: 1, finalisation: 3)
  }

  /// SipHash-2-4 of `bytes`. O(bytes).
  @inlinable package func hash24(_ bytes: Span<UInt8>) -> UInt64 {
    hash(bytes, compression: 2, finalisation: 4)
  }

  /// SipHash-1-3 of two words, as of their 16 little-endian bytes: how a bigram is hashed from its words.
  @inlinable package func hash13(_ first: UInt64, _ second: UInt64) -> UInt64 {
    var state = State(k0, k1)
    state.absorb(first, rounds: 1)
    state.absorb(second, rounds: 1)
    return state.finish(tail: 0, length: 16, compression: 1, finalisation: 3)
  }

  @inlinable @inline(__always)
  func hash(_ bytes: Span<UInt8>, compression: Int, finalisation: Int) -> UInt64 {
    var state = State(k0, k1)
    var at = 0
    let count = bytes.count
    while at + 8 <= count {
      let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self)
      state.absorb(UInt64(littleEndian: word), rounds: compression)
      at += 8
    }
    var tail: UInt64 = 0
    var shift: UInt64 = 0
    while at < count {
      tail |= UInt64(bytes[at]) << shift
      shift += 8
      at += 1
    }
    return state.finish(tail: tail, length: count, compression: compression, finalisation: finalisation)
  }

  @usableFromInline struct State {
    @usableFromInline var v0: UInt64
    @usableFromInline var v1: UInt64
    @usableFromInline var v2: UInt64
    @usableFromInline var v3: UInt64

    @inlinable init(_ k0: UInt64, _ k1: UInt64) {
      v0 = k0 ^ 0x736f_6d65_7073_6575
      v1 = k1 ^ 0x646f_7261_6e64_6f6d
      v2 = k0 ^ 0x6c79_6765_6e65_7261
      v3 = k1 ^ 0x7465_6462_7974_6573
    }

    @inlinable @inline(__always) mutating func round() {
      v0 = v0 &+ v1
      v1 = (v1 << 13) | (v1 >> 51)
      v1 ^= v0
      v0 = (v0 << 32) | (v0 >> 32)
      v2 = v2 &+ v3
      v3 = (v3 << 16) | (v3 >> 48)
      v3 ^= v2
      v0 = v0 &+ v3
      v3 = (v3 << 21) | (v3 >> 43)
      v3 ^= v0
      v2 = v2 &+ v1
      v1 = (v1 << 17) | (v1 >> 47)
      v1 ^= v2
      v2 = (v2 << 32) | (v2 >> 32)
    }

    @inlinable @inline(__always) mutating func absorb(_ word: UInt64, rounds: Int) {
      v3 ^= word
      for _ in 0..<rounds { round() }
      v0 ^= word
    }

    @inlinable @inline(__always)
    mutating func finish(tail: UInt64, length: Int, compression: Int, finalisation: Int) -> UInt64 {
      absorb(tail | (UInt64(length & 0xff) << 56), rounds: compression)
      v2 ^= 0xff
      for _ in 0..<finalisation { round() }
      return v0 ^ v1 ^ v2 ^ v3
    }
  }
}
