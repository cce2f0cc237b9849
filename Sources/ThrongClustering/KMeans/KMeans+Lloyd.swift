import ThrongCore
import ThrongLinearAlgebra

extension KMeans {
  /// Rounds of assignment and update from `start` until converged, and a last assignment, so that labels,
  /// centroids and inertia belong together.
  static func lloyd<Store>(
    _ data: Rows<Store>, from start: Matrix, parameters: Parameters, report: (_ iteration: Int) -> Void
  ) throws -> KMeansResult {
    let spread = try data.spread()
    var centroids = start
    var labels: [Int32]?
    var statistics: [IterationStatistics] = []
    var converged = false
    var final: Assignment?
    while statistics.count < parameters.maximumIterations, !converged {
      try data.workers.cancellation.check()
      var assigned = try assign(data, to: centroids)
      let moved = labels.map { old in old.indices.count { old[$0] != assigned.labels[$0] } } ?? data.x.rows
      var (repaired, shift) = (0, 0.0)
      if moved == 0 {
        // The centroids are the means of these labels already.
        converged = true
        final = assigned
      } else {
        repaired = repairEmptyClusters(
          &assigned.labels, distances: assigned.distances, data, clusters: centroids.rows)
        let updated = try data.x.groupedMeans(
          labels: assigned.labels, groups: centroids.rows, weights: data.weights, unit: data.spherical,
          fallback: centroids, workers: data.workers
        ).means
        shift = spread > 0 ? centroids.distance(to: updated) / spread : 0
        centroids = updated
        converged = parameters.tolerance > 0 && shift <= parameters.tolerance
      }
      statistics.append(
        IterationStatistics(
          inertia: assigned.inertia, movedRows: moved, centroidShift: shift, repairedClusters: repaired))
      labels = assigned.labels
      report(statistics.count)
    }
    let last = try final ?? assign(data, to: centroids)
    return KMeansResult(
      centroids: centroids, assignments: last.labels, inertia: last.inertia, iterations: statistics,
      converged: converged)
  }

  struct Assignment {
    var labels: [Int32]
    /// Squared distance of each row to its centroid.
    let distances: [Float]
    let inertia: Double
  }

  /// The nearest centroid of each row. O(rows · clusters · columns).
  static func assign<Store>(_ data: Rows<Store>, to centroids: Matrix) throws -> Assignment {
    // Unit centroids differ in length by rounding only: one norm for all keeps ties what they are.
    let norms =
      data.spherical
      ? [Float](repeating: 1, count: centroids.rows) : try centroids.squaredRowNorms(workers: data.workers)
    var (labels, distances) = try data.x.nearestRows(in: centroids, norms: norms, workers: data.workers)
    var inertia = 0.0
    for i in distances.indices {
      if data.seedWeights[i] == 0 {
        // A row of zeros in a spherical fit: in cluster 0, at the constant distance 1 from any direction.
        (labels[i], distances[i]) = (0, 1)
      } else {
        distances[i] = max(0, data.norms[i] + distances[i])
      }
      inertia += data.weight(i) * Double(distances[i])
    }
    return Assignment(labels: labels, distances: distances, inertia: inertia)
  }

  /// Gives each cluster without rows the row that adds most to the inertia (the lowest of equals), unless it
  /// is the last of its cluster or lies on its centroid. Returns how many clusters were given a row.
  static func repairEmptyClusters<Store>(
    _ labels: inout [Int32], distances: [Float], _ data: Rows<Store>, clusters: Int
  ) -> Int {
    var sizes = [Int](repeating: 0, count: clusters)
    for (i, label) in labels.enumerated() where data.seedWeights[i] > 0 { sizes[Int(label)] += 1 }
    let empty = (0..<clusters).filter { sizes[$0] == 0 }
    guard !empty.isEmpty else { return 0 }
    let cost = labels.indices.map { data.weight($0) * Double(distances[$0]) }
    // Below this a distance is the rounding of equal rows.
    var candidates = labels.indices.filter {
      data.seedWeights[$0] > 0 && distances[$0] > 1e-6 * data.norms[$0]
    }
    candidates.sort { cost[$0] != cost[$1] ? cost[$0] > cost[$1] : $0 < $1 }
    var next = candidates.makeIterator()
    var repaired = 0
    for cluster in empty {
      while let row = next.next() {
        guard sizes[Int(labels[row])] > 1 else { continue }
        sizes[Int(labels[row])] -= 1
        sizes[cluster] = 1
        labels[row] = Int32(cluster)
        repaired += 1
        break
      }
    }
    return repaired
  }
}

extension KMeans.Rows {
  /// Root mean square distance of the rows from their mean, weighted.
  fileprivate func spread() throws -> Double {
    let all = try x.groupedMeans(
      labels: [Int32](repeating: 0, count: x.rows), groups: 1, weights: weights, unit: false, fallback: nil,
      workers: workers)
    let mass = all.masses[0]
    let squares = try x.squaredRowNorms(workers: workers)
    let second = squares.indices.reduce(0.0) { $0 + weight($1) * Double(squares[$1]) } / mass
    let mean = all.means.values.reduce(0.0) { $0 + Double($1) * Double($1) }
    return max(0, second - mean).squareRoot()
  }
}

extension Matrix {
  /// Root mean square distance between rows of the same number.
  fileprivate func distance(to other: Matrix) -> Double {
    var sum = 0.0
    for i in values.indices {
      let difference = Double(values[i]) - Double(other.values[i])
      sum += difference * difference
    }
    return (sum / Double(rows)).squareRoot()
  }
}
