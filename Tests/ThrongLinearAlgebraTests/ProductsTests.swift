import Testing
import ThrongCore
import ThrongLinearAlgebra

struct ProductsTests {
  @Test(arguments: awkwardSizes, awkwardSizes)
  func denseProductsEqualTheDefinition(rows: Int, inner: Int) throws {
    var random = RandomSource(seed: UInt64(rows * 1000 + inner))
    for columns in [1, 9, 128] {
      let a = Matrix.random(rows, inner, &random)
      let b = Matrix.random(inner, columns, &random)
      let expected = Matrix.naiveProduct(a, b)
      #expect(try a.multiplied(by: b, workers: twoThreads).largestDifference(from: expected) < 1e-4)
      #expect(
        try a.multiplied(byTransposed: b.flipped, workers: twoThreads).largestDifference(from: expected)
          < 1e-4)
      #expect(
        try a.flipped.transposedMultiplied(by: b, workers: twoThreads).largestDifference(from: expected)
          < 1e-4)
    }
  }

  @Test(arguments: awkwardSizes, awkwardSizes)
  func sparseProductsEqualTheDefinition(rows: Int, width: Int) throws {
    var random = RandomSource(seed: UInt64(rows * 1000 + width))
    for (columns, share) in [(1, 0.5), (9, 0.9), (129, 0.05)] {
      let a = CSRMatrix.random(rows, columns, share: share, &random)
      let x = Matrix.random(columns, width, &random)
      let y = Matrix.random(rows, width, &random)
      #expect(
        try a.multiplied(by: x, workers: twoThreads)
          .largestDifference(from: Matrix.naiveProduct(a.dense, x)) < 1e-5)
      let transposed = try a.transposed(workers: twoThreads)
      #expect(transposed.dense == a.dense.flipped)
      #expect(
        try transposed.multiplied(by: y, workers: twoThreads)
          .largestDifference(from: Matrix.naiveProduct(a.dense.flipped, y)) < 1e-5)
      #expect(
        try a.gramMultiplied(by: x, transposed: transposed, workers: twoThreads)
          .largestDifference(
            from: Matrix.naiveProduct(a.dense.flipped, a.multiplied(by: x, workers: oneThread)))
          < 1e-3)
    }
  }

  /// Narrow blocks, and none, where X is large.
  @Test(arguments: [42_999, 43_001, 262_001])
  func gramProductsOfManyColumnsEqualTheProductsInTurn(columns: Int) throws {
    var random = RandomSource(seed: 6)
    let a = CSRMatrix.random(7, columns, share: 0.01, &random)
    let transposed = try a.transposed(workers: twoThreads)
    let x = Matrix.random(columns, 27, &random)
    let product = try a.gramMultiplied(by: x, transposed: transposed, workers: twoThreads)
    let expected = try transposed.multiplied(by: a.multiplied(by: x, workers: oneThread), workers: oneThread)
    #expect(product.largestDifference(from: expected.values.map(Double.init)) < 1e-3)
    #expect(try a.gramMultiplied(by: x, transposed: transposed, workers: oneThread) == product)
  }

  @Test func aTransposeHasRisingColumnsAndTransposesBack() throws {
    var random = RandomSource(seed: 5)
    let a = CSRMatrix.random(83, 31, share: 0.3, &random)
    let transposed = try a.transposed(workers: twoThreads)
    for row in 0..<transposed.rows {
      let columns = transposed.columnIndices[transposed.entries(ofRow: row)]
      #expect(zip(columns, columns.dropFirst()).allSatisfy { $0 < $1 })
    }
    #expect(try transposed.transposed(workers: oneThread).dense == a.dense)
  }

  @Test func emptyShapesGiveEmptyOrZeroProducts() throws {
    let none = Matrix(rows: 0, columns: 3)
    #expect(try none.multiplied(by: Matrix(rows: 3, columns: 2), workers: oneThread).values.isEmpty)
    let flat = Matrix(rows: 2, columns: 0)
    #expect(try flat.multiplied(by: Matrix(rows: 0, columns: 2), workers: oneThread).values == [0, 0, 0, 0])
    #expect(
      try none.transposedMultiplied(by: Matrix(rows: 0, columns: 1), workers: oneThread).values == [0, 0, 0])
    let empty = CSRMatrix(rows: 2, columns: 3, rowOffsets: [0, 0, 0], columnIndices: [], values: [])
    #expect(try empty.multiplied(by: Matrix(rows: 3, columns: 1), workers: oneThread).values == [0, 0])
    #expect(try empty.transposed(workers: oneThread).rowOffsets == [0, 0, 0, 0])
  }

  @Test func repeatedEntriesOfARowAddUp() throws {
    let a = CSRMatrix(rows: 1, columns: 2, rowOffsets: [0, 3], columnIndices: [1, 0, 1], values: [2, 5, 3])
    let x = Matrix(rows: 2, columns: 1, values: [10, 100])
    #expect(try a.multiplied(by: x, workers: oneThread).values == [550])
  }

  @Test func theSameBytesForAnyNumberOfThreads() throws {
    var random = RandomSource(seed: 11)
    let a = CSRMatrix.random(3000, 211, share: 0.05, &random)
    let x = Matrix.random(211, 33, &random)
    let tall = Matrix.random(5000, 33, &random)
    let first = (
      try a.multiplied(by: x, workers: oneThread), try a.transposed(workers: oneThread),
      try tall.gram(workers: oneThread), try tall.transposedMultiplied(by: tall, workers: oneThread)
    )
    for threads in [2, 3] {
      let workers = Workers(threads: threads)
      #expect(try a.multiplied(by: x, workers: workers) == first.0)
      #expect(try a.transposed(workers: workers) == first.1)
      #expect(try tall.gram(workers: workers) == first.2)
      #expect(try tall.transposedMultiplied(by: tall, workers: workers) == first.3)
    }
  }

  @Test func theFirstRowThatIsNotFiniteIsNamed() throws {
    var x = Matrix(rows: 9000, columns: 3)
    x[8999, 0] = .infinity
    x[4200, 2] = .nan
    #expect(throws: LinearAlgebraFailure.notFinite(row: 4200)) { try x.checkFinite(workers: twoThreads) }
    let sparse = CSRMatrix(
      rows: 3, columns: 2, rowOffsets: [0, 1, 1, 3], columnIndices: [0, 0, 1], values: [1, 2, -.infinity])
    #expect(throws: LinearAlgebraFailure.notFinite(row: 2)) { try sparse.checkFinite(workers: twoThreads) }
    #expect(throws: Never.self) { try Matrix(rows: 2, columns: 11).checkFinite(workers: oneThread) }
  }

  @Test func rowsOfZerosStayWhenRowsAreNormalised() throws {
    let x = Matrix(rows: 3, columns: 2, values: [3, 4, 0, 0, -2, 0])
    #expect(try x.squaredRowNorms(workers: oneThread) == [25, 0, 4])
    let unit = try x.normalizingRows(workers: oneThread)
    #expect(unit.largestDifference(from: [0.6, 0.8, 0, 0, -1, 0]) < 1e-6)
  }

  @Test func theProviderIsNamedAndLAPACKWorks() {
    #expect(["OpenBLAS", "reference"].contains(BLASProvider.current.name))
    #expect(BLASProvider.current.isReference == (BLASProvider.current.name == "reference"))
    #expect(BLASProvider.current.lapackWorks)
  }

  @Test func kernelsOfAnotherAgeAreReplaced() {
    func fitting(_ core: String, _ sets: Int32) -> String? {
      BLASProvider.fittingCore(insteadOf: core, instructionSets: sets)
    }
    #expect(fitting("Prescott", 3) == "SkylakeX" && fitting("Prescott", 2) == "Haswell")
    #expect(fitting("Prescott", 1) == nil)
    #expect(fitting("Haswell", 3) == nil && fitting("Zen", 2) == nil && fitting("", 3) == nil)
  }
}
