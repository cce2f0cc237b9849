internal import Glibc

/// The periods at which a share changed to another level, found exactly.
///
/// Optimal partitioning (Jackson et al. 2005, doi 10.1109/LSP.2001.838216): the cut into segments with the least sum of
/// binomial deviances plus a penalty for each cut, O(periods²). Periods are days or weeks, so that PELT's pruning, which
/// is not exact with a shortest segment, would save milliseconds.
///
/// The penalty is 3·ln(periods), the modified Bayes criterion of Zhang and Siegmund (2007, doi
/// 10.1111/j.1541-0420.2006.00662.x) without its term of segment lengths: 2·ln n, which counts place and level of a cut
/// as two parameters, finds cuts where there are none too often. It is scaled by the dispersion between neighbouring
/// periods, which a few changes of level hardly move.
package struct ChangePoints: Sendable, Equatable {
  package struct Segment: Sendable, Equatable {
    package var periods: Range<Int>
    package var counts: Double
    package var totals: Double

    package var share: Double { counts / totals }
  }

  /// In order of time; together they are all periods.
  package var segments: [Segment]
  /// How much more neighbouring periods differ than draws of independent conversations would; at least 1.
  package var dispersion: Double

  /// The first period of each new level.
  package var changes: [Int] { segments.dropFirst().map(\.periods.lowerBound) }

  /// - Parameters:
  ///   - counts: of the topic.
  ///   - totals: of all, in the same periods; no smaller. A period of none belongs to the segment around it.
  ///   - penalty: of each cut in units of deviance, before the dispersion; nil is 3·ln(periods).
  ///   - minimumLength: periods of a segment at least.
  package init(counts: [Double], totals: [Double], penalty: Double? = nil, minimumLength: Int = 2) {
    precondition(counts.count == totals.count && zip(counts, totals).allSatisfy { $0 >= 0 && $0 <= $1 })
    precondition(minimumLength >= 1)
    let periods = counts.count
    dispersion = Self.dispersion(counts, totals)
    let beta = (penalty ?? 3 * log(Double(max(2, periods)))) * dispersion
    var (sums, sizes) = ([0.0], [0.0])
    for period in 0..<periods {
      sums.append(sums[period] + counts[period])
      sizes.append(sizes[period] + totals[period])
    }
    func cost(_ start: Int, _ end: Int) -> Double {
      Self.deviance(sums[end] - sums[start], sizes[end] - sizes[start])
    }
    var best = [Double](repeating: .infinity, count: periods + 1)
    var last = [Int](repeating: 0, count: periods + 1)
    best[0] = -beta
    // Fewer periods than a segment needs are one all the same.
    let shortest = min(minimumLength, periods)
    for end in stride(from: shortest, through: periods, by: 1) where end > 0 {
      for start in 0...end - shortest {
        let value = best[start] + cost(start, end) + beta
        if value < best[end] { (best[end], last[end]) = (value, start) }
      }
    }
    var (bounds, end) = ([periods], periods)
    while end > 0 {
      end = last[end]
      bounds.append(end)
    }
    bounds.reverse()
    segments = zip(bounds, bounds.dropFirst()).map {
      Segment(periods: $0..<$1, counts: sums[$1] - sums[$0], totals: sizes[$1] - sizes[$0])
    }
  }

  /// −2 log likelihood at the best share.
  private static func deviance(_ count: Double, _ total: Double) -> Double {
    func part(_ x: Double) -> Double { x > 0 ? -2 * x * log(x / total) : 0 }
    return part(count) + part(total - count)
  }

  /// Half the mean square of the steps between neighbours, against what independent draws would give.
  private static func dispersion(_ counts: [Double], _ totals: [Double]) -> Double {
    let periods = totals.indices.filter { totals[$0] > 0 }
    let p = counts.reduce(0, +) / totals.reduce(0, +)
    guard periods.count > 2, p > 0, p < 1 else { return 1 }
    let squares = zip(periods, periods.dropFirst()).map { a, b in
      let step = counts[a] / totals[a] - counts[b] / totals[b]
      return step * step / (p * (1 - p) * (1 / totals[a] + 1 / totals[b]))
    }
    // A change of level is one large step among the others: the median does not see it. 0.4549 is that of χ² with 1 degree.
    return max(1, Sample.quantile(squares.sorted(), 0.5) / 0.454_936_423_119_573)
  }
}
