/// The attacks that an audit tries, in the order in which it reports them.
///
/// The raw value is the name in JSON. What the attacker knows and what counts as success stands on the type that carries
/// the attack out.
package enum Attack: String, Sendable, Codable, CaseIterable {
  /// The files of a bundle are whole, no others lie among them, and they agree.
  case integrity
  /// R1, R3, R4, R6: what a linear programme finds out about cells that were withheld.
  case linearProgramme = "linear_programme"
  /// R5: the same with the conversations of one user, or of two, known.
  case coalition
  /// Subtraction of a cluster or facet value from what holds it.
  case differencing
  /// Subtraction of an earlier bundle.
  case overTime = "over_time"
  /// R7: a sensitive value that nearly everybody in a cluster has, or that gives a cluster away.
  case homogeneity
  /// What one user moves a figure of a study by, to somebody who knows all others.
  case singlingOut = "singling_out"
  /// Patterns of identities in the bundle: addresses, long numbers.
  case patterns
  /// R8: terms that fewer people wrote than the rules promise.
  case rareTerms = "rare_terms"
  /// R8, R14: strings of few people anywhere in the bundle, however encoded.
  case canaries
  /// Eight words in a row of the input.
  case runs
  /// Ids of records and users, addresses and long numbers of the input.
  case identifiers
  /// Is one user in the data?
  case membership
  /// Planted accounts around a victim.
  case poisoning
  /// Planted accounts just below the threshold.
  case oracle
  /// Guessing what the hashes of a workspace stand for.
  case dictionary

  /// The attack in a few words, for a table.
  package var title: String {
    switch self {
    case .integrity: "Integrity of the files"
    case .linearProgramme: "Linear programme over withheld cells"
    case .coalition: "Coalition of one or two users"
    case .differencing: "Differencing inside the bundle"
    case .overTime: "Differencing over time"
    case .homogeneity: "Homogeneity of sensitive facets"
    case .singlingOut: "One user in a figure"
    case .patterns: "Patterns of identities"
    case .rareTerms: "Terms of too few users"
    case .canaries: "Rare strings of the input"
    case .runs: "Runs of eight words"
    case .identifiers: "Ids, addresses and numbers of the input"
    case .membership: "Membership inference"
    case .poisoning: "Poisoning around a victim"
    case .oracle: "Threshold oracle"
    case .dictionary: "Dictionary on a workspace"
    }
  }
}
