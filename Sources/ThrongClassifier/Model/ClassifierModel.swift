internal import Foundation
package import ThrongCore
package import ThrongLinearAlgebra
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

  /// The secret under which conversations must be hashed for ``chances(of:workers:)``.
  package var secret: Secret { Secret(bytes: key)! }

  /// How conversations must be read for ``chances(of:workers:)``.
  package var text: TextSettings {
    var text = TextSettings()
    text.columnBits = settings.columnBits
    text.bigrams = settings.bigrams
    text.dropsFunctionWords = settings.dropsFunctionWords
    return text
  }

  /// Trains on all conversations of a trial.
  ///
  /// - Returns: the model, and how its fit ended.
  package static func train(
    _ trial: Trial, settings: Settings, classes: [String], key: [UInt8], confusion: [Int],
    parameters: LogisticRegression.Parameters, workers: Workers
  ) throws -> (model: ClassifierModel, fit: LogisticRegression.Fit) {
    let rows = Array(trial.labels.indices)
    let set = try TrainingSet(trial, rows: rows, workers: workers)
    let fit = try LogisticRegression(set, trial, rows: rows, workers: workers).fit(
      parameters, workers: workers)
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

  /// The chances of the classes: conversations × width, as ``LogisticRegression`` has it. O(terms · width).
  ///
  /// - Parameter features: of conversations that were read with the model's secret and text settings.
  package func chances(of features: Features, workers: Workers) throws -> Matrix {
    try features.weighted(by: columns, workers: workers).chances(weights: model.weights, workers: workers)
  }
}
