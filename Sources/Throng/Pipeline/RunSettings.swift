package import ThrongClustering
package import ThrongIngest
package import ThrongText

/// What shapes the clusters: everything between the log and the gate.
package struct ClusteringSettings: Sendable {
  /// Whose messages count. The assistant's side says what the product answers, not what people ask.
  package var roles: Set<Role> = [.human]
  package var text = TextSettings()
  /// Columns used by fewer distinct users than this are removed; nil chooses by the size of the corpus.
  package var minimumColumnUsers: Int?
  /// Dimensions kept by the truncated SVD; nil clusters on the sparse rows' full column space instead.
  package var dimensions: Int? = 128
  /// Number of base clusters; nil plans it from the corpus and the gate.
  package var clusters: Int?
  /// Clusters for each level, or what else ``levelRule`` says; nil plans them.
  package var levels: [Int]?
  package var levelRule = LevelRule.counts
  package var linkage: Linkage = .ward
  package var base = BaseMethod.kMeans
  package var restarts = 1
  /// How the clusters of k-means are refined by their words; nil leaves them as they are.
  package var mixture: TermMixture.Parameters? = .init()
  package var start = KMeans.Initialization.wardOfMicroclusters(factor: 3)
  package var algorithm = KMeans.Algorithm.lloyd
  package var seed: UInt64 = 1

  package init() {}

  /// For keys of stages: roles are part of the corpus, and in an order of their own in every process.
  var withoutRoles: ClusteringSettings {
    var settings = self
    settings.roles = []
    return settings
  }

  /// What base clusters of k-means depend on: nothing of the tree above them.
  var ofClusters: String {
    var settings = withoutRoles
    (settings.levels, settings.levelRule, settings.linkage) = (nil, .counts, .ward)
    return "\(settings)"
  }
}
