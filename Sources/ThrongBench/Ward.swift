import Foundation
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

/// ward POINTS.npy HEIGHTS.f64 [THREADS [LINKAGE]]: the tree of float64 points; writes the heights in rising order as
/// little-endian doubles, for the caller to compare, and says how long the tree took.
func benchmarkWard(_ arguments: [String]) throws {
  guard arguments.count >= 2 else { throw BenchFailure("ward: POINTS.npy HEIGHTS.f64 [THREADS [LINKAGE]]") }
  let threads = arguments.count > 2 ? Int(arguments[2]) : ProcessInfo.processInfo.activeProcessorCount
  guard let threads, threads > 0 else { throw BenchFailure("ward: threads must be a positive number") }
  guard let linkage = arguments.count > 3 ? Linkage(rawValue: arguments[3]) : .ward else {
    throw BenchFailure("ward: LINKAGE is one of \(Linkage.allCases.map(\.rawValue).joined(separator: ", "))")
  }
  let (rows, columns, values) = try NumPyFile.read(arguments[0], type: "<f8", as: Double.self)
  let points = DoubleMatrix(rows: rows, columns: columns, values: values)
  let before = (ContinuousClock.now, ProcessUsage.seconds)
  let tree = try Dendrogram.agglomerate(
    points, weights: [Double](repeating: 1, count: rows), linkage: linkage, workers: Workers(threads: threads)
  )
  let seconds = (ContinuousClock.now - before.0) / .seconds(1)
  let processor = ProcessUsage.seconds - before.1
  let heights = tree.merges.map(\.height)
  try unsafe heights.withUnsafeBytes { unsafe Data($0) }.write(to: URL(fileURLWithPath: arguments[1]))
  print(
    """
    {"seconds": \(seconds), "processor_seconds": \(processor), "peak_bytes": \(ProcessUsage.peakBytes), "rows": \(rows), \
    "columns": \(columns), "threads": \(threads), "height_sum": \(heights.reduce(0, +))}
    """)
}
