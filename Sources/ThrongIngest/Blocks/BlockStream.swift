internal import ThrongCore

/// The blocks of one input: opened, decompressed and cut.
///
/// Sendable because its owner, ``StreamStore`` or ``Intake``, lets one thread at a time have it.
final class BlockStream: @unchecked Sendable {
  /// Bytes asked of the decoder at once, at least.
  private static let chunk = 256 << 10
  /// Bytes of a block of a file that is only looked at, at most.
  private static let sniffedBlock = 256 << 10

  let compression: Compression
  /// Whether the input can be opened again and gives the same.
  let isRegular: Bool
  /// Bytes in storage where that is known beforehand.
  let size: Int?
  /// Which file it is; nil of a pipe.
  let identity: FileSource.Identity?
  /// What it was like when it was opened; nil of a pipe.
  let stamp: FileSource.Stamp?
  private let file: FileSource
  private let decoder: any ByteSource
  private let cancellation: Cancellation
  private var cutter: BlockCutter
  private var isAtEnd = false
  /// Blocks that were looked at and not handed out yet, in order.
  private var ahead: ArraySlice<RawBlock> = []

  /// - Parameter isSniffed: whether only the first blocks are asked for, if the input can be opened again.
  /// - Throws: ``IngestFailure`` where the input cannot be read.
  init(
    input: String, index: Int, settings: ReadSettings, isSniffed: Bool, cancellation: Cancellation
  ) throws {
    let file = try FileSource(input, cancellation: cancellation)
    let source = try PeekedSource(file, peeking: Compression.magicBytes)
    do throws(Compression.Unsupported) {
      compression = try Compression(magic: source.peeked)
    } catch {
      throw IngestFailure.unsupportedCompression(input: input, name: error.name)
    }
    self.file = file
    stamp = file.stamp
    isRegular = file.isRegular
    size = file.size
    identity = file.identity
    decoder = compression.decoder(over: source)
    let isShort = isSniffed && file.isRegular
    cutter = BlockCutter(
      source: index, blockBytes: isShort ? min(settings.blockBytes, Self.sniffedBlock) : settings.blockBytes,
      maximumRecordBytes: settings.maximumRecordBytes)
    self.cancellation = cancellation
  }

  var container: BlockCutter.Container { cutter.container }
  var bytesRead: Int { decoder.bytesRead }
  var bytesDecoded: Int { cutter.bytesDecoded }

  /// The next block; nil at the end.
  func next() throws -> RawBlock? {
    if let block = ahead.popFirst() { return block }
    while !isAtEnd {
      if let block = cutter.nextBlock() { return block }
      try cancellation.check()
      let added = try cutter.fill(chunk: Self.chunk) { try decoder.read(into: &$0, from: $1) }
      if added == 0 {
        isAtEnd = true
        return cutter.finish(endedEarly: decoder.endedEarly)
      }
    }
    return nil
  }

  /// The digest of the bytes as they are stored, once all blocks were given.
  ///
  /// - Throws: ``IngestFailure/changed(input:)``.
  func finish() throws -> [UInt8] { try file.finish() }

  /// The first blocks, up to so many records or bytes; ``next()`` gives them again.
  func peek(records: Int, bytes: Int) throws -> [RawBlock] {
    var blocks: [RawBlock] = []
    var found = (records: 0, bytes: 0)
    while found.records < records && found.bytes < bytes, let block = try next() {
      blocks.append(block)
      found.records += block.records.count
      found.bytes += block.count
    }
    ahead = blocks[...]
    return blocks
  }
}
