package import Throng
package import ThrongCore

/// How many clusters are scored.
package enum EvaluatedClusters: Sendable, Equatable {
  /// As many as there are labels.
  case labels
  /// As many as the data speak for.
  case auto
  /// As many as a run would plan.
  case planned
  case exactly(Int)
}

/// What `throng evaluate` was asked for.
package struct EvaluateOptions: CommandOptions, Equatable {
  /// Paths; `-` is standard input. At least one.
  package var inputs: [String] = []
  /// The field that holds the true label.
  package var label = ""
  /// Records with one of these labels are left out.
  package var ignoredLabels: [String] = []
  package var clusters = EvaluatedClusters.labels
  package var input = InputOptions()
  package var features = FeatureOptions()
  /// How often k-means starts afresh; the best result is kept.
  package var restarts = 1
  package var base = BaseMethod.kMeans
  /// File for the tree over the clusters; its ending says in which format.
  package var dendrogram: String?
  package var kMeans = KMeansOptions()
  package var seed: UInt64 = 1
  /// Scores are JSON anyway.
  package var json = false
  package var dryRun = false
  package var process = ProcessOptions()

  package init() {}
}

/// `throng evaluate`.
package enum EvaluateCommand: Command {
  package static let syntax = CommandSyntax<EvaluateOptions>(
    name: "evaluate",
    summary: "Cluster a labelled log and score the clusters",
    usage: "INPUT… --label FIELD [FLAGS]",
    discussion: """
      Clusters a log whose true topics are known and prints one JSON object: normalised mutual information, \
      adjusted Rand index, accuracy under the best matching, V-measure, purity, seconds and memory. Releases \
      nothing.
      """,
    positional: Positional(
      "INPUT", count: 1 ... .max, to: \.inputs,
      "Log to read: JSON Lines or a JSON array, plain, gzip or zstd; - is standard input."),
    groups: [
      FlagGroup(
        "Labels",
        [
          .value(
            "label", "FIELD", to: \.label, .text("the name of a field"), "Field of the true label. Needed."),
          .list(
            "ignore-label", "VALUE", to: \.ignoredLabels, .text("a label"),
            "Leave out records with this label."),
        ]),
      FlagGroup(
        "Output",
        [
          .toggle(
            "json", sets: \.json, to: true,
            "Print what --dry-run says, and errors, as JSON, as the scores are."),
          .dryRun(\.dryRun),
        ]),
      FlagGroup("Input", InputOptions.flags.within(\.input)),
      FlagGroup("Features", FeatureOptions.flags.within(\.features)),
      FlagGroup(
        "Clusters",
        [
          .value(
            "clusters", "N|auto|labels|planned", to: \.clusters, clusters,
            "Number of clusters: as many as labels, as two halves of the log agree on best (auto), as a run would "
              + "plan, or N."),
          .value(
            "restarts", "N", to: \.restarts, .whole(1...1000),
            "Start k-means N times and keep the tightest clusters."),
          .value("base", "METHOD", to: \.base, .anyCase, TreeOptions.baseHelp),
          .value(
            "dendrogram", "FILE", to: \.dendrogram, dendrogramFile,
            "Write Ward's tree over the clusters: a linkage matrix of scipy (.npy) or Newick (.nwk). Not gated: keep it "
              + "private."),
        ] + KMeansOptions.flags.within(\.kMeans)),
      FlagGroup(
        "Run",
        [.value("seed", "N", to: \.seed, .seed, "Seed of every random choice.")]
          + ProcessOptions.flags.within(\.process)),
    ],
    examples: [
      Example("throng evaluate posts.jsonl.zst --label group", "Score with as many clusters as labels:"),
      Example("throng evaluate clinc150.jsonl.zst --label label --ignore-label oos", "Leave a label out:"),
      Example("throng evaluate posts.jsonl --label group --dimensions off --seed 2", "Compare settings:"),
    ],
    check: { options, given in
      given.contains("label")
        ? options.input.conflict() ?? TreeOptions.conflict(base: options.base, features: options.features)
        : .missingFlag("--label", placeholder: "FIELD")
    })

  private static let dendrogramFile = ValueParser<String?>(
    expected: "a file that ends in .npy or .nwk", hint: .file
  ) {
    text in
    text.hasSuffix(".npy") || text.hasSuffix(".nwk") ? .some(text) : nil
  } describe: { _ in
    nil
  }

  private static let clusters = ValueParser<EvaluatedClusters>(
    expected: "a whole number of at least 1, 'auto', 'labels' or 'planned'",
    hint: .choices(["auto", "labels", "planned"])
  ) { text in
    switch text {
    case "labels": .labels
    case "auto": .auto
    case "planned": .planned
    default: ValueParser.whole(1 ... .max).parse(text).map { .exactly($0) }
    }
  } describe: { value in
    switch value {
    case .labels: "labels"
    case .auto: "auto"
    case .planned: "planned"
    case .exactly(let count): "\(count)"
    }
  }

  package static func run(
    _ options: EvaluateOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    try engine.evaluate(options, in: context)
  }
}
