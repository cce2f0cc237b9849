import ThrongCore
import ThrongLinearAlgebra

extension KMeans {
  /// Rounds of Lloyd's algorithm over some rows, from one start after another: what one of them has learnt of the
  /// rows, and the memory that it took, serves the next.
  struct Rounds<Store: ClusteringRows> {
    let data: Rows<Store>
    private let spread: Double
    private var search: Store.Search

    /// O(rows · columns).
    init(_ data: Rows<Store>, usesBounds: Bool) throws {
      self.data = data
      spread = try data.spread()
      search = try Store.Search(
        data.x, norms: data.norms, weights: data.weights, unit: data.spherical, usesBounds: usesBounds,
        workers: data.workers)
    }

    /// Rounds of assignment and update from `start` until converged.
    ///
    /// - Parameter stop: asked after each round; true ends the course there.
    mutating func run(
      from start: Matrix, limit: Int, tolerance: Double, until stop: (Round) throws -> Bool = { _ in false }
    ) throws -> Course {
      var course = Course(centroids: start)
      var labels: [Int32]?
      search.startAnew()
      while course.iterations.count < limit, !course.converged, !course.wasStopped {
        try data.workers.cancellation.check()
        let computed = try search.assign(to: course.centroids, isLast: false)
        let inertia = data.inertia(search.distances)
        var assigned = search.labels
        let moved = labels.map { differences($0, assigned) } ?? data.x.rows
        var (repaired, shift) = (0, 0.0)
        var updated = course.centroids
        if moved == 0 {
          // The centroids are the means of these labels already.
          (course.converged, course.isAssigned) = (true, true)
        } else {
          repaired = repairEmptyClusters(
            &assigned, distances: search.distances, data, clusters: updated.rows)
          updated = try search.means(labels: assigned, fallback: course.centroids)
          shift = spread > 0 ? course.centroids.distance(to: updated) / spread : 0
          course.converged = tolerance > 0 && shift <= tolerance
        }
        course.iterations.append(
          IterationStatistics(
            rows: data.x.rows, inertia: inertia, movedRows: moved, centroidShift: shift,
            repairedClusters: repaired, computedDistances: computed))
        let round = Round(
          number: course.iterations.count, statistics: course.iterations.last!, labels: assigned,
          distances: search.distances, from: course.centroids, to: updated)
        course.centroids = updated
        labels = assigned
        course.wasStopped = try stop(round) && !course.converged
      }
      return course
    }

    /// Labels and inertia that belong to the centroids of a course: its own last, or of other rows.
    mutating func result(of course: Course) throws -> KMeansResult {
      if !course.isAssigned { _ = try search.assign(to: course.centroids, isLast: true) }
      return KMeansResult(
        centroids: course.centroids, assignments: search.labels, inertia: data.inertia(search.distances),
        iterations: course.iterations, converged: course.converged)
    }
  }

  /// Where a sequence of rounds has come to.
  struct Course {
    var centroids: Matrix
    var iterations: [IterationStatistics] = []
    var converged = false
    var wasStopped = false
    /// Whether the search holds the labels of ``centroids``.
    var isAssigned = false
  }

  /// What one round saw and did.
  struct Round {
    /// From 1.
    let number: Int
    let statistics: IterationStatistics
    let labels: [Int32]
    /// Squared, to the centroids before.
    let distances: [Float]
    /// The centroids before and after.
    let from: Matrix
    let to: Matrix
  }

  private static func differences(_ a: [Int32], _ b: [Int32]) -> Int {
    let (a, b) = (a.span, b.span)
    var count = 0
    for i in a.indices where a[i] != b[i] { count += 1 }
    return count
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
  /// Sum of weight × squared distance.
  fileprivate func inertia(_ distances: [Float]) -> Double {
    guard let weights else { return distances.reduce(0.0) { $0 + Double($1) } }
    return distances.indices.reduce(0.0) { $0 + Double(weights[$1]) * Double(distances[$1]) }
  }

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
