import Dispatch
import Synchronization

/// Deterministic parallel blocks.
///
/// Work is cut into blocks of a fixed size that does not depend on the number of threads, each block
/// writes to a slot of its own, and slots are read in block order. So the result is the same bytes
/// whatever `threads` is.
package struct Workers: Sendable {
  /// Threads used at most; at least 1.
  package let threads: Int
  package let cancellation: Cancellation

  package init(threads: Int, cancellation: Cancellation = Cancellation()) {
    self.threads = max(1, threads)
    self.cancellation = cancellation
  }

  /// Number of blocks of `blockSize` that cover `count` items.
  package static func blockCount(_ count: Int, blockSize: Int) -> Int {
    (count + blockSize - 1) / blockSize
  }

  /// Calls `body(block, range)` once for each block, on up to ``threads`` threads, in no given order.
  ///
  /// - Throws: the error of the lowest block that failed; ``Interrupted`` when cancelled.
  package func forEachBlock(
    count: Int, blockSize: Int, _ body: @Sendable (_ block: Int, _ range: Range<Int>) throws -> Void
  ) throws {
    let blocks = Self.blockCount(count, blockSize: blockSize)
    guard blocks > 0 else { return try cancellation.check() }
    let next = Atomic<Int>(0)
    let failure = Mutex<(block: Int, error: any Error)?>(nil)
    @Sendable func drain() {
      while true {
        let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard block < blocks, !cancellation.isCancelled else { return }
        let start = block * blockSize
        do {
          try body(block, start..<min(count, start + blockSize))
        } catch {
          failure.withLock { if $0 == nil || block < $0!.block { $0 = (block, error) } }
          // Later blocks would be thrown away: hand out no more of them.
          next.store(blocks, ordering: .relaxed)
        }
      }
    }
    let lanes = min(threads, blocks)
    if lanes == 1 { drain() } else { DispatchQueue.concurrentPerform(iterations: lanes) { _ in drain() } }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
    try cancellation.check()
  }

  /// The results of `body` for each block, in block order.
  package func mapBlocks<Result: Sendable>(
    count: Int, blockSize: Int, _ body: @Sendable (_ block: Int, _ range: Range<Int>) throws -> Result
  ) throws -> [Result] {
    let slots = Mutex<[Result?]>(
      Array(repeating: nil, count: Self.blockCount(count, blockSize: blockSize)))
    try forEachBlock(count: count, blockSize: blockSize) { block, range in
      let result = try body(block, range)
      slots.withLock { $0[block] = result }
    }
    return slots.withLock { $0.map { $0! } }
  }
}
