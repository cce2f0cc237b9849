/// What an outsider knows of the counts behind a bundle: unknowns between bounds, and sums that tie them together.
///
/// Unknowns are whole numbers. Rows are kept in compressed form.
package struct CellSystem: Sendable {
  /// A cell that nobody printed.
  struct Target: Sendable {
    enum Kind: String, Sendable, CaseIterable {
      /// What is left of a cluster after its published children.
      case remainder
      /// A value of a facet in a cluster.
      case facetValue = "facet_value"
      /// All values of a facet in a cluster that are not printed there, together.
      case facetRest = "facet_rest"
      /// A value in what is left of a cluster after its children.
      case facetRemainder = "facet_remainder"
      /// A pair of values of two facets in a cluster.
      case cross
      /// All pairs with one value that are not printed, together.
      case crossRest = "cross_rest"
    }

    let kind: Kind
    /// The cluster, as an index.
    let cluster: Int
    /// Unknowns of its conversations and of its users.
    let conversations: Int
    let users: Int
    let minimumConversations: Int
    let minimumUsers: Int
  }

  package init() {}

  /// What is sure of an unknown; upper may be infinite.
  package private(set) var lower: [Double] = []
  package private(set) var upper: [Double] = []
  var targets: [Target] = []
  /// m: most conversations of one user.
  var maximumPerUser = 1

  private(set) var starts = [0]
  private(set) var columns: [Int32] = []
  private(set) var factors: [Double] = []
  private(set) var rowLower: [Double] = []
  private(set) var rowUpper: [Double] = []
  /// For each row the cluster whose family it belongs to: a cluster, its remainder and its children.
  private(set) var family: [Int32] = []

  var unknownCount: Int { lower.count }
  var rowCount: Int { rowLower.count }

  /// A new unknown in `range`.
  package mutating func unknown(_ range: ClosedRange<Double> = 0...Double.infinity) -> Int {
    lower.append(range.lowerBound)
    upper.append(range.upperBound)
    return lower.count - 1
  }

  /// States that a weighted sum of unknowns lies in `range`.
  mutating func state(
    _ terms: [(unknown: Int, factor: Double)], in range: ClosedRange<Double>, family cluster: Int
  ) {
    for term in terms {
      columns.append(Int32(term.unknown))
      factors.append(term.factor)
    }
    starts.append(columns.count)
    rowLower.append(range.lowerBound)
    rowUpper.append(range.upperBound)
    family.append(Int32(cluster))
  }

  /// States that `whole` is the sum of `parts`.
  package mutating func state(_ whole: Int, isSumOf parts: [Int], family cluster: Int) {
    state([(whole, -1)] + parts.map { ($0, 1) }, in: 0...0, family: cluster)
  }

  /// States that `small` is at most `factor` times `large`.
  mutating func state(_ small: Int, isAtMost factor: Double = 1, times large: Int, family cluster: Int) {
    state([(large, factor), (small, -1)], in: 0...Double.infinity, family: cluster)
  }

  /// Draws every bound in as far as single rows allow, over and over.
  ///
  /// Exact where rows form a tree (each subtree speaks with the rest through one unknown); else the true bounds lie
  /// within. Whole numbers only.
  ///
  /// - Returns: false where the statements contradict each other.
  ///
  /// O(rounds · entries), at most ``maximumRounds`` rounds.
  package mutating func propagate() -> Bool {
    for _ in 0..<Self.maximumRounds {
      var isChanged = false
      for row in 0..<rowCount {
        guard propagate(row: row, &isChanged) else { return false }
      }
      if !isChanged { return true }
    }
    return true
  }

  private static let maximumRounds = 60
  private static let epsilon = 1e-7

  private mutating func propagate(row: Int, _ isChanged: inout Bool) -> Bool {
    let entries = starts[row]..<starts[row + 1]
    // Sums of what the terms are at least and at most, with infinite ones counted apart.
    var (low, high, lowInfinite, highInfinite) = (0.0, 0.0, 0, 0)
    for entry in entries {
      let (least, most) = span(entry)
      if least == -.infinity { lowInfinite += 1 } else { low += least }
      if most == .infinity { highInfinite += 1 } else { high += most }
    }
    for entry in entries {
      let (column, factor) = (Int(columns[entry]), factors[entry])
      let (least, most) = span(entry)
      let othersLow =
        lowInfinite == 0 ? low - least : lowInfinite == 1 && least == -.infinity ? low : -.infinity
      let othersHigh =
        highInfinite == 0 ? high - most : highInfinite == 1 && most == .infinity ? high : .infinity
      // factor · x lies in [rowLower − othersHigh, rowUpper − othersLow].
      var (from, to) = (rowLower[row] - othersHigh, rowUpper[row] - othersLow)
      if factor < 0 { (from, to) = (to, from) }
      let (newLower, newUpper) = (
        (from / factor - Self.epsilon).rounded(.up), (to / factor + Self.epsilon).rounded(.down)
      )
      if newLower > lower[column] {
        lower[column] = newLower
        isChanged = true
      }
      if newUpper < upper[column] {
        upper[column] = newUpper
        isChanged = true
      }
      if lower[column] > upper[column] { return false }
      // Sums below use the bounds as they were, which is only weaker; the next round sees the new ones.
    }
    return true
  }

  /// What an entry's term is at least and at most.
  private func span(_ entry: Int) -> (Double, Double) {
    let (column, factor) = (Int(columns[entry]), factors[entry])
    let (a, b) = (factor * lower[column], factor * upper[column])
    return factor < 0 ? (b, a) : (a, b)
  }

  /// Takes back that an unknown is above 0.
  mutating func forget(_ unknown: Int) { lower[unknown] = 0 }

  /// Takes over better bounds.
  mutating func tighten(_ unknown: Int, to range: ClosedRange<Double>) {
    lower[unknown] = max(lower[unknown], range.lowerBound)
    upper[unknown] = min(upper[unknown], range.upperBound)
  }
}
