package import Throng
package import ThrongClustering

/// How base clusters are gathered into a tree.
package struct TreeOptions: Sendable, Equatable {
  /// Number of base clusters; nil plans it from the corpus and the gate.
  package var clusters: Int?
  /// Clusters of each level above the base, or what else ``levelRule`` says, growing; nil plans them.
  package var levels: [Int]?
  package var levelRule = LevelRule.counts
  package var linkage = Linkage.ward
  package var base = BaseMethod.kMeans
  /// Samples of half the users in which every cluster is looked for again; 0: none.
  package var stabilitySamples = 0
  /// How often k-means starts afresh; the best result is kept.
  package var restarts = 1
  package var kMeans = KMeansOptions()

  package init() {}

  static let restarts: Flag<TreeOptions> = .value(
    "restarts", "N", to: \.restarts, .whole(1...1000),
    "Start k-means N times and keep the tightest clusters.")

  static let flags: [Flag<TreeOptions>] =
    [
      .value(
        "clusters", "N|auto", to: \.clusters, ValueParser.whole(1 ... .max).orNil("auto"),
        "Number of base clusters; auto plans it from the corpus and the thresholds."),
      .value(
        "levels", "LIST|auto", to: \.levels, ValueParser.growing(1 ... .max).orNil("auto"),
        "Clusters on each level above the base, top first, such as 10,100."),
      .value(
        "levels-by", "RULE", to: \.levelRule, .anyCase,
        "What --levels counts: clusters on each level (counts), levels cut where the tree's heights leap (gaps, such as 3), or "
          + "conversations of a cluster at most (sizes, such as 500,5000)."),
      .value(
        "linkage", "NAME", to: \.linkage, .anyCase,
        "How clusters are gathered into a tree: \(oneOf(Linkage.allCases.map(\.rawValue)))."),
      .value("base", "METHOD", to: \.base, .anyCase, baseHelp),
      .value(
        "stability", "N", to: \.stabilitySamples, .whole(0...100),
        "Cluster N samples of half the users too, and say in the release how well each cluster is found again."
      ),
      restarts,
    ] + KMeansOptions.flags.within(\.kMeans)

  static let baseHelp =
    "How base clusters are made: by k-means, or by cutting a tree of all conversations, whose time grows with the "
    + "square of their number: \(oneOf(BaseMethod.allCases.map(\.rawValue)))."

  /// A tree of all conversations needs them as rows of a few numbers.
  static func conflict(base: BaseMethod, features: FeatureOptions) -> UsageFailure.Reason? {
    guard base == .tree, features.dimensions == nil else { return nil }
    return .conflict("--base tree compares conversations in few dimensions, and --dimensions is off")
  }

  /// Levels that the number of base clusters cannot hold.
  func conflict() -> UsageFailure.Reason? {
    if levelRule != .counts {
      guard let levels else { return .conflict("--levels-by \(levelRule.rawValue) needs --levels") }
      if levelRule == .gaps, levels.count > 1 {
        return .conflict("--levels-by gaps takes one number, of levels, and --levels gives \(levels.count)")
      }
      return nil
    }
    guard let clusters, let most = levels?.last, most > clusters else { return nil }
    return .conflict("--levels asks for \(most) clusters and --clusters for a base of \(clusters)")
  }
}
