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

  /// Occurrences that one unit of work takes on, about; larger nodes are cut by ranges of terms.
  private static let occurrencesPerTask = 1 << 20

  /// O(Σ over nodes of the occurrences in their records), in parallel over nodes and ranges of terms; memory is two
  /// words per thread and term of the dictionary, besides 4 bytes per record and level.
  init(
    _ tree: CandidateTree, counted: CountedRecords, published: PublishedTree, barred: (UInt32) -> Bool,
    threshold: Int, rounding: Rounding, workers: Workers
  ) throws {
    let members = Members(published, counted: counted)
    var tasks: [(node: Int, terms: Range<UInt32>)] = []
    for node in published.nodes.indices {
      let occurrences = members[node].reduce(0) { sum, member in
        let record = Int(counted.records[Int(member)])
        return sum + tree.termOffsets[record + 1] - tree.termOffsets[record]
      }
      let parts = max(1, min(32, occurrences / Self.occurrencesPerTask))
      for part in 0..<parts {
        tasks.append(
          (node, UInt32(tree.termCount * part / parts)..<UInt32(tree.termCount * (part + 1) / parts)))
      }
    }
    let work = tasks
    let tables = Mutex<[VoteTable]>([])
    let results = try workers.mapBlocks(count: work.count, blockSize: 1) { task, _ in
      var table = tables.withLock { $0.popLast() } ?? VoteTable(terms: tree.termCount)
      defer { tables.withLock { $0.append(table) } }
      return table.count(
        members[work[task].node], in: work[task].terms, tree: tree, counted: counted, threshold: threshold)
    }

    var terms = [[UInt32]](repeating: [], count: published.nodes.count)
    var users = [[Int]](repeating: [], count: published.nodes.count)
    for (task, result) in zip(work, results) {
      for (term, votes) in zip(result.terms, result.votes) where !barred(term) {
        terms[task.node].append(term)
        users[task.node].append(rounding.shown(Int(votes), threshold: threshold))
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

  subscript(node: Int) -> ArraySlice<UInt32> { positions[offsets[node]..<offsets[node + 1]] }

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
}

/// Counts one vote per user and term. Kept from task to task: a stamp per term says in which epoch it was last
/// touched, so nothing is cleared in between.
private struct VoteTable {
  /// Per term: epoch in the high half, votes in the low half. An epoch is one user of one task.
  private var entries: [UInt64]
  private var epoch: UInt64 = 0
  private var touched: [UInt32] = []

  init(terms: Int) { entries = [UInt64](repeating: 0, count: terms) }

  /// The terms of `range` with at least `threshold` users among `members`, ascending, with their users.
  mutating func count(
    _ members: ArraySlice<UInt32>, in range: Range<UInt32>, tree: CandidateTree, counted: CountedRecords,
    threshold: Int
  ) -> (terms: [UInt32], votes: [UInt32]) {
    // Epochs are 32 bits wide: start over before they run out.
    if epoch + UInt64(members.count) + 1 >= 1 << 32 {
      for i in entries.indices { entries[i] = 0 }
      epoch = 0
    }
    touched.removeAll(keepingCapacity: true)
    let first = epoch + 1
    let whole = range.count == tree.termCount
    var user: UInt32?
    for member in members {
      let position = Int(member)
      if counted.users[position] != user {
        user = counted.users[position]
        epoch += 1
      }
      let record = Int(counted.records[position])
      var at = tree.termOffsets[record]
      let end = tree.termOffsets[record + 1]
      if !whole { at = tree.terms.lowerBound(range.lowerBound, in: at..<end) }
      while at < end {
        let term = tree.terms[at]
        if !whole, term >= range.upperBound { break }
        let entry = entries[Int(term)]
        let stamp = entry >> 32
        if stamp < first {
          touched.append(term)
          entries[Int(term)] = epoch << 32 | 1
        } else if stamp < epoch {
          entries[Int(term)] = epoch << 32 | (entry & 0xFFFF_FFFF) + 1
        }
        at += 1
      }
    }
    let terms = touched.filter { entries[Int($0)] & 0xFFFF_FFFF >= UInt64(threshold) }.sorted()
    return (terms, terms.map { UInt32(truncatingIfNeeded: entries[Int($0)]) })
  }
}
