import Testing
import ThrongCore
import ThrongLinearAlgebra

/// Singular values in falling order by one-sided Jacobi rotations, in double: nothing in common with ours.
private func jacobiSingularValues(_ a: Matrix) -> [Double] {
  var columns = (0..<a.columns).map { j in (0..<a.rows).map { Double(a[$0, j]) } }
  for _ in 0..<60 {
    for p in 0..<columns.count {
      for q in (p + 1)..<max(columns.count, p + 1) {
        let alpha = columns[p].reduce(0) { $0 + $1 * $1 }
        let beta = columns[q].reduce(0) { $0 + $1 * $1 }
        let gamma = zip(columns[p], columns[q]).reduce(0) { $0 + $1.0 * $1.1 }
        guard abs(gamma) > 1e-15 * (alpha * beta).squareRoot(), gamma != 0 else { continue }
        let zeta = (beta - alpha) / (2 * gamma)
        let t = (zeta < 0 ? -1 : 1) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
        let c = 1 / (1 + t * t).squareRoot()
        for i in 0..<a.rows {
          let (x, y) = (columns[p][i], columns[q][i])
          columns[p][i] = c * x - c * t * y
          columns[q][i] = c * t * x + c * y
        }
      }
    }
  }
  return columns.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }.sorted(by: >)
}

struct TruncatedSVDTests {
  @Test(arguments: [(40, 23, 0.4), (23, 40, 0.4), (129, 17, 0.2), (7, 9, 0.9), (1, 5, 1), (5, 1, 1)])
  func theWholeSpectrumEqualsJacobis(rows: Int, columns: Int, share: Double) throws {
    var random = RandomSource(seed: UInt64(rows * 100 + columns))
    let a = CSRMatrix.random(rows, columns, share: share, &random)
    let svd = try TruncatedSVD.fit(a, parameters: .init(components: 128), workers: twoThreads)
    let expected = jacobiSingularValues(a.dense)
    #expect(svd.components == expected.count { $0 > 1e-4 * expected[0] })
    for (found, value) in zip(svd.singularValues, expected) {
      #expect(abs(Double(found) - value) < 1e-4 * expected[0])
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func leadingValuesAndVectorsOfADecayingSpectrumAreFound(seed: UInt64) throws {
    // Rank-one terms of falling weight over a little noise.
    var random = RandomSource(seed: seed)
    let (rows, columns) = (150, 130)
    let (left, right) = (Matrix.random(rows, 40, &random), Matrix.random(40, columns, &random))
    var scaled = left
    for i in 0..<rows { for j in 0..<40 { scaled[i, j] *= Float(1 / Double(j + 1)) } }
    let dense = try scaled.multiplied(by: right, workers: oneThread)
    let a = CSRMatrix(
      rows: rows, columns: columns, rowOffsets: (0...rows).map { $0 * columns },
      columnIndices: (0..<rows * columns).map { UInt32($0 % columns) }, values: dense.values)
    let svd = try TruncatedSVD.fit(a, parameters: .init(components: 10, seed: seed), workers: twoThreads)
    let expected = jacobiSingularValues(dense)
    for j in 0..<10 { #expect(abs(Double(svd.singularValues[j]) / expected[j] - 1) < 1e-3, "seed \(seed)") }
    // A·v has the length of its singular value, and the vectors are orthonormal.
    let projected = try svd.transform(a, workers: twoThreads)
    let lengths = try projected.gram(workers: oneThread)
    let overlaps = try svd.right.gram(workers: oneThread)
    for i in 0..<10 {
      #expect(abs(lengths[i * 10 + i].squareRoot() / Double(svd.singularValues[i]) - 1) < 1e-3)
      for j in 0..<10 { #expect(abs(overlaps[i * 10 + j] - (i == j ? 1 : 0)) < 1e-4, "seed \(seed)") }
    }
  }

  @Test func signsAreFixedByTheLargestEntry() throws {
    var random = RandomSource(seed: 8)
    let a = CSRMatrix.random(60, 50, share: 0.3, &random)
    for seed in 1...3 as ClosedRange<UInt64> {
      let right = try TruncatedSVD.fit(a, parameters: .init(components: 5, seed: seed), workers: oneThread)
        .right
      for j in 0..<5 {
        let column = (0..<50).map { right[$0, j] }
        #expect(column.max { abs($0) < abs($1) }! > 0)
      }
    }
  }

  @Test func theSameBytesForAnyNumberOfThreads() throws {
    var random = RandomSource(seed: 9)
    let a = CSRMatrix.random(2600, 5000, share: 0.005, &random)
    for sample in [nil, 1000] {
      let parameters = TruncatedSVD.Parameters(components: 12, seed: 4, sampleRows: sample)
      let first = try TruncatedSVD.fit(a, parameters: parameters, workers: oneThread)
      for threads in [2, 3] {
        let other = try TruncatedSVD.fit(a, parameters: parameters, workers: Workers(threads: threads))
        #expect(other.right == first.right)
        #expect(other.singularValues == first.singularValues)
      }
    }
  }

  @Test func aMatrixOfZerosHasOneComponentOfNoWeight() throws {
    let zeros = CSRMatrix(rows: 4, columns: 3, rowOffsets: [0, 0, 0, 0, 0], columnIndices: [], values: [])
    let svd = try TruncatedSVD.fit(zeros, workers: oneThread)
    #expect(svd.singularValues == [0])
    #expect(try svd.transform(zeros, workers: oneThread) == Matrix(rows: 4, columns: 1))
    let noRows = CSRMatrix(rows: 0, columns: 3, rowOffsets: [0], columnIndices: [], values: [])
    #expect(try TruncatedSVD.fit(noRows, workers: oneThread).components == 1)
  }

  @Test func identicalRowsHaveOneComponent() throws {
    let a = CSRMatrix(
      rows: 50, columns: 4, rowOffsets: (0...50).map { 2 * $0 },
      columnIndices: (0..<100).map { UInt32(1 + $0 % 2) }, values: (0..<100).map { $0 % 2 == 0 ? 3 : 4 })
    let svd = try TruncatedSVD.fit(a, workers: twoThreads)
    #expect(svd.components == 1)
    // √50 copies of a row of length 5, direction (0, 0.6, 0.8, 0).
    #expect(abs(Double(svd.singularValues[0]) - 5 * 50.0.squareRoot()) < 1e-3)
    #expect(svd.right.largestDifference(from: [0, 0.6, 0.8, 0]) < 1e-5)
  }

  @Test func aSampleOfAlikeRowsFindsTheSameDirections() throws {
    // Two kinds of rows: any sample holds both.
    let rows = 2000
    let a = CSRMatrix(
      rows: rows, columns: 6, rowOffsets: Array(0...rows),
      columnIndices: (0..<rows).map { UInt32($0 % 5 == 0 ? 2 : 4) },
      values: [Float](repeating: 1, count: rows))
    let svd = try TruncatedSVD.fit(a, parameters: .init(components: 8, sampleRows: 300), workers: twoThreads)
    #expect(svd.right.largestDifference(from: [0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0]) < 1e-5)
    #expect(try svd.transform(a, workers: twoThreads).rows == rows)
  }

  @Test func parametersAndValuesOutOfRangeAreRefused() throws {
    let one = CSRMatrix(
      rows: 2, columns: 2, rowOffsets: [0, 1, 2], columnIndices: [0, 1], values: [1, .nan])
    #expect(throws: LinearAlgebraFailure.notFinite(row: 1)) { try TruncatedSVD.fit(one, workers: oneThread) }
    for parameters in [
      TruncatedSVD.Parameters(components: 0), .init(oversampling: -1), .init(powerIterations: -1),
      .init(sampleRows: 0),
    ] {
      #expect(throws: LinearAlgebraFailure.self) {
        try TruncatedSVD.fit(one, parameters: parameters, workers: oneThread)
      }
    }
    let narrow = CSRMatrix(rows: 2, columns: 0, rowOffsets: [0, 0, 0], columnIndices: [], values: [])
    #expect(throws: LinearAlgebraFailure.self) { try TruncatedSVD.fit(narrow, workers: oneThread) }
  }

  @Test func aCancelledFitStops() throws {
    var random = RandomSource(seed: 2)
    let a = CSRMatrix.random(50, 20, share: 0.5, &random)
    let cancellation = Cancellation()
    cancellation.cancel()
    #expect(throws: Interrupted.self) {
      try TruncatedSVD.fit(a, workers: Workers(threads: 2, cancellation: cancellation))
    }
  }
}
