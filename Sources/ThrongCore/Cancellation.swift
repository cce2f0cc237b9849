import Synchronization

/// A flag that a signal handler raises and every long loop looks at between blocks.
package final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)
  /// The limit that the run went beyond, in bytes; 0 where it was told to stop.
  private let limit = Atomic<Int>(0)

  package init() {}

  package func cancel() { flag.store(true, ordering: .relaxed) }

  /// Stops what goes on because it takes more memory than it may.
  package func cancel(memoryLimit: Int) {
    limit.store(memoryLimit, ordering: .relaxed)
    flag.store(true, ordering: .releasing)
  }

  package var isCancelled: Bool { flag.load(ordering: .relaxed) }

  /// Throws ``Interrupted`` once ``cancel()`` was called, ``MemoryExhausted`` once it was for want of memory.
  package func check() throws {
    guard flag.load(ordering: .acquiring) else { return }
    let limit = limit.load(ordering: .relaxed)
    if limit > 0 { throw MemoryExhausted(limit: limit) }
    throw Interrupted()
  }
}
