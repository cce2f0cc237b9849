internal import Glibc
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
    if state.file == nil { state.file = try SpillFile() }
    let file = state.file!
    for at in state.parts.indices where !state.parts[at].bytes.isEmpty {
      state.parts[at].extents.append(try file.write(state.parts[at].bytes))
      state.parts[at].bytes = []
    }
    state.held = 0
  }

  /// All bytes of a part in the order they came.
  ///
  /// - Throws: ``IngestFailure/noSpace(reason:)``.
  func load(_ part: Int) throws(IngestFailure) -> [UInt8] {
    let (stored, file) = state.withLock { ($0.parts[part], $0.file) }
    guard let file, !stored.extents.isEmpty else { return stored.bytes }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(stored.total)
    for extent in stored.extents { bytes += try file.read(extent) }
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

/// The file without a name.
private final class SpillFile: Sendable {
  private let descriptor: CInt
  private let cipher = EphemeralCipher()
  private let end = Atomic<Int>(0)

  init() throws(IngestFailure) {
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    // O_TMPFILE, which Swift does not import: O_DIRECTORY and a bit of its own.
    let unnamed = O_DIRECTORY | 0o20_000_000
    var opened = unsafe open(folder, O_RDWR | O_CLOEXEC | unnamed, 0o600)
    if opened < 0 {
      // Some file systems have no files without a name: take the name away at once.
      var template = Array("\(folder)/throng-XXXXXX".utf8CString)
      opened = unsafe mkstemp(&template)
      if opened >= 0 { unsafe unlink(template) }
    }
    guard opened >= 0 else { throw Self.failure() }
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// Appends `bytes`; gives where they lie.
  func write(_ bytes: [UInt8]) throws(IngestFailure) -> Range<Int> {
    let start = end.load(ordering: .relaxed)
    let sealed = cipher.applied(to: bytes, at: UInt64(start))
    var done = 0
    while done < sealed.count {
      let count = unsafe sealed.withUnsafeBytes {
        unsafe pwrite(descriptor, $0.baseAddress! + done, sealed.count - done, off_t(start + done))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Self.failure() }
      done += count
    }
    end.store(start + sealed.count, ordering: .relaxed)
    return start..<start + sealed.count
  }

  func read(_ range: Range<Int>) throws(IngestFailure) -> [UInt8] {
    var sealed = [UInt8](repeating: 0, count: range.count)
    var done = 0
    while done < sealed.count {
      let count = unsafe sealed.withUnsafeMutableBytes {
        unsafe pread(descriptor, $0.baseAddress! + done, range.count - done, off_t(range.lowerBound + done))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Self.failure() }
      done += count
    }
    return cipher.applied(to: sealed, at: UInt64(range.lowerBound))
  }

  private static func failure() -> IngestFailure {
    unsafe .noSpace(reason: String(cString: strerror(errno)))
  }
}
