import Testing
import ThrongCore
import ThrongIngest

@Suite struct DecoderTests {
  /// What comes out of a stream that is read into room of at most `room` bytes.
  static func decode(
    _ bytes: [UInt8], _ compression: Compression, largest: Int = 1 << 20, room: Int = 4096, seed: UInt64 = 1
  ) throws -> (bytes: [UInt8], endedEarly: Bool) {
    let decoder = compression.decoder(over: DrippingSource(bytes, largest: largest, seed: seed))
    var out: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: room)
    while true {
      let count = try decoder.read(into: &buffer, from: 0)
      if count == 0 { break }
      out += buffer[..<count]
    }
    #expect(try decoder.read(into: &buffer, from: 0) == 0)
    return (out, decoder.endedEarly)
  }

  static func pack(_ bytes: [UInt8], _ compression: Compression) -> [UInt8] {
    switch compression {
    case .none: bytes
    case .gzip: Packed.gzip(bytes)
    case .zstd: Packed.zstd(bytes)
    }
  }

  /// Bytes that compress somewhat.
  static func sample(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = RandomSource(seed: seed)
    var bytes: [UInt8] = []
    while bytes.count < count {
      if bytes.count > 40 && random.below(3) > 0 {
        let from = random.below(bytes.count - 30)
        bytes += bytes[from..<from + 30]
      } else {
        bytes += (0..<8).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      }
    }
    return Array(bytes.prefix(count))
  }

  @Test(arguments: [Compression.gzip, .zstd]) func membersFollowEachOther(_ compression: Compression) throws {
    let parts = [Self.sample(300_000, seed: 1), [], Self.sample(5, seed: 2), Self.sample(70_000, seed: 3)]
    let packed = parts.flatMap { Self.pack($0, compression) }
    for (largest, room) in [(1, 5000), (13, 1), (9999, 777), (1 << 20, 1 << 20)] {
      let out = try Self.decode(packed, compression, largest: largest, room: room)
      #expect(out.bytes == parts.flatMap { $0 })
      #expect(!out.endedEarly)
    }
  }

  @Test func skippableFramesAndPaddingAreNoContent() throws {
    let frame: [UInt8] = [0x52, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]
    let zstd = try Self.decode(frame + Packed.zstd(Array("abc".utf8)) + frame, .zstd, largest: 2)
    #expect(zstd == (Array("abc".utf8), false))
    let gzip = try Self.decode(Packed.gzip(Array("abc".utf8)) + [0, 0, 0, 0, 0], .gzip, largest: 2)
    #expect(gzip == (Array("abc".utf8), false))
  }

  @Test(arguments: [Compression.gzip, .zstd])
  func aCutStreamGivesWhatCameBefore(_ compression: Compression) throws {
    let first = Self.sample(3000, seed: 8)
    let whole = first + Self.sample(400_000, seed: 9)
    let head = Self.pack(first, compression)
    let packed = head + Self.pack(Array(whole[first.count...]), compression)
    var lengths: Set<Int> = []
    for cut in Array(1..<100) + [
      head.count, head.count + 1, packed.count / 2, packed.count * 3 / 4, packed.count - 1,
    ] {
      let out = try Self.decode(Array(packed[..<cut]), compression)
      #expect(out.endedEarly == (cut != head.count), "cut at \(cut)")
      #expect(whole.starts(with: out.bytes))
      if cut >= head.count { #expect(out.bytes.count >= first.count) }
      lengths.insert(out.bytes.count)
      let drops = try Self.decode(
        Array(packed[..<cut]), compression, largest: 50, room: 311, seed: UInt64(cut))
      #expect(drops == out)
    }
    #expect(lengths.contains { $0 > 200_000 })
  }

  @Test(arguments: [Compression.gzip, .zstd], 0..<30)
  func aDamagedStreamEndsTheSameInAnyPieces(_ compression: Compression, seed: Int) throws {
    var random = RandomSource(seed: UInt64(seed))
    var packed = Self.pack(Self.sample(400_000, seed: 4), compression)
    packed[8 + random.below(packed.count - 8)] ^= UInt8(1 << random.below(8))
    let out = try Self.decode(packed, compression, room: 1 << 20)
    let drops = try Self.decode(packed, compression, largest: 999, room: 500, seed: random.next())
    #expect(drops == out)
    #expect(out.endedEarly || compression == .gzip)
  }

  @Test func surplusBehindTheLastMemberIsDamage() throws {
    let out = try Self.decode(Packed.gzip(Array("abc".utf8)) + Array("junk".utf8), .gzip)
    #expect(out == (Array("abc".utf8), true))
  }
}
