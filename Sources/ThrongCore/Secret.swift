internal import CSodium

/// The per-workspace secret (rule R15) and the keys derived from it.
///
/// Not `CustomStringConvertible`, not `Codable`: it never reaches a log line. Each purpose has its own key,
/// HMAC-SHA-256(secret, purpose), so that no hash of one table can be looked up in another.
package struct Secret: Sendable {
  private let bytes: [UInt8]

  /// - Parameter bytes: at least 16 bytes.
  package init?(bytes: [UInt8]) {
    guard bytes.count >= 16 else { return nil }
    self.bytes = bytes
  }

  /// 32 bytes from the system generator.
  package static func random() -> Secret {
    Secret(bytes: randomBytes())!
  }

  /// 32 bytes from the system generator, for writing a new secret file.
  package static func randomBytes() -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// 32 bytes of key for one purpose.
  package func key(for purpose: String) -> [UInt8] { Digest.hmacSHA256(Array(purpose.utf8), key: bytes) }

  /// The keyed hash for one purpose, such as `"term"` or `"user"`.
  package func hasher(for purpose: String) -> SipHash {
    let mac = key(for: purpose)
    func word(_ at: Int) -> UInt64 {
      (0..<8).reduce(0) { $0 | UInt64(mac[at + $1]) << UInt64(8 * $1) }
    }
    return SipHash(k0: word(0), k1: word(8))
  }

  /// HMAC-SHA-256 of `bytes` under the key of one purpose: where 64 bits are not enough.
  package func mac(_ bytes: [UInt8], for purpose: String) -> [UInt8] {
    Digest.hmacSHA256(bytes, key: Digest.hmacSHA256(Array(purpose.utf8), key: self.bytes))
  }
}

/// BLAKE2b-256 of bytes that come piece by piece, from libsodium: at 1 GB/s three times as fast as its SHA-256. One thread at a
/// time.
@safe package final class RunningDigest {
  private let state: UnsafeMutableRawPointer

  package init() {
    unsafe state = .allocate(byteCount: crypto_generichash_statebytes(), alignment: 64)
    _ = unsafe crypto_generichash_init(OpaquePointer(state), nil, 0, 32)
  }

  deinit { unsafe state.deallocate() }

  package func update(_ bytes: ArraySlice<UInt8>) {
    _ = unsafe bytes.withUnsafeBufferPointer {
      unsafe crypto_generichash_update(OpaquePointer(state), $0.baseAddress, UInt64($0.count))
    }
  }

  /// The digest of everything; nothing can be added afterwards.
  package func finish() -> [UInt8] {
    var out = [UInt8](repeating: 0, count: 32)
    _ = unsafe crypto_generichash_final(OpaquePointer(state), &out, out.count)
    return out
  }
}

/// SHA-256 and HMAC-SHA-256 from libsodium.
package enum Digest {
  package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: 32)
    _ = unsafe crypto_hash_sha256(&out, bytes, UInt64(bytes.count))
    return out
  }

  package static func hmacSHA256(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    var state = crypto_auth_hmacsha256_state()
    var out = [UInt8](repeating: 0, count: 32)
    _ = unsafe crypto_auth_hmacsha256_init(&state, key, key.count)
    _ = unsafe crypto_auth_hmacsha256_update(&state, bytes, UInt64(bytes.count))
    _ = unsafe crypto_auth_hmacsha256_final(&state, &out)
    return out
  }

  /// Lower-case hexadecimal.
  package static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
