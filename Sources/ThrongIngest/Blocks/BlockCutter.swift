/// Cuts a stream of JSON Lines, or of one JSON array, into blocks of whole records.
///
/// Aims, in order: the blocks depend on the bytes alone, not on the pieces they arrive in; memory is bounded by a
/// block and the largest record; every byte is looked at once. A block ends at the first position at or behind
/// `blockBytes` where no record is open. A record larger than `maximumRecordBytes` is dropped while it passes.
/// A UTF-8 byte order mark, blank lines and empty elements are no records. O(bytes).
package struct BlockCutter {
  package let source: Int
  package let blockBytes: Int
  package let maximumRecordBytes: Int

  /// What the bytes are, told from the first one that is neither white space nor a byte order mark.
  package enum Container: Sendable { case unknown, lines, array }
  package private(set) var container = Container.unknown
  /// Decoded bytes taken so far.
  package private(set) var bytesDecoded = 0

  // The block in the making: bytes[..<count] are there, [..<scanned] are looked at.
  var bytes: [UInt8] = []
  var count = 0
  var scanned = 0
  var records: [RawBlock.Record] = []

  /// Where the record begins that is open; nil between records.
  var open: Int?
  /// Whether the record that is open is being dropped; its bytes before `scanned` are gone.
  var isDropping = false
  private var lastChunk = 0
  /// The line, or the element, that the next record is.
  var line = 1
  var nesting = ArrayNesting()

  package init(source: Int, blockBytes: Int, maximumRecordBytes: Int) {
    self.source = source
    self.blockBytes = blockBytes
    self.maximumRecordBytes = maximumRecordBytes
  }

  /// Takes what `read` writes into the array from the index given; its answer is the number of bytes, 0 the end.
  ///
  /// - Parameter chunk: room for at least so many bytes.
  package mutating func fill(
    chunk: Int, _ read: (inout [UInt8], Int) throws -> Int
  ) rethrows -> Int {
    lastChunk = chunk
    reserve(count + chunk)
    let added = try read(&bytes, count)
    count += added
    bytesDecoded += added
    return added
  }

  /// Bytes held for the block in the making.
  package var bytesHeld: Int { count }

  /// A block, if one is complete.
  package mutating func nextBlock() -> RawBlock? {
    while scanned < count {
      let isComplete = advance()
      if !isComplete {
        dropOversized()
        return nil
      }
      // As large as a block gets that ends with a record of the usual size.
      let room = max(count - scanned, blockBytes) + lastChunk + JSONParser.padding
      let block = cut(next: [UInt8](repeating: 0, count: room))
      if !block.records.isEmpty { return block }
    }
    return nil
  }

  /// What is left at the end of the stream, once ``nextBlock()`` has no more.
  ///
  /// - Parameter endedEarly: whether the stream broke off.
  package mutating func finish(endedEarly: Bool) -> RawBlock? {
    let isCut = endedEarly || (container == .array && nesting.place.isInside)
    // The beginning of a byte order mark that never came.
    if container == .unknown && count > 0 { open = 0 }
    if let start = open {
      if isDropping {
        closeRecord(start: start, end: count)
      } else {
        record(start..<count, isCut ? .tail : .whole)
      }
    }
    if isCut && records.last?.state != .tail { record(count..<count, .missing) }
    open = nil
    scanned = count
    let block = cut(next: [])
    return block.records.isEmpty ? nil : block
  }

  /// Marks a record at the current line or element.
  mutating func record(_ range: Range<Int>, _ state: RawBlock.Record.State) {
    records.append(RawBlock.Record(range: range, line: line, state: state))
    line += 1
  }

  /// Closes the record that is open.
  mutating func closeRecord(start: Int, end: Int) {
    if isDropping || end - start > maximumRecordBytes {
      remove(start..<end)
      record(start..<start, .tooLarge)
    } else {
      record(start..<end, .whole)
    }
    open = nil
    isDropping = false
  }
}

extension BlockCutter {
  /// Looks at bytes up to the end of a block, and says true, or to the end of what is there.
  private mutating func advance() -> Bool {
    if container == .unknown && !begin() { return false }
    return container == .lines ? advanceLines() : advanceArray()
  }

  /// Finds out what the container is, and drops the white space before it; false while that needs more bytes.
  private mutating func begin() -> Bool {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    if bytesDecoded == count && bytes[0] == mark[0] {
      if count < mark.count { return false }
      if bytes.starts(with: mark) { scanned = mark.count }
    }
    while scanned < count && isBlank(bytes[scanned]) {
      if bytes[scanned] == UInt8(ascii: "\n") { line += 1 }
      scanned += 1
    }
    remove(0..<scanned)
    guard scanned < count else { return false }
    container = .lines
    if bytes[scanned] == UInt8(ascii: "[") {
      container = .array
      line = 1
      scanned += 1
    }
    return true
  }

  /// Drops the bytes of an open record that is too large already.
  private mutating func dropOversized() {
    guard let start = open, isDropping || scanned - start > maximumRecordBytes else { return }
    isDropping = true
    remove(start..<scanned)
  }

  /// Takes bytes that were looked at out of the block in the making.
  private mutating func remove(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    for at in range.upperBound..<count { bytes[at - range.count] = bytes[at] }
    count -= range.count
    scanned -= range.count
  }

  /// The block up to what is looked at; what lies behind it begins the next, which is in `next`.
  private mutating func cut(next: consuming [UInt8]) -> RawBlock {
    let rest = count - scanned
    next.replaceSubrange(0..<rest, with: bytes[scanned..<count])
    reserve(scanned)
    let block = RawBlock(source: source, bytes: bytes, count: scanned, records: records)
    bytes = next
    count = rest
    scanned = 0
    records = []
    return block
  }

  /// Makes room for `total` bytes and the padding behind them.
  private mutating func reserve(_ total: Int) {
    let missing = total + JSONParser.padding - bytes.count
    guard missing > 0 else { return }
    bytes += [UInt8](repeating: 0, count: max(missing, min(bytes.count, 64 << 20)))
  }
}

@inline(__always)
func isBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09
}
