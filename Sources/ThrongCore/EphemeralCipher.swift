internal import CSodium

/// Hides what has to lie on a disk for a while from whoever reads that disk later: XChaCha20 with a key that is drawn here
/// and exists nowhere else.
///
/// It hides and does not authenticate: nobody but this process writes what this process reads again.
package struct EphemeralCipher: Sendable {
  private let key = Secret.randomBytes()

  package init() {}

  /// `bytes` encrypted, or decrypted again. O(bytes).
  ///
  /// - Parameter position: a number of its own for each array that is encrypted.
  package func applied(to bytes: [UInt8], at position: UInt64) -> [UInt8] {
    var nonce = [UInt8](repeating: 0, count: Int(crypto_stream_xchacha20_NONCEBYTES))
    for i in 0..<8 { nonce[i] = UInt8(truncatingIfNeeded: position >> UInt64(8 * i)) }
    var out = [UInt8](repeating: 0, count: bytes.count)
    _ = unsafe crypto_stream_xchacha20_xor(&out, bytes, UInt64(bytes.count), nonce, key)
    return out
  }
}
