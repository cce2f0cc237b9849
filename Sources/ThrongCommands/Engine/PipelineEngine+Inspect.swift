internal import Throng
package import ThrongCore
internal import ThrongIngest
internal import ThrongPrivacy

extension PipelineEngine {
  /// `throng inspect`: what a log holds, what a run would need and would likely release.
  package func inspect(_ options: InspectOptions, in context: CommandContext) throws -> ExitCode {
    let policy = try options.gate.thresholds.validated()
    let workers = try context.workers(threads: options.process.threads)
    let reader = try ConversationReader(
      inputs: options.inputs, settings: options.input.readSettings(requiresUser: false),
      cancellation: context.cancellation)
    let begun = ContinuousClock.now
    let log = try LogInspection(
      of: reader, countsUsers: policy.unit == .user, maximumPerUser: policy.maximumPerUser,
      facetUsers: policy.minimumFacetUsers,
      workers: workers, progress: context.console)
    var outlook: ReleaseOutlook?
    if reader.isRepeatable, policy.unit == .conversation || reader.detection.hasUsers {
      outlook = try ReleaseOutlook(
        of: reader, total: log.conversations, reading: StageClock.seconds(ContinuousClock.now - begun),
        policy: policy, roles: [.human], workers: workers, progress: context.console)
    }
    context.console.endProgress()
    let report = InspectReport(reader: reader, log: log, policy: policy, estimate: outlook)
    if options.json {
      try context.console.print(JSONText.encode(report))
    } else {
      for line in report.lines(reader: reader) { try context.console.print(line) }
    }
    return .done
  }
}
