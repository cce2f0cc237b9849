internal import Throng
package import ThrongCore
internal import ThrongIngest
internal import ThrongPrivacy

extension PipelineEngine {
  /// `throng evaluate`: scores clusters against labels and prints numbers only.
  package func evaluate(_ options: EvaluateOptions, in context: CommandContext) throws -> ExitCode {
    var clock = StageClock()
    let settings = options.features.clusteringSettings(
      seed: options.seed, restarts: options.restarts, kMeans: options.kMeans)
    let workers = context.workers(threads: options.process.threads)
    let reader = try ConversationReader(
      inputs: options.inputs,
      settings: options.input.readSettings(requiresUser: false, fields: [options.label]),
      cancellation: context.cancellation)
    context.console.note(reader.summary)
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
    let clusters =
      switch options.clusters {
      case .labels: corpus.labelCount
      case .exactly(let count): count
      case .auto:
        ClusterPlan(
          conversations: corpus.count,
          counted: corpus.counted(maximumPerUser: Policy.internal.maximumPerUser),
          minimumConversations: Policy.internal.minimumConversations,
          minimumUsers: Policy.internal.minimumUsers
        ).baseClusters
      }
    let clustering = try Clustering(
      corpus: corpus, clusters: clusters, settings: settings, workers: workers, progress: context.console,
      clock: &clock)
    context.console.endProgress()
    let evaluation = Evaluation(
      of: clustering.assignments, clusters: clusters, in: corpus, clock: clock)
    try context.console.print(JSONText.encode(evaluation))
    return .done
  }
}
