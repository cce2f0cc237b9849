internal import Glibc
internal import Synchronization

/// A file for what memory is too small for: it has no name, is readable by nobody else, is encrypted with a key that exists in this
/// process alone, and is gone when the process ends, however it ends.
///
/// Appended to by one thread at a time; read by any.
package final class SpillFile: Sendable {
  /// Where appended bytes begin, and where reading may: at multiples of this.
  package static let alignment = EphemeralCipher.blockBytes
  /// Bytes that are encrypted and written at a time.
  private static let pieceBytes = 1 << 20

  private let descriptor: CInt
  private let cipher = EphemeralCipher()
  private let end = Atomic<Int>(0)
  /// After a failure nothing is appended: the same bytes of the key stream must not hide two things.
  private let isBroken = Atomic<Bool>(false)

  /// - Parameter folder: where the system puts its bytes; nil: that for temporary files.
  package init(in folder: String? = nil) throws(SpillFailure) {
    let folder = unsafe folder ?? getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    // O_TMPFILE, which Swift does not import: O_DIRECTORY and a bit of its own.
    let unnamed = O_DIRECTORY | 0o20_000_000
    var opened = unsafe open(folder, O_RDWR | O_CLOEXEC | unnamed, 0o600)
    if opened < 0 {
      // Some file systems have no files without a name: take the name away at once.
      var template = Array("\(folder)/throng-XXXXXX".utf8CString)
      opened = unsafe mkstemp(&template)
      if opened >= 0 { unsafe unlink(template) }
    }
    guard opened >= 0 else { throw .current }
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// Where the next bytes are appended.
  package var count: Int { end.load(ordering: .relaxed) }

  /// Appends `bytes`; gives where they lie.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(SpillFailure) -> Range<Int> {
    guard !isBroken.load(ordering: .relaxed) else { throw SpillFailure(code: EIO) }
    let start = (count + Self.alignment - 1) / Self.alignment * Self.alignment
    var piece = [UInt8](repeating: 0, count: min(bytes.count, Self.pieceBytes))
    for first in stride(from: 0, to: bytes.count, by: Self.pieceBytes) {
      let count = min(Self.pieceBytes, bytes.count - first)
      let status = unsafe piece.withUnsafeMutableBytes { piece in
        let piece = unsafe UnsafeMutableRawBufferPointer(rebasing: piece[..<count])
        unsafe piece.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[first..<first + count]))
        unsafe cipher.apply(to: piece, at: start + first)
        return Self.whole(count) {
          unsafe pwrite(descriptor, piece.baseAddress! + $0, count - $0, off_t(start + first + $0))
        }
      }
      if let status {
        isBroken.store(true, ordering: .relaxed)
        throw status
      }
    }
    end.store(start + bytes.count, ordering: .relaxed)
    return start..<start + bytes.count
  }

  /// Reads so many bytes from `start` on.
  ///
  /// - Parameter start: a multiple of ``alignment``.
  package func read(from start: Int, into bytes: UnsafeMutableRawBufferPointer) throws(SpillFailure) {
    guard let base = bytes.baseAddress else { return }
    let status = Self.whole(bytes.count) {
      unsafe pread(descriptor, base + $0, bytes.count - $0, off_t(start + $0))
    }
    if let status { throw status }
    unsafe cipher.apply(to: bytes, at: start)
  }

  /// The same of arrays of bytes.
  package func append(_ bytes: [UInt8]) throws(SpillFailure) -> Range<Int> {
    var result = Result<Range<Int>, SpillFailure>.success(0..<0)
    unsafe bytes.withUnsafeBytes { bytes in
      result = Result { () throws(SpillFailure) in try unsafe append(bytes) }
    }
    return try result.get()
  }

  package func read(_ range: Range<Int>) throws(SpillFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var result = Result<Void, SpillFailure>.success(())
    unsafe bytes.withUnsafeMutableBytes { bytes in
      result = Result { () throws(SpillFailure) in try unsafe read(from: range.lowerBound, into: bytes) }
    }
    try result.get()
    return bytes
  }

  /// Calls `step` with how much is done until all is; what went wrong, if anything did.
  private static func whole(_ count: Int, _ step: (Int) -> Int) -> SpillFailure? {
    var done = 0
    while done < count {
      let more = step(done)
      if more < 0 && errno == EINTR { continue }
      guard more > 0 else { return more < 0 ? .current : SpillFailure(code: EIO) }
      done += more
    }
    return nil
  }
}

/// What memory is too small for cannot be put on the disk, or read from there again.
package struct SpillFailure: ThrongFailure, Equatable {
  /// `errno`.
  package let code: Int32

  static var current: SpillFailure { SpillFailure(code: errno) }

  package var reason: String { unsafe String(cString: strerror(code)) }
  package var message: String {
    "what memory is too small for cannot be put aside on the disk: \(reason); make room, name another folder, or give more memory"
  }
  package var exitStatus: Int32 { ExitCode.partial.rawValue }
}
