import Foundation
import Testing
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

private let workers = Workers(threads: 2)

/// `count` points about `clusters` centres: Gaussian clusters as far apart as `distance` standard deviations of one
/// coordinate in each coordinate; in `groups` groups whose centres lie nearer to each other, where there are any.
private func mixture(
  _ clusters: Int, rows count: Int, columns: Int, distance: Double, groups: Int? = nil, seed: UInt64
) -> Matrix {
  var random = RandomSource(seed: seed)
  func normal() -> Double {
    (-2 * log(1 - random.uniform())).squareRoot() * cos(2 * Double.pi * random.uniform())
  }
  let parents = (0..<(groups ?? 1)).map { _ in (0..<columns).map { _ in 3 * distance * normal() } }
  let centres = (0..<clusters).map { cluster in
    (0..<columns).map { column in
      distance * normal() + (groups == nil ? 0 : parents[cluster % parents.count][column])
    }
  }
  let values = (0..<count).flatMap { _ in
    centres[random.below(clusters)].map { Float($0 + normal()) }
  }
  return Matrix(rows: count, columns: columns, values: values)
}

@Suite struct ClusterCountTests {
  private func parameters(_ range: ClosedRange<Int>, seed: UInt64 = 1) -> ClusterCount.Parameters {
    var parameters = ClusterCount.Parameters(range: range)
    (parameters.spherical, parameters.seed) = (false, seed)
    return parameters
  }

  /// Found within a tenth, over a wide range, wherever in it the truth lies.
  @Test(arguments: [12, 47, 160], [1, 2] as [UInt64]) func aPlantedNumberIsFound(clusters: Int, seed: UInt64)
    throws
  {
    let x = mixture(clusters, rows: 8000, columns: 16, distance: 3, seed: seed)
    let found = try ClusterCount.estimate(x, parameters: parameters(8...357, seed: seed), workers: workers)
    #expect(abs(found.clusters - clusters) * 10 <= clusters, "\(found.clusters)")
    #expect(found.curve.map(\.clusters) == found.curve.map(\.clusters).sorted())
    #expect(found.curve.last!.clusters == 357)
  }

  @Test func theNumberOfDirectionsIsFound() throws {
    let x = mixture(30, rows: 4000, columns: 24, distance: 3, seed: 5)
    let found = try ClusterCount.estimate(x, parameters: .init(range: 8...200), workers: workers)
    #expect(abs(found.clusters - 30) <= 3, "\(found.clusters)")
  }

  /// Points without clusters agree on none of the numbers nearly as well as points with.
  @Test func agreementTellsWhetherThereAreClusters() throws {
    let some = mixture(40, rows: 4000, columns: 16, distance: 3, seed: 3)
    let none = mixture(1, rows: 4000, columns: 16, distance: 3, seed: 3)
    func best(_ x: Matrix) throws -> Double {
      try ClusterCount.estimate(x, parameters: parameters(8...200), workers: workers).curve.map(\.agreement)
        .max()!
    }
    #expect(try best(some) > 0.95)
    #expect(try best(none) < 0.4)
  }

  /// Sparse rows as dense ones, a sample as the whole, one thread as more.
  @Test func neitherTheStoreNorTheThreadsMatter() throws {
    let x = mixture(20, rows: 3000, columns: 12, distance: 4, seed: 2)
    let sparse = CSRMatrix(
      rows: 3000, columns: 12, rowOffsets: (0...3000).map { $0 * 12 },
      columnIndices: (0..<36_000).map { UInt32($0 % 12) }, values: x.values)
    var parameters = parameters(8...50)
    let dense = try ClusterCount.estimate(x, parameters: parameters, workers: workers)
    #expect(try ClusterCount.estimate(x, parameters: parameters, workers: Workers(threads: 1)) == dense)
    #expect(try ClusterCount.estimate(x, parameters: parameters, workers: Workers(threads: 3)) == dense)
    #expect(abs(dense.clusters - 20) <= 2)
    let other = try ClusterCount.estimate(sparse, parameters: parameters, workers: workers)
    #expect(abs(other.clusters - 20) <= 2)
    parameters.sampleRows = 1000
    let sampled = try ClusterCount.estimate(x, parameters: parameters, workers: workers)
    #expect(sampled.curve != dense.curve)
  }

  @Test func tooFewRowsGiveTheLeastNumber() throws {
    let few = mixture(3, rows: 20, columns: 4, distance: 9, seed: 1)
    #expect(try ClusterCount.estimate(few, parameters: parameters(8...50), workers: workers).clusters == 8)
    let same = Matrix(rows: 500, columns: 2, values: [Float](repeating: 1, count: 1000))
    #expect(try ClusterCount.estimate(same, parameters: parameters(8...50), workers: workers).clusters == 8)
    let zeros = Matrix(rows: 500, columns: 2)
    #expect(
      try ClusterCount.estimate(zeros, parameters: .init(range: 8...50), workers: workers).clusters == 8)
  }

  @Test func rowsThatAreNotFiniteAreRefused() throws {
    var x = mixture(3, rows: 100, columns: 4, distance: 9, seed: 1)
    x[70, 2] = .nan
    #expect(throws: ClusteringFailure.notFinite(row: 70)) {
      try ClusterCount.estimate(x, parameters: parameters(8...20), workers: workers)
    }
  }

  /// 18,846 / 20 rows a cluster are more than 4·√18,846 = 549.1; 815 / 20 = 40.75.
  @Test func theRangeGoesByTheRows() {
    #expect(ClusterCount.range(rows: 18_846) == 8...549)
    #expect(ClusterCount.range(rows: 815) == 8...40)
    #expect(ClusterCount.range(rows: 10) == 8...8)
  }
}

@Suite struct AdjustedMutualInformationTests {
  /// The expectation over all orders of the second labelling, each once.
  private func naive(_ a: [Int32], _ b: [Int32]) -> Double {
    func entropy(_ labels: [Int32]) -> Double {
      Dictionary(grouping: labels, by: \.self).values.reduce(0) {
        let share = Double($1.count) / Double(labels.count)
        return $0 - share * log(share)
      }
    }
    func information(_ b: [Int32]) -> Double {
      entropy(a) + entropy(b) - entropy(zip(a, b).map { $0 * 100 + $1 })
    }
    var (sum, count) = (0.0, 0.0)
    func permute(_ labels: inout [Int32], _ from: Int) {
      guard from < labels.count else {
        sum += information(labels)
        count += 1
        return
      }
      for i in from..<labels.count {
        labels.swapAt(from, i)
        permute(&labels, from + 1)
        labels.swapAt(from, i)
      }
    }
    var labels = b
    permute(&labels, 0)
    return (information(b) - sum / count) / ((entropy(a) + entropy(b)) / 2 - sum / count)
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>) func itIsWhatAllOrdersGive(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let a: [Int32] = [0, 1] + (0..<5).map { _ in Int32(random.below(3)) }
    let b: [Int32] = [4, 4, 5] + (0..<4).map { _ in Int32(4 + random.below(3)) }
    #expect(abs(Validity.adjustedMutualInformation(a, b) - naive(a, b)) < 1e-9)
  }

  @Test func itsEndsAreOneAndNought() {
    #expect(Validity.adjustedMutualInformation([1, 1, 2, 2], [7, 7, 3, 3]) == 1)
    #expect(Validity.adjustedMutualInformation([1, 1, 1], [2, 2, 2]) == 1)
    #expect(Validity.adjustedMutualInformation([], []) == 1)
    #expect(Validity.adjustedMutualInformation([1, 2, 3], [1, 2, 3]) == 1)
    #expect(Validity.adjustedMutualInformation([1, 2, 3, 4], [1, 1, 1, 1]) == 0)
    // Random labels, many of them: chance alone gives an NMI far above nought.
    var random = RandomSource(seed: 4)
    let a = (0..<3000).map { _ in Int32(random.below(200)) }
    let b = (0..<3000).map { _ in Int32(random.below(150)) }
    #expect(Validity.nmi(a, b) > 0.3)
    #expect(abs(Validity.adjustedMutualInformation(a, b)) < 0.02)
  }
}
