import Foundation
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

// The Swift side of Benchmarks/kmeans.py, no part of a release: clusters the rows of a .npy file from the
// centroids of another, and prints JSON.
//
//     throng-bench rows.npy start.npy iterations tolerance threads [plain]

let arguments = CommandLine.arguments
guard arguments.count >= 6, let iterations = Int(arguments[3]), let tolerance = Double(arguments[4]),
  let threads = Int(arguments[5])
else {
  FileHandle.standardError.write(
    Data("usage: throng-bench rows.npy start.npy iterations tolerance threads [plain]\n".utf8))
  exit(2)
}
let rows = try readMatrix(arguments[1])
let start = try readMatrix(arguments[2])
let workers = Workers(threads: threads)
// Once without a clock: threads and pages are there then.
_ = try KMeans.fit(
  rows.selectingRows(Array(0..<min(rows.rows, 4096 + start.rows))),
  parameters: .init(clusters: start.rows, maximumIterations: 2, initialCentroids: start), workers: workers)
let parameters = KMeans.Parameters(
  clusters: start.rows, maximumIterations: iterations, tolerance: tolerance, spherical: false,
  initialCentroids: start, usesBounds: !arguments.dropFirst(6).contains("plain"))
let clock = ContinuousClock()
let (wall, cpu) = (clock.now, processSeconds())
let result = try KMeans.fit(rows, parameters: parameters, workers: workers)
let spent = clock.now - wall
let (whole, atto) = spent.components
let output: [String: Any] = [
  "seconds": Double(whole) + Double(atto) * 1e-18,
  "cpu": processSeconds() - cpu,
  "inertia": result.inertia,
  "iterations": result.iterations.count,
  "computed": result.iterations.map(\.computedDistances),
  "inertias": result.iterations.map(\.inertia),
  "repaired": result.iterations.reduce(0) { $0 + $1.repairedClusters },
]
let json = try JSONSerialization.data(withJSONObject: output, options: [.sortedKeys])
print(String(decoding: json, as: UTF8.self))

/// User and system time of this process.
func processSeconds() -> Double {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// A C-ordered two-dimensional float32 array as numpy.save writes it.
func readMatrix(_ path: String) throws -> Matrix {
  guard let file = unsafe fopen(path, "rb") else { throw CocoaError(.fileReadNoSuchFile) }
  defer { unsafe fclose(file) }
  var start = [UInt8](repeating: 0, count: 10)
  precondition(unsafe fread(&start, 1, 10, file) == 10)
  var text = [UInt8](repeating: 0, count: Int(start[8]) | Int(start[9]) << 8)
  precondition(unsafe fread(&text, 1, text.count, file) == text.count)
  let header = String(decoding: text, as: UTF8.self)
  precondition(header.contains("'<f4'") && header.contains("'fortran_order': False"), header)
  let shape = header.split(separator: "(")[1].split(separator: ")")[0].split(separator: ",")
    .map { Int($0.trimmingCharacters(in: .whitespaces))! }
  var values = [Float](repeating: 0, count: shape[0] * shape[1])
  precondition(unsafe fread(&values, 4, values.count, file) == values.count)
  return Matrix(rows: shape[0], columns: shape[1], values: values)
}
