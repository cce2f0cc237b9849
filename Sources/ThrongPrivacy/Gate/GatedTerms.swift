import Synchronization
import ThrongCore

/// R8: the terms that at least k_term distinct users used inside a node, for every published node.
///
/// **Why.** A label is text from somebody's conversation. A word that k users wrote independently is a
/// word of the crowd; a word of fewer may be a name, an order number, a secret typed once. Each user has one vote per term and
/// node, however often it was written, and only conversations within the contribution bound (R2) vote.
/// A term gated in a node is gated in all conversations too, for users only grow on the way up.
///
/// What it does not protect against: k accounts that agree to write the same word.
///
/// Attack and twin: `GatedTermTests` (canaries of j < k users).
struct GatedTerms: Sendable {
  /// Gated terms of each published node, ascending, and the distinct users of each, rounded down.
  let terms: [[UInt32]]
  let users: [[Int]]

  /// Level by level, and in parallel over the nodes of a level and, in large nodes, over ranges of users, whose votes
  /// add up. A term that is not gated in the parent cannot be in the child, so below the root few occurrences cost more
  /// than a bit.
  ///
  /// O(Σ over nodes of the occurrences in their records). Memory is a word per thread and term of the
  /// dictionary, besides 4 bytes per record and level.
  ///
  /// - Parameters:
  ///   - gap: R9 above the threshold, with the spelling of terms.
  init(
    _ tree: CandidateTree, counted: CountedRecords, published: PublishedTree, barred: (UInt32) -> Bool,
    threshold: Int, gap: (ThresholdGap, spelling: (UInt32) -> String)? = nil, rounding: Rounding,
    workers: Workers
  ) throws {
    let members = Members(published, counted: counted)
    let tables = Mutex<[VoteTable]>([])
    let everyTerm = (0..<UInt32(tree.termCount)).filter { !barred($0) }
    var terms = [[UInt32]](repeating: [], count: published.nodes.count)
    var users = [[Int]](repeating: [], count: published.nodes.count)
    for level in 0...(published.nodes.map(\.level).max() ?? 0) {
      let tasks = published.nodes.indices.filter { published.nodes[$0].level == level }.flatMap { node in
        members.cut(node, tree: tree, counted: counted).map { (node: node, members: $0) }
      }
      let candidates = published.nodes.map { node in
        node.level == level ? node.parent.map { terms[$0] } ?? everyTerm : []
      }
      let results = try workers.mapBlocks(count: tasks.count, blockSize: 1) { block, _ in
        let task = tasks[block]
        var table = tables.withLock { $0.popLast() } ?? VoteTable(terms: tree.termCount)
        defer { tables.withLock { $0.append(table) } }
        return table.votes(
          of: members.positions[task.members], for: candidates[task.node], tree: tree, counted: counted)
      }
      var block = 0
      while block < tasks.count {
        let node = tasks[block].node
        var votes = results[block]
        block += 1
        while block < tasks.count, tasks[block].node == node {
          for (term, more) in results[block].enumerated() { votes[term] += more }
          block += 1
        }
        let draws = gap.map { $0.0.draws(of: published.nodes[node].cell.digest) }
        for (term, count) in zip(candidates[node], votes) where Int(count) >= threshold {
          if let gap, let draws,
            !draws.passes(users: Int(count), threshold: threshold, purpose: gap.spelling(term))
          {
            continue
          }
          terms[node].append(term)
          users[node].append(rounding.shown(Int(count), threshold: threshold))
        }
      }
    }
    self.terms = terms
    self.users = users
  }
}

/// The counted records of each published node, as positions in ``CountedRecords``: ascending, hence by user.
private struct Members: Sendable {
  let offsets: [Int]
  let positions: [UInt32]

  init(_ published: PublishedTree, counted: CountedRecords) {
    var offsets = [0]
    for node in published.nodes { offsets.append(offsets.last! + node.cell.conversations) }
    var cursor = offsets
    var positions = [UInt32](repeating: 0, count: offsets.last!)
    for (position, deepest) in published.nodeOfRecord.enumerated() {
      var node: Int? = Int(deepest)
      while let at = node {
        positions[cursor[at]] = UInt32(position)
        cursor[at] += 1
        node = published.nodes[at].parent
      }
    }
    self.offsets = offsets
    self.positions = positions
  }

  /// Occurrences of terms that one block looks at, about.
  private static let occurrencesPerBlock = 1 << 19
  /// Blocks of one node, at most: each leaves a word per term behind.
  private static let maximumBlocks = 16

  /// The ranges of ``positions`` that hold a node's records, cut between users into blocks of about equal work.
  func cut(_ node: Int, tree: CandidateTree, counted: CountedRecords) -> [Range<Int>] {
    let whole = offsets[node]..<offsets[node + 1]
    let occurrences = positions[whole].reduce(0) { sum, member in
      let record = Int(counted.records[Int(member)])
      return sum + tree.termOffsets[record + 1] - tree.termOffsets[record]
    }
    let blocks = max(1, min(Self.maximumBlocks, occurrences / Self.occurrencesPerBlock))
    var ranges: [Range<Int>] = []
    var start = whole.lowerBound
    for block in 1...blocks {
      var end = max(start, whole.lowerBound + whole.count * block / blocks)
      while end > start, end < whole.upperBound,
        counted.users[Int(positions[end])] == counted.users[Int(positions[end - 1])]
      {
        end += 1
      }
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }
}

/// Counts one vote per user and term. Kept from block to block: a stamp per term says in which epoch it was last
/// touched, so that no table is cleared in between.
private struct VoteTable {
  /// Per term: epoch in the high half, votes in the low half. An epoch is one user of one block.
  private var entries: [UInt64]
  /// One bit per term: whether it is counted in this block. All clear between blocks.
  private var wanted: [UInt64]
  private var epoch: UInt64 = 0

  init(terms: Int) {
    entries = [UInt64](repeating: 0, count: terms)
    wanted = [UInt64](repeating: 0, count: terms / 64 + 1)
  }

  /// The distinct users of each of `candidates` among `members`, positions in `counted` in ascending order, hence by
  /// user. O(occurrences + candidates).
  mutating func votes(
    of members: ArraySlice<UInt32>, for candidates: [UInt32], tree: CandidateTree, counted: CountedRecords
  ) -> [UInt32] {
    // Epochs are 32 bits wide: start over before they run out.
    if epoch + UInt64(members.count) + 1 >= 1 << 32 { self = VoteTable(terms: entries.count) }
    // Out of self, so that the loop below holds plain spans.
    var (entries, wanted, epoch) = (self.entries, self.wanted, self.epoch)
    (self.entries, self.wanted) = ([], [])
    let first = epoch + 1
    for term in candidates { wanted[Int(term >> 6)] |= 1 << UInt64(term & 63) }
    do {
      let (records, users) = (counted.records.span, counted.users.span)
      let (offsets, terms) = (tree.termOffsets.span, tree.terms.span)
      let wanted = wanted.span
      var entries = entries.mutableSpan
      var user: UInt32?
      for member in members {
        let position = Int(member)
        if users[position] != user {
          user = users[position]
          epoch += 1
        }
        let record = Int(records[position])
        for at in offsets[record]..<offsets[record + 1] {
          let term = terms[at]
          guard wanted[Int(term >> 6)] >> UInt64(term & 63) & 1 == 1 else { continue }
          let entry = entries[Int(term)]
          if entry >> 32 < first {
            entries[Int(term)] = epoch << 32 | 1
          } else if entry >> 32 < epoch {
            entries[Int(term)] = epoch << 32 | (entry & 0xFFFF_FFFF) + 1
          }
        }
      }
    }
    let votes = candidates.map { term in
      wanted[Int(term >> 6)] = 0
      let entry = entries[Int(term)]
      return entry >> 32 >= first ? UInt32(truncatingIfNeeded: entry) : 0
    }
    (self.entries, self.wanted, self.epoch) = (entries, wanted, epoch)
    return votes
  }
}
