internal import CSodium

/// Hides what has to lie on a disk for a while from whoever reads that disk later: XChaCha20 with a key that is drawn here
/// and exists nowhere else.
///
/// It hides and does not authenticate: nobody but this process writes what this process reads again.
struct EphemeralCipher: Sendable {
  /// Bytes of a block of the key stream: where it can be entered.
  static let blockBytes = 64

  private let key = Secret.randomBytes()
  private let nonce = [UInt8](repeating: 0, count: Int(crypto_stream_xchacha20_NONCEBYTES))

  /// Encrypts `bytes` in place, or decrypts them again. O(bytes).
  ///
  /// - Parameter position: of the first byte in the one stream that the key is for, a multiple of ``blockBytes``. No position is
  ///   ever encrypted twice.
  func apply(to bytes: UnsafeMutableRawBufferPointer, at position: Int) {
    precondition(position.isMultiple(of: Self.blockBytes))
    guard let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    _ = unsafe crypto_stream_xchacha20_xor_ic(
      base, base, UInt64(bytes.count), nonce, UInt64(position / Self.blockBytes), key)
  }
}
