internal import ThrongCore

extension Validity {
  /// How well each cluster is found again in samples (Hennig 2007, doi:10.1016/j.csda.2006.11.025): the mean over
  /// samples of its greatest Jaccard similarity to a cluster of the sample, members outside the sample left
  /// out. In 0...1; above 0.75 a cluster is commonly taken to be stable, below 0.5 to be dissolved.
  ///
  /// - Parameters:
  ///   - labels: the clustering in question.
  ///   - samples: drawings without replacement, at least 1.
  ///   - share: of the points in each, over 0 and up to 1.
  ///   - cluster: clusters the given rows, in rising order; a label for each.
  /// - Returns: for each label, in rising order, its score; nil where no sample held a member.
  package static func stability(
    of labels: [Int32], samples: Int, share: Double, seed: UInt64, cluster: (_ rows: [Int]) throws -> [Int32]
  ) throws -> [(label: Int32, score: Double?)] {
    precondition(samples >= 1 && share > 0 && share <= 1)
    let (positions, count) = Contingency.numbered(labels)
    let names = Set(labels).sorted()
    var (sums, held) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    for sample in 0..<samples {
      let size = max(1, Int((Double(labels.count) * share).rounded()))
      let rows = draw(min(size, labels.count), of: labels.count, seed: seed, stream: UInt64(sample))
      let table = Contingency(rows.map { Int32(positions[$0]) }, try cluster(rows))
      let present = Set(rows.map { positions[$0] }).sorted()
      var best = [Double](repeating: 0, count: present.count)
      for cell in table.cells {
        let union = table.rowSums[cell.row] + table.columnSums[cell.column] - cell.count
        best[cell.row] = max(best[cell.row], cell.count / union)
      }
      for (k, score) in zip(present, best) {
        sums[k] += score
        held[k] += 1
      }
    }
    return names.indices.map { (names[$0], held[$0] > 0 ? sums[$0] / held[$0] : nil) }
  }
}
