import Foundation
import Testing
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

private func distance(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double)) -> Double {
  ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
}

/// `groups` clumps of `each` points in ten dimensions, far apart.
private func clumps(_ groups: Int, _ each: Int, seed: UInt64) -> DoubleMatrix {
  var random = RandomSource(seed: seed)
  let centres = (0..<groups * 10).map { _ in 10 * random.uniform() }
  let values = (0..<groups * each).flatMap { i in
    (0..<10).map { centres[i / each * 10 + $0] + random.uniform() }
  }
  return DoubleMatrix(rows: groups * each, columns: 10, values: values)
}

struct ProjectionTests {
  /// On a plane turned in space nothing is lost: distances stay, and x is the wider direction.
  @Test func principalComponentsOfAPlaneKeepAllDistances() throws {
    var random = RandomSource(seed: 5)
    let flat = (0..<40).map { _ in (3 * random.uniform(), random.uniform()) }
    // Two orthonormal directions in four dimensions.
    let (u, v) = ([0.5, 0.5, 0.5, 0.5], [0.5, -0.5, 0.5, -0.5])
    let values = flat.flatMap { at in (0..<4).map { 7 + at.0 * u[$0] + at.1 * v[$0] } }
    let points = DoubleMatrix(rows: 40, columns: 4, values: values)
    let found = try Projection.principal(points)
    for i in 0..<40 {
      for j in 0..<i {
        let expected =
          ((flat[i].0 - flat[j].0) * (flat[i].0 - flat[j].0)
          + (flat[i].1 - flat[j].1) * (flat[i].1 - flat[j].1)).squareRoot()
        #expect(abs(distance(found[i], found[j]) - expected) < 1e-6)
      }
    }
    func variance(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
    #expect(variance(found.map(\.x)) > variance(found.map(\.y)))
    #expect(abs(found.reduce(0) { $0 + $1.x }) < 1e-9)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func theEmbeddingKeepsNeighboursTogether(seed: UInt64) throws {
    let points = clumps(6, 20, seed: seed)
    let found = try Projection.neighbourEmbedding(points, workers: Workers(threads: 2))
    var hits = 0
    for i in 0..<120 {
      let nearest = (0..<120).filter { $0 != i }.min {
        distance(found[i], found[$0]) < distance(found[i], found[$1])
      }!
      if nearest / 20 == i / 20 { hits += 1 }
    }
    // By chance it would be 19 in 119.
    #expect(hits >= 118, "seed \(seed)")
  }

  @Test func theSamePlacesAtAnyThreadCount() throws {
    let points = clumps(4, 40, seed: 9)
    let one = try Projection.neighbourEmbedding(points, iterations: 50, workers: Workers(threads: 1))
    let three = try Projection.neighbourEmbedding(points, iterations: 50, workers: Workers(threads: 3))
    #expect(one.map(\.x) == three.map(\.x) && one.map(\.y) == three.map(\.y))
  }

  @Test(arguments: [0, 1, 2, 3, 5])
  func fewAndEqualPointsHaveFinitePlaces(rows: Int) throws {
    let points = DoubleMatrix(rows: rows, columns: 3, values: [Double](repeating: 2, count: rows * 3))
    let found = try Projection.neighbourEmbedding(points, workers: Workers(threads: 1))
    #expect(found.count == rows && found.allSatisfy { $0.x.isFinite && $0.y.isFinite })
  }

  @Test func whatCannotBePlacedIsRefused() throws {
    let broken = DoubleMatrix(rows: 2, columns: 1, values: [0, .nan])
    #expect(throws: ClusteringFailure.notFinite(row: 1)) { try Projection.principal(broken) }
    let many = Projection.embeddingLimit + 1
    #expect(throws: ClusteringFailure.tooManyPoints(points: many, limit: many - 1)) {
      try Projection.neighbourEmbedding(
        DoubleMatrix(rows: many, columns: 1, values: [Double](repeating: 0, count: many)),
        workers: Workers(threads: 1))
    }
  }
}
