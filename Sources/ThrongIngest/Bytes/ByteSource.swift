/// A stream of bytes: a file, or what a decompressor makes of another stream. Used from one thread at a time.
package protocol ByteSource: AnyObject {
  /// Fills `buffer` from `start` with at least one byte, as far as it has some; 0 at the end.
  ///
  /// - Throws: ``IngestFailure`` where the system cannot read.
  func read(into buffer: inout [UInt8], from start: Int) throws -> Int

  /// Whether the stream ended before it was complete, or was damaged there. Known once a read gave 0.
  var endedEarly: Bool { get }
  /// Bytes taken from storage so far.
  var bytesRead: Int { get }
}

/// How an input is compressed, told from its first bytes and never from its name.
package enum Compression: String, Sendable, CaseIterable {
  case none, gzip, zstd

  /// Bytes that ``init(magic:)`` looks at.
  static let magicBytes = 6

  /// - Throws: the name of a compression that is recognised and not read.
  init(magic bytes: ArraySlice<UInt8>) throws(Unsupported) {
    func starts(_ magic: [UInt8]) -> Bool { bytes.starts(with: magic) }
    if starts([0x1f, 0x8b]) {
      self = .gzip
    } else if starts([0x28, 0xb5, 0x2f, 0xfd]) || Self.isSkippableFrame(bytes) {
      self = .zstd
    } else if starts(Array("BZh".utf8)) {
      throw Unsupported(name: "bzip2")
    } else if starts([0xfd, 0x37, 0x7a, 0x58, 0x5a]) {
      throw Unsupported(name: "xz")
    } else if starts([0x50, 0x4b, 0x03, 0x04]) {
      throw Unsupported(name: "zip")
    } else {
      self = .none
    }
  }

  struct Unsupported: Error { let name: String }

  /// zstd's frames of foreign content, which a stream may begin with.
  private static func isSkippableFrame(_ bytes: ArraySlice<UInt8>) -> Bool {
    let b = Array(bytes.prefix(4))
    return b.count == 4 && b[0] & 0xf0 == 0x50 && b[1] == 0x2a && b[2] == 0x4d && b[3] == 0x18
  }

  /// `source` as decoded; `source` itself where it is not compressed.
  package func decoder(over source: any ByteSource) -> any ByteSource {
    switch self {
    case .none: source
    case .gzip: GzipSource(source)
    case .zstd: ZstdSource(source)
    }
  }
}

/// A stream whose first bytes were looked at.
final class PeekedSource: ByteSource {
  private let source: any ByteSource
  private var head: ArraySlice<UInt8>

  /// Reads `count` bytes ahead, or as many as there are.
  init(_ source: any ByteSource, peeking count: Int) throws {
    self.source = source
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let added = try source.read(into: &bytes, from: filled)
      if added == 0 { break }
      filled += added
    }
    head = bytes[..<filled]
  }

  /// The bytes looked at; all of them until the first read.
  var peeked: ArraySlice<UInt8> { head }

  func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    if head.isEmpty { return try source.read(into: &buffer, from: start) }
    let count = min(head.count, buffer.count - start)
    buffer.replaceSubrange(start..<start + count, with: head.prefix(count))
    head = head.dropFirst(count)
    return count
  }

  var endedEarly: Bool { source.endedEarly }
  var bytesRead: Int { source.bytesRead }
}
