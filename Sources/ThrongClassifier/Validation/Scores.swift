internal import Foundation
package import ThrongCore
package import ThrongLinearAlgebra
package import ThrongStatistics

/// How good predictions are, with intervals over users. Numbers about labelled conversations: private to the operator.
package struct Scores: Sendable {
  package struct ClassScore: Sendable {
    /// Conversations of the class.
    package var support: Int
    package var precision: Interval
    package var recall: Interval
    package var f1: Interval
  }

  /// Predictions of about the same chance: do they come true as often as they say?
  package struct Bin: Sendable {
    /// Chances from this on, 0.1 wide.
    package var lower: Double
    package var count: Int
    /// Mean chance given to the predicted class.
    package var confidence: Double
    /// Share of the predictions that are true.
    package var accuracy: Interval
  }

  package var conversations: Int
  package var accuracy: Interval
  /// Mean over classes.
  package var macroF1: Interval
  /// Mean of −ln(chance of the true class).
  package var logLoss: Double
  package var classes: [ClassScore]
  /// Bins that hold predictions.
  package var calibration: [Bin]
  /// Expected calibration error: the mean distance of confidence and accuracy over all predictions.
  package var calibrationError: Double
  /// Classes × classes counts, rows are the truth.
  package var confusion: [Int]

  /// Scores the likeliest classes. O(conversations · classes + resamples · conversations).
  ///
  /// Intervals resample users with the folds as they are: they know nothing of how another training set would do.
  ///
  /// - Parameters:
  ///   - chances: conversations × width, as ``LogisticRegression`` has it.
  ///   - users: dense user index of each conversation.
  package init(
    chances: Matrix, labels: [Int32], classes count: Int, users: [UInt32], seed: UInt64, workers: Workers
  ) throws {
    let predictions = labels.indices.map { chances.likeliest(row: $0) }
    conversations = labels.count
    var confusion = [Int](repeating: 0, count: count * count)
    for (row, label) in labels.enumerated() { confusion[Int(label) * count + predictions[row].label] += 1 }
    self.confusion = confusion
    // By user: hits, predictions and members of each class.
    let cells = labels.enumerated().map { row, label in
      let predicted = UInt32(predictions[row].label)
      return (predicted == UInt32(label) ? [3 * predicted] : []) + [3 * predicted + 1, 3 * UInt32(label) + 2]
    }
    var bootstrap = ClusterBootstrap()
    bootstrap.seed = seed
    let intervals = try bootstrap.intervals(
      of: ClusteredSums(users: users, cells: cells, columns: 3 * count), workers: workers
    ) { sums in
      var figures: [Double] = []
      var (hits, all, macro) = (0.0, 0.0, 0.0)
      for k in 0..<count {
        let (hit, predicted, members) = (sums[3 * k], sums[3 * k + 1], sums[3 * k + 2])
        let f1 = predicted + members > 0 ? 2 * hit / (predicted + members) : .nan
        figures += [hit / predicted, hit / members, f1]
        hits += hit
        all += members
        // A class that a resample has not is no failure at it.
        macro += f1.isNaN ? 1 / Double(count) : f1 / Double(count)
      }
      return figures + [hits / all, macro]
    }
    self.classes = (0..<count).map { k in
      ClassScore(
        support: confusion[k * count..<(k + 1) * count].reduce(0, +), precision: intervals[3 * k],
        recall: intervals[3 * k + 1], f1: intervals[3 * k + 2])
    }
    accuracy = intervals[3 * count]
    macroF1 = intervals[3 * count + 1]
    logLoss =
      labels.enumerated().reduce(0) { $0 + lossOf(chances.chance(of: Int($1.element), row: $1.offset)) }
      / Double(labels.count)
    var (counts, sums, hits) = ([Int](repeating: 0, count: 10), [Double](repeating: 0, count: 10), [0.0])
    hits = sums
    for (row, prediction) in predictions.enumerated() {
      let bin = min(9, Int(Double(prediction.chance) * 10))
      counts[bin] += 1
      sums[bin] += Double(prediction.chance)
      hits[bin] += prediction.label == Int(labels[row]) ? 1 : 0
    }
    calibration = counts.indices.filter { counts[$0] > 0 }.map { bin in
      Bin(
        lower: Double(bin) / 10, count: counts[bin], confidence: sums[bin] / Double(counts[bin]),
        accuracy: Proportion(hits[bin], of: Double(counts[bin])).wilson())
    }
    calibrationError = calibration.reduce(0) {
      $0 + Double($1.count) * abs($1.accuracy.estimate - $1.confidence) / Double(labels.count)
    }
  }
}

private func lossOf(_ chance: Float) -> Double { -log(max(1e-15, Double(chance))) }
