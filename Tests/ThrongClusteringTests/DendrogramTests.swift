import Testing
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

private let workers = Workers(threads: 2)

/// Joins the two nearest clusters by definition, from all members each time: O(n⁴), no formula shared.
private func naiveHeights(_ x: Matrix, weights: [Double], linkage: Linkage) -> [(height: Double, cut: [Int])]
{
  func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
  let points = (0..<x.rows).map { x.row($0).map(Double.init) }
  func mass(_ members: [Int]) -> Double { members.reduce(0) { $0 + weights[$1] } }
  func mean(_ members: [Int]) -> [Double] {
    (0..<x.columns).map { j in members.reduce(0) { $0 + weights[$1] * points[$1][j] } / mass(members) }
  }
  func linked(_ a: [Int], _ b: [Int]) -> Double {
    let pairs = a.flatMap { i in b.map { (weights[i] * weights[$0], distance(points[i], points[$0])) } }
    switch linkage {
    case .ward:
      return (2 * mass(a) * mass(b) / (mass(a) + mass(b))).squareRoot() * distance(mean(a), mean(b))
    case .average: return pairs.reduce(0) { $0 + $1.0 * $1.1 } / (mass(a) * mass(b))
    case .meanSquare:
      return (pairs.reduce(0) { $0 + $1.0 * $1.1 * $1.1 } / (mass(a) * mass(b))).squareRoot()
    case .complete: return pairs.map(\.1).max()!
    case .single: return pairs.map(\.1).min()!
    }
  }
  var clusters = (0..<x.rows).map { [$0] }
  var steps: [(height: Double, cut: [Int])] = []
  while clusters.count > 1 {
    var best = (height: Double.infinity, a: 0, b: 0)
    for a in clusters.indices {
      for b in clusters.indices where b > a {
        let height = linked(clusters[a], clusters[b])
        if height < best.height { best = (height, a, b) }
      }
    }
    clusters[best.a] += clusters.remove(at: best.b)
    var labels = [Int](repeating: 0, count: x.rows)
    for (label, members) in clusters.enumerated() { for i in members { labels[i] = label } }
    steps.append((best.height, labels))
  }
  return steps
}

struct DendrogramTests {
  /// Worked by hand for the points 0, 1, 3, 7 on a line.
  private static let heightsOnALine: [(Linkage, [Double])] = [
    (.single, [1, 2, 4]), (.complete, [1, 3, 7]), (.average, [1, 2.5, 5.666_666_666_666_667]),
    // √((4 + 9) / 2) and √((16 + 36 + 49) / 3)
    (.meanSquare, [1, 2.549_509_756_796_392_4, 5.802_298_395_176_403_6]),
    // √(4/3) · 2.5 and √(3/2) · 17/3
    (.ward, [1, 2.886_751_345_948_128_7, 6.940_220_937_885_670_5]),
  ]

  @Test(arguments: heightsOnALine)
  func fourPointsOnALine(linkage: Linkage, heights: [Double]) throws {
    let x = Matrix(rows: 4, columns: 1, values: [7, 1, 0, 3])
    let tree = try Dendrogram.agglomerate(x, weights: [1, 1, 1, 1], linkage: linkage, workers: workers)
    #expect(tree.merges.map { [$0.left, $0.right] } == [[1, 2], [3, 4], [0, 5]])
    #expect(tree.merges.map(\.size) == [2, 3, 4])
    for (merge, height) in zip(tree.merges, heights) { #expect(abs(merge.height / height - 1) < 1e-12) }
    #expect(tree.cut(clusters: 1) == [0, 0, 0, 0])
    #expect(tree.cut(clusters: 2) == [0, 1, 1, 1])
    #expect(tree.cut(clusters: 3) == [0, 1, 1, 2])
    #expect(tree.cut(clusters: 4) == [0, 1, 2, 3])
  }

  @Test(arguments: Linkage.allCases, [1, 2, 3, 4] as [UInt64])
  func heightsAndCutsEqualTheDefinition(linkage: Linkage, seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let (n, columns) = (30, 1 + Int(seed) * 3)
    let x = Matrix(
      rows: n, columns: columns, values: (0..<n * columns).map { _ in Float(random.uniform()) })
    for weights in [[Double](repeating: 1, count: n), (0..<n).map { _ in 0.2 + 5 * random.uniform() }] {
      let tree = try Dendrogram.agglomerate(x, weights: weights, linkage: linkage, workers: workers)
      let steps = naiveHeights(x, weights: weights, linkage: linkage)
      #expect(tree.merges.count == n - 1)
      for (j, step) in steps.enumerated() {
        #expect(abs(tree.merges[j].height / step.height - 1) < 1e-9, "seed \(seed)")
        let cut = tree.cut(clusters: n - 1 - j)
        #expect(Validity.adjustedRand(cut, step.cut.map(Int32.init)) == 1, "seed \(seed)")
      }
      #expect(abs(tree.merges.last!.size / weights.reduce(0, +) - 1) < 1e-12)
    }
  }

  @Test(arguments: Linkage.allCases)
  func tiesAndDuplicatesGiveOneValidTreeAtAnyThreadCount(linkage: Linkage) throws {
    // A grid of equal distances, each point twice.
    let values = (0..<128).flatMap { [Float($0 / 2 % 8), Float($0 / 16)] }
    let x = Matrix(rows: 128, columns: 2, values: values)
    let weights = [Double](repeating: 1, count: 128)
    let first = try Dendrogram.agglomerate(
      x, weights: weights, linkage: linkage, workers: Workers(threads: 1))
    for threads in [2, 3] {
      let other = try Dendrogram.agglomerate(
        x, weights: weights, linkage: linkage, workers: Workers(threads: threads))
      #expect(other == first)
    }
    #expect(first.merges.prefix(64).allSatisfy { $0.height == 0 })
    var used = Set<Int>()
    for (j, merge) in first.merges.enumerated() {
      #expect(merge.left < merge.right && merge.right < 128 + j)
      #expect(used.insert(merge.left).inserted && used.insert(merge.right).inserted)
      if j > 0 { #expect(merge.height >= first.merges[j - 1].height) }
    }
    for clusters in [1, 2, 64, 128] { #expect(Set(first.cut(clusters: clusters)).count == clusters) }
  }

  @Test func manyPointsGiveTheSameWardTreeAtAnyThreadCount() throws {
    // Enough numbers for several blocks of the search.
    var random = RandomSource(seed: 12)
    let x = Matrix(rows: 700, columns: 900, values: (0..<630_000).map { _ in Float(random.uniform()) })
    let weights = (0..<700).map { _ in 1 + random.uniform() }
    let first = try Dendrogram.agglomerate(x, weights: weights, linkage: .ward, workers: Workers(threads: 1))
    for threads in [2, 3] {
      let other = try Dendrogram.agglomerate(
        x, weights: weights, linkage: .ward, workers: Workers(threads: threads))
      #expect(other == first)
    }
  }

  /// Columns of zeros between the others change no distance, but lead over the wide road.
  @Test(arguments: Linkage.allCases, [21, 22, 23] as [UInt64])
  func pointsOfManyColumnsGiveTheTreeOfTheirDistances(linkage: Linkage, seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let narrow = Matrix(rows: 60, columns: 11, values: (0..<660).map { _ in Float(random.uniform()) })
    var wide = Matrix(rows: 60, columns: 5000)
    for i in 0..<60 { for j in 0..<11 { wide[i, j * 450 + 7] = narrow[i, j] } }
    let weights = (0..<60).map { _ in 0.2 + 5 * random.uniform() }
    let expected = try Dendrogram.agglomerate(narrow, weights: weights, linkage: linkage, workers: workers)
    let found = try Dendrogram.agglomerate(wide, weights: weights, linkage: linkage, workers: workers)
    for (merge, other) in zip(found.merges, expected.merges) {
      #expect(abs(merge.height / other.height - 1) < 1e-5, "seed \(seed)")
    }
    for clusters in 1...60 {
      #expect(found.cut(clusters: clusters) == expected.cut(clusters: clusters), "seed \(seed)")
    }
  }

  /// What lies above a cut is cut as the whole is.
  @Test(arguments: [1, 2, 3] as [UInt64]) func theTopOfATreeIsCutLikeTheWhole(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let x = Matrix(rows: 60, columns: 3, values: (0..<180).map { _ in Float(random.uniform()) })
    let whole = try Dendrogram.agglomerate(
      x, weights: [Double](repeating: 1, count: 60), linkage: .ward, workers: workers)
    let base = whole.cut(clusters: 20)
    let top = whole.top(20)
    #expect(top.leaves == 20 && top.merges.count == 19)
    #expect(top.merges.map(\.height) == whole.merges.suffix(19).map(\.height))
    #expect(top.merges.last!.size == 60)
    for clusters in 1...20 {
      let above = top.cut(clusters: clusters)
      #expect(base.map { above[Int($0)] } == whole.cut(clusters: clusters), "seed \(seed)")
    }
    #expect(whole.top(60) == whole && whole.top(1).merges.isEmpty)
  }

  @Test(arguments: Linkage.allCases)
  func onePointIsATreeWithoutMerges(linkage: Linkage) throws {
    let tree = try Dendrogram.agglomerate(
      Matrix(rows: 1, columns: 2), weights: [3], linkage: linkage, workers: workers)
    #expect(tree.merges.isEmpty)
    #expect(tree.cut(clusters: 1) == [0])
  }

  @Test func whatCannotBeUsedIsRefused() throws {
    var x = Matrix(rows: 3, columns: 2)
    #expect(throws: ClusteringFailure.weight(row: 2)) {
      try Dendrogram.agglomerate(x, weights: [1, 1, 0], linkage: .ward, workers: workers)
    }
    x[1, 1] = .nan
    #expect(throws: ClusteringFailure.notFinite(row: 1)) {
      try Dendrogram.agglomerate(x, weights: [1, 1, 1], linkage: .single, workers: workers)
    }
    #expect(throws: ClusteringFailure.tooFewRows(rows: 0, clusters: 1)) {
      try Dendrogram.agglomerate(Matrix(rows: 0, columns: 2), weights: [], linkage: .ward, workers: workers)
    }
    let many = Dendrogram.matrixLimit + 1
    #expect(throws: ClusteringFailure.tooManyPoints(points: many, limit: many - 1)) {
      try Dendrogram.agglomerate(
        Matrix(rows: many, columns: 1), weights: [Double](repeating: 1, count: many), linkage: .average,
        workers: workers)
    }
  }
}
