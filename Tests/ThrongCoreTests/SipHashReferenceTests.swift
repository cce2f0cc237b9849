import Foundation
import Testing
import ThrongCore

/// SipHash against CPython, which hashes bytes with it: 1-3 since 3.11, 2-4 before.
@Suite struct SipHashReferenceTests {
  /// What Python's `hash` says of the bytes 0, 1, 2, … of each length from 1 to 64, and which SipHash it is.
  private static func python(seed: UInt32) throws -> (algorithm: String, hashes: [UInt64]) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import sys; print(sys.hash_info.algorithm, *(hash(bytes(range(n))) % 2**64 for n in range(1, 65)))",
    ]
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONHASHSEED": "\(seed)"]) { $1 }
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace)
    process.waitUntilExit()
    return (String(try #require(words.first)), words.dropFirst().compactMap { UInt64($0) })
  }

  /// The key that Python makes of a seed: none of 0, else bytes of a linear congruential generator.
  private static func key(seed: UInt32) -> (UInt64, UInt64) {
    if seed == 0 { return (0, 0) }
    var state = seed
    func word() -> UInt64 {
      (0..<8).reduce(0) { word, byte in
        state = state &* 214_013 &+ 2_531_011
        return word | UInt64(state >> 16 & 0xFF) << UInt64(8 * byte)
      }
    }
    return (word(), word())
  }

  @Test(arguments: [0, 1, 42, 4_294_967_295]) func agreesWithPython(_ seed: UInt32) throws {
    let (algorithm, theirs) = try Self.python(seed: seed)
    try #require(["siphash13", "siphash24"].contains(algorithm) && theirs.count == 64)
    let (k0, k1) = Self.key(seed: seed)
    let hasher = SipHash(k0: k0, k1: k1)
    for (length, hash) in zip(1..., theirs) {
      let bytes = (0..<length).map { UInt8($0) }
      let ours = algorithm == "siphash13" ? hasher.hash13(bytes.span) : hasher.hash24(bytes.span)
      // Python keeps -1 for errors.
      #expect((ours == .max ? .max - 1 : ours) == hash, "\(length) bytes")
    }
  }
}
