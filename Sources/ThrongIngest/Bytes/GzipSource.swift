internal import CCompression

/// What gzip members decode to, one after the other (RFC 1952).
///
/// A member that breaks off or does not check out ends the stream: what it gave before stays. Zero bytes behind
/// the last member are padding.
@safe package final class GzipSource: ByteSource {
  private let source: any ByteSource
  private let stream: UnsafeMutablePointer<z_stream>
  private var input = [UInt8](repeating: 0, count: 128 << 10)
  private var available = 0..<0
  private var state = State.inMember
  package private(set) var endedEarly = false

  private enum State { case inMember, betweenMembers, ended }

  package init(_ source: any ByteSource) {
    self.source = source
    // zlib keeps the address of its stream, so it has one of its own.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    unsafe self.stream = stream
    let bits: CInt = 15 + 16  // the largest window, gzip members only
    let size = unsafe CInt(MemoryLayout<z_stream>.size)
    let status = unsafe inflateInit2_(stream, bits, ZLIB_VERSION, size)
    guard status == Z_OK else { fatalError("out of memory") }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  package var bytesRead: Int { source.bytesRead }

  package func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    precondition(start < buffer.count)
    while state != .ended {
      if available.isEmpty { available = 0..<(try source.read(into: &input, from: 0)) }
      let inputIsAtEnd = available.isEmpty
      if state == .betweenMembers {
        if inputIsAtEnd { return end(early: false) }
        available = (available.firstIndex { input[$0] != 0 } ?? available.upperBound)..<available.upperBound
        if available.isEmpty { continue }
        unsafe inflateReset(stream)
        state = .inMember
      }
      let (status, count) = inflate(into: &buffer, from: start)
      if status == Z_STREAM_END {
        state = .betweenMembers
      } else if status != Z_OK && status != Z_BUF_ERROR {
        _ = end(early: true)
      } else if inputIsAtEnd && count == 0 {
        // Only now: zlib may hold bytes back for want of room after it took the last of the input.
        _ = end(early: true)
      }
      if count > 0 { return count }
    }
    return 0
  }

  private func end(early: Bool) -> Int {
    state = .ended
    endedEarly = early
    return 0
  }

  /// One call of zlib: its answer, and the bytes it made.
  private func inflate(into buffer: inout [UInt8], from start: Int) -> (status: CInt, count: Int) {
    unsafe input.withUnsafeMutableBufferPointer { from in
      unsafe buffer.withUnsafeMutableBufferPointer { to in
        let room = min(to.count - start, Int(Int32.max))
        unsafe stream.pointee.next_in = from.baseAddress! + available.lowerBound
        unsafe stream.pointee.avail_in = UInt32(available.count)
        unsafe stream.pointee.next_out = to.baseAddress! + start
        unsafe stream.pointee.avail_out = UInt32(room)
        let status = unsafe CCompression.inflate(stream, Z_NO_FLUSH)
        available = unsafe (available.upperBound - Int(stream.pointee.avail_in))..<available.upperBound
        return unsafe (status, room - Int(stream.pointee.avail_out))
      }
    }
  }
}
