internal import Synchronization
internal import ThrongCore

/// Pipes that were looked at and not read yet: they cannot be opened again.
final class StreamStore: Sendable {
  private enum Entry { case kept(BlockStream), taken }
  private let entries = Mutex<[Int: Entry]>([:])

  var isEmpty: Bool { entries.withLock { $0.isEmpty } }

  func keep(_ stream: BlockStream, at index: Int) { entries.withLock { $0[index] = .kept(stream) } }

  /// The stream kept at `index`; nil where none was.
  ///
  /// - Throws: ``IngestFailure/alreadyRead(input:)`` the second time.
  func take(_ index: Int, input: String) throws(IngestFailure) -> BlockStream? {
    let entry = entries.withLock { entries in
      let entry = entries[index]
      if entry != nil { entries[index] = .taken }
      return entry
    }
    switch entry {
    case .kept(let stream): return stream
    case .taken: throw .alreadyRead(input: input)
    case nil: return nil
    }
  }
}

/// All blocks of all inputs, one input after the other. Used by one thread at a time.
struct Intake: Sendable {
  private let reader: ConversationReader
  private let cancellation: Cancellation
  private var index = 0
  private var stream: BlockStream?
  /// Of the inputs that were read to the end.
  private var finished = (read: 0, decoded: 0)
  /// The digest of each input that was read to the end.
  private(set) var digests: [[UInt8]] = []

  init(_ reader: ConversationReader, cancellation: Cancellation) {
    self.reader = reader
    self.cancellation = cancellation
  }

  var bytesRead: Int { finished.read + (stream?.bytesRead ?? 0) }
  var bytesDecoded: Int { finished.decoded + (stream?.bytesDecoded ?? 0) }

  /// The next block; nil after the last.
  mutating func next() throws -> RawBlock? {
    while index < reader.inputs.count {
      let stream = try self.stream ?? reader.stream(at: index, cancellation: cancellation)
      self.stream = stream
      if let block = try stream.next() { return block }
      digests.append(try stream.finish())
      finished = (bytesRead, bytesDecoded)
      self.stream = nil
      index += 1
    }
    return nil
  }
}
