extension CountedRecords {
  /// The bound of the differential tier: of each user at most m conversations count, in at most C cells, a cell being the
  /// deepest cluster of a conversation.
  ///
  /// **Why cells too.** Noise hides what one user adds to all counts together. Without a bound on cells that would
  /// be as much as m clusters appearing because of one user.
  ///
  /// **Which.** The user's records are taken in the order of their keyed hashes (see ``CountedRecords``), and each
  /// counts whose cell is one of the user's first C, until there are m. So it depends on the user's own records and
  /// the secret only: adding or removing another user changes nothing.
  ///
  /// Attack and twin: `NoiseDifferentialTests`.
  ///
  /// O(records), and O(n log n) in the n records of one user.
  init(_ tree: CandidateTree, unit: Policy.Unit, perUser bound: Int, cells: Int) {
    guard unit == .user else {
      records = Array(0..<UInt32(tree.recordCount))
      users = records
      userCount = tree.recordCount
      beyond = Cell()
      return
    }
    let count = Int(tree.userOfRecord.max().map { $0 + 1 } ?? 0)
    var ofUser = [[UInt32]](repeating: [], count: count)
    for (record, user) in tree.userOfRecord.enumerated() { ofUser[Int(user)].append(UInt32(record)) }
    var records: [UInt32] = []
    var users: [UInt32] = []
    for (user, own) in ofUser.enumerated() {
      var touched: Set<Int32> = []
      var taken = 0
      for record in own.sorted(by: tree.countsBefore) where taken < bound {
        let cell = tree.leafOfRecord[Int(record)]
        guard touched.contains(cell) || touched.count < cells else { continue }
        touched.insert(cell)
        taken += 1
        records.append(record)
        users.append(UInt32(user))
      }
    }
    self.records = records
    self.users = users
    userCount = count
    beyond = Cell()
  }
}
