internal import Throng
internal import ThrongClustering
package import ThrongCore
internal import ThrongIngest
internal import ThrongPrivacy

extension PipelineEngine {
  /// `throng evaluate`: scores clusters against labels and prints numbers only.
  package func evaluate(_ options: EvaluateOptions, in context: CommandContext) throws -> ExitCode {
    var clock = StageClock()
    var settings = options.features.clusteringSettings(
      seed: options.seed, restarts: options.restarts, kMeans: options.kMeans)
    settings.base = options.base
    let workers = try context.workers(threads: options.process.threads)
    let reader = try ConversationReader(
      inputs: options.inputs,
      settings: options.input.readSettings(requiresUser: false, fields: [options.label]),
      cancellation: context.cancellation)
    context.console.note(reader.summary)
    if let path = options.dendrogram { try OutputFile.check(path, replacing: false) }
    if options.dryRun {
      var rehearsal = Rehearsal("evaluate")
      rehearsal.read(reader)
      if let path = options.dendrogram {
        try rehearsal.write(file: path, what: "tree over the clusters", replacing: false)
      }
      try rehearsal.tell(json: options.json, on: context.console)
      return .done
    }
    // Nothing leaves but scores, so a constant secret does, and the same corpus scores the same anywhere.
    var preparation = CorpusPreparation(
      roles: options.features.roles, text: settings.text,
      secret: Secret(bytes: Array("throng evaluate, public key".utf8))!)
    preparation.unitIsConversation = !reader.detection.hasUsers
    preparation.readsLabels = true
    preparation.ignoredLabels = Set(options.ignoredLabels)
    let corpus = try preparation.prepare(reader, workers: workers, progress: context.console, clock: &clock)
    context.console.endProgress()
    context.console.note(corpus.summary(countsUsers: !preparation.unitIsConversation))
    guard corpus.count > 0 else { throw EngineFailure.nothingLeft(screenedOut: corpus.screenedOut) }
    var policy = Policy.internal
    policy.unit = preparation.unitIsConversation ? .conversation : .user
    let shaping = try clock.time("vectorise") {
      try ShapingRecords(of: corpus, rule: CountingRule(policy: policy), workers: workers)
    }
    let clusters =
      switch options.clusters {
      case .labels: corpus.labelCount
      case .exactly(let count): count
      case .auto: 1
      case .planned:
        ClusterPlan(
          conversations: shaping.records.count, counted: shaping.records.count,
          minimumConversations: policy.minimumConversations, minimumUsers: policy.minimumUsers
        ).baseClusters
      }
    let clustering = try Clustering(
      corpus: corpus, shaping: shaping, clusters: clusters, counted: options.clusters == .auto,
      settings: settings,
      workers: workers, progress: context.console, clock: &clock)
    context.console.endProgress()
    try write(options.dendrogram, of: clustering, workers: workers, console: context.console)
    let evaluation = Evaluation(
      of: clustering.assignments, clusters: clustering.clusters, in: corpus, clock: clock)
    try context.console.print(JSONText.encode(evaluation))
    return .done
  }

  /// Writes the tree over the clusters, which no gate has looked at, for its owner only.
  private func write(
    _ path: String?, of clustering: Clustering, workers: Workers, console: Console
  ) throws {
    guard let path else { return }
    let tree = try clustering.treeOfClusters(workers: workers)
    var file = try OutputFile(path, replacing: false)
    try file.write((path.hasSuffix(".npy") ? tree.linkageMatrix() : tree.newick())[...])
    try file.commit()
    console.note("\(path) holds sizes of clusters that no gate has looked at: keep it private")
  }
}
