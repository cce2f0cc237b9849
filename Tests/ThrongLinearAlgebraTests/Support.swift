import ThrongCore
import ThrongLinearAlgebra

/// Sizes around those at which kernels change their stride.
let awkwardSizes = [1, 7, 8, 9, 127, 128, 129]

let oneThread = Workers(threads: 1)
let twoThreads = Workers(threads: 2)

extension Matrix {
  /// Uniform in −1..<1.
  static func random(_ rows: Int, _ columns: Int, _ random: inout RandomSource) -> Matrix {
    Matrix(
      rows: rows, columns: columns,
      values: (0..<rows * columns).map { _ in Float(2 * random.uniform() - 1) })
  }

  /// The entries, in double, by definition.
  static func naiveProduct(_ a: Matrix, _ b: Matrix) -> [Double] {
    var product = [Double](repeating: 0, count: a.rows * b.columns)
    for i in 0..<a.rows {
      for j in 0..<b.columns {
        product[i * b.columns + j] = (0..<a.columns).reduce(0.0) { $0 + Double(a[i, $1]) * Double(b[$1, j]) }
      }
    }
    return product
  }

  var flipped: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for i in 0..<rows { for j in 0..<columns { result[j, i] = self[i, j] } }
    return result
  }

  func largestDifference(from expected: [Double]) -> Double {
    zip(values, expected).reduce(0.0) { max($0, abs(Double($1.0) - $1.1)) }
  }
}

extension CSRMatrix {
  /// About `share` of the entries, uniform in −1..<1, columns of a row in random order.
  static func random(_ rows: Int, _ columns: Int, share: Double, _ random: inout RandomSource) -> CSRMatrix {
    var (offsets, indices, values) = ([0], [UInt32](), [Float]())
    for _ in 0..<rows {
      for column in (0..<columns).shuffled(using: &random) where random.uniform() < share {
        indices.append(UInt32(column))
        values.append(Float(2 * random.uniform() - 1))
      }
      offsets.append(values.count)
    }
    return CSRMatrix(
      rows: rows, columns: columns, rowOffsets: offsets, columnIndices: indices, values: values)
  }

  var dense: Matrix {
    var result = Matrix(rows: rows, columns: columns)
    for i in 0..<rows { for p in entries(ofRow: i) { result[i, Int(columnIndices[p])] += values[p] } }
    return result
  }
}
