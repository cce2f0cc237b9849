internal import Foundation

/// How strongly a term tells a cluster from what surrounds it.
///
/// The signed root of Dunning's log-likelihood ratio (1993, ACL J93-1003) over the two-by-two table of who used
/// the term and who is in the cluster. It weighs how much commoner a term is and how many wrote it, and needs no
/// estimate of a variance: a log-odds z-score, which does, ranks a word that only this cluster uses below a word
/// that everybody uses somewhat. All counts are distinct users, as the gate has rounded them.
package enum TermScore {
  /// Positive where the term is commoner inside than around, in standard deviations for large counts.
  ///
  /// - Parameters:
  ///   - inside: users of the cluster who used the term, and all of the cluster.
  ///   - around: the same for the rest that the cluster is compared with.
  package static func signedRoot(
    inside: (used: Double, all: Double), around: (used: Double, all: Double)
  ) -> Double {
    // Rounding can leave "used" above "all" by a little, and a whole below its part.
    let (inAll, outAll) = (max(0, inside.all), max(0, around.all))
    let (inUsed, outUsed) = (min(max(0, inside.used), inAll), min(max(0, around.used), outAll))
    let all = inAll + outAll
    let used = inUsed + outUsed
    func part(_ observed: Double, _ row: Double, _ column: Double) -> Double {
      observed > 0 ? observed * log(observed * all / (row * column)) : 0
    }
    let ratio =
      part(inUsed, used, inAll) + part(outUsed, used, outAll)
      + part(inAll - inUsed, all - used, inAll) + part(outAll - outUsed, all - used, outAll)
    let root = (2 * max(0, ratio)).squareRoot()
    return inUsed * outAll > outUsed * inAll ? root : -root
  }
}
