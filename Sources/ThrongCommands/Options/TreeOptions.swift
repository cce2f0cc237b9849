package import ThrongClustering

/// How base clusters are gathered into a tree.
package struct TreeOptions: Sendable, Equatable {
  /// Number of base clusters; nil plans it from the corpus and the gate.
  package var clusters: Int?
  /// Clusters of each level above the base, growing; nil plans them.
  package var levels: [Int]?
  package var linkage = Linkage.ward
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
        "linkage", "NAME", to: \.linkage, .anyCase,
        "How clusters are gathered into a tree: \(oneOf(Linkage.allCases.map(\.rawValue)))."),
      restarts,
    ] + KMeansOptions.flags.within(\.kMeans)

  /// Levels that the number of base clusters cannot hold.
  func conflict() -> UsageFailure.Reason? {
    guard let clusters, let most = levels?.last, most > clusters else { return nil }
    return .conflict("--levels asks for \(most) clusters and --clusters for a base of \(clusters)")
  }
}
