internal import Throng
internal import ThrongClassifier
package import ThrongCore
internal import ThrongIngest
internal import ThrongStatistics

extension PipelineEngine {
  /// `throng train`: validates, trains on everything, writes the model and prints the scores.
  package func train(_ options: TrainOptions, in context: CommandContext) throws -> ExitCode {
    let console = context.console
    var clock = StageClock()
    let workers = try context.workers(threads: options.process.threads)
    // Found out before the long part.
    if let path = options.model { try OutputFile.check(path, replacing: options.force) }
    var fields = ClassifiedLog.Fields()
    fields.label = options.label
    fields.group = options.group
    fields.ignoredLabels = Set(options.ignoredLabels)
    let reader = try ConversationReader(
      inputs: options.inputs, settings: options.input.readSettings(requiresUser: false, fields: fields.names),
      cancellation: context.cancellation)
    console.note(reader.summary)
    if options.dryRun {
      var rehearsal = Rehearsal("train")
      rehearsal.read(reader)
      if let path = options.model {
        try rehearsal.write(file: path, what: "private model", replacing: options.force)
      }
      try rehearsal.tell(json: options.json, on: console)
      return .done
    }
    let settings = ClassifierModel.Settings(
      columnBits: options.columnBits, bigrams: options.bigrams,
      dropsFunctionWords: !options.keepsFunctionWords,
      roles: options.roles.map { "\($0)" }.sorted(), label: options.label, c: 0)
    // A model that is not kept needs no key that outlives it.
    let secret = options.model == nil ? .random() : try context.secret(file: options.secretFile)
    var model = ClassifierModel(settings: settings, key: secret.key(for: "classifier"))
    let log = try clock.time("read") {
      try ClassifiedLog(
        reader, roles: options.roles, text: model.text, secret: model.secret, fields: fields,
        workers: workers,
        progress: console)
    }
    console.endProgress()
    guard log.count > 0 else { throw EngineFailure.nothingLeft(screenedOut: log.leftOut) }
    guard log.classes.count >= 2 else { throw ClassifierFailure.tooFewClasses(log.classes.count) }
    console.note(
      "\(Quantity.count(log.count, "conversation")) of \(Quantity.count(log.userCount, "user")), "
        + "\(log.classes.count) classes; \(Quantity.count(log.leftOut)) left out, \(Quantity.count(log.quarantined)) set aside"
    )
    var trial = Trial(
      features: log.features, labels: log.labels, classes: log.classes.count, users: log.users,
      text: model.text,
      minimumUsers: options.minimumColumnUsers)
    if options.classWeight == .balanced { trial.classWeights = trial.balancedWeights }
    let plan = try FoldPlan(
      labels: log.labels, classes: log.classes.count, users: log.users,
      groups: options.group == nil ? nil : log.groups,
      count: options.folds, seed: options.seed)
    if plan.count < options.folds { console.note("\(plan.count) folds: there are no more groups") }
    for divided in plan.dividedClasses {
      console.note(
        "all conversations of class \(divided + 1) of the sorted labels have one value of '\(options.group ?? "")': they are "
          + "held out by users, so that class is tested among its own kind")
    }
    var parameters = LogisticRegression.Parameters()
    let outcomes = try clock.time("validate") {
      try CrossValidation.run(
        trial, folds: plan, values: options.c.map { [$0] } ?? CrossValidation.grid, parameters: parameters,
        workers: workers, progress: console)
    }
    let best = outcomes.min { ($0.logLoss, $0.c) < ($1.logLoss, $1.c) }!
    let scores = try clock.time("score") {
      try Scores(
        chances: best.chances, labels: log.labels, classes: log.classes.count, users: log.users,
        seed: options.seed,
        workers: workers)
    }
    parameters.c = best.c
    console.report(stage: "train", done: 0, total: nil)
    let fit: LogisticRegression.Fit
    (model, fit) = try clock.time("train") {
      try model.trained(
        on: trial, classes: log.classes, confusion: scores.confusion, parameters: parameters, workers: workers
      )
    }
    console.endProgress()
    if !fit.converged {
      console.warn(
        "the fit ended after \(Quantity.count(fit.iterations, "step")) before it reached its tolerance; try a smaller --c"
      )
    }
    if let path = options.model {
      var file = try OutputFile(path, replacing: options.force)
      try file.write(model.encoded()[...])
      try file.commit()
      console.note(
        "\(path) is private: it holds no words, but whoever has it can test whether a word was used"
      )
    }
    let report = TrainingReport(
      scores: scores, classes: log.classes, outcomes: outcomes, plan: plan, fit: fit, c: best.c,
      columns: model.columns.count, users: log.userCount, clock: clock)
    try context.console.print(options.json ? JSONText.encode(report) : report.text)
    return .done
  }
}

/// What `throng train` prints.
private struct TrainingReport: Encodable {
  struct Figure: Encodable {
    let estimate: Double?
    let low: Double?
    let high: Double?

    init(_ interval: Interval) {
      func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
      (estimate, low, high) = (finite(interval.estimate), finite(interval.lower), finite(interval.upper))
    }

    var text: String {
      func percent(_ value: Double?) -> String {
        guard let value else { return "–" }
        let tenths = Int((value * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10)"
      }
      return "\(percent(estimate)) (\(percent(low)) to \(percent(high)))"
    }
  }
  struct Class: Encodable {
    let label: String
    let conversations: Int
    let precision: Figure
    let recall: Figure
    let f1: Figure
  }
  struct Bin: Encodable {
    let from: Double
    let conversations: Int
    let confidence: Double
    let accuracy: Figure
  }
  struct Tried: Encodable {
    let c: Double
    let logLoss: Double

    enum CodingKeys: String, CodingKey {
      case c
      case logLoss = "log_loss"
    }
  }

  let conversations: Int
  let users: Int
  let columns: Int
  let c: Double
  let folds: Int
  let dividedClasses: [String]
  let accuracy: Figure
  let macroF1: Figure
  let logLoss: Double
  let calibrationError: Double
  let classes: [Class]
  let calibration: [Bin]
  /// Rows are the truth, in the order of ``classes``.
  let confusion: [[Int]]
  let tried: [Tried]
  let iterations: Int
  let converged: Bool
  let seconds: [String: Double]

  init(
    scores: Scores, classes names: [String], outcomes: [CrossValidation.Outcome], plan: FoldPlan,
    fit: LogisticRegression.Fit, c: Double, columns: Int, users: Int, clock: StageClock
  ) {
    conversations = scores.conversations
    self.users = users
    self.columns = columns
    self.c = c
    folds = plan.count
    dividedClasses = plan.dividedClasses.map { names[$0] }
    accuracy = Figure(scores.accuracy)
    macroF1 = Figure(scores.macroF1)
    logLoss = scores.logLoss
    calibrationError = scores.calibrationError
    classes = zip(names, scores.classes).map {
      Class(
        label: $0, conversations: $1.support, precision: Figure($1.precision), recall: Figure($1.recall),
        f1: Figure($1.f1))
    }
    calibration = scores.calibration.map {
      Bin(from: $0.lower, conversations: $0.count, confidence: $0.confidence, accuracy: Figure($0.accuracy))
    }
    confusion = names.indices.map { Array(scores.confusion[$0 * names.count..<($0 + 1) * names.count]) }
    tried = outcomes.map { Tried(c: $0.c, logLoss: $0.logLoss) }
    iterations = fit.iterations
    converged = fit.converged
    seconds = Dictionary(clock.seconds.map { ($0.stage, $0.seconds) }, uniquingKeysWith: +)
  }

  enum CodingKeys: String, CodingKey {
    case conversations, users, columns, c, folds
    case dividedClasses = "divided_classes"
    case accuracy
    case macroF1 = "macro_f1"
    case logLoss = "log_loss"
    case calibrationError = "calibration_error"
    case classes, calibration, confusion, tried, iterations, converged, seconds
  }

  /// For people: percentages with 95 % intervals.
  var text: String {
    var lines = [
      "held out in \(folds) folds, C \(c), \(Quantity.count(columns, "column"))",
      "accuracy    \(accuracy.text)", "macro F1    \(macroF1.text)",
      "log loss    \((logLoss * 1000).rounded() / 1000)",
      "calibration \((calibrationError * 1000).rounded() / 10) points off", "",
      "precision / recall / F1 in percent, 95 % intervals over users",
    ]
    for entry in classes {
      lines.append(
        "\(Console.printable(entry.label)) (\(Quantity.count(entry.conversations))): "
          + "\(entry.precision.text) / \(entry.recall.text) / \(entry.f1.text)")
    }
    return lines.joined(separator: "\n")
  }
}
