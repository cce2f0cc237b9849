/// The single defences of the gate, so that an attack test can switch one off and show that the attack then works.
///
/// For tests only: no command, study file or library setting reaches it, and ``Gate`` uses ``all`` unless told.
package struct Defences: OptionSet, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// R1, users.
  package static let minimumUsers = Defences(rawValue: 1 << 0)
  /// R1, conversations.
  package static let minimumConversations = Defences(rawValue: 1 << 1)
  /// R2, at most m conversations per user.
  package static let contributionBound = Defences(rawValue: 1 << 2)
  /// R2, p % and two-user share.
  package static let dominance = Defences(rawValue: 1 << 3)
  /// R3, what is left of a node after its published children.
  package static let atoms = Defences(rawValue: 1 << 4)
  /// R8, terms of enough users only.
  package static let terms = Defences(rawValue: 1 << 5)
  /// R8, terms seen in identities are never shown.
  package static let identities = Defences(rawValue: 1 << 6)
  /// Counts rounded down.
  package static let rounding = Defences(rawValue: 1 << 7)
  /// R9, the secret gap above the threshold.
  package static let randomisedThreshold = Defences(rawValue: 1 << 16)
  /// The noise of the differential tier; without it counts are exact and every cell of a user is shown.
  package static let differentialNoise = Defences(rawValue: 1 << 17)
  /// The bound on the cells of a user in the differential tier.
  package static let cellBound = Defences(rawValue: 1 << 18)

  package static let all: Defences = [
    .minimumUsers, .minimumConversations, .contributionBound, .dominance, .atoms, .terms, .identities,
    .rounding, .randomisedThreshold, .differentialNoise, .cellBound,
  ]
}
