internal import Foundation

/// Attack 3 (R7): what the published values of a sensitive facet tell about whoever is known to be in a cluster.
///
/// **The attacker** knows that somebody is in a cluster, or knows somebody's sensitive value, and reads the other off the
/// table. Recomputed from rounded counts and the mass of values that were withheld, always in the release's favour, so that
/// rounding alone is no success:
/// - fewer than two published values;
/// - entropy ℓ-diversity (Machanavajjhala et al. 2007, doi:10.1145/1217299.1217302): exp(H) < ℓ for every
///   distribution within the bounds;
/// - t-closeness (Li et al. 2007, doi:10.1109/ICDE.2007.367856): distance from the whole > t for every one; half
///   the sum of differences, of ordered values half… the mean of cumulative differences;
/// - the other way round: a value all of whose conversations but fewer than the threshold lie in one cluster below the
///   root, while the cluster is less than half of all.
///
/// **Success** is any of these. O(cells · values).
struct Homogeneity {
  static let leastDiversity = 2.0
  static let largestDistance = 0.2

  private let published: Published
  /// Per cluster and facet, the published cells.
  private let cells: [[Int: [Published.FacetCell]]]
  private var found: [String: Int] = [:]

  /// - Parameter tables: the release, and the tables of its study.
  static func run(_ tables: [Published]) -> Finding {
    guard tables.contains(where: { $0.facets.contains(where: \.isSensitive) }) else {
      return .notTried(.homogeneity, "no facet of the bundle is marked as sensitive")
    }
    guard !tables[0].rules.isNoised else {
      return .notTried(.homogeneity, "the counts carry noise; distributions cannot be bounded")
    }
    var (tried, found): (Int, [String: Int]) = (0, [:])
    for published in tables {
      var attack = Homogeneity(published)
      for facet in published.facets.indices where published.facets[facet].isSensitive {
        tried += attack.attack(facet)
      }
      found.merge(attack.found, uniquingKeysWith: +)
    }
    let total = found.values.reduce(0, +)
    return Finding(
      .homogeneity, total > 0 ? .broken : .withstood,
      success: Success("clusters that give a sensitive value away, or the reverse", count: total, of: tried),
      figures: found.mapValues { Double($0) },
      lines: found.sorted { $0.key < $1.key }.map { "\($0.value) cases of kind \($0.key)" })
  }

  private init(_ published: Published) {
    self.published = published
    var cells = [[Int: [Published.FacetCell]]](repeating: [:], count: published.clusters.count)
    for cell in published.cells { cells[cell.cluster][cell.facet, default: []].append(cell) }
    self.cells = cells
  }

  /// Returns the number of clusters looked at.
  private mutating func attack(_ facet: Int) -> Int {
    let values = (cells[0][facet] ?? []).map(\.value)
    var tried = 0
    for cluster in published.clusters.indices {
      guard let own = cells[cluster][facet], !own.isEmpty else { continue }
      tried += 1
      if own.count < 2, !published.facets[facet].isComplete {
        found["fewer_than_two_values", default: 0] += 1
      }
      let boxes = boxes(own, of: published.clusters[cluster])
      let diversity = Self.largestDiversity(boxes.shown + [boxes.rest])
      if diversity < (published.rules.diversity ?? Self.leastDiversity) - 1e-9 {
        found["diversity", default: 0] += 1
      }
      guard cluster != 0, !values.isEmpty else { continue }
      let distance = leastDistance(facet, cluster: cluster, values: values)
      if distance > (published.rules.closeness ?? Self.largestDistance) + 1e-9 {
        found["closeness", default: 0] += 1
      }
      for cell in own where betraysCluster(cell) { found["value_gives_cluster_away", default: 0] += 1 }
    }
    return tried
  }

  /// Bounds of the published values' conversations, and of what is left of the cluster.
  private func boxes(
    _ own: [Published.FacetCell], of cluster: Published.Cluster
  ) -> (shown: [ClosedRange<Double>], rest: ClosedRange<Double>) {
    let shown = own.map { published.conversations(of: $0) }
    let whole = published.conversations(of: cluster)
    let least = max(0, whole.lowerBound - shown.reduce(0) { $0 + $1.upperBound })
    let most = max(least, whole.upperBound - shown.reduce(0) { $0 + $1.lowerBound })
    return (shown, least...most)
  }

  /// The largest exp(H) of counts within boxes: counts are drawn to one level as far as the boxes let them.
  ///
  /// The last box may be any number of values; it is taken for one, unless it is large, when it is spread over as many
  /// as make it no larger than the level.
  static func largestDiversity(_ boxes: [ClosedRange<Double>]) -> Double {
    let levels = boxes.flatMap { [$0.lowerBound, $0.upperBound] }.filter { $0 > 0 }
    var best = 0.0
    for level in levels {
      var counts = boxes.dropLast().map { min(max(level, $0.lowerBound), $0.upperBound) }
      // What was withheld: as much and in as many parts as favours the release.
      var rest = boxes[boxes.count - 1].upperBound
      while rest > 0.5, counts.count < boxes.count + 64 {
        counts.append(min(rest, level))
        rest -= level
      }
      let total = counts.reduce(0, +)
      guard total > 0 else { continue }
      let entropy = counts.filter { $0 > 0 }.reduce(0) { $0 - $1 / total * log($1 / total) }
      best = max(best, exp(entropy))
    }
    return best
  }

  /// The least distance between a cluster's distribution and the root's, over all counts within the bounds: the
  /// counts of the cluster follow the root's as far as their boxes let them.
  private func leastDistance(_ facet: Int, cluster: Int, values: [String]) -> Double {
    func boxes(of cluster: Int) -> [ClosedRange<Double>] {
      let own = cells[cluster][facet] ?? []
      let all = self.boxes(own, of: published.clusters[cluster])
      let place = Dictionary(
        own.enumerated().map { ($0.element.value, $0.offset) }, uniquingKeysWith: { a, _ in a })
      return values.map { place[$0].map { all.shown[$0] } ?? 0...all.rest.upperBound } + [
        0...all.rest.upperBound
      ]
    }
    let (own, whole) = (boxes(of: cluster), boxes(of: 0))
    let shown = whole.map(\.lowerBound)
    let total = max(1, shown.reduce(0, +))
    var best = Double.infinity
    let scales = zip(own, shown).flatMap { box, count in
      count > 0 ? [box.lowerBound / count, box.upperBound / count] : []
    }
    for scale in scales {
      let counts = zip(own, shown).map { box, count in min(max(scale * count, box.lowerBound), box.upperBound)
      }
      let sum = counts.reduce(0, +)
      guard sum > 0 else { continue }
      let differences = zip(counts, shown).map { $0 / sum - $1 / total }
      best = min(
        best, published.facets[facet].isOrdered ? Self.ordered(differences) : Self.plain(differences))
    }
    // The root's own counts are rounded too; by how much each share may be off.
    let slack = whole.dropLast().reduce(0) { $0 + ($1.upperBound - $1.lowerBound) } / (2 * total)
    return best == .infinity ? 0 : max(0, best - slack)
  }

  static func plain(_ differences: [Double]) -> Double { differences.reduce(0) { $0 + abs($1) } / 2 }

  /// Earth mover's distance of ordered values: the mean of the cumulative differences.
  static func ordered(_ differences: [Double]) -> Double {
    var (sum, total) = (0.0, 0.0)
    for difference in differences {
      sum += difference
      total += abs(sum)
    }
    return total / Double(max(1, differences.count - 1))
  }

  private func betraysCluster(_ cell: Published.FacetCell) -> Bool {
    guard let root = (cells[0][cell.facet] ?? []).first(where: { $0.value == cell.value }),
      2 * published.clusters[cell.cluster].conversations < published.clusters[0].conversations
    else { return false }
    let rules = published.rules
    let users = published.users(of: root).upperBound - published.users(of: cell).lowerBound
    let conversations =
      published.conversations(of: root).upperBound - published.conversations(of: cell).lowerBound
    return users < Double(rules.minimumFacetUsers) || conversations < Double(rules.minimumFacetConversations)
  }
}
