/// Attack 2, second half: subtracting an earlier bundle.
///
/// **The attacker** holds two bundles and matches their clusters by label and terms. Where the logs overlap, the
/// difference of two counts is the count of what came or went.
/// **Success** needs both: the sizes of the matched clusters differ less than those of independent logs would, so that
/// the logs surely overlap; and a difference of a matched cluster or value surely is not 0 and surely is of fewer users
/// than the threshold.
///
/// **Overlap** is tested on conversations of matched clusters without children, after the growth of all together is taken
/// out: of independent logs, Σ (n′ − αn)² / (α(1+α)n) is χ² with one degree less than there are clusters, or larger where
/// users hold several conversations; its lower 1 % end (Wilson and Hilferty 1931, doi:10.1073/pnas.17.12.684) is
/// hardly ever undercut. O(clusters²).
struct OverTime {
  private let now: Published
  private let before: Published

  static func run(_ now: Published, previous: [Published]) -> Finding {
    guard !previous.isEmpty else {
      return .notTried(.overTime, "it needs an earlier bundle: --previous BUNDLE")
    }
    guard !now.rules.isNoised, previous.allSatisfy({ !$0.rules.isNoised }) else {
      return .notTried(.overTime, "the counts carry noise, so they bound no difference")
    }
    var (matched, small, overlapping) = (0, 0, 0)
    var lines: [String] = []
    for (at, earlier) in previous.enumerated() {
      // The same release again says nothing new.
      if !now.releaseID.isEmpty, earlier.releaseID == now.releaseID { continue }
      let attack = OverTime(now: now, before: earlier)
      let pairs = attack.pairs()
      matched += pairs.count
      guard attack.overlaps(pairs) else { continue }
      overlapping += 1
      let count = attack.smallDifferences(pairs)
      small += count
      if count > 0 {
        lines.append(
          "earlier bundle \(at + 1) is of nearly the same conversations, and \(count) counts differ from it by at least "
            + "one user or conversation and by fewer than the threshold (R12)")
      }
    }
    return Finding(
      .overTime, small > 0 ? .broken : .withstood,
      success: Success("differences over time that are few people", count: small, of: matched),
      figures: [
        "bundles": Double(previous.count), "overlapping": Double(overlapping),
        "matched_clusters": Double(matched),
      ], lines: lines)
  }

  /// Clusters that surely are the same topic: the same label under the same label; of several, those whose terms agree
  /// most. The root is the root.
  private func pairs() -> [(now: Int, before: Int)] {
    func name(_ published: Published, _ at: Int) -> String {
      let cluster = published.clusters[at]
      return (cluster.parent.map { published.clusters[$0].label } ?? "") + "\n" + cluster.label
    }
    var earlier: [String: [Int]] = [:]
    for at in before.clusters.indices { earlier[name(before, at), default: []].append(at) }
    var pairs: [(now: Int, before: Int)] = []
    for at in now.clusters.indices {
      let key = name(now, at)
      guard let candidates = earlier[key], !candidates.isEmpty else { continue }
      let terms = Set(now.clusters[at].terms)
      let best = candidates.max { a, b in
        terms.intersection(before.clusters[a].terms).count
          < terms.intersection(before.clusters[b].terms).count
      }!
      earlier[key]!.removeAll { $0 == best }
      pairs.append((at, best))
    }
    return pairs
  }

  private func overlaps(_ pairs: [(now: Int, before: Int)]) -> Bool {
    let leaves = pairs.filter {
      $0.now != 0 && now.clusters[$0.now].children.isEmpty && before.clusters[$0.before].children.isEmpty
    }.map { (Double(now.clusters[$0.now].conversations), Double(before.clusters[$0.before].conversations)) }
    guard leaves.count >= 4 else { return false }
    let growth = leaves.reduce(0) { $0 + $1.0 } / max(1, leaves.reduce(0) { $0 + $1.1 })
    let statistic = leaves.reduce(0) { sum, sizes in
      let surprise = sizes.0 - growth * sizes.1
      return sum + surprise * surprise / max(1, growth * (1 + growth) * sizes.1)
    }
    let freedom = Double(leaves.count - 1)
    let spread = 2 / (9 * freedom)
    let cube = 1 - spread - 2.3263 * spread.squareRoot()
    return statistic < freedom * cube * cube * cube
  }

  private func smallDifferences(_ pairs: [(now: Int, before: Int)]) -> Int {
    var count = 0
    func compare(_ a: ClosedRange<Double>, _ b: ClosedRange<Double>, threshold: Int) {
      let least = max(a.lowerBound - b.upperBound, b.lowerBound - a.upperBound)
      let most = max(a.upperBound - b.lowerBound, b.upperBound - a.lowerBound)
      if least > 0, most < Double(threshold) { count += 1 }
    }
    for (at, earlier) in pairs {
      let (cluster, other) = (now.clusters[at], before.clusters[earlier])
      compare(now.users(of: cluster), before.users(of: other), threshold: now.rules.minimumUsers)
      compare(
        now.conversations(of: cluster), before.conversations(of: other),
        threshold: now.rules.minimumConversations)
    }
    let place = Dictionary(pairs.map { ($0.now, $0.before) }, uniquingKeysWith: { first, _ in first })
    let (cells, cellsBefore) = (now.cellUserRanges, before.cellUserRanges)
    for (at, cell) in now.cells.enumerated() {
      guard let cluster = place[cell.cluster],
        let other = before.cells.firstIndex(where: {
          $0.cluster == cluster && $0.value == cell.value
            && before.facets[$0.facet].name == now.facets[cell.facet].name
        })
      else { continue }
      compare(cells[at], cellsBefore[other], threshold: now.rules.minimumFacetUsers)
    }
    return count
  }
}
