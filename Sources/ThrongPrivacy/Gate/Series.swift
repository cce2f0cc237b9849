internal import Foundation
internal import ThrongStatistics

/// Shown counts by period: public.
struct Series {
  /// The segment, or the id of a cluster.
  let segment: String
  let value: String
  var counts: [Double]
  /// 0 where nothing is shown: that period says nothing.
  var totals: [Double]

  /// The course of each series that has three periods or more, with p-values adjusted for all of them (Holm).
  static func trends(_ series: [Series], name: String, periods: [String]) -> [Release.Trend] {
    let fitted = series.compactMap { line in
      Trend(counts: line.counts, totals: line.totals).flatMap { $0.slope.isDefined ? (line, $0) : nil }
    }
    let adjusted = MultipleTests.holm.adjusted(fitted.map(\.1.test.pValue))
    // An odds ratio that no log has would be no number of JSON.
    func tidy(_ x: Double) -> Double { (min(x, 1e6) * 10_000).rounded() / 10_000 }
    return zip(fitted, adjusted).map { fitted, adjusted in
      let (line, trend) = fitted
      // Periods without a shown count would look like part of the level around them.
      let shown = periods.indices.filter { line.totals[$0] > 0 }
      let changes = ChangePoints(counts: shown.map { line.counts[$0] }, totals: shown.map { line.totals[$0] })
        .changes
      return Release.Trend(
        name: name, segment: line.segment, value: line.value, growth: tidy(exp(trend.slope.estimate)),
        growthLow: tidy(exp(trend.slope.lower)), growthHigh: tidy(exp(trend.slope.upper)),
        p: tidy(trend.test.pValue), pAdjusted: tidy(adjusted), changes: changes.map { periods[shown[$0]] })
    }
  }

  /// The course of each topic over the weeks or months that its facet cells show, as a share of all conversations of
  /// each; every number of it is in the release already.
  static func topics(_ cells: [Release.FacetCell], clusters: [Release.Cluster]) -> [Release.Trend] {
    guard let facet = [".week", ".month"].first(where: { name in cells.contains { $0.facet == name } }) else {
      return []
    }
    let own = cells.filter { $0.facet == facet }
    // Names of weeks and months sort as they follow each other.
    let periods = Set(own.map(\.value)).sorted()
    let place = Dictionary(uniqueKeysWithValues: periods.enumerated().map { ($1, $0) })
    var totals = [Double](repeating: 0, count: periods.count)
    for cell in own where cell.clusterID == clusters[0].id {
      totals[place[cell.value]!] = Double(cell.conversations)
    }
    let byCluster = Dictionary(grouping: own) { $0.clusterID }
    let series = clusters.dropFirst().compactMap { cluster -> Series? in
      guard let own = byCluster[cluster.id] else { return nil }
      var line = Series(
        segment: cluster.id, value: cluster.label, counts: Array(repeating: 0, count: periods.count),
        totals: Array(repeating: 0, count: periods.count))
      for cell in own where totals[place[cell.value]!] > 0 {
        let at = place[cell.value]!
        (line.counts[at], line.totals[at]) = (min(totals[at], Double(cell.conversations)), totals[at])
      }
      return line
    }
    return trends(series, name: "topics", periods: periods)
  }
}
