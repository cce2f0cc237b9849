package import ThrongCore

/// R11: noise outside the differential tier follows from the secret and from whom a cell is about.
///
/// **Why.** Noise that is drawn anew for each question is averaged away by asking again. Here the same people always
/// get the same draw, in any order of input, under any numbering, in any cell, run and thread; other people get another that tells
/// nothing about the first to who does not have the secret.
///
/// **How.** Each user has a digest of 128 bits, keyed by the secret. A set of users has the sum of its users'
/// digests modulo 2¹²⁸, a keyed multiset hash (Clarke, Devadas, van Dijk, Gassend and Suh 2003, doi:10.1007/978-3-540-40061-5_12):
/// adding commutes, so order means nothing, and a cell's digest is built while its users are counted. The draw's bits are
/// SipHash in counter mode under the key HMAC-SHA-256(secret, sum).
///
/// **Users, not conversations.** A draw that hung on the conversations could be had anew by writing one more, and
/// what somebody writes in a withheld topic could move a threshold elsewhere (R13). Where no user keys are given, a
/// user is known by the set of its records' keys; with `--unit conversation` these are the conversation's own.
///
/// What it does not protect against: who changes the set by one account gets another draw in the next release. Releases of
/// overlapping logs are R12's concern.
package struct StickyNoise: Sendable {
  private let hasher: SipHash
  private let key: [UInt8]

  package init(secret: Secret) {
    hasher = secret.hasher(for: "sticky noise")
    key = secret.key(for: "sticky noise")
  }

  /// Digest of one key: of a user, or of a record where users are known by their records.
  package func digest(of key: UInt64) -> UInt128 {
    UInt128(hasher.hash13(key, 0)) << 64 | UInt128(hasher.hash13(key, 1))
  }

  /// The bits of a set of users, from the sum of their digests.
  package func bits(for digest: UInt128) -> StickyBits {
    let message = (0..<16).map { UInt8(truncatingIfNeeded: digest >> (8 * $0)) }
    let mac = Digest.hmacSHA256(message, key: key)
    func word(_ at: Int) -> UInt64 {
      (0..<8).reduce(0) { $0 | UInt64(mac[at + $1]) << UInt64(8 * $1) }
    }
    return StickyBits(hasher: SipHash(k0: word(0), k1: word(8)))
  }
}
