import Testing
import ThrongCore
import ThrongLinearAlgebra

struct ClusteringKernelTests {
  @Test(arguments: awkwardSizes + [513, 1100], [1, 8, 129])
  func nearestRowsEqualTheDefinition(centroids count: Int, columns: Int) throws {
    var random = RandomSource(seed: UInt64(count * 1000 + columns))
    let x = Matrix.random(300, columns, &random)
    let centroids = Matrix.random(count, columns, &random)
    let norms = try centroids.squaredRowNorms(workers: oneThread)
    let (labels, scores) = try x.nearestRows(in: centroids, norms: norms, workers: twoThreads)
    let products = Matrix.naiveProduct(x, centroids.flipped)
    for i in 0..<x.rows {
      let all = (0..<count).map { Double(norms[$0]) - 2 * products[i * count + $0] }
      let least = all.min()!
      #expect(abs(Double(scores[i]) - least) < 1e-4)
      #expect(all[Int(labels[i])] < least + 1e-4)
    }
  }

  @Test func equalCentroidsGiveTheLowestIndexAcrossTiles() throws {
    let x = Matrix(rows: 2, columns: 1, values: [1, 0])
    var centroids = Matrix(rows: 1200, columns: 1)
    for j in [700, 701, 1100] { centroids[j, 0] = 1 }
    let norms = try centroids.squaredRowNorms(workers: oneThread)
    #expect(try x.nearestRows(in: centroids, norms: norms, workers: oneThread).labels == [700, 0])
  }

  @Test(arguments: [1, 5, 4095, 4096, 4097, 9000])
  func groupedSumsEqualTheDefinition(rows: Int) throws {
    var random = RandomSource(seed: UInt64(rows))
    let x = Matrix.random(rows, 3, &random)
    let labels = (0..<rows).map { _ in Int32(random.below(7) * random.below(2)) }
    let weights = (0..<rows).map { _ in Float(random.uniform() + 0.5) }
    let found = try x.groupedSums(labels: labels, groups: 8, weights: weights, workers: twoThreads)
    for group in 0..<8 {
      let members = (0..<rows).filter { labels[$0] == group }
      #expect(found.sizes[group] == members.count)
      #expect(abs(found.masses[group] - members.reduce(0.0) { $0 + Double(weights[$1]) }) < 1e-6)
      for j in 0..<3 {
        let sum = members.reduce(0.0) { $0 + Double(weights[$1]) * Double(x[$1, j]) }
        #expect(abs(found.sums[group * 3 + j] - sum) < 1e-6)
      }
    }
    let plain = try x.groupedSums(labels: labels, groups: 8, weights: nil, workers: Workers(threads: 3))
    #expect(plain.masses == plain.sizes.map(Double.init))
  }

  @Test func closestDistancesFollowProposalsAndAcceptance() throws {
    // Points 0, 1, 4 and 10 on a line; the last weighs 2.
    let x = Matrix(rows: 4, columns: 1, values: [0, 1, 4, 10])
    var state = try ClosestDistances(x, weights: [1, 1, 1, 2], workers: twoThreads)
    #expect(state.row(atShare: 0.5) == nil)
    // From 0: 0 + 1 + 16 + 200; from 4: 16 + 9 + 0 + 72.
    #expect(try state.propose([0, 2]) == [217, 97])
    try state.accept(1)
    #expect(state.closest == [16, 9, 0, 36])
    #expect(state.potential == 97)
    // Shares of 97: row 0 up to 16/97, row 1 up to 25/97, row 3 to the end.
    #expect(state.row(atShare: 0) == 0)
    #expect(state.row(atShare: 0.2) == 1)
    #expect(state.row(atShare: 0.26) == 3)
    #expect(state.row(atShare: 0.999_999) == 3)
    #expect(try state.propose([0, 3]) == [73, 25])
    func accept(_ row: Int) throws {
      _ = try state.propose([row])
      try state.accept(0)
    }
    try accept(0)
    try accept(3)
    #expect(state.closest == [0, 1, 0, 0])
    #expect(state.potential == 1)
    try accept(1)
    #expect(state.row(atShare: 0.5) == nil)
  }

  @Test func pairwiseDistancesAreEuclidean() throws {
    let x = Matrix(rows: 3, columns: 2, values: [0, 0, 3, 4, 3, 0])
    #expect(try DoubleMatrix(x).pairwiseDistances(workers: twoThreads) == [0, 5, 3, 5, 0, 4, 3, 4, 0])
  }

  @Test(arguments: [1, 15, 16, 17, 63, 64, 65, 200], [1, 40])
  func sparseKernelsEqualTheDenseOnes(centroids count: Int, columns: Int) throws {
    let seed = UInt64(count * 1000 + columns)
    var random = RandomSource(seed: seed)
    // Each row twice over, so that two entries name one column.
    let half = CSRMatrix.random(300, columns, share: 0.3, &random)
    let x = CSRMatrix(
      rows: half.rows, columns: columns, rowOffsets: half.rowOffsets.map { 2 * $0 },
      columnIndices: (0..<half.rows).flatMap { row in
        let indices = half.columnIndices[half.entries(ofRow: row)]
        return indices + indices
      },
      values: (0..<half.rows).flatMap { row in
        let values = half.values[half.entries(ofRow: row)]
        return values + values.map { -0.25 * $0 }
      })
    let dense = x.dense
    let comment: Comment = "seed \(seed)"
    let centroids = Matrix.random(count, columns, &random)
    let norms = try centroids.squaredRowNorms(workers: oneThread)
    let found = try x.nearestRows(in: centroids, norms: norms, workers: twoThreads)
    let expected = try dense.nearestRows(in: centroids, norms: norms, workers: twoThreads)
    let products = Matrix.naiveProduct(dense, centroids.flipped)
    for (i, label) in found.labels.enumerated() {
      let score = Double(norms[Int(label)]) - 2 * products[i * count + Int(label)]
      #expect(abs(score - Double(expected.scores[i])) < 1e-4, comment)
    }
    #expect(zip(found.scores, expected.scores).allSatisfy { abs($0 - $1) < 1e-4 }, comment)

    let squares = zip(
      try x.squaredRowNorms(workers: twoThreads), try dense.squaredRowNorms(workers: twoThreads))
    #expect(squares.allSatisfy { abs($0 - $1) < 1e-4 }, comment)
    let unit = try x.normalizingRows(workers: twoThreads).dense
    let denseUnit = try dense.normalizingRows(workers: twoThreads)
    #expect(unit.largestDifference(from: denseUnit.values.map(Double.init)) < 1e-5, comment)

    let labels = (0..<x.rows).map { _ in Int32(random.below(count)) }
    let weights = (0..<x.rows).map { _ in Float(random.uniform() + 0.5) }
    for unit in [false, true] {
      let means = try x.groupedMeans(
        labels: labels, groups: count, weights: weights, unit: unit, fallback: centroids, workers: twoThreads)
      let denseMeans = try dense.groupedMeans(
        labels: labels, groups: count, weights: weights, unit: unit, fallback: centroids, workers: twoThreads)
      #expect(means.means.largestDifference(from: denseMeans.means.values.map(Double.init)) < 1e-5, comment)
      #expect(means.sizes == denseMeans.sizes, comment)
      #expect(zip(means.masses, denseMeans.masses).allSatisfy { abs($0 - $1) < 1e-6 }, comment)
      for group in 0..<count where means.sizes[group] == 0 {
        #expect(means.means.row(group) == centroids.row(group), comment)
      }
    }
  }

  @Test(arguments: [1, 2, 127, 128, 129, 300], [1, 50, 2047, 4100])
  func isometricPointsKeepAllDistances(rows: Int, columns: Int) throws {
    let seed = UInt64(rows * 10_000 + columns)
    var random = RandomSource(seed: seed)
    var x = Matrix.random(rows, columns, &random)
    // A row of zeros, and one that doubles another.
    if rows > 3 {
      for j in 0..<columns { (x[1, j], x[3, j]) = (0, x[2, j]) }
    }
    let moved = try x.isometric(workers: twoThreads)
    #expect(moved.rows == rows && moved.columns <= min(rows, columns), "seed \(seed)")
    let (before, after) = (
      try DoubleMatrix(x).pairwiseDistances(workers: twoThreads),
      try DoubleMatrix(moved).pairwiseDistances(workers: twoThreads)
    )
    let scale = 1 + (before.max() ?? 0)
    #expect(zip(before, after).allSatisfy { abs($0 - $1) < 1e-5 * scale }, "seed \(seed)")
    #expect(try x.isometric(workers: Workers(threads: 3)) == moved, "seed \(seed)")
  }

  @Test func pointsThatAreAllZeroHaveNoDimensions() throws {
    let moved = try Matrix(rows: 3, columns: 5).isometric(workers: oneThread)
    #expect(moved.rows == 3 && moved.columns == 0)
  }
}
