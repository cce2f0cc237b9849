import Foundation

struct BenchFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The part of NumPy's format 1.0 that the benchmarks use: one two-dimensional little-endian array in C order.
enum NumPyFile {
  /// - Parameter type: the description of its numbers, such as `<f8`.
  static func read<Number: BitwiseCopyable>(_ path: String, type: String, as: Number.Type) throws
    -> (rows: Int, columns: Int, values: [Number])
  {
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    guard data.count > 10, data.prefix(8) == Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0]) else {
      throw BenchFailure("\(path): no NumPy file of version 1.0")
    }
    let start = 10 + Int(data[8]) + Int(data[9]) << 8
    let header = String(decoding: data[10..<start], as: UTF8.self)
    let shape = header.split(separator: "(")[1].split(separator: ")")[0].split(separator: ",")
      .compactMap { Int($0.filter(\.isNumber)) }
    guard header.contains("'\(type)'"), header.contains("'fortran_order': False"), shape.count == 2,
      data.count - start == shape[0] * shape[1] * MemoryLayout<Number>.stride
    else { throw BenchFailure("\(path): not a \(type) matrix in C order") }
    let values = unsafe [Number](unsafeUninitializedCapacity: shape[0] * shape[1]) { buffer, count in
      count = unsafe data.copyBytes(to: buffer, from: start..<data.count) / MemoryLayout<Number>.stride
    }
    return (shape[0], shape[1], values)
  }
}
