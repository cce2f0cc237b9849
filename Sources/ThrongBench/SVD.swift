import Foundation
import ThrongCore
import ThrongLinearAlgebra

/// svd OFFSETS.npy COLUMNS.npy VALUES.npy WIDTH COMPONENTS RIGHT.f32 THREADS: the truncated SVD of compressed rows, each
/// file one row of numbers (int64, uint32, float32); writes the right singular vectors, WIDTH × components, for the
/// caller to compare, and says how long they took.
func benchmarkSVD(_ arguments: [String]) throws {
  guard arguments.count == 7, let width = Int(arguments[3]), let components = Int(arguments[4]),
    let threads = Int(arguments[6])
  else {
    throw BenchFailure("svd: OFFSETS.npy COLUMNS.npy VALUES.npy WIDTH COMPONENTS RIGHT.f32 THREADS")
  }
  let offsets = try NumPyFile.read(arguments[0], type: "<i8", as: Int.self).values
  let matrix = CSRMatrix(
    rows: offsets.count - 1, columns: width, rowOffsets: offsets,
    columnIndices: try NumPyFile.read(arguments[1], type: "<u4", as: UInt32.self).values,
    values: try NumPyFile.read(arguments[2], type: "<f4", as: Float.self).values)
  let before = (ContinuousClock.now, ProcessUsage.seconds)
  let found = try TruncatedSVD.fit(
    matrix, parameters: .init(components: components), workers: Workers(threads: threads))
  let seconds = (ContinuousClock.now - before.0) / .seconds(1)
  let processor = ProcessUsage.seconds - before.1
  try unsafe found.right.values.withUnsafeBytes { unsafe Data($0) }
    .write(to: URL(fileURLWithPath: arguments[5]))
  print(
    """
    {"seconds": \(seconds), "cpu": \(processor), "components": \(found.components), \
    "megabytes": \(Double(ProcessUsage.peakBytes) / 0x1p20)}
    """)
}
