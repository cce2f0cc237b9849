import Testing
import ThrongCore
import ThrongLinearAlgebra

@Suite struct FactorTests {
  /// More columns than a stripe has, and a product of rows with it.
  @Test(arguments: [1, 2, 3]) func rowsBecomeColumns(threads: Int) throws {
    var random = RandomSource(seed: 11)
    var (offsets, indices, values) = ([0], [UInt32](), [Float]())
    for row in 0..<20 {
      for column in 0..<5000 where row != 7 && random.below(40) == 0 {
        indices.append(UInt32(column))
        values.append(Float(random.uniform()))
      }
      offsets.append(values.count)
    }
    let x = CSRMatrix(rows: 20, columns: 5000, rowOffsets: offsets, columnIndices: indices, values: values)
    let chosen = [19, 7, 0, 3]
    let factor = try x.factor(ofRisingRows: chosen, width: 6, workers: Workers(threads: threads))
    let dense = x.denseRows(chosen)
    #expect(factor.rows == 5000 && factor.columns == 6)
    let same = (0..<5000).allSatisfy { column in
      (0..<6).allSatisfy { factor[column, $0] == ($0 < 4 ? dense[$0, column] : 0) }
    }
    #expect(same)
  }
}
