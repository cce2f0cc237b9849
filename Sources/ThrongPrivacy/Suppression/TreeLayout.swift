/// The counted records in the order of the published tree, so that every cluster is one range.
///
/// Users are numbered anew in the order in which they appear, so that the counters of a small cluster touch little
/// memory.
struct TreeLayout: Sendable {
  /// Index of each record into the candidate tree.
  let records: [UInt32]
  /// User of each of ``records``, 0..<``userCount``.
  let users: [UInt32]
  let userCount: Int
  /// By published node: the records that lie in none of its published children. They precede the children's.
  let own: [Range<Int>]
  /// By published node: all its records.
  let whole: [Range<Int>]

  /// O(nodes + records).
  init(_ published: PublishedTree, counted: CountedRecords) {
    let nodes = published.nodes
    var sizes = [Int](repeating: 0, count: nodes.count)
    for node in published.nodeOfRecord { sizes[Int(node)] += 1 }
    var own: [Range<Int>] = []
    for size in sizes {
      let start = own.last?.upperBound ?? 0
      own.append(start..<start + size)
    }
    // Published nodes stand in preorder: a subtree ends where its last child's does.
    var ends = own.map(\.upperBound)
    for node in nodes.indices.reversed() {
      if let parent = nodes[node].parent { ends[parent] = max(ends[parent], ends[node]) }
    }
    var records = [UInt32](repeating: 0, count: counted.records.count)
    var users = records
    var cursor = own.map(\.lowerBound)
    for (at, node) in published.nodeOfRecord.enumerated() {
      records[cursor[Int(node)]] = counted.records[at]
      users[cursor[Int(node)]] = counted.users[at]
      cursor[Int(node)] += 1
    }
    var number = [UInt32](repeating: .max, count: counted.userCount)
    var next: UInt32 = 0
    for at in users.indices {
      let user = Int(users[at])
      if number[user] == .max {
        number[user] = next
        next += 1
      }
      users[at] = number[user]
    }
    self.records = records
    self.users = users
    userCount = Int(next)
    self.own = own
    whole = nodes.indices.map { own[$0].lowerBound..<ends[$0] }
  }
}
