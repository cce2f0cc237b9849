internal import Glibc
package import ThrongIngest

/// What a run takes of memory, and how much of what it could take it leaves, so as to keep a limit.
///
/// What follows the size of the log cannot be chosen: who held each conversation, its place, its terms that k users share. Blocks, pieces
/// and features that are held and bounds on distances change no result. The samples that the reduction is fitted to and that clusters are made from do; they
/// are only made smaller where nothing else helps, and then a run says so.
package struct MemoryPlan: Sendable, Equatable {
  /// Decoded bytes of a block of the log.
  package private(set) var blockBytes = 4 << 20
  /// Bytes of pieces held while records are joined.
  package private(set) var heldBytes = 64 << 20
  /// Whether k-means keeps bounds on distances from one round to the next: it is faster with them.
  package private(set) var usesBounds = true
  /// Conversations that the reduction is fitted to at most.
  package private(set) var sampleRows = Clustering.sampleRows
  /// Conversations that clusters are made from at most, unless there are too many clusters for so few.
  package var fittedRows = Clustering.fittedRows
  /// Bytes of features held in memory; what is more lies on the disk, and is slower.
  package private(set) var featureBytes = Self.physicalBytes / 4
  /// Bytes at the peak by estimate; nil of a log of unknown size.
  package private(set) var need: Int?

  /// Everything as large as it may be.
  package init() {}

  /// The same, for a log of so many bytes of text and the usual settings.
  package init(textBytes: Int?) {
    self.init(limit: nil, textBytes: textBytes, threads: 2, dimensions: ClusteringSettings().dimensions)
  }

  /// The largest sizes that keep `limit`, or the smallest where none does.
  ///
  /// - Parameters:
  ///   - limit: bytes; nil: none.
  ///   - textBytes: of the whole log, decoded; nil: unknown.
  ///   - dimensions: of the reduction; nil: there is none.
  ///   - clusters: asked for; nil: planned.
  ///   - fitsAll: whether all conversations make the clusters.
  package init(
    limit: Int?, textBytes: Int?, threads: Int, dimensions: Int?, clusters: Int? = nil, fitsAll: Bool = false
  ) {
    let steps: [(inout MemoryPlan) -> Void] = [
      { $0.blockBytes = 1 << 20 }, { $0.heldBytes = 16 << 20 }, { $0.featureBytes = 256 << 20 },
      { $0.usesBounds = false }, { $0.featureBytes = 32 << 20 },
      { $0.blockBytes = 256 << 10 }, { $0.heldBytes = 4 << 20 },
      { $0.fittedRows = 100_000 }, { $0.sampleRows = 16_384 }, { $0.fittedRows = 50_000 },
    ]
    if let limit { featureBytes = min(featureBytes, limit / 4) }
    guard let textBytes else { return }
    func estimate(_ plan: MemoryPlan) -> Int {
      plan.estimate(textBytes, threads, dimensions, clusters: clusters, fitsAll: fitsAll)
    }
    need = estimate(self)
    for step in steps {
      guard let limit, let need, need > limit else { return }
      var smaller = self
      step(&smaller)
      smaller.need = estimate(smaller)
      // What helps nothing is left as large as it was.
      if let less = smaller.need, less < need { self = smaller }
    }
  }

  private static var physicalBytes: Int { Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(getpagesize()) }

  /// Conversations that so many clusters are made from at most.
  package func fittedRows(clusters: Int) -> Int {
    let (most, overflow) = clusters.multipliedReportingOverflow(by: Clustering.fittedPerCluster)
    return overflow ? Int.max : max(fittedRows, most)
  }

  /// What decides a result, for keys of stages.
  package var samples: String { "\(sampleRows) \(fittedRows)" }

  /// The program and its libraries; blocks that are read, parsed and counted; pieces; features, which take about as much as the text;
  /// of every conversation its user, keys and place. Beside them at one time or another: half of the text, for the table of all terms or
  /// the terms that are shared; or, of the conversations that clusters are made from and of those that are put into them at a time,
  /// weighted rows as large as the text and dense rows, twice while they are made, with the working set of the reduction and
  /// bounds. Conversations are taken to be of 1 kB. Above what was measured on invented logs and on newsgroups.
  private func estimate(_ textBytes: Int, _ threads: Int, _ dimensions: Int?, clusters: Int?, fitsAll: Bool)
    -> Int
  {
    let rows = textBytes / 1000
    let width = dimensions ?? 0
    let fixed = 80_000_000 + 10 * threads * blockBytes + min(heldBytes, textBytes)
    let reduction = min(rows, sampleRows) * (width + 16) * 12
    let planned =
      clusters
      ?? ClusterPlan(conversations: rows, counted: rows, minimumConversations: 50, minimumUsers: 25)
      .baseClusters
    let fitted = fitsAll ? rows : min(rows, fittedRows(clusters: planned))
    let atOnce = fitted + (fitted < rows ? Clustering.streamedRows : 0)
    let clustering = atOnce * (1000 + width * 8) + reduction + (usesBounds ? fitted * 128 : 0)
    return fixed + min(textBytes, featureBytes) + rows * 150 + max(textBytes / 2, clustering)
  }
}

extension ConversationReader {
  /// Bytes of the whole log once it is decoded, by estimate where it is compressed; nil of a stream.
  package var textBytes: Int? {
    totalBytes.map { detection.inputs.contains { $0.compression != .none } ? 4 * $0 : $0 }
  }
}
