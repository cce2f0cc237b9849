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
  /// R3, what is left of a node after its published children; for facets, all that is withheld for another cell's sake.
  package static let atoms = Defences(rawValue: 1 << 4)
  /// R8, terms of enough users only.
  package static let terms = Defences(rawValue: 1 << 5)
  /// R8, terms seen in identities are never shown.
  package static let identities = Defences(rawValue: 1 << 6)
  /// Counts rounded down.
  package static let rounding = Defences(rawValue: 1 << 7)
  /// R6, what the shown values of a facet leave of a cluster.
  package static let margins = Defences(rawValue: 1 << 8)
  /// R4, each withheld cell of a facet can be k or more for all an outsider knows.
  package static let protection = Defences(rawValue: 1 << 9)
  /// R5, and for all that any two users know together.
  package static let coalitions = Defences(rawValue: 1 << 10)
  /// R7, a sensitive facet is shown only where it is diverse and close to the whole.
  package static let homogeneity = Defences(rawValue: 1 << 11)
  /// R3 for people: the users of a node that have nothing in a child.
  package static let absentUsers = Defences(rawValue: 1 << 12)
  /// R9, the secret gap above the threshold.
  package static let randomisedThreshold = Defences(rawValue: 1 << 16)
  /// The noise of the differential tier; without it counts are exact and every cell of a user is shown.
  package static let differentialNoise = Defences(rawValue: 1 << 17)
  /// The bound on the cells of a user in the differential tier.
  package static let cellBound = Defences(rawValue: 1 << 18)

  /// Near-duplicates of one text count as one.
  package static let templates = Defences(rawValue: 1 << 20)

  /// The draw and the grain of a study's figures.
  package static let grain = Defences(rawValue: 1 << 21)

  /// R12, what a release betrays beside earlier ones. A bit of its own, far from those that come with further rules.
  package static let ledger = Defences(rawValue: 1 << 30)

  package static let all: Defences = [
    .minimumUsers, .minimumConversations, .contributionBound, .dominance, .atoms, .terms, .identities,
    .rounding, .margins, .protection, .coalitions, .homogeneity, .randomisedThreshold, .differentialNoise,
    .cellBound, .absentUsers, .templates, .grain, .ledger,
  ]
}
