package import ThrongClustering

/// How k-means begins, and which rows its rounds look at.
package struct KMeansOptions: Sendable, Equatable {
  package var start = KMeans.Initialization.wardOfMicroclusters(factor: 3)
  package var algorithm = KMeans.Algorithm.lloyd

  package init() {}

  static let flags: [Flag<KMeansOptions>] = [
    .value(
      "start", "NAME", to: \.start, .choice(starts),
      "First centroids: joined micro-clusters (ward), greedy k-means++ (plusplus), k-means|| (parallel), "
        + "AFK-MC2 (chain) or random rows (random)."),
    .value(
      "algorithm", "NAME", to: \.algorithm, .choice(algorithms),
      "Rounds over all conversations (lloyd), over batches that grow to all of them (nested), or over a sample, "
        + "to which the rest is assigned (sample): the last two are for very large logs."),
  ]

  private static let starts: [(name: String, value: KMeans.Initialization)] = [
    ("ward", .wardOfMicroclusters(factor: 3)), ("plusplus", .kMeansPlusPlus),
    ("parallel", .kMeansParallel(oversampling: 2, rounds: 5)), ("chain", .markovChain(length: 200)),
    ("random", .randomRows),
  ]
  private static let algorithms: [(name: String, value: KMeans.Algorithm)] = [
    ("lloyd", .lloyd), ("nested", .nestedMiniBatch(rowsPerCluster: 16)),
    ("sample", .sampleThenAssign(rowsPerCluster: 256)),
  ]
}
