import Foundation

/// R7: may a sensitive facet be shown in a cluster at all?
///
/// **Why.** Where nearly all of a cluster have one value, to know that somebody is in it is to know the value, however
/// large the cluster (homogeneity). And where the cluster differs from the whole, it tells of its members what the
/// whole does not (skewness; Li, Li and Venkatasubramanian 2007, doi:10.1109/ICDE.2007.367856).
///
/// A row passes with at least two shown values, an entropy ℓ-diversity exp(H) ≥ ℓ (Machanavajjhala et al. 2007,
/// doi:10.1145/1217299.1217302), where all that is not shown counts as one value more; and t-closeness to the
/// distribution of all conversations: ½Σ|p − q| ≤ t, for ordered values Σ|cumulated p − cumulated q| / (values − 1) ≤ t.
/// Both are asked of the exact counts and of the shown ones, so that a reader who checks finds them kept.
///
/// In the other direction, a cell fails where nearly all who have its value are in its cluster: to know that somebody
/// has it would be to know what they talk about.
///
/// Nor may it follow from what is shown that all of a cluster, or none of it, have a value: see
/// `FacetSuppression`, which protects both kinds of cells like those that are too small.
///
/// What it does not protect against: what is true of all conversations is shown of all conversations.
extension FacetSuppression {
  func isDiverse(row: Int) -> Bool {
    let shownColumns = shownColumns(of: row)
    guard shownColumns.count >= 2 else { return false }
    let policy = rules.policy
    let exact = shownColumns.map { Double(table.conversations[table.index(row, $0)]) }
    let shownCounts = shownColumns.map { Double(shown(table.index(row, $0))) }
    let total = Double(layout.whole[row].count)
    let shownTotal = max(Double(shownRows[row]), shownCounts.reduce(0, +))
    guard diversity(exact, of: total) >= policy.lDiversity - 1e-9,
      diversity(shownCounts, of: shownTotal) >= policy.lDiversity - 1e-9
    else { return false }
    if row == 0 { return true }

    guard distanceToRoot(of: row) <= policy.tCloseness + 1e-9 else { return false }

    let shownOrder = inOrder(shownColumns)
    let rootTotal = max(
      Double(shownRows[0]), (0..<table.rest).reduce(0.0) { $0 + Double(shown($1)) })
    var shownP = shownOrder.map { Double(shown(table.index(row, $0))) / shownTotal }
    var shownQ = shownOrder.map { Double(shown($0)) / rootTotal }
    shownP.append(1 - shownP.reduce(0, +))
    shownQ.append(1 - shownQ.reduce(0, +))
    return distance(shownP, shownQ) <= policy.tCloseness + 1e-9
  }

  /// Whether fewer than k conversations of the value lie outside the cluster. Not asked of more than half of all: that is where
  /// anybody's are.
  func givesAway(row: Int, column: Int) -> Bool {
    2 * layout.whole[row].count < layout.whole[0].count
      && Int(table.conversations[column] - table.conversations[table.index(row, column)])
        < rules.minimumConversations
  }

  /// How far the exact distribution of a node is from that of all conversations.
  func distanceToRoot(of node: Int) -> Double {
    let order = inOrder(Array(0..<table.rest)) + [table.rest]
    let (total, all) = (Double(layout.whole[node].count), Double(layout.whole[0].count))
    return distance(
      order.map { Double(table.conversations[table.index(node, $0)]) / total },
      order.map { Double(table.conversations[$0]) / all })
  }

  /// Columns in ascending order of their values.
  private func inOrder(_ columns: [Int]) -> [Int] { columns.sorted { table.values[$0] < table.values[$1] } }

  /// exp(H), with what is missing from `total` as one value more.
  private func diversity(_ counts: [Double], of total: Double) -> Double {
    Distribution.diversity((counts + [max(0, total - counts.reduce(0, +))]).map { $0 / total })
  }

  private func distance(_ p: [Double], _ q: [Double]) -> Double {
    Distribution.distance(p, q, isOrdered: facet.isOrdered)
  }
}

/// What R7 measures, of shares that add up to 1.
enum Distribution {
  /// exp(H).
  static func diversity(_ shares: [Double]) -> Double {
    exp(shares.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 })
  }

  /// ½Σ|p − q|; of ordered values Σ|cumulated p − cumulated q| / (values − 1).
  static func distance(_ p: [Double], _ q: [Double], isOrdered: Bool) -> Double {
    if !isOrdered { return zip(p, q).reduce(0.0) { $0 + abs($1.0 - $1.1) } / 2 }
    var (cumulated, sum) = (0.0, 0.0)
    for (p, q) in zip(p, q) {
      cumulated += p - q
      sum += abs(cumulated)
    }
    return sum / Double(max(1, p.count - 1))
  }
}
