internal import Foundation

/// How many clusters each level of the tree has, top level first, base clusters last.
///
/// The numbers come from the size of the corpus and from the gate's thresholds, never from the text, so
/// that they can be said before a run starts.
package struct ClusterPlan: Sendable, Equatable {
  /// Strictly growing counts, at least one entry; the last is the number of base clusters.
  package let levels: [Int]

  package var baseClusters: Int { levels[levels.count - 1] }

  /// Numbers of base clusters that would do as well, where the data speak for one of them; nil where the number
  /// was asked for.
  package let baseChoices: ClosedRange<Int>?

  /// Plans the levels.
  ///
  /// Base clusters hold about 100 conversations each, or twice the gate's minimum where that is more: a cluster
  /// of exactly the minimum is withheld by the next random split. Past 160,000 conversations their number
  /// grows with the square root of the corpus (4·√n), because nobody reads 40,000 topics. Levels are
  /// geometric with a ratio of about four between a top level of 1.8·√base (at most 20) and the base. With fewer at
  /// the top, what is left over by the distinct topics gathers in one cluster that says nothing.
  ///
  /// - Parameters:
  ///   - conversations: conversations to be clustered.
  ///   - counted: conversations that count at the gate, at most m for each user.
  ///   - minimumConversations: the gate's least conversations for each cluster.
  ///   - minimumUsers: the gate's least users for each cluster.
  ///   - clusters: number of base clusters asked for, or nil.
  ///   - levels: counts for each level asked for, or nil.
  package init(
    conversations: Int, counted: Int, minimumConversations: Int, minimumUsers: Int, clusters: Int? = nil,
    levels: [Int]? = nil
  ) {
    let base: Int
    var most: Int?
    if let clusters {
      base = clusters
    } else if let last = levels?.max() {
      base = last
    } else {
      let least = max(minimumConversations, minimumUsers)
      let bySize = Double(counted) / Double(max(100, 2 * least))
      let byEye = 4 * Double(conversations).squareRoot()
      base = Int(min(bySize, byEye).rounded())
      most = counted / least
    }
    let feasible = max(1, min(base, conversations))
    if let levels {
      self.levels = Array(Set(levels.filter { $0 >= 1 && $0 < feasible } + [feasible])).sorted()
    } else {
      self.levels = Self.geometric(base: feasible)
    }
    baseChoices = most.flatMap { most in
      let upper = min(most, conversations, feasible * 3 / 2)
      return feasible > 3 && upper > feasible ? feasible * 3 / 4...upper : nil
    }
  }

  /// The same plan for a number of base clusters within ``baseChoices``.
  package func levels(base: Int) -> [Int] { base == baseClusters ? levels : Self.geometric(base: base) }

  private static func geometric(base: Int) -> [Int] {
    let top = min(20, Int((1.8 * Double(base).squareRoot()).rounded()))
    guard base > 3, top >= 2 else { return [base] }
    let steps = max(1, Int((log(Double(base) / Double(top)) / log(4)).rounded()))
    let counts = (0...steps).map { step in
      Int((Double(top) * pow(Double(base) / Double(top), Double(step) / Double(steps))).rounded())
    }
    return Array(Set(counts)).sorted()
  }
}
