import Testing
import ThrongCore
import ThrongLinearAlgebra

@Suite struct FactorTests {
  /// Rows without entries on either side, places that no row takes, columns that only one side uses, and more of them than are
  /// filled at a time.
  @Test(arguments: [1, 3]) func productsAreThoseOfDenseRows(threads: Int) throws {
    let columns = 20_000
    var random = RandomSource(seed: 11)
    var (offsets, indices, values) = ([0], [UInt32](), [Float]())
    for row in 0..<20 {
      for column in 0..<columns where row != 7 && random.below(20) == 0 {
        indices.append(UInt32(column))
        values.append(Float(1 + random.below(9)))
      }
      offsets.append(values.count)
    }
    let x = CSRMatrix(rows: 20, columns: columns, rowOffsets: offsets, columnIndices: indices, values: values)
    let (chosen, others) = ([19, 7, 0, 3], [1, 7, 4, 19, 2])
    let factor = try x.factor(ofRows: chosen, width: 6, workers: Workers(threads: threads))
    let products = factor.products(withRows: others[...], of: x)
    let (a, b) = (x.denseRows(others), x.denseRows(chosen))
    let expected = others.indices.flatMap { i in
      (0..<6).map { j in j < 4 ? (0..<columns).reduce(Float(0)) { $0 + a[i, $1] * b[j, $1] } : 0 }
    }
    // Whole numbers: sums are exact in whatever order.
    #expect(products == expected)
    #expect(expected.contains { $0 > 0 })
  }
}
