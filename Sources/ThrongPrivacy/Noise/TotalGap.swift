internal import ThrongCore

/// R9 for totals: the counts of all conversations, and of those beyond the contribution bound, are lowered by a secret draw.
///
/// **What an outsider can do.** Clusters differ from run to run with the secret, but the total does not: somebody who knows everybody
/// else's conversations knows what it is without the one person, to the last unit. Rounding down to a multiple of five betrays the
/// person wherever they carry the total over an edge: always, if they have five conversations.
///
/// **The rule.** Before they are rounded, U users are lowered by a draw that is even below the smaller of U/50 and 20, and N conversations
/// by one that is even below the smaller of N/50 and 20 · m, where m is the most that count of one user. So what one user adds
/// is seen in at most one case of twenty in each, once there are a thousand users and a thousand conversations for each of the m; and
/// no total is lower by more than one fiftieth and the rounding. The draws follow from the secret and the users (R11).
///
/// What it does not protect against: counts of clusters and of facet values are as sharp as their rounding, for whoever knows which
/// conversations belong to them.
///
/// Attack and twin: `TotalGapTests`, `SimulationTests`.
struct TotalGap {
  /// A total is lowered by less than one part of so many.
  static let parts = 50
  /// And by less than so many times what one user may weigh.
  static let mostUsers = 20

  private let gap: ThresholdGap
  private let maximumPerUser: Int

  /// The gap of `policy` where thresholds have one.
  init?(_ gap: ThresholdGap?, policy: Policy) {
    guard let gap else { return nil }
    self.gap = gap
    maximumPerUser = policy.unit == .user ? policy.maximumPerUser : 1
  }

  /// The counts of the cell, lowered.
  ///
  /// - Parameter what: the total; others of the same users have other draws.
  func lowered(_ cell: Cell, of what: String) -> (users: Int, conversations: Int) {
    let bits = gap.draws(of: cell.digest).bits
    func lowered(_ count: Int, most: Int, _ purpose: String) -> Int {
      var bits = bits.stream(for: purpose)
      let width = max(1, min(count / Self.parts, most))
      return count - Int(ExactSampling.uniform(below: UInt128(width), using: &bits))
    }
    return (
      lowered(cell.users, most: Self.mostUsers, "users of \(what)"),
      lowered(cell.conversations, most: Self.mostUsers * maximumPerUser, "conversations of \(what)")
    )
  }
}
