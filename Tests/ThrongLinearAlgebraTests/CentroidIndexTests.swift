import Testing
import ThrongCore
import ThrongLinearAlgebra

/// Rows around 3,000 directions, which themselves lie around 40.
@Suite struct CentroidIndexTests {
  private func directions(_ count: Int, around: Matrix?, spread: Float, seed: UInt64) throws -> Matrix {
    var random = RandomSource(seed: seed)
    var directions = Matrix(rows: count, columns: 32)
    for row in 0..<count {
      let centre = around.map { random.below($0.rows) }
      for column in 0..<32 {
        let noise = Float(random.uniform() + random.uniform() - 1) * spread
        directions[row, column] = noise + (centre.map { around![$0, column] } ?? 0)
      }
    }
    return try directions.normalizingRows(workers: Workers(threads: 2))
  }

  @Test func nearlyAlwaysTheNearestAndNeverFarFromIt() throws {
    let topics = try directions(40, around: nil, spread: 1, seed: 1)
    let centroids = try directions(3000, around: topics, spread: 0.2, seed: 2)
    let rows = try directions(20_000, around: centroids, spread: 0.2, seed: 3)
    let norms = [Float](repeating: 1, count: centroids.rows)
    let exact = try rows.nearestRows(in: centroids, norms: norms, workers: Workers(threads: 2)).labels
    let index = try CentroidIndex(centroids, workers: Workers(threads: 2))
    let found = try index.nearest(of: rows, workers: Workers(threads: 2))
    let same = zip(found, exact).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
    #expect(same >= 19_000)
    // Where another one was found, it is hardly farther.
    func cosines(_ labels: [Int32]) -> Double {
      labels.indices.reduce(0) { sum, row in
        sum + zip(rows.row(row), centroids.row(Int(labels[row]))).reduce(0.0) { $0 + Double($1.0 * $1.1) }
      }
    }
    #expect(cosines(found) >= 0.995 * cosines(exact))
    #expect(try index.nearest(of: rows, workers: Workers(threads: 1)) == found)
  }

  @Test func fewCentroidsAreComparedOneByOne() throws {
    let centroids = try directions(CentroidIndex.exactUpTo, around: nil, spread: 1, seed: 4)
    let rows = try directions(500, around: nil, spread: 1, seed: 5)
    let norms = [Float](repeating: 1, count: centroids.rows)
    let exact = try rows.nearestRows(in: centroids, norms: norms, workers: Workers(threads: 2)).labels
    let index = try CentroidIndex(centroids, workers: Workers(threads: 2))
    #expect(try index.nearest(of: rows, workers: Workers(threads: 2)) == exact)
  }

  /// Rows without a direction go to the lowest, as in k-means.
  @Test func rowsOfZerosGoToTheFirst() throws {
    let centroids = try directions(2500, around: nil, spread: 1, seed: 6)
    let index = try CentroidIndex(centroids, workers: Workers(threads: 2))
    #expect(try index.nearest(of: Matrix(rows: 3, columns: 32), workers: Workers(threads: 2)) == [0, 0, 0])
  }
}
