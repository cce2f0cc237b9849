import Synchronization

/// A flag that a signal handler raises and every long loop looks at between blocks.
package final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  package init() {}

  package func cancel() { flag.store(true, ordering: .relaxed) }

  package var isCancelled: Bool { flag.load(ordering: .relaxed) }

  /// Throws ``Interrupted`` once ``cancel()`` was called.
  package func check() throws {
    if isCancelled { throw Interrupted() }
  }
}
