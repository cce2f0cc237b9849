import Foundation
import ThrongCore
import ThrongLinearAlgebra

extension KMeans {
  static func initialCentroids(of data: Rows, parameters: Parameters, random: inout RandomSource) throws
    -> Matrix
  {
    if let given = parameters.initialCentroids {
      do {
        try given.checkFinite(workers: data.workers)
      } catch LinearAlgebraFailure.notFinite(let row) {
        throw ClusteringFailure.parameter(
          name: "initialCentroids", reason: "hold a NaN or an infinity in row \(row)")
      }
      return data.spherical ? try given.normalizingRows(workers: data.workers) : given
    }
    switch parameters.initialization {
    case .randomRows:
      return data.x.selectingRows(sample(parameters.clusters, of: data.x.rows, random: &random))
    case .kMeansPlusPlus:
      return try plusPlus(data, parameters: parameters, random: &random)
    case .wardOfMicroclusters(let factor):
      return try joinedMicroclusters(data, factor: factor, parameters: parameters, random: &random)
    }
  }

  /// `count` of `0..<bound` in rising order, each subset equally likely (Knuth, algorithm 3.4.2 S). O(bound).
  static func sample(_ count: Int, of bound: Int, random: inout RandomSource) -> [Int] {
    var chosen: [Int] = []
    chosen.reserveCapacity(count)
    for i in 0..<bound where random.below(bound - i) < count - chosen.count { chosen.append(i) }
    return chosen
  }

  /// Greedy k-means++ over a sample. O(sample · columns · clusters · ln clusters).
  static func plusPlus(_ data: Rows, parameters: Parameters, random: inout RandomSource) throws -> Matrix {
    let clusters = parameters.clusters
    let (limit, overflow) = clusters.multipliedReportingOverflow(by: parameters.initializationRowsPerCluster)
    var (x, weights) = (data.x, data.seedWeights)
    if !overflow && limit < x.rows {
      let rows = sample(limit, of: x.rows, random: &random)
      x = x.selectingRows(rows)
      weights = rows.map { weights[$0] }
    }
    var state = try ClosestDistances(x, weights: weights, workers: data.workers)
    var chosen = [row(atShare: random.uniform(), of: weights)]
    _ = try state.propose(chosen)
    try state.accept(0)
    let trials = 2 + Int(log(Double(clusters)))
    while chosen.count < clusters {
      try data.workers.cancellation.check()
      let candidates = (0..<trials).compactMap { _ in state.row(atShare: random.uniform()) }
      // Every row lies on a centroid: what is left are duplicates.
      guard candidates.count == trials else { break }
      let potentials = try state.propose(candidates)
      let best = potentials.indices.min { potentials[$0] < potentials[$1] }!
      try state.accept(best)
      chosen.append(candidates[best])
    }
    if chosen.count < clusters {
      let taken = Set(chosen)
      chosen += (0..<x.rows).lazy.filter { !taken.contains($0) }.prefix(clusters - chosen.count)
    }
    return x.selectingRows(chosen)
  }

  /// The row at share `u` of the summed weights; row 0 where all are 0.
  private static func row(atShare u: Double, of weights: [Float]) -> Int {
    var rest = u * weights.reduce(0.0) { $0 + Double($1) }
    var last = 0
    for (i, weight) in weights.enumerated() where weight > 0 {
      last = i
      if rest < Double(weight) { break }
      rest -= Double(weight)
    }
    return last
  }

  /// The means of `factor` × clusters small clusters, joined by Ward's method and weighted.
  static func joinedMicroclusters(
    _ data: Rows, factor: Int, parameters: Parameters, random: inout RandomSource
  ) throws -> Matrix {
    var small = parameters
    small.clusters = min(parameters.clusters * factor, max(parameters.clusters, data.x.rows / 4))
    small.initialization = .kMeansPlusPlus
    // Ward mends what a few more rounds would.
    small.maximumIterations = min(10, parameters.maximumIterations)
    let start = try plusPlus(data, parameters: small, random: &random)
    let found = try lloyd(data, from: start, parameters: small) { _ in }
    let sums = try data.x.groupedSums(
      labels: found.assignments, groups: small.clusters, weights: data.weights, workers: data.workers)
    let used = (0..<small.clusters).filter { sums.sizes[$0] > 0 }
    guard used.count > parameters.clusters else { return start.selectingRows(Array(0..<parameters.clusters)) }
    let columns = data.x.columns
    var means = Matrix(rows: used.count, columns: columns)
    for (i, cluster) in used.enumerated() {
      for j in 0..<columns { means[i, j] = Float(sums.sums[cluster * columns + j] / sums.masses[cluster]) }
    }
    let masses = used.map { sums.masses[$0] }
    let groups = try Dendrogram.agglomerate(means, weights: masses, linkage: .ward, workers: data.workers)
      .cut(clusters: parameters.clusters)
    let joined = try means.groupedSums(
      labels: groups, groups: parameters.clusters, weights: masses.map(Float.init), workers: data.workers)
    var centroids = Matrix(rows: parameters.clusters, columns: columns)
    for i in 0..<parameters.clusters {
      for j in 0..<columns { centroids[i, j] = Float(joined.sums[i * columns + j] / joined.masses[i]) }
    }
    return data.spherical ? try centroids.normalizingRows(workers: data.workers) : centroids
  }
}
