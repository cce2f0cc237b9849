import ThrongCore
import ThrongLinearAlgebra

extension KMeans {
  /// A batch doubles once the median of its centroids' standard errors, each over the centroid's last movement, is
  /// greater than this: the ρ that Newling and Fleuret recommend.
  private static let patience = 100.0

  /// ``Algorithm/nestedMiniBatch(rowsPerCluster:)``. O(rows of the batch · clusters · columns) for each iteration.
  ///
  /// Memory beside the rows: a copy of half of them at most.
  static func nestedMiniBatch<Store>(
    from start: Matrix, rounds: inout Rounds<Store>, rowsPerCluster: Int, parameters: Parameters,
    random: inout RandomSource, report: () -> Void
  ) throws -> KMeansResult {
    let data = rounds.data
    let order = shuffled(data.x.rows, random: &random)
    var size = data.rows(rowsPerCluster, times: start.rows)
    var course = Course(centroids: start)
    while true {
      let limit = parameters.maximumIterations - course.iterations.count
      var next: Course
      if size < data.x.rows {
        // In their own order, so that they lie in memory as the rows do.
        let batch = data.selecting(order[..<size].sorted())
        var inner = try Rounds(batch, usesBounds: parameters.usesBounds)
        next = try inner.run(from: course.centroids, limit: limit, tolerance: parameters.tolerance) {
          report()
          return errorsExceedMovements($0, batch)
        }
        (next.converged, next.isAssigned) = (false, false)
      } else {
        next = try rounds.run(from: course.centroids, limit: limit, tolerance: parameters.tolerance) { _ in
          report()
          return false
        }
      }
      next.iterations = course.iterations + next.iterations
      course = next
      if size == data.x.rows || course.iterations.count >= parameters.maximumIterations { break }
      size = size > data.x.rows / 2 ? data.x.rows : 2 * size
    }
    return try rounds.result(of: course)
  }

  /// ``Algorithm/sampleThenAssign(rowsPerCluster:)``.
  static func sampleThenAssign<Store>(
    from start: Matrix, rounds: inout Rounds<Store>, rowsPerCluster: Int, parameters: Parameters,
    random: inout RandomSource, report: () -> Void
  ) throws -> KMeansResult {
    let data = rounds.data
    let size = data.rows(rowsPerCluster, times: start.rows)
    func run(_ rounds: inout Rounds<Store>) throws -> Course {
      try rounds.run(
        from: start, limit: parameters.maximumIterations, tolerance: parameters.tolerance
      ) { _ in
        report()
        return false
      }
    }
    guard size < data.x.rows else { return try rounds.result(of: run(&rounds)) }
    var inner = try Rounds(data.sample(size, random: &random), usesBounds: parameters.usesBounds)
    var course = try run(&inner)
    course.isAssigned = false
    return try rounds.result(of: course)
  }

  /// Whether the means of the batch are known less well than they moved, by far: Newling and Fleuret 2016.
  static func errorsExceedMovements<Store>(_ round: Round, _ data: Rows<Store>) -> Bool {
    let clusters = round.to.rows
    var squares = [Double](repeating: 0, count: clusters)
    var masses = squares
    var sizes = [Int](repeating: 0, count: clusters)
    for (row, label) in round.labels.enumerated() where data.seedWeights[row] > 0 {
      let (label, weight) = (Int(label), data.weight(row))
      squares[label] += weight * Double(round.distances[row])
      masses[label] += weight
      sizes[label] += 1
    }
    var ratios: [Double] = []
    for cluster in 0..<clusters where sizes[cluster] > 1 {
      let error = (squares[cluster] / masses[cluster] / Double(sizes[cluster] - 1)).squareRoot()
      let movement = round.from.distance(ofRow: cluster, to: round.to)
      ratios.append(movement > 0 ? error / movement : .infinity)
    }
    guard !ratios.isEmpty else { return true }
    ratios.sort()
    return ratios[ratios.count / 2] > patience
  }

  /// `0..<count` in random order (Fisher and Yates). O(count).
  private static func shuffled(_ count: Int, random: inout RandomSource) -> [Int] {
    var order = Array(0..<count)
    for i in order.indices.dropFirst() { order.swapAt(i, random.below(i + 1)) }
    return order
  }
}

extension Matrix {
  fileprivate func distance(ofRow i: Int, to other: Matrix) -> Double {
    var sum = 0.0
    for j in i * columns..<(i + 1) * columns {
      let difference = Double(values[j]) - Double(other.values[j])
      sum += difference * difference
    }
    return sum.squareRoot()
  }
}
