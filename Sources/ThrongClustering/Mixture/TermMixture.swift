internal import Foundation
package import ThrongCore
package import ThrongLinearAlgebra

// Clusters of directions take every word to be as telling as its weight says. What a word tells between two
// clusters is how much more often the one uses it than the other: that is what a mixture of multinomials weighs.

/// Moves rows to the cluster whose words they use: a mixture of multinomials over the sparse rows, fitted by
/// expectation and maximisation from clusters that are there already (Nigam et al. 2000,
/// doi:10.1023/A:1007692713085).
///
/// A cluster is the distribution of its members' words, smoothed by that of all rows. No cluster is favoured for
/// its size: with priors the largest draws in what fits nowhere. A row speaks with the weight of no more than
/// ``Parameters/evidence`` words, because words of one text do not come independently of each other: without that
/// bound, long rows are certain at once and never move. A row is scored against ``Parameters/candidates`` clusters
/// near its own.
package enum TermMixture {
  /// Settings of ``refine(_:labels:unit:centroids:weights:parameters:workers:progress:)``.
  package struct Parameters: Sendable, Equatable {
    /// Rounds of expectation and maximisation at most. Default 5.
    package var rounds = 5
    /// Words of the whole that each cluster is smoothed with, as a share of a cluster's mean number of words. Default 0.1.
    package var smoothing = 0.1
    /// Words that a row counts for at most. Default 8.
    package var evidence = 8.0
    /// Clusters that a row is scored against, 2 or more; all where there are no more. Default 64.
    package var candidates = 64

    package init() {}
  }

  /// Shares of a row below this part of its largest are dropped.
  static let leastShare: Float = 0.02

  /// Refines `labels`; with the same input the same labels, at any number of threads.
  ///
  /// O(entries · candidates + clusters · columns) for each round, and Ward over the centroids where there are more
  /// clusters than candidates; memory O(rows + entries of the clusters' profiles + candidates · columns).
  ///
  /// - Parameters:
  ///   - rows: how often each row uses each column, times `unit` of the column, times a factor of the row; positive,
  ///     columns of a row rising. The least frequent column of a row counts as used once.
  ///   - labels: a cluster in 0..<`centroids.rows` of each row. Rows without entries keep theirs.
  ///   - unit: what one use weighs in each column; positive.
  ///   - centroids: of the clusters, in any space; only which clusters are near each other is taken from them.
  ///   - weights: a positive number for each row, how much it counts in its cluster; nil weighs all the same.
  /// - Returns: a cluster of each row, and what other rows can be told by.
  /// - Throws: `Interrupted`; ``ClusteringFailure`` for centroids that are not finite.
  package static func refine(
    _ rows: CSRMatrix, labels: [Int32], unit: [Float], centroids: Matrix, weights: [Float]? = nil,
    parameters: Parameters = Parameters(), workers: Workers, progress: any ProgressReporter = SilentProgress()
  ) throws -> Refined {
    precondition(labels.count == rows.rows && unit.count == rows.columns && parameters.candidates >= 2)
    precondition(weights?.count ?? rows.rows == rows.rows)
    let clusters = centroids.rows
    guard clusters > 1, rows.entryCount > 0 else { return Refined(labels: labels) }
    let text = try Text(rows, unit: unit, evidence: parameters.evidence, workers: workers)
    var sizes = [Double](repeating: 0, count: clusters)
    for label in labels { sizes[Int(label)] += 1 }
    let neighbourhoods = try Neighbourhood.all(
      of: centroids, sizes: sizes, candidates: parameters.candidates, workers: workers)
    let background = try text.background(weights: weights, workers: workers)
    var refined = Refined(labels: labels)
    var members = Members(labels: labels, lengths: text.lengths, clusters: clusters)
    for round in 0..<parameters.rounds {
      try workers.cancellation.check()
      let profiles = try Profiles(
        text, members, background: background, smoothing: parameters.smoothing, weights: weights,
        workers: workers)
      refined.told = Refined.Told(
        profiles: profiles, neighbourhoods: neighbourhoods, unit: unit, evidence: parameters.evidence)
      let before = refined.labels
      let shares = try expectation(
        text, profiles, neighbourhoods, labels: &refined.labels, workers: workers)
      progress.report(stage: "refine", done: round + 1, total: parameters.rounds, unit: .iterations)
      let moved = zip(refined.labels, before).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
      // What a last thousandth does is not worth a round.
      if moved * 1000 <= labels.count { break }
      members = Members(shares, clusters: clusters)
    }
    return refined
  }

  /// Clusters as the mixture has them.
  package struct Refined: Sendable {
    /// The cluster of each row that it was fitted to.
    package fileprivate(set) var labels: [Int32]
    fileprivate var told: Told?

    fileprivate struct Told: Sendable {
      let profiles: Profiles
      let neighbourhoods: [Neighbourhood]
      let unit: [Float]
      let evidence: Double
    }

    fileprivate init(labels: [Int32]) { self.labels = labels }

    /// The clusters of other rows by what was learned from those. O(entries · candidates + entries of the profiles).
    ///
    /// - Parameters:
    ///   - rows: as those it was fitted to.
    ///   - labels: near which cluster each lies. Rows without entries keep theirs.
    package func labels(of rows: CSRMatrix, near labels: [Int32], workers: Workers) throws -> [Int32] {
      precondition(labels.count == rows.rows)
      guard let told else { return labels }
      var labels = labels
      let text = try Text(rows, unit: told.unit, evidence: told.evidence, workers: workers)
      _ = try expectation(
        text, told.profiles, told.neighbourhoods, labels: &labels, wantsShares: false, workers: workers)
      return labels
    }
  }
}

extension TermMixture {
  /// Rows as numbers of words.
  struct Text {
    let rows: CSRMatrix
    /// 1 / unit of each column.
    let perUse: [Float]
    /// What a row's values are multiplied with, beside ``perUse``, to be numbers of uses.
    let scales: [Float]
    /// Words of each row; 0 of a row without entries.
    let lengths: [Float]
    /// What a row's words are multiplied with so that they are not more than the evidence.
    let tempers: [Float]

    init(_ rows: CSRMatrix, unit: [Float], evidence: Double, workers: Workers) throws {
      let perUse = unit.map { 1 / $0 }
      let blocks = try workers.mapBlocks(count: rows.rows, blockSize: 4096) { _, range in
        let (columns, values, perUse) = (rows.columnIndices.span, rows.values.span, perUse.span)
        return range.map { row in
          var (sum, least) = (Float(0), Float.infinity)
          for entry in rows.entries(ofRow: row) {
            let uses = values[entry] * perUse[Int(columns[entry])]
            sum += uses
            least = min(least, uses)
          }
          return sum > 0 ? (scale: 1 / least, length: sum / least) : (scale: 0, length: 0)
        }
      }
      let figures = blocks.flatMap(\.self)
      (self.rows, self.perUse) = (rows, perUse)
      scales = figures.map(\.scale)
      lengths = figures.map(\.length)
      tempers = lengths.map { min(1, Float(evidence) / max($0, 1)) }
    }

    /// Uses of each column, by weight.
    func background(weights: [Float]?, workers: Workers) throws -> [Double] {
      let blocks = try workers.mapBlocks(count: rows.rows, blockSize: max(4096, (rows.rows + 7) / 8)) {
        _, range in
        var (sum, touched) = zeros
        for row in range { add(row, times: weights?[row] ?? 1, to: &sum, &touched) }
        return sum
      }
      return blocks.dropFirst().reduce(into: blocks[0]) { sum, block in
        for column in sum.indices { sum[column] += block[column] }
      }
    }

    /// A sum for each column, and a bit that says whether it has one: a cluster uses few of them.
    var zeros: (sum: [Double], touched: [UInt64]) {
      ([Double](repeating: 0, count: rows.columns), [UInt64](repeating: 0, count: (rows.columns + 63) / 64))
    }

    @inline(__always) func add(
      _ row: Int, times factor: Float, to sum: inout [Double], _ touched: inout [UInt64]
    ) {
      var sum = sum.mutableSpan
      var touched = touched.mutableSpan
      let (columns, values, perUse) = (rows.columnIndices.span, rows.values.span, perUse.span)
      let factor = factor * scales[row]
      for entry in rows.entries(ofRow: row) {
        let column = Int(columns[entry])
        sum[column] += Double(values[entry] * perUse[column] * factor)
        touched[column >> 6] |= 1 << UInt64(column & 63)
      }
    }
  }

  /// Which rows lie in each cluster, and with what share.
  struct Members {
    /// Clusters + 1 positions in the other two.
    let starts: [Int]
    let rows: [Int32]
    let shares: [Float]

    /// Every row with words wholly in its cluster.
    init(labels: [Int32], lengths: [Float], clusters: Int) {
      let rows = labels.indices.filter { lengths[$0] > 0 }
      self.init(
        rows.map { Share(row: Int32($0), cluster: labels[$0], share: 1) }, clusters: clusters)
    }

    /// By cluster, in the order given. O(shares + clusters).
    init(_ list: [Share], clusters: Int) {
      var next = [Int](repeating: 0, count: clusters + 1)
      for share in list { next[Int(share.cluster) + 1] += 1 }
      for cluster in 0..<clusters { next[cluster + 1] += next[cluster] }
      starts = next
      var rows = [Int32](repeating: 0, count: list.count)
      var shares = [Float](repeating: 0, count: list.count)
      for share in list {
        let place = next[Int(share.cluster)]
        next[Int(share.cluster)] += 1
        rows[place] = share.row
        shares[place] = share.share
      }
      (self.rows, self.shares) = (rows, shares)
    }
  }

  struct Share: Sendable {
    let row: Int32
    let cluster: Int32
    let share: Float
  }

  /// What each column tells for each cluster.
  struct Profiles: Sendable {
    /// Clusters × columns: by how much the logarithm of a word's likelihood ratio to the whole is larger than that of a
    /// word the cluster lacks, over the unit of the column.
    let gains: CSRMatrix
    /// The logarithm of that ratio for a word that the cluster lacks; −∞ for a cluster without words.
    let base: [Float]

    init(
      _ text: Text, _ members: Members, background: [Double], smoothing: Double, weights: [Float]?,
      workers: Workers
    ) throws {
      let clusters = members.starts.count - 1
      let total = background.reduce(0, +)
      let mass = smoothing * total / Double(clusters)
      let perMass = background.map { $0 > 0 ? total / (mass * $0) : 0 }
      typealias Profile = (columns: [UInt32], gains: [Float], base: Float)
      let blocks = try workers.mapBlocks(count: clusters, blockSize: max(1, (clusters + 31) / 32)) {
        _, range in
        var (sum, touched) = text.zeros
        return range.map { cluster -> Profile in
          for place in members.starts[cluster]..<members.starts[cluster + 1] {
            let row = Int(members.rows[place])
            text.add(row, times: members.shares[place] * (weights?[row] ?? 1), to: &sum, &touched)
          }
          return Self.profile(&sum, &touched, perMass: perMass, perUse: text.perUse, mass: mass)
        }
      }
      let profiles = blocks.flatMap(\.self)
      var offsets = [0]
      for profile in profiles { offsets.append(offsets.last! + profile.gains.count) }
      gains = CSRMatrix(
        rows: clusters, columns: text.rows.columns, rowOffsets: offsets,
        columnIndices: Array(profiles.map(\.columns).joined()),
        values: Array(profiles.map(\.gains).joined()))
      base = profiles.map(\.base)
    }

    /// Takes the sums, and leaves zeros.
    private static func profile(
      _ sum: inout [Double], _ touched: inout [UInt64], perMass: [Double], perUse: [Float], mass: Double
    ) -> (columns: [UInt32], gains: [Float], base: Float) {
      var (columns, gains, words) = ([UInt32](), [Float](), 0.0)
      var sum = sum.mutableSpan
      var touched = touched.mutableSpan
      let (perMass, perUse) = (perMass.span, perUse.span)
      for at in touched.indices {
        while touched[at] != 0 {
          let column = 64 * at + touched[at].trailingZeroBitCount
          touched[at] &= touched[at] - 1
          guard sum[column] > 0 else { continue }
          words += sum[column]
          columns.append(UInt32(column))
          gains.append(log(1 + Float(sum[column] * perMass[column])) * perUse[column])
          sum[column] = 0
        }
      }
      return (columns, gains, words > 0 ? Float(log(mass / (words + mass))) : -.infinity)
    }
  }
}
