/// How much of a long array memory may hold, and where the rest goes.
package struct SpillPlan: Sendable {
  /// Folder of the file; nil: that for temporary files.
  package var folder: String?
  package var heldBytes: Int

  package init(folder: String?, heldBytes: Int) { (self.folder, self.heldBytes) = (folder, heldBytes) }

  /// The same folder, with a share of the memory.
  package func sharing(_ part: Int, of whole: Int) -> SpillPlan {
    SpillPlan(folder: folder, heldBytes: heldBytes / whole * part)
  }
}

/// An array that is only appended to, of which no more than a budget is held in memory: the rest lies in a ``SpillFile``.
///
/// Copies share the file: append to one of them only.
package struct LongArray<Element: BitwiseCopyable & Sendable>: Sendable {
  /// Bytes that are written at a time once anything is.
  private static var pieceBytes: Int { 8 << 20 }
  private static var stride: Int { MemoryLayout<Element>.stride }
  /// Elements between two places where the file can be entered.
  private static var step: Int { SpillFile.alignment / stride }

  private let plan: SpillPlan?
  private var file: SpillFile?
  /// Elements in the file, a multiple of ``step``: those before ``tail``.
  private var spilled = 0
  private var tail: [Element] = []

  /// - Parameter plan: nil holds everything.
  package init(_ plan: SpillPlan? = nil) {
    precondition(SpillFile.alignment.isMultiple(of: Self.stride))
    self.plan = plan
  }

  /// Held, all of it.
  package init(_ elements: [Element]) {
    self.init()
    tail = elements
  }

  package var count: Int { spilled + tail.count }
  package var isSpilled: Bool { spilled > 0 }

  /// - Throws: ``SpillFailure``; the array is as it was before.
  package mutating func append(_ elements: some Collection<Element>) throws {
    let before = tail.count
    tail.append(contentsOf: elements)
    guard let plan, tail.count * Self.stride > (file == nil ? plan.heldBytes : Self.pieceBytes) else {
      return
    }
    do {
      try spill(to: plan.folder)
    } catch {
      tail.removeLast(tail.count - before)
      throw error
    }
  }

  private mutating func spill(to folder: String?) throws {
    let whole = tail.count / Self.step * Self.step
    let file = try self.file ?? SpillFile(in: folder)
    precondition(file.count == spilled * Self.stride, "two copies of a long array were appended to")
    try unsafe tail.withUnsafeBytes { bytes in
      _ = try unsafe file.append(UnsafeRawBufferPointer(rebasing: bytes[..<(whole * Self.stride)]))
    }
    self.file = file
    spilled += whole
    // A new array: what held everything until now is given back.
    tail = Array(tail[whole...])
  }

  /// Calls `body` with the elements at `range`.
  ///
  /// - Parameter buffer: for what has to be read; each thread keeps one.
  /// - Throws: ``SpillFailure``; what `body` does.
  package func withElements<Result>(
    _ range: Range<Int>, _ buffer: inout [Element], _ body: (Span<Element>) throws -> Result
  ) throws -> Result {
    guard !range.isEmpty else { return try body(tail.span.extracting(0..<0)) }
    guard range.lowerBound < spilled else {
      return try body(tail.span.extracting(range.lowerBound - spilled..<range.upperBound - spilled))
    }
    let first = range.lowerBound / Self.step * Self.step
    let end = min(range.upperBound, spilled)
    let count = range.upperBound - first
    if buffer.count < count {
      buffer = unsafe [Element](unsafeUninitializedCapacity: max(count, 2 * buffer.count)) {
        bytes, initialized in
        _ = unsafe UnsafeMutableRawBufferPointer(bytes).initializeMemory(as: UInt8.self, repeating: 0)
        initialized = bytes.count
      }
    }
    let file = file!
    try unsafe buffer.withUnsafeMutableBytes { bytes in
      let bytes = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[..<((end - first) * Self.stride)])
      try unsafe file.read(from: first * Self.stride, into: bytes)
    }
    for i in end..<max(end, range.upperBound) { buffer[i - first] = tail[i - spilled] }
    return try body(buffer.span.extracting(range.lowerBound - first..<count))
  }
}
