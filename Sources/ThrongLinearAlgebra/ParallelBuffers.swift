internal import ThrongCore

// The one place where blocks of a parallel loop write into one array. A block writes only what belongs to
// its range, so no two blocks touch the same element, and no pointer outlives the call.

/// A new array of `count * stride` elements; `body` fills the part of its block, given a pointer to the
/// block's first element.
func parallelArray<Element: BitwiseCopyable & Sendable>(
  count: Int, stride: Int = 1, blockSize: Int, workers: Workers,
  _ body: @Sendable (_ out: UnsafeMutablePointer<Element>, _ range: Range<Int>) throws -> Void
) throws -> [Element] {
  guard count * stride > 0 else { return [] }
  return try unsafe [Element](unsafeUninitializedCapacity: count * stride) { buffer, initialized in
    nonisolated(unsafe) let base = buffer.baseAddress!
    try workers.forEachBlock(count: count, blockSize: blockSize) { _, range in
      try unsafe body(base + range.lowerBound * stride, range)
    }
    initialized = count * stride
  }
}

extension Array where Element: BitwiseCopyable & Sendable {
  /// Calls `body` for each block with a pointer to the array's first element.
  mutating func withParallelBlocks(
    count: Int, blockSize: Int, workers: Workers,
    _ body: @Sendable (_ base: UnsafeMutablePointer<Element>, _ range: Range<Int>) throws -> Void
  ) throws {
    try unsafe withUnsafeMutableBufferPointer { buffer in
      guard let first = buffer.baseAddress else { return }
      nonisolated(unsafe) let base = unsafe first
      try workers.forEachBlock(count: count, blockSize: blockSize) { _, range in
        try unsafe body(base, range)
      }
    }
  }
}
