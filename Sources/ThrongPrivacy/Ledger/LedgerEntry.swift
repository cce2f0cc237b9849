internal import Foundation
internal import ThrongCore

/// What the ledger notes of a release before it is made. Holds neither text nor an id that could be looked up without
/// the secret.
package struct LedgerEntry: Sendable, Equatable, Codable {
  /// The rules a release was made under, as far as another one is compared under them.
  package struct Rules: Sendable, Equatable, Codable {
    package var policy: String
    package var unit: String
    package var users: Int
    package var conversations: Int
    package var dominancePercent: Int
    package var twoUserPercent: Int

    init(_ policy: Policy) {
      self.policy = policy.name
      unit = policy.unit.rawValue
      users = policy.minimumUsers
      conversations = policy.minimumConversations
      dominancePercent = policy.dominancePercent
      twoUserPercent = policy.twoUserPercent
    }
  }

  /// Unix seconds.
  package var time: Int64
  /// Days of the first and the last conversation since 1970-01-01; nil where the log has no times.
  package var firstDay: Int?
  package var lastDay: Int?
  package var rules: Rules
  /// Tells secrets apart and says nothing of them.
  package var secret: String
  /// Keyed digest of the conversations, where they stand, and the settings: the same for an identical run.
  package var digest: String
  /// Privacy loss of the differential tier; 0 in the others.
  package var epsilon = 0.0
  package var delta = 0.0

  /// Whether the two may speak of the same time: also where one of them states none.
  func mayOverlap(_ other: LedgerEntry) -> Bool {
    guard let firstDay, let lastDay, let first = other.firstDay, let last = other.lastDay else { return true }
    return firstDay <= last && first <= lastDay
  }
}

/// A row of the chain.
struct LedgerRow: Sendable {
  enum Body: Sendable, Equatable, Codable {
    /// A release begins: what it publishes is decided, nothing is written yet.
    case reserved(LedgerEntry)
    /// The release that row `of` began is written, with this id.
    case completed(of: Int, release: String)
  }

  /// From 1, without gaps.
  var number: Int
  var body: Body
  var bytes: [UInt8]
  var atoms: [UInt8]
  var link: [UInt8]
  var mac: [UInt8]

  /// SHA-256 over the link before, the number, the body and the digest of the atoms.
  static func link(after before: [UInt8], number: Int, bytes: [UInt8], atoms: [UInt8]) -> [UInt8] {
    Digest.sha256(
      before + (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        + (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes + Digest.sha256(atoms))
  }

  static func encode(_ body: Body) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return [UInt8](try encoder.encode(body))
  }

  static func decode(_ bytes: [UInt8]) -> Body? { try? JSONDecoder().decode(Body.self, from: Data(bytes)) }
}

/// A release as the ledger shows it to the operator.
package struct LedgerRecord: Sendable, Equatable {
  /// Its first row.
  package let number: Int
  package let entry: LedgerEntry
  /// Id of the bundle; nil where the run did not come to its end, which counts as released all the same.
  package let release: String?
  /// Conversations that counted.
  package let conversations: Int

  /// How messages call it.
  package var name: String {
    release.map { "release \($0)" } ?? "the unfinished release of ledger entry \(number)"
  }
}
