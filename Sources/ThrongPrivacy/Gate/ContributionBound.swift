/// R2, first half: of each user's conversations at most m count, of a small template's one, and the others shape no count and
/// no term.
///
/// Which ones is ``CountingRule``'s to say, for the gate as for what shapes the clusters.
///
/// Attack and twin: `ContributionBoundTests`, `TemplateTests`.
struct CountedRecords: Sendable {
  /// Indices of the records that count, ascending by user.
  let records: [UInt32]
  /// User of each of ``records``.
  let users: [UInt32]
  /// Users are 0..<userCount.
  let userCount: Int
  /// The records that do not count as a cell, each user again bounded by m: what the accounts may say of them.
  let beyond: Cell

  /// Records that have been counted before, as they are.
  init(records: [UInt32], users: [UInt32], userCount: Int) {
    (self.records, self.users, self.userCount) = (records, users, userCount)
    beyond = Cell()
  }

  /// O(records · log(records of a user or a template)).
  ///
  /// - Parameter digests: of each user, or empty.
  init(_ tree: CandidateTree, policy: Policy, defences: Defences, digests: [UInt128] = []) {
    let rule = CountingRule(policy: policy, defences: defences)
    let owners = policy.unit == .user ? tree.userOfRecord : Array(0..<UInt32(tree.recordCount))
    records = rule.records(
      users: owners, recordKeys: tree.recordKeys, templates: tree.templateOfRecord,
      isCountable: tree.isCountable, breaksTie: tree.countsBefore)
    users = records.map { owners[Int($0)] }
    userCount = Int(owners.max().map { $0 + 1 } ?? 0)
    guard records.count < tree.recordCount else {
      beyond = Cell()
      return
    }
    var isCounted = [Bool](repeating: false, count: tree.recordCount)
    for record in records { isCounted[Int(record)] = true }
    var left = [Int](repeating: 0, count: userCount)
    for record in isCounted.indices where !isCounted[record] { left[Int(owners[record])] += 1 }
    var counter = CellCounter(users: userCount, digests: digests)
    for (user, count) in left.enumerated() where count > 0 {
      counter.add(user: UInt32(user), records: min(rule.maximumPerUser, count))
    }
    beyond = counter.cell
  }
}

extension CandidateTree {
  /// The order in which records of one user count: by key, then by what the gate can see of them.
  func countsBefore(_ a: UInt32, _ b: UInt32) -> Bool {
    let (a, b) = (Int(a), Int(b))
    if recordKeys[a] != recordKeys[b] { return recordKeys[a] < recordKeys[b] }
    if leafOfRecord[a] != leafOfRecord[b] { return leafOfRecord[a] < leafOfRecord[b] }
    return terms[termOffsets[a]..<termOffsets[a + 1]]
      .lexicographicallyPrecedes(terms[termOffsets[b]..<termOffsets[b + 1]])
  }
}
