internal import Dispatch
internal import Synchronization
internal import ThrongCore

/// What became of one block.
struct BlockOutcome<Partial: Sendable>: Sendable {
  /// The handler's answer; nil where no record was kept.
  let partial: Partial?
  let kept: Int
  let passedOver: Int
  let faults: [Fault]
  /// Bytes taken from storage when the block was cut.
  let bytesRead: Int
}

/// The threads of one reading, and what they share.
///
/// Each lane takes the next block from the intake, reads and processes it, and puts the outcome into the slot of
/// the block. The calling thread is a lane too, and the only one that merges. A lane holds a permit from before
/// it takes a block until the block is merged: that bounds the blocks in flight.
final class ReadLanes<Partial: Sendable>: Sendable {
  private struct Board {
    /// Blocks taken so far; known to be all of them once `hasEnded`.
    var taken = 0
    var hasEnded = false
    var outcomes: [Int: Result<BlockOutcome<Partial>, any Error>] = [:]
  }

  private let intake: Mutex<Intake>
  private let board = Mutex(Board())
  private let plan: FieldPlan
  private let workers: Workers
  /// One for each block that may still be taken.
  private let permits = DispatchSemaphore(value: 0)
  /// Raised whenever the merging thread may have something to do.
  private let news = DispatchSemaphore(value: 0)

  init(intake: Intake, plan: FieldPlan, workers: Workers) {
    self.intake = Mutex(intake)
    self.plan = plan
    self.workers = workers
  }

  /// Bytes taken from storage, and bytes decoded.
  var bytes: (read: Int, decoded: Int) { intake.withLock { ($0.bytesRead, $0.bytesDecoded) } }

  /// The digest of each input.
  var digests: [[UInt8]] { intake.withLock { $0.digests } }

  /// Reads everything; `merge` is called on this thread in block order.
  func run<Format: LogFormat>(
    as format: Format, process: @Sendable (borrowing ConversationBlock) throws -> Partial,
    merge: (BlockOutcome<Partial>) throws -> Void
  ) throws {
    for _ in 0..<2 * workers.threads { permits.signal() }
    let helpers = workers.threads - 1
    guard helpers > 0 else { return try drive(as: format, process: process, merge: merge) }
    try withoutActuallyEscaping(process) { process in
      let group = DispatchGroup()
      DispatchQueue.global().async(group: group) {
        // Errors are in the slots of their blocks; a cancellation is noticed by the merging thread.
        try? Workers(threads: helpers).forEachBlock(count: helpers, blockSize: 1) { _, _ in
          self.help(as: format, process: process)
        }
      }
      defer {
        stop()
        group.wait()
      }
      try drive(as: format, process: process, merge: merge)
    }
  }

  /// The calling thread: merges what is due, and works on a block where nothing is.
  private func drive(
    as format: some LogFormat, process: (borrowing ConversationBlock) throws -> Partial,
    merge: (BlockOutcome<Partial>) throws -> Void
  ) throws {
    var reader = RecordReader(plan: plan)
    var next = 0
    while true {
      try workers.cancellation.check()
      let (due, isLast, hasEnded) = board.withLock {
        ($0.outcomes.removeValue(forKey: next), $0.hasEnded && $0.taken == next, $0.hasEnded)
      }
      if let due {
        try merge(due.get())
        next += 1
        permits.signal()
      } else if isLast {
        return
      } else if !hasEnded && permits.wait(timeout: .now()) == .success {
        work(with: &reader, as: format, process: process)
      } else {
        news.wait()
      }
    }
  }

  /// Another thread: works on blocks until there are none.
  private func help(
    as format: some LogFormat, process: (borrowing ConversationBlock) throws -> Partial
  ) {
    var reader = RecordReader(plan: plan)
    repeat { permits.wait() } while work(with: &reader, as: format, process: process)
  }

  /// Takes a block and fills its slot; false, and the permit is passed on, where there is none left.
  @discardableResult
  private func work(
    with reader: inout RecordReader, as format: some LogFormat,
    process: (borrowing ConversationBlock) throws -> Partial
  ) -> Bool {
    defer { news.signal() }
    guard let (index, raw, bytesRead) = take() else {
      permits.signal()
      return false
    }
    let outcome = Result {
      reader.read(raw, as: format)
      let partial = try reader.block.records.isEmpty ? nil : process(reader.block)
      return BlockOutcome(
        partial: partial, kept: reader.block.records.count, passedOver: reader.passedOver,
        faults: reader.faults, bytesRead: bytesRead)
    }
    board.withLock { $0.outcomes[index] = outcome }
    return true
  }

  private func take() -> (index: Int, raw: RawBlock, bytesRead: Int)? {
    intake.withLock { intake in
      if workers.cancellation.isCancelled || board.withLock({ $0.hasEnded }) { return nil }
      do {
        let raw = try intake.next()
        let index = board.withLock { board in
          if raw == nil { board.hasEnded = true } else { board.taken += 1 }
          return board.taken - 1
        }
        return raw.map { (index, $0, intake.bytesRead) }
      } catch {
        board.withLock {
          $0.outcomes[$0.taken] = .failure(error)
          $0.taken += 1
          $0.hasEnded = true
        }
        return nil
      }
    }
  }

  /// Lets no more blocks be taken, and wakes who waits for a permit.
  private func stop() {
    board.withLock { $0.hasEnded = true }
    permits.signal()
  }
}
