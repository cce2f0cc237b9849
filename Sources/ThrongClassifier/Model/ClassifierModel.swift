internal import Foundation
package import ThrongCore
package import ThrongLinearAlgebra
package import ThrongStatistics
package import ThrongText

/// A trained classifier: what `throng train` writes and `throng classify` applies.
///
/// It carries the key that its words are hashed with, so that it can be applied anywhere; the key is derived from the
/// workspace's secret and says nothing of it.
///
/// What it can leak: who holds it can hash a word and see whether users of the training log used it, and which class it
/// speaks for. It holds no word, no conversation and no user, but a column that two people used is about two people.
/// So it is private, written for its owner only. It is no release, and `--min-column-users` raises what a column needs.
package struct ClassifierModel: Sendable, Equatable {
  /// What it was trained with.
  package struct Settings: Codable, Sendable, Equatable {
    package var columnBits: Int
    package var bigrams: Bool
    package var dropsFunctionWords: Bool
    /// Names of the sides that are read, sorted: `human`, `assistant`.
    package var roles: [String]
    /// The field of the labels.
    package var label: String
    package var c: Double

    package init(
      columnBits: Int, bigrams: Bool, dropsFunctionWords: Bool, roles: [String], label: String, c: Double
    ) {
      self.columnBits = columnBits
      self.bigrams = bigrams
      self.dropsFunctionWords = dropsFunctionWords
      self.roles = roles
      self.label = label
      self.c = c
    }
  }

  package var settings: Settings
  /// Labels, ascending.
  package var classes: [String]
  /// 32 bytes.
  package var key: [UInt8]
  /// Classes × classes counts of the cross-validation, rows are the truth: the error rates that a corrected share needs.
  package var confusion: [Int]
  /// Hashed columns, ascending, and their weights in a row.
  package var columns: [UInt32]
  package var idf: [Float]
  /// (columns + 1) × width, as ``LogisticRegression`` has it.
  package var weights: Matrix

  package init(
    settings: Settings, classes: [String], key: [UInt8], confusion: [Int], columns: [UInt32], idf: [Float],
    weights: Matrix
  ) {
    self.settings = settings
    self.classes = classes
    self.key = key
    self.confusion = confusion
    self.columns = columns
    self.idf = idf
    self.weights = weights
  }

  /// One that knows nothing yet.
  package init(settings: Settings, key: [UInt8]) {
    self.init(
      settings: settings, classes: [], key: key, confusion: [], columns: [], idf: [],
      weights: Matrix(rows: 1, columns: 0))
  }

  /// The secret under which conversations must be hashed for ``chances(of:workers:)``.
  package var secret: Secret { Secret(bytes: key)! }

  /// How conversations must be read for ``chances(of:workers:)``.
  package var text: TextSettings {
    var text = TextSettings()
    text.columnBits = settings.columnBits
    text.bigrams = settings.bigrams
    text.dropsFunctionWords = settings.dropsFunctionWords
    // Half a point of accuracy above 1 on newsgroups20, level on clinc150.
    text.commonWeight = 0
    return text
  }

  /// The same trained on all conversations of a trial, and how its fit ended.
  ///
  /// - Parameters:
  ///   - classes: labels, ascending.
  ///   - confusion: counts of the cross-validation.
  package func trained(
    on trial: Trial, classes: [String], confusion: [Int], parameters: LogisticRegression.Parameters,
    workers: Workers
  ) throws -> (model: ClassifierModel, fit: LogisticRegression.Fit) {
    let rows = Array(trial.labels.indices)
    let set = try TrainingSet(trial, rows: rows, workers: workers)
    let fit = try LogisticRegression(set, trial, rows: rows, workers: workers).fit(
      parameters, workers: workers)
    var settings = settings
    settings.c = parameters.c
    return (
      ClassifierModel(
        settings: settings, classes: classes, key: key, confusion: confusion, columns: set.columns,
        idf: set.idf,
        weights: fit.weights), fit
    )
  }

  /// The model made ready to predict.
  package var applied: AppliedClassifier { AppliedClassifier(self) }
}

/// A model with its tables laid out for lookups; shared by all threads.
package struct AppliedClassifier: Sendable {
  package let model: ClassifierModel
  private let columns: ColumnWeights

  fileprivate init(_ model: ClassifierModel) {
    self.model = model
    columns = ColumnWeights(bits: model.settings.columnBits, columns: model.columns, idf: model.idf)
  }

  /// The shares of the classes in a log, as counted and corrected by the errors of the model's own validation.
  ///
  /// The model keeps how often it erred, not with whom, so each conversation of its validation stands for a user.
  ///
  /// - Parameters:
  ///   - answers: the likeliest class of each conversation, without a threshold: who abstains has other errors.
  ///   - users: dense user index of each.
  package func prevalence(
    of answers: [Int], users: [UInt32], bootstrap: ClusterBootstrap = .init(), workers: Workers
  ) throws -> Prevalence {
    let classes = model.classes.count
    let cells = model.confusion.enumerated().flatMap { Array(repeating: [UInt32($0)], count: $1) }
    return try Prevalence(
      trial: ClusteredSums(users: cells.indices.map { UInt32($0) }, cells: cells, columns: classes * classes),
      log: ClusteredSums(users: users, cells: answers.map { [UInt32($0)] }, columns: classes),
      classes: classes,
      bootstrap: bootstrap, workers: workers)
  }

  /// The chances of the classes: conversations × width, as ``LogisticRegression`` has it. O(terms · width).
  ///
  /// - Parameter features: of conversations that were read with the model's secret and text settings.
  package func chances(of features: Features, workers: Workers) throws -> Matrix {
    try features.weighted(by: columns, workers: workers).chances(weights: model.weights, workers: workers)
  }
}
