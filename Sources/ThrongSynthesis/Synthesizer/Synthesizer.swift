package import ThrongCore

/// Writes a conversation log with planted topics, users, identities and canaries, and the truth about it.
///
/// A conversation is a function of the seed and of its position alone, so blocks are made in parallel and
/// written in order: the same bytes at any thread count, memory bounded by the blocks in flight.
///
/// What grows with the corpus: conversations and users of the planted topics in proportion, and distinct words:
/// those of the tables are some thousands, invented names grow as N^(2/3) (``Invention``). What does not: the topics below k and the canaries,
/// which have the same number of users at any size.
package struct Synthesizer: Sendable {
  /// Corpora smaller than this hold neither topics below k nor canaries: they would be half of it.
  package static let smallestPlanted = 500

  private static let blockSize = 256
  private static let blocksInFlightPerThread = 8

  private let plan: Plan

  /// O(size of the tables).
  ///
  /// - Throws: ``SynthesisFailure`` when a parameter is out of its range.
  package init(parameters: Parameters) throws(SynthesisFailure) {
    plan = Plan(
      parameters: try parameters.validated(),
      grammar: parameters.affective == nil ? Grammar.shared : Grammar.withAffective)
  }

  /// Writes the log as JSON Lines in the "messages" format, ordered by time, and optionally the truth.
  ///
  /// The first line of the truth describes the corpus; after it comes a line for each conversation, in the
  /// order of the log. O(conversations) time; memory for some blocks of 256 conversations per thread.
  ///
  /// - Parameters:
  ///   - sink: takes whole lines, in order, on the calling thread.
  ///   - truth: the same for the truth; nil to leave it out.
  /// - Throws: what a sink throws; ``Interrupted`` when cancelled.
  package func write(
    to sink: (ArraySlice<UInt8>) throws -> Void, truth: ((ArraySlice<UInt8>) throws -> Void)?,
    workers: Workers, progress: any ProgressReporter
  ) throws {
    let total = plan.parameters.conversations
    try truth?(plan.description()[...])
    let wave = Self.blockSize * Self.blocksInFlightPerThread * workers.threads
    let wantsTruth = truth != nil
    var done = 0
    while done < total {
      let first = done
      let made = try workers.mapBlocks(count: min(wave, total - first), blockSize: Self.blockSize) {
        _, range in
        var composer = Composer(plan: plan, writesTruth: wantsTruth)
        composer.reserve(range.count)
        for index in range { composer.compose(first + index) }
        return (log: composer.log, truth: composer.truth, count: range.count)
      }
      for block in made {
        try sink(block.log[...])
        try truth?(block.truth[...])
        done += block.count
      }
      progress.report(stage: "synthesize", done: done, total: total, unit: .conversations)
    }
  }
}
