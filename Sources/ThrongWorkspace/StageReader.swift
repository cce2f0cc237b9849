internal import CSodium
internal import Glibc
package import ThrongCore

/// The columns of a stage as a file has them, read in the order in which they were added.
///
/// The file is mapped, not read: each chunk goes from the page cache through the cipher to its place in an array.
package struct StageReader: Sendable {
  private let file: MappedFile
  private let header: [UInt8]
  private let secret: [UInt8]
  private let workers: Workers
  private var column = 0
  /// Where the next column begins, and the number of its first chunk.
  private var at: Int
  private var chunk = 0

  private var columns: Int { Int(header.number(at: 12, bytes: 4)) }

  /// - Returns: nil where there is no file.
  /// - Throws: ``StageDamage`` where it is not the file of this stage, whole.
  init?(_ path: String, of stage: Stage, sealedWith secret: [UInt8], workers: Workers) throws {
    guard let file = try MappedFile(path) else { return nil }
    guard file.count >= StageFile.fixedBytes else { throw StageDamage() }
    let fixed = file.bytes(0..<StageFile.fixedBytes)
    let columns = Int(fixed.number(at: 12, bytes: 4))
    guard fixed.starts(with: StageFile.magic), fixed.number(at: 8, bytes: 4) == UInt64(StageFile.revision),
      Array(fixed[16..<48]) == stage.key, columns >= 1,
      file.count >= StageFile.fixedBytes + 8 * columns
    else { throw StageDamage() }
    let header = file.bytes(0..<StageFile.fixedBytes + 8 * columns)
    var end = header.count
    for column in 0..<columns {
      guard let bytes = Int(exactly: header.number(at: StageFile.fixedBytes + 8 * column, bytes: 8)),
        let next = StageFile.end(of: bytes, from: end)
      else { throw StageDamage() }
      end = next
    }
    guard end == file.count else { throw StageDamage() }
    (self.file, self.header, self.secret, self.workers, at) = (file, header, secret, workers, header.count)
  }

  /// The next column. O(bytes).
  ///
  /// - Throws: ``StageDamage``; `Interrupted`.
  package mutating func next<Value: BitwiseCopyable & Sendable>(_ type: Value.Type = Value.self) throws
    -> [Value]
  {
    let count = try elements(of: type)
    let values = try read(0..<count, type)
    pass()
    return values
  }

  /// The next column, part by part behind what `array` holds. O(bytes).
  ///
  /// - Throws: ``StageDamage``; `Interrupted`; `SpillFailure`.
  package mutating func next<Value: BitwiseCopyable & Sendable>(into array: inout LongArray<Value>) throws {
    let count = try elements(of: Value.self)
    let part = Self.partBytes / MemoryLayout<Value>.stride
    // A column without bytes has a chunk all the same.
    for start in stride(from: 0, to: max(1, count), by: part) {
      try array.append(try read(start..<min(count, start + part), Value.self))
    }
    pass()
  }

  /// Bytes of a column that are read at a time where it is read in parts: whole chunks.
  private static let partBytes = 64 * StageFile.chunkBytes

  private var bytesOfColumn: Int { Int(header.number(at: StageFile.fixedBytes + 8 * column, bytes: 8)) }

  private func elements<Value>(of type: Value.Type) throws -> Int {
    guard column < columns else { throw StageDamage() }
    let (count, rest) = bytesOfColumn.quotientAndRemainder(dividingBy: MemoryLayout<Value>.stride)
    guard rest == 0 else { throw StageDamage() }
    return count
  }

  private mutating func pass() {
    let bytes = bytesOfColumn
    at = StageFile.end(of: bytes, from: at)!
    chunk += StageFile.chunks(bytes)
    column += 1
  }

  /// Elements of the next column, from one that begins a chunk to one that ends one or the column.
  private func read<Value: BitwiseCopyable & Sendable>(_ range: Range<Int>, _ type: Value.Type) throws
    -> [Value]
  {
    let stride = MemoryLayout<Value>.stride
    let bytes = range.count * stride
    let ahead = range.lowerBound * stride / StageFile.chunkBytes
    let start = at + range.lowerBound * stride + ahead * StageFile.tagBytes
    let first = chunk + ahead
    let (file, header, secret) = (file, header, secret)
    let chunks = StageFile.chunks(bytes)
    // Never without room: all empty arrays are one, into which this would write.
    return try unsafe [Value](unsafeUninitializedCapacity: max(1, range.count)) { buffer, initialized in
      nonisolated(unsafe) let base = UnsafeMutableRawPointer(buffer.baseAddress)
      try workers.forEachBlock(count: chunks, blockSize: 1) { chunk, _ in
        let offset = chunk * StageFile.chunkBytes
        let length = min(bytes - offset, StageFile.chunkBytes) + StageFile.tagBytes
        try unsafe file.withBytes(from: start + offset + chunk * StageFile.tagBytes) { sealed in
          guard
            unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
              base.map { unsafe ($0 + offset).assumingMemoryBound(to: UInt8.self) }, nil, nil,
              sealed.assumingMemoryBound(to: UInt8.self), UInt64(length), header, UInt64(header.count),
              StageFile.nonce(header, chunk: first + chunk), secret) == 0
          else { throw StageDamage() }
        }
      }
      // Pages that are mapped count as memory of the process.
      file.forget(start..<start + bytes + chunks * StageFile.tagBytes)
      initialized = range.count
    }
  }

  /// A list of lists, as ``StageWriter/append(lists:)`` adds it.
  package mutating func nextLists<Value: BitwiseCopyable & Sendable>(_ type: Value.Type = Value.self) throws
    -> [[Value]]
  {
    let ends = try next(Int.self)
    let values = try next(Value.self)
    var start = 0
    let lists = try ends.map { end in
      guard start <= end, end <= values.count else { throw StageDamage() }
      defer { start = end }
      return Array(values[start..<end])
    }
    guard start == values.count else { throw StageDamage() }
    return lists
  }

  /// A column of so many numbers.
  package mutating func numbers(_ count: Int) throws -> [Int] {
    let numbers = try next(Int.self)
    guard numbers.count == count else { throw StageDamage() }
    return numbers
  }

  /// - Throws: ``StageDamage`` unless all columns were read.
  func end() throws {
    guard column == columns else { throw StageDamage() }
  }
}

/// The file of a stage is not what was written.
package struct StageDamage: Error {
  package init() {}
}

/// A file in memory as far as somebody looks at it.
@safe private final class MappedFile: Sendable {
  nonisolated(unsafe) private let base: UnsafeMutableRawPointer
  let count: Int

  /// - Returns: nil where there is none.
  init?(_ path: String) throws {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    if descriptor < 0 {
      if errno == ENOENT { return nil }
      throw StageDamage()
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
      let base = unsafe mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0),
      unsafe base != MAP_FAILED
    else { throw StageDamage() }
    unsafe self.base = base
    count = Int(status.st_size)
  }

  deinit { unsafe munmap(base, count) }

  func bytes(_ range: Range<Int>) -> [UInt8] {
    unsafe Array(UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count))
  }

  /// Gives pages back that nobody looks at again.
  func forget(_ range: Range<Int>) {
    let page = Int(getpagesize())
    let start = range.lowerBound / page * page
    _ = unsafe madvise(base + start, range.upperBound - start, MADV_DONTNEED)
  }

  func withBytes<Result>(from offset: Int, _ body: (UnsafeRawPointer) throws -> Result) rethrows -> Result {
    try unsafe body(UnsafeRawPointer(base + offset))
  }
}
