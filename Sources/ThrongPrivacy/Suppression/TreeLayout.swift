/// The counted records in the order of the published tree, so that every cluster is one range.
///
/// Users are numbered anew in each node, so that the counters of a small cluster touch little memory.
struct TreeLayout: Sendable {
  /// Index of each record into the candidate tree.
  let records: [UInt32]
  /// By depth: the user of each of ``records``, numbered in the node of that depth that holds it.
  private let users: [[UInt32]]
  private let depths: [Int]
  /// Users of all records.
  let userCount: Int
  /// The digest of each record's user, or empty.
  let digests: [UInt128]
  /// By published node: the records that lie in none of its published children. They precede the children's.
  let own: [Range<Int>]
  /// By published node: all its records.
  let whole: [Range<Int>]

  /// O(nodes + records · depth).
  ///
  /// - Parameter digests: of each user of `counted` (``ThresholdGap/digests``), or empty.
  init(_ published: PublishedTree, counted: CountedRecords, digests: [UInt128] = []) {
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
    var owners = records
    var cursor = own.map(\.lowerBound)
    for (at, node) in published.nodeOfRecord.enumerated() {
      records[cursor[Int(node)]] = counted.records[at]
      owners[cursor[Int(node)]] = counted.users[at]
      cursor[Int(node)] += 1
    }
    let whole = nodes.indices.map { own[$0].lowerBound..<ends[$0] }
    var users = [[UInt32]](
      repeating: [UInt32](repeating: 0, count: records.count), count: (nodes.map(\.level).max() ?? 0) + 1)
    var seenIn = [Int32](repeating: -1, count: counted.userCount)
    var number = [UInt32](repeating: 0, count: counted.userCount)
    var distinct = 0
    for (node, range) in whole.enumerated() {
      var next: UInt32 = 0
      let depth = nodes[node].level
      for at in range {
        let user = Int(owners[at])
        if seenIn[user] != Int32(node) {
          (seenIn[user], number[user]) = (Int32(node), next)
          next += 1
        }
        users[depth][at] = number[user]
      }
      distinct = max(distinct, Int(next))
    }
    self.users = users
    depths = nodes.map(\.level)
    userCount = distinct
    self.digests = digests.isEmpty ? [] : owners.map { digests[Int($0)] }
    self.records = records
    self.own = own
    self.whole = whole
  }

  /// The user of each record, numbered from 0 among those of `node`; says something at the node's records only.
  func users(of node: Int) -> [UInt32] { users[depths[node]] }

  /// The digest of a record's user; 0 where there are none.
  func digest(of record: Int) -> UInt128 { digests.isEmpty ? 0 : digests[record] }
}
