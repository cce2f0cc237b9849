package import ThrongIngest

/// What a run takes of memory, and how much of what it could take it leaves, so as to keep a limit.
///
/// What follows the size of the log cannot be chosen: its features, and a row for each conversation. Blocks, pieces that are held and
/// bounds on distances change no result. The sample that the reduction is fitted to does; it is only made smaller where
/// nothing else helps, and then a run says so.
package struct MemoryPlan: Sendable, Equatable {
  /// Decoded bytes of a block of the log.
  package private(set) var blockBytes = 4 << 20
  /// Bytes of pieces held while records are joined.
  package private(set) var heldBytes = 64 << 20
  /// Whether k-means keeps bounds on distances from one round to the next: it is faster with them.
  package private(set) var usesBounds = true
  /// Conversations that the reduction is fitted to at most.
  package private(set) var sampleRows = Clustering.sampleRows
  /// Bytes at the peak by estimate; nil of a log of unknown size.
  package private(set) var need: Int?

  /// Everything as large as it may be.
  package init() {}

  /// The largest sizes that keep `limit`, or the smallest where none does.
  ///
  /// - Parameters:
  ///   - limit: bytes; nil: none.
  ///   - textBytes: of the whole log, decoded; nil: unknown.
  ///   - dimensions: of the reduction; nil: there is none.
  package init(limit: Int?, textBytes: Int?, threads: Int, dimensions: Int?) {
    let steps: [(inout MemoryPlan) -> Void] = [
      { $0.blockBytes = 1 << 20 }, { $0.heldBytes = 16 << 20 }, { $0.usesBounds = false },
      { $0.sampleRows = 50_000 }, { $0.blockBytes = 256 << 10 }, { $0.heldBytes = 4 << 20 },
      { $0.sampleRows = 25_000 },
    ]
    need = estimate(textBytes, threads, dimensions)
    for step in steps {
      guard let limit, let need, need > limit else { return }
      step(&self)
      self.need = estimate(textBytes, threads, dimensions)
    }
  }

  private func estimate(_ textBytes: Int?, _ threads: Int, _ dimensions: Int?) -> Int? {
    textBytes.map { 3 * $0 + 200_000_000 }
  }
}

extension ConversationReader {
  /// Bytes of the whole log once it is decoded, by estimate where it is compressed; nil of a stream.
  package var textBytes: Int? {
    totalBytes.map { detection.inputs.contains { $0.compression != .none } ? 4 * $0 : $0 }
  }
}
