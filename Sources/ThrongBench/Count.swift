import Foundation
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

/// count ROWS.npy SPHERICAL THREADS: estimates the number of clusters of float32 rows (SPHERICAL is yes or no), then
/// fits k-means with that number; says both times.
func benchmarkCount(_ arguments: [String]) throws {
  guard arguments.count == 3, let threads = Int(arguments[2]) else {
    throw BenchFailure("count: ROWS.npy SPHERICAL THREADS")
  }
  let (rows, columns, values) = try NumPyFile.read(arguments[0], type: "<f4", as: Float.self)
  let x = Matrix(rows: rows, columns: columns, values: values)
  let workers = Workers(threads: threads)
  var parameters = ClusterCount.Parameters(range: ClusterCount.range(rows: rows))
  parameters.spherical = arguments[1] == "yes"
  let start = (ContinuousClock.now, ProcessUsage.seconds)
  let estimate = try ClusterCount.estimate(x, parameters: parameters, workers: workers)
  let middle = (ContinuousClock.now, ProcessUsage.seconds)
  let fit = try KMeans.fit(
    x,
    parameters: .init(
      clusters: estimate.clusters, maximumIterations: 20, tolerance: 0, spherical: parameters.spherical),
    workers: workers)
  let output: [String: Any] = [
    "clusters": estimate.clusters,
    "curve": estimate.curve.map { [Double($0.clusters), $0.agreement] },
    "seconds": (middle.0 - start.0) / .seconds(1), "cpu": middle.1 - start.1,
    "fit_seconds": (ContinuousClock.now - middle.0) / .seconds(1), "fit_cpu": ProcessUsage.seconds - middle.1,
    "fit_iterations": fit.iterations.count, "peak_bytes": ProcessUsage.peakBytes,
  ]
  let json = try JSONSerialization.data(withJSONObject: output, options: [.sortedKeys])
  print(String(decoding: json, as: UTF8.self))
}
