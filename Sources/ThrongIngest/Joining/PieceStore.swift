internal import Synchronization
internal import ThrongCore

/// Pieces of conversations, apart in ``parts`` by their hash, until they are put together.
///
/// Up to a budget they are held in memory. Beyond it they go to a file that has no name, is readable by nobody else, is
/// encrypted with a key that exists in this process alone, and is gone when the process ends, however it ends. One part at
/// a time is loaded again for each thread: memory is bounded by the budget and by one part, about a 256th of the
/// pieces, for each thread. Appended to by one thread; loaded from by several once all is appended.
final class PieceStore: Sendable {
  static let parts = 256

  private struct Part {
    var bytes: [UInt8] = []
    /// Where in the file the bytes before these are, in order.
    var extents: [Range<Int>] = []
    var total = 0
  }

  private struct State {
    var parts = [Part](repeating: Part(), count: PieceStore.parts)
    var held = 0
    var file: SpillFile?
  }

  private let state = Mutex(State())
  private let budget: Int

  init(budget: Int) { self.budget = budget }

  /// - Throws: ``IngestFailure/noSpace(reason:)``.
  func append(_ batch: PieceBatch) throws(IngestFailure) {
    try state.withLock { state throws(IngestFailure) in
      for entry in batch.entries {
        state.parts[entry.part].bytes += batch.bytes[entry.range]
        state.parts[entry.part].total += entry.range.count
      }
      state.held += batch.bytes.count
      if state.held > budget { try Self.spill(&state) }
    }
  }

  private static func spill(_ state: inout State) throws(IngestFailure) {
    do throws(SpillFailure) {
      if state.file == nil { state.file = try SpillFile() }
      let file = state.file!
      for at in state.parts.indices where !state.parts[at].bytes.isEmpty {
        state.parts[at].extents.append(try file.append(state.parts[at].bytes))
        state.parts[at].bytes = []
      }
      state.held = 0
    } catch {
      throw .noSpace(reason: error.reason)
    }
  }

  /// All bytes of a part in the order they came.
  ///
  /// - Throws: ``IngestFailure/noSpace(reason:)``.
  func load(_ part: Int) throws(IngestFailure) -> [UInt8] {
    let (stored, file) = state.withLock { ($0.parts[part], $0.file) }
    guard let file, !stored.extents.isEmpty else { return stored.bytes }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(stored.total)
    do throws(SpillFailure) {
      for extent in stored.extents { bytes += try file.read(extent) }
    } catch {
      throw .noSpace(reason: error.reason)
    }
    return bytes + stored.bytes
  }

  /// Neighbouring parts that together have about so many bytes, or single ones that have more.
  func runs(of bytes: Int) -> [Range<Int>] {
    let totals = state.withLock { $0.parts.map(\.total) }
    var runs: [Range<Int>] = []
    var (first, sum) = (0, 0)
    for part in totals.indices {
      if sum > 0 && sum + totals[part] > bytes {
        runs.append(first..<part)
        (first, sum) = (part, 0)
      }
      sum += totals[part]
    }
    if sum > 0 { runs.append(first..<totals.count) }
    return runs
  }

  /// Whether anything had to be written to the file.
  var hasSpilled: Bool { state.withLock { $0.file != nil } }
}
