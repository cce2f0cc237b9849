internal import Foundation
package import ThrongCore
package import ThrongLinearAlgebra
package import ThrongText

/// Trains on all folds but one and predicts that one, for each in turn.
package struct CrossValidation: Sendable {
  /// For one C, the chances of every conversation by a model that has not seen its fold.
  package struct Outcome: Sendable {
    package var c: Double
    /// Conversations × width, as ``LogisticRegression`` has it.
    package var chances: Matrix
    /// Mean of −ln(chance of the true class), each conversation by its weight.
    package var logLoss: Double
    /// Folds whose fit reached the tolerance.
    package var converged: Int
  }

  /// Values of C to choose from, ascending: about half decades.
  package static let grid: [Double] = [0.3, 1, 3, 10, 30, 100, 300]

  /// Tries values of C.
  ///
  /// Word weights are those of the training folds, so nothing of a held-out conversation shapes its prediction. One outcome
  /// for each value, in order.
  package static func run(
    _ trial: Trial, folds: FoldPlan, values: [Double], parameters: LogisticRegression.Parameters,
    workers: Workers,
    progress: any ProgressReporter
  ) throws -> [Outcome] {
    let rows = trial.labels.count
    var outcomes = values.map { c in
      Outcome(
        c: c, chances: Matrix(rows: rows, columns: trial.classes == 2 ? 1 : trial.classes), logLoss: 0,
        converged: 0)
    }
    for fold in 0..<folds.count {
      let training = folds.folds.indices.filter { folds.folds[$0] != Int32(fold) }
      let held = folds.folds.indices.filter { folds.folds[$0] == Int32(fold) }
      let set = try TrainingSet(trial, rows: training, workers: workers)
      let regression = try LogisticRegression(set, trial, rows: training, workers: workers)
      let unseen = set.matrix.selectingRows(held)
      var parameters = parameters
      for (place, c) in values.enumerated() {
        progress.report(
          stage: "cross-validate", done: fold * values.count + place, total: values.count * folds.count)
        parameters.c = c
        let fit = try regression.fit(parameters, workers: workers)
        outcomes[place].converged += fit.converged ? 1 : 0
        let found = try unseen.chances(weights: fit.weights, workers: workers)
        for (i, row) in held.enumerated() {
          for k in 0..<found.columns { outcomes[place].chances[row, k] = found[i, k] }
        }
      }
    }
    for place in outcomes.indices { outcomes[place].logLoss = trial.logLoss(outcomes[place].chances) }
    return outcomes
  }
}

extension LogisticRegression {
  /// That of some conversations.
  init(_ set: TrainingSet, _ trial: Trial, rows: [Int], workers: Workers) throws {
    try self.init(
      rows: set.matrix.selectingRows(rows), labels: rows.map { trial.labels[$0] }, classes: trial.classes,
      weights: trial.weights(of: rows), workers: workers)
  }
}

/// Labelled conversations, and how a classifier is to be made of them.
package struct Trial: Sendable {
  package var features: Features
  package var labels: [Int32]
  package var classes: Int
  /// Dense user index of each conversation.
  package var users: [UInt32]
  package var text: TextSettings
  /// Fewest users of a column that is learned from.
  package var minimumUsers: Int
  /// How much the loss of each class counts; nil: every conversation 1.
  package var classWeights: [Double]?

  package init(
    features: Features, labels: [Int32], classes: Int, users: [UInt32], text: TextSettings, minimumUsers: Int
  ) {
    self.features = features
    self.labels = labels
    self.classes = classes
    self.users = users
    self.text = text
    self.minimumUsers = minimumUsers
  }

  /// Weights under which every class counts the same together.
  package var balancedWeights: [Double] {
    var counts = [Double](repeating: 0, count: classes)
    for label in labels { counts[Int(label)] += 1 }
    return counts.map { $0 > 0 ? Double(labels.count) / (Double(classes) * $0) : 1 }
  }

  func weights(of rows: [Int]) -> [Float]? {
    classWeights.map { weights in rows.map { Float(weights[Int(labels[$0])]) } }
  }

  func logLoss(_ chances: Matrix) -> Double {
    var (sum, total) = (0.0, 0.0)
    for (row, label) in labels.enumerated() {
      let weight = classWeights?[Int(label)] ?? 1
      sum -= weight * log(max(1e-15, Double(chances.chance(of: Int(label), row: row))))
      total += weight
    }
    return sum / total
  }
}

extension Matrix {
  /// The chance of a class in rows that ``LogisticRegression`` made: one column holds that of class 1.
  package func chance(of label: Int, row: Int) -> Float {
    columns > 1 ? self[row, label] : label == 1 ? values[row] : 1 - values[row]
  }

  /// The likeliest class of a row, the first of equals, and its chance.
  package func likeliest(row: Int) -> (label: Int, chance: Float) {
    let classes = columns == 1 ? 2 : columns
    var best = (label: 0, chance: chance(of: 0, row: row))
    for label in 1..<classes where chance(of: label, row: row) > best.chance {
      best = (label, chance(of: label, row: row))
    }
    return best
  }
}

/// The rows of all conversations in the columns and weights of some.
struct TrainingSet: Sendable {
  let matrix: CSRMatrix
  let columns: [UInt32]
  let idf: [Float]

  init(_ trial: Trial, rows: [Int], workers: Workers) throws {
    let weighted = try trial.features.weighted(
      settings: trial.text, users: trial.users, shaping: rows.map { UInt32($0) },
      minimumUsers: trial.minimumUsers,
      workers: workers)
    guard !weighted.columns.isEmpty else { throw ClassifierFailure.nothingLearned }
    (matrix, columns, idf) = (weighted.matrix, weighted.columns, weighted.idf)
  }
}
