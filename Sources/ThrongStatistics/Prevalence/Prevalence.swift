internal import Glibc
package import ThrongCore

// Aims, in order: an interval that covers the true share, with all that is uncertain in it; users as the sample, in the
// trial and in the log alike; determinism. Where the errors of two classes cannot be told apart, there is no corrected
// share, and no interval pretends that there is one.

/// The shares of several classes, as a classifier marked them and corrected for its errors: side by side.
///
/// The matrix form of Rogan and Gladen's correction: with M the chance of each answer for each true class, the shares
/// p of the answers q are those that bring M·p nearest to q, none negative and 1 together.
///
/// It trusts one thing: that the classifier errs in the log as it did in the trial. Held-out conversations of the same
/// source are such a trial; the training set is not.
package struct Prevalence: Sendable {
  /// As marked: what a reader would count who trusts the classifier.
  package var naive: [Interval]
  /// Corrected; undefined where the trial does not tell the classes apart.
  package var corrected: [Interval]
  /// Classes × classes: the chance of each answer (column) for each true class (row), from the trial.
  package var confusion: [Double]
  /// Resamples in which the classes could not be told apart.
  package var singular = 0

  /// Resamples the users of the trial and those of the log, and corrects each pair.
  ///
  /// To each count of a resample is added half the square of a normal draw. That is the draw of Jeffreys' prior for a
  /// count of none, so that a classifier never seen to err is not taken to be infallible; beside real counts it is nothing.
  /// O(resamples · (users + entries + classes³)).
  ///
  /// - Parameters:
  ///   - trial: by user, how often which answer (column `truth * classes + answer`) was given for which true class.
  ///   - log: by user, how often which answer was given, where the truth is not known.
  /// - Precondition: the sums have that many columns.
  package init(
    trial: ClusteredSums, log: ClusteredSums, classes: Int, bootstrap: ClusterBootstrap = .init(),
    workers: Workers
  ) throws {
    precondition(trial.columns == classes * classes && log.columns == classes)
    let (trialTotals, logTotals) = (trial.totals, log.totals)
    let resamples = bootstrap.resamples
    let trials = try trial.resampled(resamples, seed: bootstrap.seed, workers: workers)
    // Another seed, or a user of the same number would be drawn the same number of times in both.
    let logs = try log.resampled(
      resamples, seed: RandomSource.mix(bootstrap.seed), workers: workers)
    let draws = try workers.mapBlocks(count: resamples, blockSize: 16) { _, range in
      range.map { resample -> (naive: [Double], corrected: [Double]?) in
        var random = RandomSource(seed: bootstrap.seed, stream: 1 << 40 | UInt64(resample))
        let counts = trials[resample * trial.columns..<(resample + 1) * trial.columns]
          .map { $0 + random.jeffreysCount() }
        let answers = logs[resample * classes..<(resample + 1) * classes].map { $0 + random.jeffreysCount() }
        return (
          Self.shares(answers),
          Self.corrected(Self.shares(answers), Self.chances(counts, classes: classes), classes: classes)
        )
      }
    }.flatMap { $0 }
    confusion = Self.chances(trialTotals, classes: classes)
    let naive = Self.shares(logTotals)
    let corrected = Self.corrected(naive, confusion, classes: classes)
    // Both are quantiles: the acceleration of a two-sample statistic is another matter.
    var bootstrap = bootstrap
    bootstrap.method = .percentile
    self.naive = naive.indices.map { i in bootstrap.interval(naive[i], draws.map { $0.naive[i] }) }
    self.corrected = naive.indices.map { i in
      bootstrap.interval(corrected?[i] ?? .nan, draws.map { $0.corrected?[i] ?? .nan })
    }
    singular = draws.count { $0.corrected == nil }
  }

  /// The shares that bring the expected answers nearest to `answers`; nil where the classes cannot be told apart.
  ///
  /// - Parameters:
  ///   - answers: the share of each answer.
  ///   - confusion: classes × classes, rows of 1 each: the chance of each answer for each true class.
  package static func corrected(_ answers: [Double], _ confusion: [Double], classes: Int) -> [Double]? {
    guard confusion.allSatisfy(\.isFinite), answers.allSatisfy(\.isFinite) else { return nil }
    if classes == 2 {
      let p = RoganGladen.corrected(answers[1], confusion[3], confusion[0])
      return p.isFinite ? [1 - p, p] : nil
    }
    return SimplexLeastSquares(rows: confusion, targets: answers, count: classes).solution()
  }

  private static func shares(_ counts: [Double]) -> [Double] {
    let total = counts.reduce(0, +)
    return counts.map { $0 / total }
  }

  private static func chances(_ counts: [Double], classes: Int) -> [Double] {
    (0..<classes).flatMap { shares(Array(counts[$0 * classes..<($0 + 1) * classes])) }
  }
}

extension RandomSource {
  /// A draw from Γ(½, 1): half the square of a normal one (Box and Muller).
  fileprivate mutating func jeffreysCount() -> Double {
    let cosine = cos(2 * .pi * uniform())
    return -log(1 - uniform()) * cosine * cosine
  }
}
