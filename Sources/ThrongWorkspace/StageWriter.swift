package import ThrongCore

/// The columns of a stage on their way to a file. Arrays are shared, not copied.
package struct StageWriter: Sendable {
  private(set) var columns: [any StageColumn] = []

  package init() {}

  /// Adds a column. Its elements are stored as they lie in memory: little-endian on every machine that Throng runs on.
  package mutating func append(_ values: [some BitwiseCopyable & Sendable]) {
    columns.append(ArrayColumn(values: values))
  }

  /// The same of an array that is perhaps not in memory.
  package mutating func append(_ values: LongArray<some BitwiseCopyable & Sendable>) {
    columns.append(LongColumn(values: values))
  }

  /// Adds a list of lists as two columns: where each ends, and what is in them one after the other.
  package mutating func append<Value: BitwiseCopyable & Sendable>(lists: [[Value]]) {
    var end = 0
    append(
      lists.map { list in
        end += list.count
        return end
      })
    append(Array(lists.joined()))
  }
}

/// The bytes of a column.
protocol StageColumn: Sendable {
  var byteCount: Int { get }
  /// - Throws: what reading them does.
  func bytes(_ range: Range<Int>) throws -> [UInt8]
}

private struct ArrayColumn<Value: BitwiseCopyable & Sendable>: StageColumn {
  let values: [Value]

  var byteCount: Int { values.count * MemoryLayout<Value>.stride }

  func bytes(_ range: Range<Int>) -> [UInt8] {
    unsafe values.withUnsafeBytes { unsafe Array($0[range]) }
  }
}

private struct LongColumn<Value: BitwiseCopyable & Sendable>: StageColumn {
  let values: LongArray<Value>

  var byteCount: Int { values.count * MemoryLayout<Value>.stride }

  func bytes(_ range: Range<Int>) throws -> [UInt8] {
    // Chunks begin and end between two elements.
    let stride = MemoryLayout<Value>.stride
    var buffer: [Value] = []
    return try values.withElements(range.lowerBound / stride..<range.upperBound / stride, &buffer) {
      unsafe $0.withUnsafeBytes { unsafe Array($0) }
    }
  }
}
