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
    do { try writeAll(bytes[...], to: descriptor) } catch {
      throw error.code == EPIPE ? .outputClosed : .outputFailed(error)
    }
  }
}

/// Writes all of `bytes`, however many calls that takes.
func writeAll(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) throws(SystemError) {
  var written = 0
  while written < bytes.count {
    let (count, error) = unsafe bytes.withUnsafeBytes { buffer in
      let count = unsafe Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
      return (count, SystemError.current)
    }
    switch (count, error.code) {
    case (1..., _): written += count
    case (_, EINTR): continue
    case (_, EAGAIN):
      // A terminal or pipe that another process made non-blocking.
      var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = unsafe poll(&request, 1, -1)
    default: throw error
    }
  }
}
