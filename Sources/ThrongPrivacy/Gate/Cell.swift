/// What the rules ask about a set of records. Private, exact.
struct Cell: Equatable {
  /// N, counted conversations.
  var conversations = 0
  /// U, distinct users.
  var users = 0
  /// x₁ and x₂, the conversations of the two users who have most.
  var largest = 0
  var second = 0
  /// Sum of the users' digests, where there are any: who the users are, for noise that sticks to them (R11).
  var digest: UInt128 = 0
}

/// Builds ``Cell``s: counts records per user, and users per number of records, so that U, x₁ and x₂ are known at any
/// time without sorting. Adding is O(1); ``cell`` is O(x₁), which the contribution bound keeps at m.
struct CellCounter {
  /// Records so far of each user.
  private var counts: [UInt32]
  /// Users that have exactly i records, at i.
  private var usersWith: [Int] = [0]
  private var touched: [UInt32] = []
  private var conversations = 0
  private let digests: [UInt128]
  private var digest: UInt128 = 0

  /// - Parameter digests: of each user (``ThresholdGap/digests``), or empty.
  init(users: Int, digests: [UInt128] = []) {
    counts = [UInt32](repeating: 0, count: users)
    self.digests = digests
  }

  mutating func add(user: UInt32) { add(user: user, records: 1) }

  mutating func add(user: UInt32, records: Int) {
    if count(user, records: records), !digests.isEmpty { digest &+= digests[Int(user)] }
  }

  /// A record of a user whose number has nothing to do with the digests; 0 where there are none.
  mutating func add(user: UInt32, digest own: UInt128) {
    if count(user, records: 1) { digest &+= own }
  }

  /// Whether the user is new.
  @inline(__always)
  private mutating func count(_ user: UInt32, records: Int) -> Bool {
    guard records > 0 else { return false }
    let before = Int(counts[Int(user)])
    let after = before + records
    if before == 0 {
      touched.append(user)
    } else {
      usersWith[before] -= 1
    }
    while usersWith.count <= after { usersWith.append(0) }
    usersWith[after] += 1
    counts[Int(user)] = UInt32(after)
    conversations += records
    return before == 0
  }

  /// The counts of everything added since the last ``reset()``.
  var cell: Cell {
    var cell = Cell(conversations: conversations, users: touched.count, digest: digest)
    for count in stride(from: usersWith.count - 1, to: 0, by: -1) where usersWith[count] > 0 {
      if cell.largest == 0 {
        cell.largest = count
        if usersWith[count] > 1 { cell.second = count }
      } else {
        cell.second = count
      }
      if cell.second > 0 { break }
    }
    return cell
  }

  /// Empties the counter in O(users touched + x₁).
  mutating func reset() {
    for user in touched { counts[Int(user)] = 0 }
    touched.removeAll(keepingCapacity: true)
    for count in usersWith.indices { usersWith[count] = 0 }
    conversations = 0
    digest = 0
  }
}
