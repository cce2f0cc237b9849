/// R2, first half: of each user's conversations at most m count, and the others shape no count and no term.
///
/// **Why.** Otherwise one busy user makes a topic look popular, keeps a cell of few others above the threshold, and
/// can tell from a released count what the others have in it.
///
/// **Why once, at the root.** The same m records count in every cell they lie in. So every cell moves by at most m per
/// user, and counts stay additive over the tree; choosing anew per cell would break that, and R3 could not be checked
/// on records.
///
/// **Which m.** Those with the smallest record keys: keyed hashes, so neither the order of the input nor a user who
/// does not know the secret decides. Equal keys are ordered by what the gate can see of a record, leaf and
/// terms; where that is equal too, the records are interchangeable and either choice gives the same release.
///
/// Attack and twin: `ContributionBoundTests`.
struct CountedRecords: Sendable {
  /// Indices of the records that count, ascending by user.
  let records: [UInt32]
  /// User of each of ``records``.
  let users: [UInt32]
  /// Users are 0..<userCount.
  let userCount: Int
  /// The records beyond the bound as a cell, each user again bounded by m: what the accounts may say of them.
  let beyond: Cell

  /// Records that have been counted before, as they are.
  init(records: [UInt32], users: [UInt32], userCount: Int) {
    (self.records, self.users, self.userCount) = (records, users, userCount)
    beyond = Cell()
  }

  /// O(records), and O(n log n) in the n records of a user with more than m.
  init(_ tree: CandidateTree, policy: Policy, defences: Defences) {
    guard policy.unit == .user else {
      records = Array(0..<UInt32(tree.recordCount))
      users = records
      userCount = tree.recordCount
      beyond = Cell()
      return
    }
    let bound = defences.contains(.contributionBound) ? policy.maximumPerUser : Int.max
    let userCount = Int(tree.userOfRecord.max().map { $0 + 1 } ?? 0)
    var offsets = [Int](repeating: 0, count: userCount + 1)
    for user in tree.userOfRecord { offsets[Int(user) + 1] += 1 }
    for user in 0..<userCount { offsets[user + 1] += offsets[user] }
    var cursor = offsets
    var byUser = [UInt32](repeating: 0, count: tree.recordCount)
    for (record, user) in tree.userOfRecord.enumerated() {
      byUser[cursor[Int(user)]] = UInt32(record)
      cursor[Int(user)] += 1
    }

    var records: [UInt32] = []
    var users: [UInt32] = []
    records.reserveCapacity(tree.recordCount)
    users.reserveCapacity(tree.recordCount)
    var beyond = CellCounter(users: userCount)
    for user in 0..<userCount {
      let own = byUser[offsets[user]..<offsets[user + 1]]
      if own.count <= bound {
        records += own
      } else {
        records += own.sorted(by: tree.countsBefore).prefix(bound)
        beyond.add(user: UInt32(user), records: min(bound, own.count - bound))
      }
      users += repeatElement(UInt32(user), count: min(bound, own.count))
    }
    self.records = records
    self.users = users
    self.userCount = userCount
    self.beyond = beyond.cell
  }
}

extension CandidateTree {
  /// The order in which records of one user count: by key, then by what the gate can see of them.
  fileprivate func countsBefore(_ a: UInt32, _ b: UInt32) -> Bool {
    let (a, b) = (Int(a), Int(b))
    if recordKeys[a] != recordKeys[b] { return recordKeys[a] < recordKeys[b] }
    if leafOfRecord[a] != leafOfRecord[b] { return leafOfRecord[a] < leafOfRecord[b] }
    return terms[termOffsets[a]..<termOffsets[a + 1]]
      .lexicographicallyPrecedes(terms[termOffsets[b]..<termOffsets[b + 1]])
  }
}
