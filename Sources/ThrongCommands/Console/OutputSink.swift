internal import Glibc

/// Somewhere bytes go.
package protocol OutputSink: Sendable {
  /// Writes all of `bytes`.
  ///
  /// - Throws: ``CommandFailure/outputClosed`` where the reader has gone, ``CommandFailure/outputFailed(_:)``.
  func write(_ bytes: [UInt8]) throws(CommandFailure)
}

/// An open file descriptor, unbuffered.
package struct DescriptorSink: OutputSink {
  private let descriptor: Int32

  package init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  package static let standardOutput = DescriptorSink(STDOUT_FILENO)
  package static let standardError = DescriptorSink(STDERR_FILENO)

  package func write(_ bytes: [UInt8]) throws(CommandFailure) {
    var written = 0
    while written < bytes.count {
      let (count, code) = unsafe bytes.withUnsafeBytes { buffer in
        let result = unsafe Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
        return (result, errno)
      }
      if count > 0 {
        written += count
        continue
      }
      switch code {
      case EINTR: continue
      case EAGAIN:
        // A terminal or pipe that another process made non-blocking.
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&request, 1, -1)
      case EPIPE: throw .outputClosed
      default: throw .outputFailed(SystemError(code))
      }
    }
  }
}
