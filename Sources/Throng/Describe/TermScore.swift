internal import Foundation

/// How strongly a term tells a cluster from its siblings.
///
/// Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008,
/// doi 10.1093/pan/mpn018), in its two-outcome form: a user either used the term or did not, and the prior is
/// the term's share among all users. All counts are distinct users, as the gate has rounded them.
struct TermScore {
  /// Weight of the prior in users.
  static let priorUsers = 20.0

  /// The z-score of the difference in log-odds between the cluster and what surrounds it.
  ///
  /// - Parameters:
  ///   - inside: users of the cluster who used the term, and all of the cluster.
  ///   - around: the same for the rest that the cluster is compared with.
  ///   - prior: share of the term among all users, in (0, 1).
  static func zScore(
    inside: (used: Double, all: Double), around: (used: Double, all: Double), prior: Double
  ) -> Double {
    let share = min(max(prior, 1e-6), 1 - 1e-6)
    func evidence(_ side: (used: Double, all: Double)) -> (yes: Double, no: Double) {
      // Rounding can leave "used" above "all" by a little.
      let used = min(side.used, side.all)
      return (used + priorUsers * share, side.all - used + priorUsers * (1 - share))
    }
    let (a, b) = (evidence(inside), evidence(around))
    let difference = log(a.yes / a.no) - log(b.yes / b.no)
    return difference / (1 / a.yes + 1 / b.yes).squareRoot()
  }
}
