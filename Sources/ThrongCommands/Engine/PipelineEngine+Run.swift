internal import Foundation
internal import Throng
package import ThrongCore
internal import ThrongFacets
internal import ThrongIngest
internal import ThrongLinearAlgebra
internal import ThrongPostgreSQL
internal import ThrongPrivacy
internal import ThrongRelease
internal import ThrongText
internal import ThrongWorkspace

extension PipelineEngine {
  /// `throng run`: everything that can fail cheaply is looked at before the long part starts.
  package func run(_ options: RunOptions, in context: CommandContext) throws -> ExitCode {
    try carryOut(options, study: nil, in: context)
  }

  /// A run with or without a study.
  ///
  /// - Parameter whole: where this is the whole of a study, or a segment of it, what they have in common.
  func carryOut(
    _ options: RunOptions, study: StudyPlan?, whole: WholeStudy? = nil, in context: CommandContext
  ) throws -> ExitCode {
    let console = context.console
    var clock = StageClock()
    let policy = try options.gate.thresholds.validated()
    var facetOptions = options.facets
    // Each facet takes its part of the budget, so that only those count that somebody asked for.
    if policy.differential != nil { facetOptions.addsStandard = false }
    let facets = try study?.facets ?? facetOptions.plan()
    var settings = options.features.clusteringSettings(
      seed: options.seed, restarts: options.tree.restarts, kMeans: options.tree.kMeans)
    settings.clusters = options.tree.clusters
    settings.levels = options.tree.levels
    settings.levelRule = options.tree.levelRule
    settings.linkage = options.tree.linkage
    settings.base = options.tree.base
    let writer = options.output.map {
      BundleWriter(directory: $0, force: options.force, resumes: options.resumes)
    }
    try writer?.check()
    let sinks = try options.destinations.map { address throws(PostgreSQLFailure) in
      try PostgreSQLSink(address: address)
    }
    let workers = try context.workers(threads: options.process.threads)
    let countsUsers = policy.unit == .user
    let log = try ConversationReader(
      inputs: options.inputs, settings: options.input.readSettings(requiresUser: countsUsers),
      cancellation: context.cancellation
    ).keeping(fields: facets.fields)
    let limit = MemoryLimit(asked: options.memory)
    let memory = MemoryPlan(
      limit: limit.bytes, textBytes: log.textBytes, threads: workers.threads, dimensions: settings.dimensions,
      clusters: settings.clusters ?? settings.levels?.max(), fitsAll: settings.base == .tree)
    let reader = log.reading(inBlocksOf: memory.blockBytes, holding: memory.heldBytes)
    announce(reader, memory: memory, policy: policy, on: console)
    try limit.admit(memory, on: console)
    console.detail(
      "throng \(Version.current) on \(Quantity.count(workers.threads, "thread")), seed \(options.seed), policy "
        + "\(policy.name), threshold gap \(policy.thresholdGap)",
      ["threads": .count(workers.threads), "threshold_gap": .count(policy.thresholdGap)])
    expect(facets, in: reader, on: console)
    // Where no record can be read at all, reading says what is wrong with them.
    if countsUsers, reader.detection.readable > 0, !reader.detection.hasUsers {
      throw EngineFailure.noUsers(
        fields: reader.detection.userFields, format: reader.detection.format,
        records: reader.detection.readable)
    }
    if !countsUsers, reader.detection.hasUsers {
      console.warn(
        "the input names users, but --unit conversation takes each conversation for a person of its own, so one "
          + "user's conversations can make up a topic or a term; leave the flag out to count users")
    }
    if options.dryRun { return try rehearse(options, reader: reader, memory: memory, in: context) }

    for sink in sinks { try sink.check() }
    let secret = try context.secret(file: options.secretFile)
    let ledger = try openLedger(options, secret: secret)
    let workspace = Workspace(path: options.work, besides: options.output!)
    let session = try WorkSession(workspace, options: options, secret: secret, console: console)
    let guardian = limit.guardian(context.cancellation)
    defer { guardian?.stop() }
    var preparation = CorpusPreparation(
      roles: options.features.roles, text: settings.text,
      secret: secret)
    preparation.unitIsConversation = !countsUsers
    preparation.facets = facets
    preparation.study = study
    preparation.candidates = whole?.kept
    preparation.spill = SpillPlan(folder: workspace.path, heldBytes: memory.featureBytes)
    preparation.minimumTermUsers = policy.effectiveMinimumTermUsers
    let made = try session.carryOut {
      var (corpus, stage) = try prepare(
        reader, with: preparation, facets: facetOptions, whole: whole, session: session, workers: workers,
        console: console, clock: &clock)
      try check(corpus.facets, detection: reader.detection, on: console)
      console.detail(
        "\(Quantity.count(corpus.features.termCount, "feature")) of \(Quantity.count(corpus.count, "conversation")), "
          + "\(Quantity.count(facets.requests.count, "facet"))"
          + (corpus.features.isSpilled ? "; features are read from the private folder" : ""),
        [
          "features": .count(corpus.features.termCount), "conversations": .count(corpus.count),
          "facets": .count(facets.requests.count),
        ])

      var pipeline = ReleasePipeline(settings: settings, policy: policy)
      pipeline.secret = preparation.secret
      pipeline.memory = memory
      pipeline.study = study
      if let study { try queue(corpus, study: study, reader: reader, workspace: workspace, in: context) }
      if let counted = whole?.counted {
        corpus.restrict(to: counted.keys)
        stage = stage.then("counted", counted.digest)
      }
      try pipeline.admit(corpus)
      if let clusters = settings.clusters, clusters > corpus.count {
        console.warn(
          "--clusters asks for \(Quantity.count(clusters)) base clusters of "
            + "\(Quantity.count(corpus.count, "conversation")); each conversation starts as one")
      }
      var model = try pipeline.model(
        of: corpus, after: stage, workers: workers, progress: console, clock: &clock)
      console.detail(
        "\(Quantity.count(model.tree.nodeOfBaseCluster.count, "base cluster")) in a tree of "
          + Quantity.count(model.tree.nodes.count, "node"),
        [
          "base_clusters": .count(model.tree.nodeOfBaseCluster.count),
          "nodes": .count(model.tree.nodes.count),
        ])
      if options.tree.stabilitySamples > 0 {
        model.stability = try pipeline.stability(
          of: model, in: corpus, after: stage, samples: options.tree.stabilitySamples, workers: workers,
          progress: console, clock: &clock)
      }
      if let whole, whole.counted == nil {
        whole.counted = .init(pipeline.counted(model, of: corpus))
        if let trace = corpus.trace, study?.study.steps.isEmpty == false { whole.kept = Set(trace.kept) }
      }
      let facts = RunFacts(
        version: Version.current, format: reader.detection.format, seed: options.seed,
        clusters: options.tree.clusters, levels: options.tree.levels,
        levelsBy: options.tree.levelRule.rawValue, dimensions: settings.dimensions ?? 0,
        columns: 1 << settings.text.columnBits, maximumBadShare: options.input.maximumBadShare,
        sourceDateEpoch: context.environment["SOURCE_DATE_EPOCH"].flatMap { Int64($0) })
      let admission = ledger.map {
        LedgerSession(
          ledger: $0, days: corpus.days, time: Int64(Date().timeIntervalSince1970),
          epsilon: policy.differential?.epsilon ?? 0, delta: policy.differential?.delta ?? 0,
          epsilonLimit: options.gate.epsilonTotalMillionths.map { Double($0) / 1e6 })
      }
      let made = try pipeline.releaseWithAccount(
        model, of: corpus, facts: facts, workers: workers, progress: console, clock: &clock, ledger: admission
      )
      try clock.time("write") {
        console.report(stage: "write", done: 0, total: nil)
        try writer!.write(made.release, workers: workers)
        try admission?.complete(made.release)
      }
      return (made.release, made.account, nodes: model.tree.nodes.count)
    }
    let (release, account, nodes) = made
    console.endProgress()
    console.detail(
      "\(Quantity.count(release.clusters.count)) of \(Quantity.count(nodes, "node")) released; seconds: "
        + clock.seconds.map { "\($0.stage) \(Quantity.duration($0.seconds))" }.joined(separator: ", "),
      ["clusters": .count(release.clusters.count), "seconds": .number(clock.total)])
    say(account, on: console)
    try send(release, to: sinks, bundle: options.output!, in: context)
    try summarise(release, options: options, clock: clock, console: console)
    return .done
  }

  /// Reads the log, unless an earlier run has; whatever was set aside is listed in the workspace, also when there was too much
  /// of it.
  private func prepare(
    _ reader: ConversationReader, with preparation: CorpusPreparation, facets: FacetOptions,
    whole: WholeStudy?, session: WorkSession, workers: Workers, console: Console, clock: inout StageClock
  ) throws -> (PreparedCorpus, Stage) {
    let workspace = session.workspace
    let identity = preparation.study?.identity ?? facets.identity
    func stage(_ digests: [[UInt8]]) -> Stage {
      session.stages.stage("corpus", parts: preparation.parts(reader, digests: digests) + identity)
    }
    func setAside(_ report: ReadReport) throws {
      console.endProgress()
      let name = "quarantine.json"
      guard report.quarantined > 0 else { return workspace.remove(name) }
      let path = try workspace.write(try QuarantineReport(report, of: reader).json(), to: name)
      for input in reader.brokenOff(in: report) {
        console.warn(
          "\(input) is cut short or damaged: what came before was read, what followed is missing; "
            + "get a whole copy if you can")
      }
      console.warn(
        "\(Quantity.count(report.quarantined)) of \(Quantity.count(report.read, "record")) set aside: "
          + "\(report.counts.summary); see \(path) for their positions")
    }
    func earlier() throws -> PreparedCorpus? {
      guard session.stages.resumes("corpus"),
        let digests = try reader.digests(cancellation: workers.cancellation, progress: console)
      else { return nil }
      let corpus = try stage(digests).load(workers: workers) {
        try PreparedCorpus(facets: preparation.facets, spill: preparation.spill, from: &$0)
      }
      if corpus == nil {
        console.note(
          "the log, or a setting that decides what is kept of it, is not what it was: it is read again")
      }
      return corpus
    }
    let corpus: PreparedCorpus
    do {
      if let known = try clock.time("read", earlier) {
        corpus = known
      } else {
        corpus = try preparation.prepare(reader, workers: workers, progress: console, clock: &clock)
        stage(corpus.report.digests).save { corpus.store(into: &$0) }
      }
    } catch IngestFailure.tooManyFaults(let report, let share) {
      try setAside(report)
      throw IngestFailure.tooManyFaults(report, maximumShare: share)
    } catch IngestFailure.nothingKept(let report) {
      try whole?.compare(report, of: reader.inputs)
      try setAside(report)
      throw IngestFailure.nothingKept(report)
    }
    try whole?.compare(corpus.report, of: reader.inputs)
    try setAside(corpus.report)
    console.note(corpus.summary(countsUsers: !preparation.unitIsConversation))
    guard corpus.count > 0 else { throw EngineFailure.nothingLeft(screenedOut: corpus.screenedOut) }
    return (corpus, stage(corpus.report.digests))
  }

  /// Says what was detected and what the run will need.
  private func announce(
    _ reader: ConversationReader, memory: MemoryPlan, policy: Policy, on console: Console
  ) {
    let provider = BLASProvider.current
    console.note(reader.summary)
    if let need = memory.need {
      console.note("needs about \(Quantity.bytes(Double(need))) of memory; BLAS is \(provider.name)")
    } else {
      console.note("reads a stream of unknown size; BLAS is \(provider.name)")
    }
    if provider.isReference {
      console.warn(
        "the BLAS found is the reference one, which is 50 times slower; install libopenblas0-pthread")
    }
    if let budget = policy.differential {
      console.note(
        "releases noised counts with epsilon \(budget.epsilon) and delta \(budget.delta); the noise is drawn anew in every "
          + "run, and each bundle that is published spends as much again")
      return
    }
    let (users, conversations) = (policy.minimumUsers, policy.minimumConversations)
    console.note(
      "releases clusters of at least "
        + (policy.unit == .user
          ? "\(Quantity.count(users)) users and \(Quantity.count(conversations)) conversations"
          : "\(Quantity.count(max(users, conversations))) conversations"))
  }

  /// Sends what is written already; a server that is gone by now costs no release.
  private func send(
    _ release: Release, to sinks: [PostgreSQLSink], bundle: String, in context: CommandContext
  ) throws {
    for sink in sinks {
      do {
        let rows = try sink.send(BundleTable.all(of: release), cancellation: context.cancellation)
        context.console.note(
          rows > 0
            ? "sent \(Quantity.count(rows, "row")) to PostgreSQL" : "PostgreSQL had this release already")
      } catch {
        throw PostgreSQLFailure.notSent(bundle: bundle, error)
      }
    }
  }

  private func summarise(
    _ release: Release, options: RunOptions, clock: StageClock, console: Console
  ) throws {
    let bundle = options.output!
    if release.clusters.count == 1, options.tree.clusters != 1 {
      console.warn(
        "no topic is shared by enough users, so only the total is released; more input, or lower thresholds "
          + "if the readers may see them, would show more")
    }
    do {
      if options.json {
        let summary = RunSummary(release: release, bundle: bundle, clock: clock)
        return try console.print(JSONText.encode(summary))
      }
      try console.print(TreeText.render(release))
      try console.print("Bundle: \(bundle)")
      try console.print("Explorer: \(bundle)/\(Explorer.file)")
    } catch CommandFailure.outputFailed(let error) {
      console.warn("the bundle \(bundle) is complete; only what would be printed is lost")
      throw CommandFailure.outputFailed(error)
    }
    console.note("done in \(Quantity.duration(clock.total))")
  }
}

/// What `throng run --json` prints.
private struct RunSummary: Encodable {
  let releaseID: String
  let bundle: String
  let explorer: String
  let clusters: Int
  let accounts: Release.Accounts
  let blas: String
  let seconds: [String: Double]
  let peakRSSBytes: Int

  enum CodingKeys: String, CodingKey {
    case releaseID = "release_id"
    case bundle, explorer, clusters, accounts, blas, seconds
    case peakRSSBytes = "peak_rss_bytes"
  }

  init(release: Release, bundle: String, clock: StageClock) {
    releaseID = release.id
    self.bundle = bundle
    explorer = "\(bundle)/\(Explorer.file)"
    clusters = release.clusters.count
    accounts = release.accounts
    blas = "\(BLASProvider.current.name) \(BLASProvider.current.version)"
    var seconds = ["total": clock.total]
    for entry in clock.seconds { seconds[entry.stage, default: 0] += entry.seconds }
    self.seconds = seconds
    peakRSSBytes = Evaluation.peakRSS()
  }
}

/// One JSON object on one line, keys in order.
enum JSONText {
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { throw EngineFailure.encoding }
    return String(decoding: data, as: UTF8.self)
  }
}
