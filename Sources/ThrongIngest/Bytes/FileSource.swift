internal import Glibc
package import ThrongCore

/// A file, a pipe or standard input.
package final class FileSource: ByteSource {
  private let descriptor: CInt
  private let input: String
  private let cancellation: Cancellation
  /// Whether the same bytes can be had again by opening it again.
  package let isRegular: Bool
  /// Bytes in all where that is known beforehand.
  package let size: Int?
  /// Which regular file it is, whatever path led to it; nil of a pipe.
  package let identity: Identity?
  package private(set) var bytesRead = 0
  /// What the file was like when it was opened; nil of a pipe and of standard input.
  let stamp: Stamp?
  private let digest = RunningDigest()

  /// What changes where somebody writes to a file.
  struct Stamp: Equatable, Sendable {
    let identity: Identity
    let size: Int
    let seconds: Int
    let nanoseconds: Int

    init?(_ status: stat) {
      guard status.st_mode & S_IFMT == S_IFREG else { return nil }
      identity = Identity(device: status.st_dev, node: status.st_ino)
      size = Int(status.st_size)
      (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
  }

  /// Device and number of a file.
  package struct Identity: Hashable, Sendable {
    let device: UInt
    let node: UInt
  }

  package var endedEarly: Bool { false }

  /// - Parameter input: a path, or `-` for standard input.
  /// - Throws: ``IngestFailure`` where there is none, it is a directory, or it may not be read.
  package init(_ input: String, cancellation: Cancellation) throws(IngestFailure) {
    self.input = input
    self.cancellation = cancellation
    let opened = unsafe input == "-" ? dup(STDIN_FILENO) : open(input, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw Self.failure(input, code: errno) }
    var status = stat()
    guard unsafe fstat(opened, &status) == 0 else {
      let code = errno
      close(opened)
      throw Self.failure(input, code: code)
    }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFDIR {
      close(opened)
      throw .directory(input: input)
    }
    descriptor = opened
    isRegular = kind == S_IFREG && input != "-"
    size = kind == S_IFREG ? Int(status.st_size) : nil
    // Standard input may stand anywhere in its file.
    stamp = isRegular ? Stamp(status) : nil
    identity = Stamp(status)?.identity
  }

  /// The digest of the whole input, read to its end where nobody has.
  ///
  /// - Throws: ``IngestFailure/changed(input:)`` where it is not, now, what it was when it was opened.
  func finish() throws -> [UInt8] {
    var rest = [UInt8](repeating: 0, count: 256 << 10)
    while try read(into: &rest, from: 0) > 0 {}
    var status = stat()
    if let stamp {
      guard unsafe fstat(descriptor, &status) == 0, Stamp(status) == stamp,
        bytesRead == stamp.size || stamp.size == 0
      else {
        throw IngestFailure.changed(input: input)
      }
    }
    return digest.finish()
  }

  deinit { close(descriptor) }

  package func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    while true {
      if size == nil { try waitForData() }
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress! + start, $0.count - start)
      }
      if count >= 0 {
        bytesRead += count
        digest.update(buffer[start..<start + count])
        return count
      }
      let code = errno
      if code != EINTR && code != EAGAIN { throw Self.failure(input, code: code) }
      try cancellation.check()
    }
  }

  /// Waits until a pipe has bytes or ended, and looks at the cancellation meanwhile.
  private func waitForData() throws {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      let ready = unsafe poll(&request, 1, 100)
      let code = errno
      try cancellation.check()
      // After a signal the cancellation may be yet to come: a read now could wait for ever.
      if ready > 0 || (ready < 0 && code != EINTR) { return }
    }
  }

  private static func failure(_ input: String, code: CInt) -> IngestFailure {
    switch code {
    case ENOENT, ENOTDIR: .missing(input: input)
    case EACCES, EPERM: .noPermission(input: input)
    case EISDIR: .directory(input: input)
    default: unsafe .unreadable(input: input, reason: String(cString: strerror(code)))
    }
  }
}
