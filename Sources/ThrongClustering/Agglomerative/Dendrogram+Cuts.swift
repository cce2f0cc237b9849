extension Dendrogram {
  /// The clusters that are left when all but the last `clusters` − 1 merges are done.
  ///
  /// - Parameter clusters: in 1...`leaves`.
  /// - Returns: the cluster of each leaf, numbered from 0 in order of its first leaf. O(leaves).
  package func cut(clusters: Int) -> [Int32] {
    precondition(clusters >= 1 && clusters <= leaves)
    return labels(merging: 0..<leaves - clusters)
  }

  /// The tree above ``cut(clusters:)``: its leaves are the clusters of that cut, by number. O(leaves).
  package func top(_ clusters: Int) -> Dendrogram {
    let labels = cut(clusters: clusters)
    let first = leaves - clusters
    // By node: its number in the tree above. Below the cut, that of the cluster it lies in.
    var number = labels.map { Int($0) }
    for (j, merge) in merges.enumerated() {
      number.append(j < first ? number[merge.left] : clusters + j - first)
    }
    let above = merges[first...].map { merge in
      let (a, b) = (number[merge.left], number[merge.right])
      return Merge(left: min(a, b), right: max(a, b), height: merge.height, size: merge.size)
    }
    return Dendrogram(leaves: clusters, merges: above)
  }

  /// The largest clusters of the tree that weigh no more than `size`, so that siblings are comparable whatever their
  /// heights; a leaf that weighs more stays alone.
  ///
  /// - Returns: as ``cut(clusters:)``.
  package func cut(largest size: Double) -> [Int32] {
    // A cluster weighs more than its parts, so all below one that is small enough is merged too.
    labels(merging: merges.indices.filter { merges[$0].size <= size })
  }

  /// Numbers of clusters at which the tree is cut best, growing: those with the greatest ratio of the next
  /// merge's height to the last one's. Each is at least twice the one before, so that the levels differ.
  ///
  /// - Parameters:
  ///   - levels: how many are wanted. Fewer come back where no more fit.
  ///   - choices: numbers of clusters to choose from; those outside 2..<`leaves` never are.
  package func counts(atGaps levels: Int, within choices: ClosedRange<Int>) -> [Int] {
    let possible = choices.clamped(to: 2...max(2, leaves - 1)).filter { choices ~= $0 && $0 < leaves }
    // A last merge of height 0 is of equal points, which nothing should part: what follows is the greatest gap.
    let gaps = possible.map { count in
      (count: count, ratio: merges[leaves - count].height / merges[leaves - count - 1].height)
    }
    var chosen: [Int] = []
    for gap in gaps.filter({ $0.ratio > 1 }).sorted(by: { ($1.ratio, $0.count) < ($0.ratio, $1.count) }) {
      guard chosen.count < levels else { break }
      if chosen.allSatisfy({ 2 * min($0, gap.count) <= max($0, gap.count) }) { chosen.append(gap.count) }
    }
    return chosen.sorted()
  }

  private func labels(merging done: some Sequence<Int>) -> [Int32] {
    var sets = DisjointSets(count: leaves + merges.count)
    for j in done {
      _ = sets.unite(leaves + j, merges[j].left)
      _ = sets.unite(leaves + j, merges[j].right)
    }
    var numbers = [Int32](repeating: -1, count: leaves + merges.count)
    var next: Int32 = 0
    return (0..<leaves).map { leaf in
      let root = sets.find(leaf)
      if numbers[root] < 0 {
        numbers[root] = next
        next += 1
      }
      return numbers[root]
    }
  }
}
