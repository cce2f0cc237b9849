internal import CCompression

/// What zstd frames decode to, one after the other (RFC 8878); skippable frames are skipped.
///
/// A frame that breaks off or does not check out ends the stream: what it gave before stays.
@safe package final class ZstdSource: ByteSource {
  private let source: any ByteSource
  private let context: OpaquePointer
  private var input = [UInt8](repeating: 0, count: ZSTD_DStreamInSize())
  private var available = 0..<0
  /// What zstd asked for next. It gets no more at once, so that one call decodes one block at most: a call that
  /// fails on a damaged block gives nothing, not even of the blocks before it.
  private var wanted = ZstdSource.frameStart
  /// Whether bytes of a frame are missing or not handed out yet.
  private var isPending = false
  /// Whether the decoder may hold back bytes for want of room.
  private var isFull = false
  private var hasEnded = false
  package private(set) var endedEarly = false

  /// The shortest beginning of a frame.
  private static let frameStart = 5

  package init(_ source: any ByteSource) {
    self.source = source
    guard let context = unsafe ZSTD_createDCtx() else { fatalError("out of memory") }
    unsafe self.context = context
    // Windows up to 2 GiB, as `zstd --long=31` writes them: memory is taken only as a frame asks for it.
    unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 31)
  }

  deinit { unsafe ZSTD_freeDCtx(context) }

  package var bytesRead: Int { source.bytesRead }

  package func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    precondition(start < buffer.count)
    while !hasEnded {
      if available.isEmpty { available = 0..<(try source.read(into: &input, from: 0)) }
      let inputIsAtEnd = available.isEmpty
      if inputIsAtEnd && !isPending {
        hasEnded = true
        return 0
      }
      let (status, count) = decompress(
        into: &buffer, from: start, feeding: isFull ? 0 : min(wanted, available.count))
      isFull = start + count == buffer.count
      isPending = status != 0
      wanted = status == 0 ? Self.frameStart : status
      if ZSTD_isError(status) != 0 || (inputIsAtEnd && count == 0) {
        hasEnded = true
        endedEarly = true
      }
      if count > 0 { return count }
    }
    return 0
  }

  /// One call of zstd: its answer, and the bytes it made.
  private func decompress(
    into buffer: inout [UInt8], from start: Int, feeding: Int
  ) -> (status: Int, count: Int) {
    unsafe input.withUnsafeBufferPointer { from in
      unsafe buffer.withUnsafeMutableBufferPointer { to in
        var source = unsafe ZSTD_inBuffer(
          src: from.baseAddress! + available.lowerBound, size: feeding, pos: 0)
        var target = unsafe ZSTD_outBuffer(dst: to.baseAddress! + start, size: to.count - start, pos: 0)
        let status = unsafe ZSTD_decompressStream(context, &target, &source)
        available = unsafe (available.lowerBound + source.pos)..<available.upperBound
        return unsafe (status, target.pos)
      }
    }
  }
}
