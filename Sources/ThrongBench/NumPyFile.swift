import Foundation

struct BenchFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The part of NumPy's format 1.0 that the benchmarks use: one two-dimensional little-endian array in C order.
enum NumPyFile {
  /// Straight into the array, so that peak memory counts the numbers once.
  ///
  /// - Parameter type: the description of its numbers, such as `<f8`.
  static func read<Number: BitwiseCopyable>(_ path: String, type: String, as: Number.Type) throws
    -> (rows: Int, columns: Int, values: [Number])
  {
    guard let file = unsafe fopen(path, "rb") else { throw BenchFailure("\(path): cannot be opened") }
    defer { unsafe fclose(file) }
    var head = [UInt8](repeating: 0, count: 10)
    guard unsafe fread(&head, 1, 10, file) == 10,
      head[..<8].elementsEqual([0x93] + Array("NUMPY".utf8) + [1, 0])
    else { throw BenchFailure("\(path): no NumPy file of version 1.0") }
    var text = [UInt8](repeating: 0, count: Int(head[8]) + Int(head[9]) << 8)
    _ = unsafe fread(&text, 1, text.count, file)
    let header = String(decoding: text, as: UTF8.self)
    let shape = header.split(separator: "(").last!.split(separator: ")")[0].split(separator: ",")
      .compactMap { Int($0.filter(\.isNumber)) }
    guard header.contains("'\(type)'"), header.contains("'fortran_order': False"), shape.count == 2
    else { throw BenchFailure("\(path): not a \(type) matrix in C order") }
    let count = shape[0] * shape[1]
    let values = unsafe [Number](unsafeUninitializedCapacity: count) { buffer, read in
      read = unsafe fread(buffer.baseAddress, MemoryLayout<Number>.stride, count, file)
    }
    guard values.count == count else { throw BenchFailure("\(path): ends too early") }
    return (shape[0], shape[1], values)
  }
}
