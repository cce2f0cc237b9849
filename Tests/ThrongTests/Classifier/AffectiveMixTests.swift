import Testing
import Throng
import ThrongClassifier
import ThrongCore
import ThrongIngest
import ThrongLinearAlgebra
import ThrongStatistics
import ThrongTestSupport

/// Counselling among task dialogues, 3.06 % of affective_mix. All of it has one origin, so that one is divided by users; each
/// of the four others is held out whole.
@Suite struct AffectiveMixTests {
  private static let path = DevelopmentCorpora.path("affective_mix")
  private static let workers = Workers(threads: 2)

  @Test(.enabled(if: path != nil, "needs the development corpus affective_mix"))
  func foundAmongUnseenOrigins() throws {
    var fields = ClassifiedLog.Fields()
    fields.label = "truth"
    fields.group = "origin"
    let model = ClassifierModel(
      settings: .init(
        columnBits: 18, bigrams: true, dropsFunctionWords: false, roles: ["human", "assistant"],
        label: "truth", c: 0),
      key: Array(0..<32))
    let log = try ClassifiedLog(
      ConversationReader(inputs: [Self.path!], settings: ReadSettings(fields: fields.names)),
      roles: model.roles,
      text: model.text, secret: model.secret, fields: fields, workers: Self.workers,
      progress: SilentProgress())
    #expect(log.classes == ["affective", "task"] && log.count == 26_618)
    let trial = Trial(
      features: log.features, labels: log.labels, classes: 2, users: log.users, text: model.text,
      minimumUsers: 2)
    let plan = try FoldPlan(
      labels: log.labels, classes: 2, users: log.users, groups: log.groups, count: 5, seed: 1)
    #expect(plan.count == 4 && plan.dividedClasses == [0])
    let outcome = try CrossValidation.run(
      trial, folds: plan, values: [30], parameters: .init(), workers: Self.workers, progress: SilentProgress()
    )[0]
    let scores = try Scores(
      chances: outcome.chances, labels: log.labels, classes: 2, users: log.users, seed: 1,
      workers: Self.workers)
    #expect(scores.classes[0].f1.estimate >= 0.9)

    // Half of the users are the trial, whose labels are known; the share among the others is corrected by its errors.
    let answers = log.labels.indices.map { UInt32(outcome.chances.likeliest(row: $0).label) }
    for half in [UInt32(0), 1] {
      let tried = log.users.indices.filter { log.users[$0] % 2 == half }
      let asked = log.users.indices.filter { log.users[$0] % 2 != half }
      let found = try Prevalence(
        trial: ClusteredSums(
          users: tried.map { log.users[$0] }, cells: tried.map { [UInt32(log.labels[$0]) * 2 + answers[$0]] },
          columns: 4),
        log: ClusteredSums(
          users: asked.map { log.users[$0] }, cells: asked.map { [answers[$0]] }, columns: 2),
        classes: 2, workers: Self.workers)
      #expect(found.corrected[0].contains(815 / 26_618.0))
      #expect(found.corrected[0].width < 0.02)
    }
  }
}
