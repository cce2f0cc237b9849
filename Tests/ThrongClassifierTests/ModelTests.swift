import Foundation
import Testing
import ThrongClassifier
import ThrongCore
import ThrongLinearAlgebra
import ThrongStatistics
import ThrongText

@Suite struct ModelTests {
  private static let workers = Workers(threads: 2)
  private static let topics = [
    ["invoice", "refund", "charged", "card", "payment", "receipt"],
    ["python", "loop", "function", "script", "pandas", "crash"],
    ["soil", "compost", "leaves", "tomato", "seed", "garden"],
  ]

  /// Conversations of three topics, five words each, of which `noise` in ten come from another topic.
  private static func trial(_ count: Int, noise: Int, secret: Secret, seed: UInt64 = 1) throws -> Trial {
    var random = RandomSource(seed: seed)
    let settings = TextSettings()
    let analyzer = try TextAnalyzer(settings: settings, secret: secret)
    var labels: [Int32] = []
    for _ in 0..<count {
      let label = random.below(3)
      let words = (0..<5).map { _ in
        topics[random.below(10) < noise ? random.below(3) : label][random.below(6)]
      }
      analyzer.begin()
      try analyzer.append(Array(words.joined(separator: " ").utf8).span)
      try analyzer.endDocument()
      labels.append(Int32(label))
    }
    var features = Features()
    try features.append(analyzer.finish())
    return Trial(
      features: features, labels: labels, classes: 3, users: labels.indices.map { UInt32($0 / 2) },
      text: settings,
      minimumUsers: 2)
  }

  private static let settings = ClassifierModel.Settings(
    columnBits: 18, bigrams: true, dropsFunctionWords: true, roles: ["human"], label: "kind", c: 10)

  private static func model(threads: Int = 2) throws -> (ClassifierModel, Trial) {
    let blank = ClassifierModel(settings: settings, key: Secret(bytes: Array(0..<32))!.key(for: "classifier"))
    let trial = try trial(300, noise: 3, secret: blank.secret)
    var parameters = LogisticRegression.Parameters()
    parameters.c = 10
    let (model, fit) = try blank.trained(
      on: trial, classes: ["bill", "code", "garden"], confusion: [9, 1, 0, 0, 8, 0, 1, 1, 7],
      parameters: parameters,
      workers: Workers(threads: threads))
    #expect(fit.converged)
    return (model, trial)
  }

  @Test func learnsTopics() throws {
    let (model, _) = try Self.model()
    let unseen = try Self.trial(200, noise: 3, secret: model.secret, seed: 9)
    let chances = try model.applied.chances(of: unseen.features, workers: Self.workers)
    let hits = unseen.labels.indices.count { chances.likeliest(row: $0).label == Int(unseen.labels[$0]) }
    #expect(hits > 180)
    // The same words under another key mean nothing to it.
    let foreign = try Self.trial(200, noise: 3, secret: Secret(bytes: Array(50..<90))!, seed: 9)
    let blind = try model.applied.chances(of: foreign.features, workers: Self.workers)
    let guesses = foreign.labels.indices.count { blind.likeliest(row: $0).label == Int(foreign.labels[$0]) }
    #expect(guesses < 110)
  }

  @Test func readsWhatItWrote() throws {
    let (model, _) = try Self.model()
    let bytes = try model.encoded()
    #expect(try ClassifierModel(decoding: bytes) == model)
    #expect(try Self.model(threads: 1).0.encoded() == bytes)
    // No word of the log stands in it.
    let text = String(decoding: bytes, as: UTF8.self)
    // Four letters may stand there by chance; "garden" is a class too, and classes are stated.
    for word in Self.topics.joined() where word.utf8.count > 4 && word != "garden" {
      #expect(!text.contains(word))
    }
  }

  /// Every byte that is changed, every place where it is cut: an error, never a model.
  @Test func trustsNoByte() throws {
    let bytes = try Self.model().0.encoded()
    var random = RandomSource(seed: 2)
    for _ in 0..<60 {
      var damaged = bytes
      damaged[random.below(bytes.count)] ^= UInt8(1 + random.below(255))
      #expect(throws: ClassifierFailure.self) { try ClassifierModel(decoding: damaged) }
      #expect(throws: ClassifierFailure.self) {
        try ClassifierModel(decoding: Array(bytes[..<random.below(bytes.count)]))
      }
    }
    #expect(throws: ClassifierFailure.self) { try ClassifierModel(decoding: []) }
  }

  /// With the sum made right again, what the header says must still fit.
  @Test(arguments: [
    ("\"columnBits\":18", "\"columnBits\":25"), ("\"columnBits\":18", "\"columnBits\":10"),
    ("\"bill\"", "\"code\""),
    ("\"bill\"", "\"zoo!\""), ("\"columns\":", "\"columns\":1"), ("[9,1,0,", "[9,1,-"),
    ("\"human\"", "\"alien\""),
  ])
  func trustsNoHeader(honest: String, forged: String) throws {
    let bytes = try Self.model().0.encoded()
    let body = Array(bytes[..<(bytes.count - 32)])
    let (old, new) = (Array(honest.utf8), Array(forged.utf8))
    let at = try #require((0..<body.count - old.count).first { body[$0..<$0 + old.count].elementsEqual(old) })
    var forgery = Array(body[..<at]) + new + body[(at + old.count)...]
    // The length of the header is the 8 bytes behind the magic line.
    let length = try #require(body.firstIndex(of: 10)) + 1
    let header = (0..<8).reduce(0) { $0 | Int(body[length + $1]) << (8 * $1) } + new.count - old.count
    for k in 0..<8 { forgery[length + k] = UInt8(header >> (8 * k) & 255) }
    forgery += Digest.sha256(forgery)
    // Roles are checked by who reads the log: a side that does not exist is not read.
    if forged == "\"alien\"" {
      #expect(throws: Never.self) { try ClassifierModel(decoding: forgery) }
    } else {
      #expect(throws: ClassifierFailure.self) { try ClassifierModel(decoding: forgery) }
    }
  }

  @Test func crossValidationIsHonest() throws {
    let secret = Secret(bytes: Array(0..<32))!
    // Labels without any relation to the words: held out, they cannot be known.
    var trial = try Self.trial(240, noise: 3, secret: secret)
    var random = RandomSource(seed: 12)
    let truth = trial.labels
    trial.labels = trial.labels.map { _ in Int32(random.below(3)) }
    let plan = try FoldPlan(labels: trial.labels, classes: 3, users: trial.users, count: 4, seed: 1)
    func score(_ trial: Trial) throws -> Scores {
      let outcome = try CrossValidation.run(
        trial, folds: plan, values: [10], parameters: .init(), workers: Self.workers,
        progress: SilentProgress())[0]
      return try Scores(
        chances: outcome.chances, labels: trial.labels, classes: 3, users: trial.users, seed: 1,
        workers: Self.workers)
    }
    let blind = try score(trial)
    #expect(blind.accuracy.estimate < 0.45 && blind.accuracy.contains(1 / 3.0))
    trial.labels = truth
    let seeing = try score(trial)
    #expect(seeing.accuracy.lower > 0.8 && seeing.macroF1.lower > 0.8)
    #expect(seeing.logLoss < blind.logLoss)
  }

  /// Four predictions whose scores are worked out by hand.
  @Test func scoresByHand() throws {
    // Rows: truth 0, 0, 1, 1; predicted 0, 1, 1, 1.
    let chances = Matrix(rows: 4, columns: 1, values: [0.25, 0.75, 0.95, 0.65])
    let scores = try Scores(
      chances: chances, labels: [0, 0, 1, 1], classes: 2, users: [0, 1, 2, 3], seed: 1, workers: Self.workers)
    #expect(scores.confusion == [1, 1, 0, 2])
    #expect(scores.accuracy.estimate == 0.75)
    #expect(scores.classes[0].precision.estimate == 1 && scores.classes[0].recall.estimate == 0.5)
    #expect(
      abs(scores.classes[1].precision.estimate - 2 / 3.0) < 1e-12 && scores.classes[1].recall.estimate == 1)
    #expect(abs(scores.classes[1].f1.estimate - 0.8) < 1e-12)
    #expect(abs(scores.macroF1.estimate - (2 / 3.0 + 0.8) / 2) < 1e-12)
    #expect(abs(scores.logLoss + (log(0.75) + log(0.25) + log(0.95) + log(0.65)) / 4) < 1e-6)
    // Chances .75 (true), .75 (false), .95 (true), .65 (true): |.5 − .75|·2/4 + |1 − .95|/4 + |1 − .65|/4.
    #expect(abs(scores.calibrationError - 0.225) < 1e-6)
    #expect(scores.calibration.map(\.count) == [1, 2, 1])
  }

  @Test func chooseOfManyValuesIsThatOfEach() throws {
    let trial = try Self.trial(120, noise: 5, secret: Secret(bytes: Array(0..<32))!)
    let plan = try FoldPlan(labels: trial.labels, classes: 3, users: trial.users, count: 3, seed: 1)
    var parameters = LogisticRegression.Parameters()
    parameters.tolerance = 1e-6
    func losses(_ values: [Double]) throws -> [Double] {
      try CrossValidation.run(
        trial, folds: plan, values: values, parameters: parameters, workers: Self.workers,
        progress: SilentProgress()
      ).map(\.logLoss)
    }
    let together = try losses([1, 10, 100])
    let apart = try [1.0, 10, 100].flatMap { try losses([$0]) }
    #expect(zip(together, apart).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  /// 100 conversations answered 40, 35, 25; the confusion's inverse, by numpy, gives these shares.
  @Test func prevalence() throws {
    let (model, _) = try Self.model()
    let answers = (0..<100).map { $0 < 40 ? 0 : $0 < 75 ? 1 : 2 }
    let found = try model.applied.prevalence(
      of: answers, users: answers.indices.map { UInt32($0) }, workers: Self.workers)
    #expect(found.naive.map(\.estimate) == [0.4, 0.35, 0.25])
    let wanted = [0.40476190476190477, 0.2738095238095238, 0.3214285714285714]
    #expect(zip(found.corrected, wanted).allSatisfy { abs($0.estimate - $1) < 1e-9 && $0.contains($1) })
    // 27 conversations of a validation know little of its errors.
    #expect(found.corrected.allSatisfy { $0.width > 0.2 })
  }

  @Test func balancedWeights() throws {
    var trial = try Self.trial(8, noise: 0, secret: Secret(bytes: Array(0..<32))!)
    trial.labels = [0, 0, 0, 0, 1, 1, 2, 2]
    let expected: [Double] = [2.0 / 3, 4.0 / 3, 4.0 / 3]
    #expect(trial.balancedWeights == expected)
  }
}
