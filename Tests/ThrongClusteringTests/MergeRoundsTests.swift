import Testing
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

private func tree(
  _ points: DoubleMatrix, _ linkage: Linkage, weights: [Double]? = nil, threads: Int = 2
) throws -> Dendrogram {
  try Dendrogram.agglomerate(
    points, weights: weights ?? [Double](repeating: 1, count: points.rows), linkage: linkage,
    workers: Workers(threads: threads))
}

/// Points in clumps: many are each other's nearest, and clusters of all sizes come up.
private func clumps(_ n: Int, _ columns: Int, seed: UInt64, offset: Double = 0) -> DoubleMatrix {
  var random = RandomSource(seed: seed)
  let centres = (0..<8 * columns).map { _ in 4 * random.uniform() }
  let values = (0..<n).flatMap { _ in
    let clump = random.below(8)
    return (0..<columns).map { offset + centres[clump * columns + $0] + random.uniform() }
  }
  return DoubleMatrix(rows: n, columns: columns, values: values)
}

/// Heights by the formula of Lance and Williams for squared distances, the nearest pair of all each time: O(n³).
private func naiveHeights(_ points: DoubleMatrix, _ weights: [Double], _ linkage: Linkage) -> [Double] {
  let n = points.rows
  var mass = weights
  var left = Array(0..<n)
  var squares = (0..<n).map { i in
    (0..<n).map { j in
      let sum = (0..<points.columns).reduce(0.0) {
        let d = points.values[i * points.columns + $1] - points.values[j * points.columns + $1]
        return $0 + d * d
      }
      return linkage == .ward ? sum * 2 * weights[i] * weights[j] / (weights[i] + weights[j]) : sum
    }
  }
  var heights: [Double] = []
  while left.count > 1 {
    var best = (square: Double.infinity, a: 0, b: 0)
    for a in left {
      for b in left where b > a && squares[a][b] < best.square { best = (squares[a][b], a, b) }
    }
    let (square, a, b) = best
    heights.append(square.squareRoot())
    left.removeAll { $0 == b }
    for i in left where i != a {
      let joined =
        switch linkage {
        case .ward:
          ((mass[a] + mass[i]) * squares[a][i] + (mass[b] + mass[i]) * squares[b][i] - mass[i] * square)
            / (mass[a] + mass[b] + mass[i])
        case .single: min(squares[a][i], squares[b][i])
        default: (mass[a] * squares[a][i] + mass[b] * squares[b][i]) / (mass[a] + mass[b])
        }
      (squares[a][i], squares[i][a]) = (joined, joined)
    }
    mass[a] += mass[b]
  }
  return heights
}

private func isClose(_ found: Dendrogram, _ heights: [Double], _ tolerance: Double = 1e-9) -> Bool {
  found.merges.count == heights.count
    && zip(found.merges, heights.sorted()).allSatisfy { abs($0.height - $1) <= tolerance * $1 }
}

struct MergeRoundsTests {
  /// Complete linkage has two roads: over a matrix for few points, over members for many.
  @Test(arguments: [(2, 1), (3, 2), (17, 7), (128, 9), (129, 16), (400, 5), (150, 129)])
  func completeLinkageIsTheSameWithoutAMatrix(shape: (Int, Int)) throws {
    let seed = UInt64(shape.0 * 1000 + shape.1)
    let points = clumps(shape.0, shape.1, seed: seed)
    let weights = [Double](repeating: 1, count: shape.0)
    let matrix = try tree(points, .complete)
    for threads in [1, 3] {
      let members = try Dendrogram.agglomerate(
        points, weights: weights, linkage: .complete, workers: Workers(threads: threads), matrixLimit: 0)
      #expect(isClose(members, matrix.merges.map(\.height), 1e-12), "seed \(seed)")
      for clusters in [2, shape.0 / 2, shape.0] where clusters <= shape.0 && clusters > 0 {
        #expect(members.cut(clusters: clusters) == matrix.cut(clusters: clusters), "seed \(seed)")
      }
    }
  }

  @Test func completeLinkageOfEqualDistancesEndsWithoutAMatrix() throws {
    let values = (0..<128).flatMap { [Double($0 / 2 % 8), Double($0 / 16)] }
    let points = DoubleMatrix(rows: 128, columns: 2, values: values)
    let weights = [Double](repeating: 1, count: 128)
    let found = try Dendrogram.agglomerate(
      points, weights: weights, linkage: .complete, workers: Workers(threads: 2), matrixLimit: 0)
    #expect(found.merges.prefix(64).allSatisfy { $0.height == 0 })
    #expect(found.merges.count == 127 && found.merges.last!.height == 98.0.squareRoot())
  }

  @Test(
    arguments: [Linkage.ward, .meanSquare, .single],
    [(2, 1), (3, 2), (17, 7), (127, 8), (128, 9), (129, 16), (160, 33), (150, 129)])
  func heightsEqualTheFormula(linkage: Linkage, shape: (Int, Int)) throws {
    let seed = UInt64(shape.0 * 1000 + shape.1)
    let points = clumps(shape.0, shape.1, seed: seed)
    var random = RandomSource(seed: seed)
    for weights in [
      [Double](repeating: 1, count: shape.0), (0..<shape.0).map { _ in 0.1 + random.uniform() },
    ] {
      let found = try tree(points, linkage, weights: weights)
      #expect(isClose(found, naiveHeights(points, weights, linkage)), "seed \(seed)")
    }
  }

  /// What single precision cannot tell apart is decided in double.
  @Test(arguments: [1e-9, 1, 1e9] as [Double])
  func nearlyEqualPointsAndFarOffsetsAreExact(size: Double) throws {
    let clumped = clumps(90, 5, seed: 5)
    // Clumps of points that differ by 1e-7 of the distance between clumps.
    let values = clumped.values.map { size * (100 + $0.rounded(.down) + 1e-7 * ($0 - $0.rounded(.down))) }
    let points = DoubleMatrix(rows: 90, columns: 5, values: values)
    let ones = [Double](repeating: 1, count: 90)
    let expected = naiveHeights(points, ones, .ward)
    #expect(isClose(try tree(points, .ward), expected, 1e-6))
  }

  @Test(arguments: [Linkage.ward, .meanSquare])
  func largeInputsGiveTheSameBytesAtAnyThreadCount(linkage: Linkage) throws {
    // Enough for several panels, blocks, tiles and compactions.
    let points = clumps(2600, 6, seed: 9, offset: 1e3)
    var random = RandomSource(seed: 10)
    let weights = (0..<2600).map { _ in Double(1 + random.below(5)) }
    let first = try tree(points, linkage, weights: weights, threads: 1)
    for threads in [2, 3] { #expect(try tree(points, linkage, weights: weights, threads: threads) == first) }
    #expect(zip(first.merges, first.merges.dropFirst()).allSatisfy { $0.height <= $1.height })
    // All that Ward's joins add to the inertia is what a single cluster has.
    guard linkage == .ward else { return }
    let total = weights.reduce(0, +)
    let inertia = (0..<6).reduce(0.0) { sum, j in
      let mean = (0..<2600).reduce(0.0) { $0 + weights[$1] * points.values[$1 * 6 + j] } / total
      return sum
        + (0..<2600).reduce(0.0) {
          $0 + weights[$1] * (points.values[$1 * 6 + j] - mean) * (points.values[$1 * 6 + j] - mean)
        }
    }
    let added = first.merges.reduce(0.0) { $0 + $1.height * $1.height / 2 }
    #expect(abs(added / inertia - 1) < 1e-9)
  }

  /// Every pair is equally far: each list holds the same few, and runs out for all at once.
  @Test func pointsThatAreAllEquallyFarJoin() throws {
    let n = 400
    var values = [Double](repeating: 0, count: n * n)
    for i in 0..<n { values[i * n + i] = 1 }
    let found = try tree(DoubleMatrix(rows: n, columns: n, values: values), .ward)
    #expect(found.merges.count == n - 1)
    // Pairs first: √(2 · 1 · 1 / 2) · √2.
    #expect(found.merges.prefix(n / 2).allSatisfy { abs($0.height - 2.0.squareRoot()) < 1e-12 })
    #expect(found.merges.prefix(n / 2).allSatisfy { $0.right < n })
    #expect(found.merges[0].left == 0 && found.merges[0].right == 1)
  }

  @Test(arguments: [Linkage.ward, .meanSquare, .single])
  func equalPointsJoinFirstAndCountWithTheirWeights(linkage: Linkage) throws {
    let distinct = clumps(40, 3, seed: 4)
    var random = RandomSource(seed: 3)
    let rows = Array(0..<40) + (0..<200).map { _ in random.below(40) }
    let found = try tree(distinct.selectingRows(rows), linkage)
    #expect(found.merges.prefix(200).allSatisfy { $0.height == 0 })
    #expect(found.merges[200].height > 0)
    var weights = [Double](repeating: 0, count: 40)
    for row in rows { weights[row] += 1 }
    let heights = naiveHeights(distinct, weights, linkage)
    #expect(zip(found.merges.dropFirst(200), heights).allSatisfy { abs($0.height / $1 - 1) < 1e-9 })
  }

  @Test func pointsWithoutColumnsAndSinglePointsAreTrees() throws {
    let empty = try tree(DoubleMatrix(rows: 5, columns: 0, values: []), .ward)
    #expect(empty.merges.map(\.height) == [0, 0, 0, 0])
    #expect(try tree(DoubleMatrix(rows: 1, columns: 2, values: [1, 2]), .ward).merges.isEmpty)
    #expect(throws: ClusteringFailure.notFinite(row: 2)) {
      try tree(DoubleMatrix(rows: 3, columns: 2, values: [0, 1, 2, 3, 4, .infinity]), .ward)
    }
  }

  @Test func weightsOfAnyMagnitudeAreTaken() throws {
    let points = clumps(60, 3, seed: 8)
    var random = RandomSource(seed: 2)
    let weights = (0..<60).map { _ in 1e-30 + (random.uniform() < 0.5 ? 1e30 : 1) * random.uniform() }
    #expect(isClose(try tree(points, .ward, weights: weights), naiveHeights(points, weights, .ward), 1e-6))
  }
}
