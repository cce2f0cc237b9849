internal import ThrongClustering
package import ThrongCore
internal import ThrongFacets
internal import ThrongText
package import ThrongWorkspace

extension ReleasePipeline {
  /// How well each node of `model` is found again when half of the users are left out (Hennig 2007,
  /// doi:10.1016/j.csda.2006.11.025): the mean over samples of its greatest Jaccard similarity to a node of the tree that the
  /// others make. In 0...1; above 0.75 a cluster is commonly taken to be stable, below 0.5 to be dissolved.
  ///
  /// Users are drawn, not conversations, so that nobody's own words vouch for a topic. `samples` times about half
  /// of what ``model(of:workers:progress:clock:)`` takes.
  ///
  /// - Parameter stage: that of `corpus`, behind which each sample's part is kept.
  /// - Throws: as `model`.
  package func stability(
    of model: Model, in corpus: PreparedCorpus, after stage: Stage? = nil, samples: Int, workers: Workers,
    progress: any ProgressReporter, clock: inout StageClock
  ) throws -> [Double] {
    precondition(samples >= 1)
    var other = self
    other.settings.clusters = model.tree.nodeOfBaseCluster.count
    var sums = [Double](repeating: 0, count: model.tree.nodes.count)
    for sample in 0..<samples {
      let scores = try stage.then("stability", stageSettings, "\(sample)").value(
        workers: workers, restore: { try $0.next() }, store: { $1.append($0) }
      ) {
        try self.scores(
          of: model, in: corpus, sample: sample, by: other, workers: workers, progress: progress,
          clock: &clock)
      }
      guard scores.count == sums.count else { throw StageDamage() }
      for node in sums.indices { sums[node] += scores[node] }
    }
    return sums.map { $0 / Double(samples) }
  }

  /// One sample's.
  private func scores(
    of model: Model, in corpus: PreparedCorpus, sample: Int, by other: ReleasePipeline, workers: Workers,
    progress: any ProgressReporter, clock: inout StageClock
  ) throws -> [Double] {
    let chosen = Validity.draw(
      (corpus.userCount + 1) / 2, of: corpus.userCount, seed: settings.seed, stream: UInt64(sample))
    var isChosen = [Bool](repeating: false, count: corpus.userCount)
    for user in chosen { isChosen[user] = true }
    let rows = corpus.users.indices.filter { isChosen[Int(corpus.users[$0])] }
    // What it books would hide what the run itself took.
    var aside = StageClock()
    let again = try clock.time("stability") {
      try other.model(of: try corpus.clustering(rows), workers: workers, progress: progress, clock: &aside)
    }
    return Self.similarities(
      rows.map { model.nodeOfRecord[$0] }, in: model.tree, to: again.nodeOfRecord, in: again.tree)
  }

  /// For each node of a tree the greatest Jaccard similarity, by records, to a node of another; 0 without records.
  /// O(records · log + pairs of nodes that meet · depth²).
  static func similarities(_ nodes: [Int32], in tree: TopicTree, to others: [Int32], in otherTree: TopicTree)
    -> [Double]
  {
    func lineage(_ node: Int32, _ tree: TopicTree) -> [Int] {
      Array(sequence(first: Int(node)) { tree.nodes[$0].parent })
    }
    let pairs = zip(nodes, others).map { UInt64($0) << 32 | UInt64($1) }.sorted()
    var shared: [UInt64: Int] = [:]
    var sizes = [Int](repeating: 0, count: tree.nodes.count)
    var otherSizes = [Int](repeating: 0, count: otherTree.nodes.count)
    var start = 0
    while start < pairs.count {
      var end = start
      while end < pairs.count, pairs[end] == pairs[start] { end += 1 }
      let above = lineage(Int32(pairs[start] >> 32), tree)
      let otherAbove = lineage(Int32(truncatingIfNeeded: pairs[start]), otherTree)
      for a in above {
        sizes[a] += end - start
        for b in otherAbove { shared[UInt64(a) << 32 | UInt64(b), default: 0] += end - start }
      }
      for b in otherAbove { otherSizes[b] += end - start }
      start = end
    }
    var best = [Double](repeating: 0, count: tree.nodes.count)
    // A maximum: the order in which a dictionary is walked does not matter.
    for (pair, count) in shared {
      let (a, b) = (Int(pair >> 32), Int(UInt32(truncatingIfNeeded: pair)))
      best[a] = max(best[a], Double(count) / Double(sizes[a] + otherSizes[b] - count))
    }
    return best
  }
}

extension PreparedCorpus {
  /// The given conversations, as far as clusters are made of them: without labels, facets and dictionary.
  func clustering(_ rows: [Int]) throws -> PreparedCorpus {
    var part = self
    part.features = try features.selecting(rows)
    part.users = rows.map { users[$0] }
    part.recordKeys = rows.map { recordKeys[$0] }
    (part.labels, part.labelCount) = ([], 0)
    (part.facets, part.dictionary) = (FacetTable(.none), nil)
    // Of a part they are others: what lay between two texts may be gone.
    part.copies = nil
    return part
  }
}
