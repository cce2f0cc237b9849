import Testing
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

private let workers = Workers(threads: 2)

/// Points and labels whose clusters are scattered over the rows; the names are neither dense nor sorted.
private func labelled(_ n: Int, _ columns: Int, seed: UInt64) -> (points: [[Double]], labels: [Int32]) {
  var random = RandomSource(seed: seed)
  let names: [Int32] = [9, -4, 3, 70, 5]
  let labels = (0..<n).map { _ in names[random.below(5)] }
  let points = labels.map { label in (0..<columns).map { _ in Double(label % 7) + 3 * random.uniform() } }
  return (points, labels)
}

private func matrix(_ points: [[Double]]) -> DoubleMatrix {
  DoubleMatrix(rows: points.count, columns: points.first?.count ?? 0, values: points.flatMap { $0 })
}

private func distance(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
}

private func mean(_ points: [[Double]]) -> [Double] {
  points[0].indices.map { j in points.reduce(0) { $0 + $1[j] } / Double(points.count) }
}

private func isNear(_ a: Double?, _ b: Double) -> Bool {
  a.map { abs($0 - b) < 1e-9 * max(1, abs(b)) } ?? false
}

struct InternalValidityTests {
  @Test(arguments: [(40, 1), (129, 7), (60, 33)])
  func indicesEqualTheirDefinitions(shape: (Int, Int)) throws {
    let (points, labels) = labelled(shape.0, shape.1, seed: UInt64(shape.0))
    let x = matrix(points)
    let members = Dictionary(grouping: points.indices) { labels[$0] }
    let centres = members.mapValues { mean($0.map { points[$0] }) }

    var (full, simple) = (0.0, 0.0)
    for i in points.indices {
      func away(_ label: Int32) -> Double {
        let others = members[label]!.filter { $0 != i }
        return others.reduce(0) { $0 + distance(points[i], points[$1]) } / Double(others.count)
      }
      let (a, b) = (away(labels[i]), members.keys.filter { $0 != labels[i] }.map(away).min()!)
      full += (b - a) / max(a, b) / Double(points.count)
      let own = distance(points[i], centres[labels[i]]!)
      let other = centres.filter { $0.key != labels[i] }.map { distance(points[i], $0.value) }.min()!
      simple += (other - own) / max(own, other) / Double(points.count)
    }
    #expect(isNear(try Validity.silhouette(x, labels, workers: workers), full))
    #expect(isNear(try Validity.simplifiedSilhouette(x, labels, workers: workers), simple))

    // The total dispersion less that within is that between.
    let centre = mean(points)
    let total = points.reduce(0) { $0 + distance($1, centre) * distance($1, centre) }
    let within = points.indices.reduce(0.0) {
      let d = distance(points[$1], centres[labels[$1]]!)
      return $0 + d * d
    }
    let (n, k) = (Double(points.count), Double(members.count))
    #expect(isNear(try Validity.calinskiHarabasz(x, labels), (total - within) / (k - 1) * (n - k) / within))

    let spreads = Dictionary(
      uniqueKeysWithValues: members.map { label, rows in
        (label, rows.reduce(0) { $0 + distance(points[$1], centres[label]!) } / Double(rows.count))
      })
    let worst = centres.keys.map { a in
      centres.keys.filter { $0 != a }
        .map { (spreads[a]! + spreads[$0]!) / distance(centres[a]!, centres[$0]!) }.max()!
    }
    #expect(isNear(try Validity.daviesBouldin(x, labels), worst.reduce(0, +) / k))
  }

  @Test func samplesLookAtSomePointsAgainstAll() throws {
    // Two tight pairs: each silhouette is near 1, whoever is drawn; a third, loose cluster differs.
    let (points, labels) = labelled(300, 3, seed: 2)
    let x = matrix(points)
    let all = try #require(try Validity.silhouette(x, labels, workers: workers))
    #expect(try Validity.silhouette(x, labels, sample: 300, seed: 5, workers: workers) == all)
    #expect(try Validity.silhouette(x, labels, sample: 1000, seed: 5, workers: workers) == all)
    let halves = try (0..<40).map {
      try #require(try Validity.silhouette(x, labels, sample: 150, seed: UInt64($0), workers: workers))
    }
    #expect(Set(halves).count == 40)
    #expect(abs(halves.reduce(0, +) / 40 - all) < 0.02)
    for threads in [1, 3] {
      #expect(
        try Validity.silhouette(x, labels, sample: 150, seed: 0, workers: Workers(threads: threads))
          == halves[0])
    }
  }

  @Test func edgesAreDefined() throws {
    let x = matrix([[0], [0], [2], [2]])
    #expect(try Validity.silhouette(x, [1, 1, 1, 1], workers: workers) == nil)
    #expect(try Validity.simplifiedSilhouette(x, [1, 1, 1, 1], workers: workers) == nil)
    #expect(try Validity.calinskiHarabasz(x, [1, 1, 1, 1]) == nil)
    #expect(try Validity.daviesBouldin(x, [1, 1, 1, 1]) == nil)
    #expect(try Validity.calinskiHarabasz(x, [0, 1, 2, 3]) == nil)
    #expect(try Validity.silhouette(x, [0, 1, 2, 3], workers: workers) == 0)
    #expect(try Validity.silhouette(x, [0, 0, 1, 1], workers: workers) == 1)
    #expect(try Validity.calinskiHarabasz(x, [0, 0, 1, 1]) == .infinity)
    #expect(try Validity.daviesBouldin(x, [0, 0, 1, 1]) == 0)
    // Two clusters around the same centre.
    #expect(try Validity.daviesBouldin(x, [0, 1, 0, 1]) == .infinity)
    #expect(try Validity.simplifiedSilhouette(x, [0, 1, 0, 1], workers: workers) == 0)
    #expect(throws: ClusteringFailure.notFinite(row: 1)) {
      try Validity.silhouette(matrix([[0], [.nan]]), [0, 1], workers: workers)
    }
  }

  @Test func stableClustersScoreOneAndTornOnesTheirOverlap() throws {
    let labels: [Int32] = [0, 0, 0, 0, 5, 5, 5, 5, 2, 2, 2, 2]
    let same = try Validity.stability(of: labels, samples: 7, share: 0.5, seed: 1) {
      $0.map { labels[$0] + 1 }
    }
    #expect(same.map(\.label) == [0, 2, 5])
    #expect(same.allSatisfy { $0.score == nil || $0.score == 1 })
    // All rows: cluster 5 is always halved, cluster 2 merged with the first half of it.
    let torn = try Validity.stability(of: labels, samples: 3, share: 1, seed: 1) { rows in
      rows.map { $0 < 4 ? 0 : $0 < 6 ? 1 : $0 < 8 ? 2 : 1 }
    }
    #expect(torn.map(\.score) == [1, 4.0 / 6, 0.5])
    // One member of many is seldom drawn.
    let rare = try Validity.stability(
      of: [0] + [Int32](repeating: 1, count: 99), samples: 1, share: 0.01, seed: 3
    ) {
      $0.map { _ in 0 }
    }
    #expect(rare[0].score == nil && rare[1].score == 1)
  }

  @Test func stabilityTellsClumpsFromAnArbitraryHalving() throws {
    // Two clumps far apart and one uniform square cut in half by labels alone.
    var random = RandomSource(seed: 12)
    let points = (0..<240).map { i in
      [i < 60 ? 100 : i < 120 ? -100 : 0, 0].map { $0 + 4 * random.uniform() }
    }
    let labels = points.indices.map { Int32($0 < 60 ? 0 : $0 < 120 ? 1 : points[$0][0] < 2 ? 2 : 3) }
    let x = matrix(points)
    let scores = try Validity.stability(of: labels, samples: 20, share: 0.5, seed: 4) { rows in
      try Dendrogram.agglomerate(
        x.selectingRows(rows), weights: rows.map { _ in 1 }, linkage: .ward, workers: workers
      ).cut(clusters: 4)
    }
    #expect(scores[0].score == 1 && scores[1].score == 1)
    #expect(try #require(scores[2].score) < 0.95 && #require(scores[3].score) < 0.95)
  }
}
