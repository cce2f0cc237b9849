import Foundation
import ThrongClassifier
import ThrongCore
import ThrongLinearAlgebra

/// train OFFSETS.npy COLUMNS.npy VALUES.npy LABELS.npy WIDTH CLASSES C WEIGHTS.f32 THREADS: the logistic regression of compressed
/// rows, each file one row of numbers (int64, uint32, float32, int32); writes the weights, (WIDTH + 1) × classes with the
/// intercept last, and says how the fit ended and how long it took.
func benchmarkTrain(_ arguments: [String]) throws {
  guard arguments.count == 9, let width = Int(arguments[4]), let classes = Int(arguments[5]),
    let c = Double(arguments[6]), let threads = Int(arguments[8])
  else {
    throw BenchFailure(
      "train: OFFSETS.npy COLUMNS.npy VALUES.npy LABELS.npy WIDTH CLASSES C WEIGHTS.f32 THREADS")
  }
  let offsets = try NumPyFile.read(arguments[0], type: "<i8", as: Int.self).values
  let matrix = CSRMatrix(
    rows: offsets.count - 1, columns: width, rowOffsets: offsets,
    columnIndices: try NumPyFile.read(arguments[1], type: "<u4", as: UInt32.self).values,
    values: try NumPyFile.read(arguments[2], type: "<f4", as: Float.self).values)
  let labels = try NumPyFile.read(arguments[3], type: "<i4", as: Int32.self).values
  var parameters = LogisticRegression.Parameters()
  parameters.c = c
  let workers = Workers(threads: threads)
  let before = (ContinuousClock.now, ProcessUsage.seconds)
  let fit = try LogisticRegression(rows: matrix, labels: labels, classes: classes, workers: workers).fit(
    parameters, workers: workers)
  let seconds = (ContinuousClock.now - before.0) / .seconds(1)
  let processor = ProcessUsage.seconds - before.1
  try unsafe fit.weights.values.withUnsafeBytes { unsafe Data($0) }
    .write(to: URL(fileURLWithPath: arguments[7]))
  print(
    """
    {"seconds": \(seconds), "cpu": \(processor), "iterations": \(fit.iterations), "objective": \(fit.objective), \
    "gradient": \(fit.largestGradient), "converged": \(fit.converged), \
    "megabytes": \(Double(ProcessUsage.peakBytes) / 0x1p20)}
    """)
}
