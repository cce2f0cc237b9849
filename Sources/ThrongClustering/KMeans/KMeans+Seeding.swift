import ThrongCore
import ThrongLinearAlgebra

// Starts that look at the rows less often than k-means++, which looks at all of them for each centroid.

extension KMeans {
  /// ``Initialization/kMeansParallel(oversampling:rounds:)``.
  ///
  /// O(rows · columns · clusters · oversampling · rounds), and k-means++ over as many candidates.
  static func parallelStart<Store>(
    _ data: Rows<Store>, clusters: Int, oversampling: Int, rounds: Int, random: inout RandomSource
  ) throws -> Matrix {
    var nearest = NearestCandidates(data)
    try nearest.add([row(atShare: random.uniform(), of: data.seedWeights)], atOnce: clusters)
    for _ in 0..<rounds {
      let costs = nearest.costs
      let sum = costs.reduce(0, +)
      guard sum > 0 else { break }
      let scale = Double(oversampling) * Double(clusters) / sum
      try nearest.add(costs.indices.filter { random.uniform() < costs[$0] * scale }, atOnce: clusters)
    }
    guard nearest.candidates.count > clusters else {
      return data.x.denseRows(filled(nearest.candidates, upTo: clusters, of: data.x.rows))
    }
    var masses = [Float](repeating: 0, count: nearest.candidates.count)
    for (row, owner) in nearest.owners.enumerated() { masses[Int(owner)] += data.seedWeights[row] }
    let candidates = data.selecting(nearest.candidates).weighing(masses)
    return try plusPlus(candidates, clusters: clusters, random: &random)
  }

  /// The means of the rows nearest to each of `clusters` rows: a first round of k-means from a start that need not be good.
  ///
  /// They are drawn as k-means++ draws them, but `batch` at once, all of which are kept. O(rows · columns · clusters).
  static func means<Store>(
    ofDrawn clusters: Int, batch: Int, _ data: Rows<Store>, random: inout RandomSource
  ) throws -> Matrix {
    var nearest = NearestCandidates(data)
    try nearest.add([row(atShare: random.uniform(), of: data.seedWeights)], atOnce: 1)
    while nearest.candidates.count < clusters {
      try data.workers.cancellation.check()
      let sums = nearest.costs.runningSums
      // Every row lies on one of them: what is left are duplicates.
      guard let sum = sums.last, sum > 0 else { break }
      let draws = min(batch, clusters - nearest.candidates.count)
      let rows = Set((0..<draws).map { _ in sums.position(of: random.uniform() * sum) })
      try nearest.add(rows.sorted(), atOnce: batch)
    }
    return try data.x.groupedMeans(
      labels: nearest.owners, groups: clusters, weights: data.weights, unit: data.spherical,
      fallback: data.x.denseRows(filled(nearest.candidates, upTo: clusters, of: data.x.rows)),
      workers: data.workers
    ).means
  }

  /// ``Initialization/markovChain(length:)``. O(rows · columns + clusters² · columns · length).
  static func markovChains<Store>(
    _ data: Rows<Store>, clusters: Int, length: Int, random: inout RandomSource
  ) throws -> Matrix {
    let weights = data.seedWeights
    var chosen = [row(atShare: random.uniform(), of: weights)]
    var nearest = NearestCandidates(data)
    try nearest.add(chosen, atOnce: 1)
    // Half by distance from the first centroid, half by weight alone: what a chain proposes.
    let costs = nearest.costs
    let (cost, mass) = (costs.reduce(0, +), weights.reduce(0.0) { $0 + Double($1) })
    guard cost > 0 else { return data.x.denseRows(filled(chosen, upTo: clusters, of: data.x.rows)) }
    let shares = costs.indices.map { costs[$0] / cost + Double(weights[$0]) / mass }
    let sums = shares.runningSums
    var centres = data.x.denseRows(chosen).values
    while chosen.count < clusters {
      try data.workers.cancellation.check()
      let proposed = (0..<length).map { _ in sums.position(of: random.uniform() * sums.last!) }
      let squares = try data.selecting(proposed).squares(
        to: Matrix(rows: chosen.count, columns: data.x.columns, values: centres)
      ).squares
      /// The odds of the limit against the proposal.
      func odds(_ i: Int) -> Double {
        Double(squares[i]) * Double(weights[proposed[i]]) / shares[proposed[i]]
      }
      var at = 0
      for i in proposed.indices.dropFirst() where odds(i) > random.uniform() * odds(at) { at = i }
      // A chain that meets a row away from all centroids ends on one: there were none.
      guard squares[at] > 0 else { break }
      chosen.append(proposed[at])
      centres += data.x.denseRows([proposed[at]]).values
    }
    return data.x.denseRows(filled(chosen, upTo: clusters, of: data.x.rows))
  }

  /// The lowest further rows: what is left are duplicates of those chosen.
  static func filled(_ chosen: [Int], upTo clusters: Int, of rows: Int) -> [Int] {
    let isChosen = Set(chosen)
    return chosen + (0..<rows).lazy.filter { !isChosen.contains($0) }.prefix(max(0, clusters - chosen.count))
  }

  /// Rows that may become centroids, and which of them is the nearest of each row.
  private struct NearestCandidates<Store: ClusteringRows> {
    private let data: Rows<Store>
    private(set) var candidates: [Int] = []
    /// By row: the squared distance to its nearest candidate, and the place of that.
    private(set) var squares: [Float]
    private(set) var owners: [Int32]

    init(_ data: Rows<Store>) {
      self.data = data
      squares = [Float](repeating: .infinity, count: data.x.rows)
      owners = [Int32](repeating: 0, count: data.x.rows)
    }

    /// Of each row, what it adds to the potential of k-means++.
    var costs: [Double] { squares.indices.map { Double(data.seedWeights[$0]) * Double(squares[$0]) } }

    /// - Parameter most: so many are dense at a time.
    mutating func add(_ rows: [Int], atOnce most: Int) throws {
      for start in stride(from: 0, to: rows.count, by: most) {
        let chosen = Array(rows[start..<min(rows.count, start + most)])
        let found = try data.squares(to: data.x.denseRows(chosen))
        for i in squares.indices where found.squares[i] < squares[i] {
          squares[i] = found.squares[i]
          owners[i] = Int32(candidates.count) + found.labels[i]
        }
        candidates += chosen
      }
    }
  }
}

extension KMeans.Rows {
  /// The same rows, each as heavy as given.
  fileprivate func weighing(_ masses: [Float]) -> Self {
    Self(
      x: x, norms: norms, weights: masses, seedWeights: masses, spherical: spherical, workers: workers)
  }

  /// The nearest centre of each row, and its squared distance; 0 where that is the rounding of equal rows.
  fileprivate func squares(to centres: Matrix) throws -> (labels: [Int32], squares: [Float]) {
    // One norm for all at unit length: rounding decides no ties.
    let squares =
      spherical ? [Float](repeating: 1, count: centres.rows) : try centres.squaredRowNorms(workers: workers)
    let found = try x.nearestRows(in: centres, norms: squares, workers: workers)
    return (
      found.labels,
      found.scores.indices.map {
        let square = norms[$0] + found.scores[$0]
        return square > 1e-6 * norms[$0] ? square : 0
      }
    )
  }
}

extension [Double] {
  /// The sums of each value and all before it. O(count).
  fileprivate var runningSums: [Double] {
    var sums = self
    for i in sums.indices.dropFirst() { sums[i] += sums[i - 1] }
    return sums
  }

  /// The first position whose value is greater, of rising values; the last, where none is. O(log count).
  fileprivate func position(of value: Double) -> Int {
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] > value { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
