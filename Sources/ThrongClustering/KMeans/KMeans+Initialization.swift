internal import Foundation
import ThrongCore
import ThrongLinearAlgebra

extension KMeans {
  /// No sample for initialization is smaller: below this it saves nothing.
  private static let fewestRows = 20_000

  /// Bytes of micro-centroids at most; where they would be more, the start is k-means++.
  package static let microcentroidLimit = 512 << 20

  static func initialCentroids<Store>(
    of data: Rows<Store>, parameters: Parameters, random: inout RandomSource
  ) throws -> Matrix {
    if let given = parameters.initialCentroids {
      do {
        try given.checkFinite(workers: data.workers)
      } catch LinearAlgebraFailure.notFinite(let row) {
        throw ClusteringFailure.parameter(
          name: "initialCentroids", reason: "hold a NaN or an infinity in row \(row)")
      }
      return data.spherical ? try given.normalizingRows(workers: data.workers) : given
    }
    let size = max(fewestRows, data.rows(parameters.initializationRowsPerCluster, times: parameters.clusters))
    let sample = size < data.x.rows ? data.sample(size, random: &random) : data
    let clusters = parameters.clusters
    switch parameters.initialization {
    case .randomRows:
      return sample.x.denseRows(drawn(clusters, of: sample.x.rows, random: &random))
    case .kMeansPlusPlus:
      return try plusPlus(sample, clusters: clusters, random: &random)
    case .kMeansParallel(let oversampling, let rounds):
      return try parallelStart(
        sample, clusters: clusters, oversampling: oversampling, rounds: rounds, random: &random)
    case .markovChain(let length):
      return try markovChains(sample, clusters: clusters, length: length, random: &random)
    case .wardOfMicroclusters(let factor):
      let small = microclusters(clusters, factor: factor, rows: sample.x.rows)
      guard bytes(ofCentroids: small, columns: sample.x.columns) <= Double(microcentroidLimit) else {
        return try plusPlus(sample, clusters: clusters, random: &random)
      }
      return try joinedMicroclusters(
        sample, clusters: clusters, choices: parameters.clusterChoices, count: small, random: &random)
    }
  }

  /// `count` of `0..<bound` in rising order, each subset equally likely (Knuth, algorithm 3.4.2 S). O(bound).
  static func drawn(_ count: Int, of bound: Int, random: inout RandomSource) -> [Int] {
    var chosen: [Int] = []
    chosen.reserveCapacity(count)
    for i in 0..<bound where random.below(bound - i) < count - chosen.count { chosen.append(i) }
    return chosen
  }

  /// Greedy k-means++: rows drawn in proportion to weight × squared distance from the nearest drawn so far, the best
  /// of 2 + ⌊ln k⌋ each time. O(rows · columns · clusters · ln clusters).
  static func plusPlus<Store>(
    _ data: Rows<Store>, clusters: Int, random: inout RandomSource
  ) throws -> Matrix {
    var state = try ClosestDistances(data.x, weights: data.seedWeights, workers: data.workers)
    var chosen = [row(atShare: random.uniform(), of: data.seedWeights)]
    var isChosen = Set(chosen)
    _ = try state.propose(chosen)
    try state.accept(0)
    let trials = 2 + Int(log(Double(clusters)))
    while chosen.count < clusters {
      try data.workers.cancellation.check()
      let candidates = (0..<trials).compactMap { _ in state.row(atShare: random.uniform()) }
        .filter { !isChosen.contains($0) }
      // Every row lies on a centroid but for rounding: what is left are duplicates.
      guard !candidates.isEmpty else { break }
      let potentials = try state.propose(candidates)
      let best = potentials.indices.min { potentials[$0] < potentials[$1] }!
      try state.accept(best)
      chosen.append(candidates[best])
      isChosen.insert(candidates[best])
    }
    return data.x.denseRows(filled(chosen, upTo: clusters, of: data.x.rows))
  }

  /// The row at share `u` of the summed weights; row 0 where all are 0.
  static func row(atShare u: Double, of weights: [Float]) -> Int {
    var rest = u * weights.reduce(0.0) { $0 + Double($1) }
    var last = 0
    for (i, weight) in weights.enumerated() where weight > 0 {
      last = i
      if rest < Double(weight) { break }
      rest -= Double(weight)
    }
    return last
  }

  private static func microclusters(_ clusters: Int, factor: Int, rows: Int) -> Int {
    let (product, overflow) = clusters.multipliedReportingOverflow(by: factor)
    let most = max(clusters, rows / 4)
    return overflow ? most : min(product, most)
  }

  /// As a floating-point number, which no product overflows.
  static func bytes(ofCentroids clusters: Int, columns: Int) -> Double {
    Double(clusters) * Double(columns) * Double(MemoryLayout<Float>.size)
  }

  /// The means of `count` small clusters, joined by Ward's method.
  ///
  /// Ward forgives rough parts: five rounds from centres drawn in batches gave about the same inertia and
  /// scores in the end as ten rounds from greedy k-means++.
  private static func joinedMicroclusters<Store>(
    _ data: Rows<Store>, clusters: Int, choices: ClosedRange<Int>?, count small: Int,
    random: inout RandomSource
  ) throws -> Matrix {
    // The first of the five rounds.
    let start = try means(ofDrawn: small, batch: min(128, max(16, small / 128)), data, random: &random)
    var rounds = try Rounds(data, usesBounds: true)
    let found = try rounds.result(of: rounds.run(from: start, limit: 4, tolerance: 1e-4))
    let parts = try data.x.groupedMeans(
      labels: found.assignments, groups: small, weights: data.weights, unit: false, fallback: nil,
      workers: data.workers)
    let used = (0..<small).filter { parts.sizes[$0] > 0 }
    // Hardly any distinct rows: nothing to join.
    guard used.count > clusters else {
      let unused = (0..<small).filter { parts.sizes[$0] == 0 }
      return found.centroids.selectingRows(Array((used + unused).prefix(clusters)))
    }
    let means = parts.means.selectingRows(used)
    let masses = used.map { parts.masses[$0] }
    let dendrogram = try Dendrogram.agglomerate(
      means, weights: masses, linkage: .ward, workers: data.workers)
    let clusters = choices.map { dendrogram.cutBeforeLeap(near: clusters, within: $0) } ?? clusters
    let groups = dendrogram.cut(clusters: clusters)
    let joined = try means.groupedMeans(
      labels: groups, groups: clusters, weights: masses.map(Float.init), unit: false, fallback: nil,
      workers: data.workers
    ).means
    return data.spherical ? try joined.normalizingRows(workers: data.workers) : joined
  }
}
