import ThrongCore

/// Why the ledger of releases forbids one, or cannot be used. No case says whom a release would betray.
package enum LedgerFailure: ThrongFailure, Equatable {
  /// Beside an earlier release this one would show a group that a rule forbids, and withholding topics does not help.
  case betrays(PrivacyFailure.Rule, earlier: String)
  /// An earlier release of an overlapping or unknown time was hashed with another secret, so nothing can be compared.
  case otherSecret(earlier: String)
  /// An earlier release of the same records counted users where this one counts conversations, or the reverse.
  case otherUnit(earlier: String)
  /// The privacy loss of all releases of these records would pass the limit.
  case budgetSpent(spent: Double, asked: Double, limit: Double)
  /// The chain of entries is broken at one of them, counted from 1; nil for the file as a whole.
  case damaged(path: String, entry: Int?, reason: String)
  /// The file cannot be opened, read or written.
  case unusable(path: String, reason: String)
  /// There is no ledger where one was asked for.
  case missing(path: String)

  package var message: String {
    switch self {
    case .betrays(let rule, let earlier):
      let group =
        switch rule {
        case .users(let minimum, _), .noisedUsers(let minimum): "fewer than \(minimum) users"
        case .conversations(let minimum): "fewer than \(minimum) conversations"
        case .dominance: "mostly one or two users"
        }
      return "whoever also holds \(earlier) could compare both and single out a group of \(group) "
        + "(rule R12 with \(Self.code(rule))), also if only the total were released; take a window that does not "
        + "overlap, or one that differs by more users. --ledger none leaves the comparison out, where nobody holds both"
    case .otherSecret(let earlier):
      return
        "\(earlier) may be of the same conversations, but was made with another secret, so the two cannot be "
        + "compared (rule R12); use its secret (--secret-file), or begin a new ledger (--ledger FILE) if nobody will "
        + "hold both"
    case .otherUnit(let earlier):
      return
        "\(earlier) is of some of the same conversations, but counted by another --unit, so the two cannot be "
        + "compared (rule R12); use the same unit"
    case .budgetSpent(let spent, let asked, let limit):
      return
        "the releases of these conversations have spent epsilon \(spent), and \(asked) more would pass the limit "
        + "of \(limit) (rule R12)"
    case .damaged(let path, let entry, let reason):
      return
        "the ledger \(path) was changed or damaged\(entry.map { " at entry \($0)" } ?? ""): \(reason); nothing was "
        + "released. Put back a copy that verifies, or begin a new ledger (--ledger FILE) if nobody will hold both"
    case .unusable(let path, let reason):
      return "cannot use the ledger \(path): \(reason); nothing was released. Name another file with --ledger"
    case .missing(let path):
      return "there is no ledger at \(path); name the folder of the bundles, or the file that --ledger named"
    }
  }

  private static func code(_ rule: PrivacyFailure.Rule) -> String {
    if case .dominance = rule { "R2" } else { "R1" }
  }

  package var exitStatus: Int32 {
    switch self {
    case .betrays, .otherSecret, .otherUnit, .budgetSpent, .damaged: ExitCode.refused.rawValue
    case .unusable: ExitCode.internalFailure.rawValue
    case .missing: ExitCode.usage.rawValue
    }
  }
}
