import Foundation
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

/// kmeans ROWS.npy START.npy ITERATIONS TOLERANCE THREADS [plain|nested|sample]: k-means over float32 rows from given
/// centroids, Euclidean; says the time, the inertia and the distances computed in each iteration. `plain` does without
/// bounds, the others are algorithms beside Lloyd's.
func benchmarkKMeans(_ arguments: [String]) throws {
  guard arguments.count >= 5, let iterations = Int(arguments[2]), let tolerance = Double(arguments[3]),
    let threads = Int(arguments[4])
  else { throw BenchFailure("kmeans: ROWS.npy START.npy ITERATIONS TOLERANCE THREADS [plain|nested|sample]") }
  let rows = try readMatrix(arguments[0])
  let start = try readMatrix(arguments[1])
  let workers = Workers(threads: threads)
  // Once without a clock: threads and pages are there then.
  _ = try KMeans.fit(
    rows.selectingRows(Array(0..<min(rows.rows, 4096 + start.rows))),
    parameters: .init(clusters: start.rows, maximumIterations: 2, initialCentroids: start), workers: workers)
  let way = arguments.dropFirst(5).first
  var parameters = KMeans.Parameters(
    clusters: start.rows, maximumIterations: iterations, tolerance: tolerance, spherical: false,
    initialCentroids: start, usesBounds: way != "plain")
  switch way {
  case nil, "plain": break
  case "nested": parameters.algorithm = .nestedMiniBatch(rowsPerCluster: 16)
  case "sample": parameters.algorithm = .sampleThenAssign(rowsPerCluster: 64)
  default: throw BenchFailure("kmeans: knows plain, nested and sample, not \(way!)")
  }
  let before = (ContinuousClock.now, ProcessUsage.seconds)
  let result = try KMeans.fit(rows, parameters: parameters, workers: workers)
  let output: [String: Any] = [
    "seconds": (ContinuousClock.now - before.0) / .seconds(1),
    "cpu": ProcessUsage.seconds - before.1,
    "megabytes": Double(ProcessUsage.peakBytes) / 0x1p20,
    "inertia": result.inertia,
    "iterations": result.iterations.count,
    "computed": result.iterations.map(\.computedDistances),
    "rows": result.iterations.map(\.rows),
    "shifts": result.iterations.map(\.centroidShift),
    "inertias": result.iterations.map(\.inertia),
    "repaired": result.iterations.reduce(0) { $0 + $1.repairedClusters },
  ]
  let json = try JSONSerialization.data(withJSONObject: output, options: [.sortedKeys])
  print(String(decoding: json, as: UTF8.self))
}

private func readMatrix(_ path: String) throws -> Matrix {
  let (rows, columns, values) = try NumPyFile.read(path, type: "<f4", as: Float.self)
  return Matrix(rows: rows, columns: columns, values: values)
}
