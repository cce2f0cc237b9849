import CSodium
import Synchronization
import Testing
import ThrongCore

@Suite struct SipHashTests {
  /// libsodium's SipHash-2-4 is the independent implementation.
  @Test(arguments: 0...40) func agreesWithSodium(length: Int) {
    var random = RandomSource(seed: 7, stream: UInt64(length))
    let (k0, k1) = (random.next(), random.next())
    let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let key = [k0, k1].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } }
    var out = [UInt8](repeating: 0, count: 8)
    _ = unsafe crypto_shorthash_siphash24(&out, bytes, UInt64(length), key)
    let expected = (0..<8).reduce(UInt64(0)) { $0 | UInt64(out[$1]) << UInt64(8 * $1) }
    #expect(SipHash(k0: k0, k1: k1).hash24(bytes.span) == expected)
  }

  @Test func twoWordsEqualTheirBytes() {
    let bytes: [UInt8] = Array(0..<16)
    func word(_ at: Int) -> UInt64 { (0..<8).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) } }
    let hasher = SipHash(k0: 1, k1: 2)
    #expect(hasher.hash13(word(0), word(8)) == hasher.hash13(bytes.span))
  }
}

@Suite struct WorkersTests {
  @Test(arguments: [1, 2, 3, 8]) func blocksComeBackInOrder(threads: Int) throws {
    let ranges = try Workers(threads: threads).mapBlocks(count: 1003, blockSize: 10) { block, range in
      (block, range)
    }
    #expect(ranges.map(\.0) == Array(0...100))
    #expect(ranges.flatMap { Array($0.1) } == Array(0..<1003))
  }

  @Test func theLowestFailureWins() {
    struct Failure: Error { let block: Int }
    #expect(throws: Failure.self) {
      try Workers(threads: 2).forEachBlock(count: 100, blockSize: 1) { block, _ in
        if block >= 0 { throw Failure(block: block) }
      }
    }
  }

  @Test func cancellationStopsAtABlock() {
    let cancellation = Cancellation()
    let seen = Atomic<Int>(0)
    #expect(throws: Interrupted.self) {
      try Workers(threads: 1, cancellation: cancellation).forEachBlock(count: 100, blockSize: 1) { block, _ in
        seen.wrappingAdd(1, ordering: .relaxed)
        if block == 4 { cancellation.cancel() }
      }
    }
    #expect(seen.load(ordering: .relaxed) == 5)
  }
}

@Suite struct SecretTests {
  @Test func keysOfTwoPurposesDiffer() {
    let secret = Secret(bytes: Array(repeating: 1, count: 32))!
    let text = Array("a".utf8)
    #expect(secret.hasher(for: "term").hash24(text.span) != secret.hasher(for: "user").hash24(text.span))
    #expect(Secret(bytes: [1, 2, 3]) == nil)
  }

  /// FIPS 180-2, appendix B.1, and RFC 4231, test case 2.
  @Test func digestsMatchTheStandards() {
    #expect(
      Digest.hexadecimal(Digest.sha256(Array("abc".utf8)))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      Digest.hexadecimal(
        Digest.hmacSHA256(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8)))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }
}

@Suite struct RandomSourceTests {
  @Test func streamsAreReproducibleAndDiffer() {
    func draw(_ seed: UInt64, _ stream: UInt64) -> [UInt64] {
      var random = RandomSource(seed: seed, stream: stream)
      return (0..<8).map { _ in random.next() }
    }
    #expect(draw(1, 0) == draw(1, 0))
    #expect(Set([draw(1, 0), draw(1, 1), draw(2, 0), draw(2, 1)]).count == 4)
  }

  @Test func belowIsUniform() {
    var random = RandomSource(seed: 3)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.below(7)] += 1 }
    let chiSquared = counts.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000 }
    #expect(chiSquared < 22.46)  // 99.9 % point at 6 degrees of freedom
  }
}
