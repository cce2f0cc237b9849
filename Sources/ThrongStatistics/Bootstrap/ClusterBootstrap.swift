package import ThrongCore

// Aims, in order: intervals that cover what they say, with users and not conversations as the sample; the same numbers
// at any number of threads; speed. A statistic that is not finite in a resample (a share of nobody) leaves that resample
// out, and more than one in twenty of them leave no interval at all.

/// The bootstrap over users (Efron and Tibshirani 1993; the clusters are resampled, never their members).
///
/// What it does not do: it knows no uncertainty but that of who was sampled. Errors of a classifier are the matter of
/// ``Prevalence``.
package struct ClusterBootstrap: Sendable {
  package enum Method: String, Sendable, CaseIterable {
    /// Quantiles of the resamples.
    case percentile
    /// Bias-corrected and accelerated (Efron 1987, doi 10.1080/01621459.1987.10478410): also right where the statistic
    /// is skewed, as shares of rare things are. Costs one leave-one-user-out pass.
    case bca
  }

  /// At least 2; 1,000 by default.
  package var resamples = 1000
  package var confidence = 0.95
  package var method = Method.bca
  package var seed: UInt64 = 1

  package init() {}

  /// Intervals of figures that are functions of sums over users.
  ///
  /// O(resamples · (users + entries of `sums`) + (resamples + users) · cost of `figures`).
  ///
  /// - Parameters:
  ///   - sums: what is added up.
  ///   - figures: from the sum of each column to the figures: always as many, in the same order.
  /// - Throws: `Interrupted` when cancelled.
  package func intervals(
    of sums: ClusteredSums, workers: Workers, figures: @Sendable (_ sums: [Double]) -> [Double]
  ) throws -> [Interval] {
    let totals = sums.totals
    let resampled = try sums.resampled(resamples, seed: seed, workers: workers)
    let values = try workers.mapBlocks(count: resamples, blockSize: 64) { _, range in
      range.map { figures(Array(resampled[$0 * sums.columns..<($0 + 1) * sums.columns])) }
    }.flatMap { $0 }
    let estimates = figures(totals)
    let accelerations =
      method == .bca
      ? try accelerations(of: estimates.count, sums, totals: totals, workers: workers, figures: figures)
      : [Double](repeating: 0, count: estimates.count)
    return estimates.indices.map { i in
      interval(estimates[i], values.map { $0[i] }, acceleration: accelerations[i])
    }
  }

  /// The interval of one figure from its value in all conversations and in each resample.
  ///
  /// - Parameter acceleration: of the figure's skewness; counts only for ``Method/bca``.
  package func interval(_ estimate: Double, _ values: [Double], acceleration: Double = 0) -> Interval {
    let sorted = values.filter(\.isFinite).sorted()
    guard estimate.isFinite, sorted.count >= 2, 20 * sorted.count >= 19 * values.count else {
      return Interval(estimate, .nan, .nan)
    }
    var tails = ((1 - confidence) / 2, (1 + confidence) / 2)
    if method == .bca {
      // Ties count half, or figures of few users would look biased.
      let below = sorted.reduce(0.0) { $0 + ($1 < estimate ? 1 : $1 == estimate ? 0.5 : 0) }
      // Where nearly all resamples lie on one side, the shift cannot be told from their number.
      let least = 1 / Double(sorted.count + 1)
      let bias = Distributions.normalQuantile(min(max(below / Double(sorted.count), least), 1 - least))
      func shifted(_ tail: Double) -> Double {
        let z = bias + Distributions.normalQuantile(tail)
        return Distributions.normal(bias + z / max(1e-9, 1 - acceleration * z))
      }
      tails = (shifted(tails.0), shifted(tails.1))
    }
    return Interval(estimate, Sample.quantile(sorted, tails.0), Sample.quantile(sorted, tails.1))
  }

  /// Σd³ / 6(Σd²)^1.5 over what each user's absence changes; 0 where nothing does.
  private func accelerations(
    of count: Int, _ sums: ClusteredSums, totals: [Double], workers: Workers,
    figures: @Sendable ([Double]) -> [Double]
  ) throws -> [Double] {
    guard sums.users > 1 else { return Array(repeating: 0, count: count) }
    let estimates = figures(totals)
    // Moments of what each absence changes, shifted by the whole, which lies beside their mean.
    let blocks = try workers.mapBlocks(count: sums.users, blockSize: 1024) { _, range in
      var moments = [SIMD4<Double>](repeating: .zero, count: count)
      for user in range {
        var left = totals
        sums.add(user, times: -1, to: &left)
        for (i, value) in figures(left).enumerated() where value.isFinite {
          let d = estimates[i] - value
          moments[i] += SIMD4(1, d, d * d, d * d * d)
        }
      }
      return moments
    }
    return (0..<count).map { i in
      let sum = blocks.reduce(SIMD4.zero) { $0 + $1[i] }
      guard sum[0] > 0, estimates[i].isFinite else { return 0 }
      let mean = sum[1] / sum[0]
      let squares = sum[2] - mean * sum[1]
      let cubes = sum[3] - 3 * mean * sum[2] + 2 * mean * mean * sum[1]
      return squares > 1e-12 * sum[2] ? cubes / (6 * squares * squares.squareRoot()) : 0
    }
  }
}
