import Testing
import ThrongCore
import ThrongLinearAlgebra

struct FactorisationTests {
  @Test(arguments: [(129, 8), (600, 127), (9, 9), (1, 1)])
  func columnsBecomeOrthonormalAndKeepTheirSpan(rows: Int, columns: Int) throws {
    var random = RandomSource(seed: UInt64(rows))
    let x = Matrix.random(rows, columns, &random)
    try expectOrthonormalBasis(of: x)
  }

  @Test func dependentColumnsGetACompletedBasis() throws {
    // Column 2 is the sum of the others and column 3 is zero: Cholesky fails, Householder does not.
    var random = RandomSource(seed: 3)
    var x = Matrix.random(40, 4, &random)
    for i in 0..<40 {
      x[i, 2] = x[i, 0] + x[i, 1]
      x[i, 3] = 0
    }
    try expectOrthonormalBasis(of: x)
  }

  private func expectOrthonormalBasis(of x: Matrix) throws {
    let q = try x.orthonormalized(workers: twoThreads)
    let gram = try q.gram(workers: oneThread)
    for i in 0..<x.columns {
      for j in 0..<x.columns { #expect(abs(gram[i * x.columns + j] - (i == j ? 1 : 0)) < 1e-5) }
    }
    // Q·Qᵀ·X gives X back.
    let coordinates = try q.transposedMultiplied(by: x, workers: oneThread)
    let back = try q.multiplied(by: coordinates, workers: oneThread)
    #expect(back.largestDifference(from: x.values.map(Double.init)) < 1e-4)
  }

  @Test func eigenvaluesFallAndVectorsBelongToThem() throws {
    // [[2, 1, 0], [1, 2, 0], [0, 0, 5]]: 5, 3, 1.
    let (values, vectors) = try symmetricEigen([2, 1, 0, 1, 2, 0, 0, 0, 5], order: 3)
    for (found, expected) in zip(values, [5.0, 3, 1]) { #expect(abs(found - expected) < 1e-12) }
    let half = 0.5.squareRoot()
    #expect(abs(abs(vectors[2 * 3 + 0]) - 1) < 1e-12)
    #expect(abs(abs(vectors[0 * 3 + 1]) - half) < 1e-12)
    #expect(abs(vectors[0 * 3 + 1] - vectors[1 * 3 + 1]) < 1e-12)
    #expect(abs(vectors[0 * 3 + 2] + vectors[1 * 3 + 2]) < 1e-12)
  }
}
