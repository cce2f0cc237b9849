/// Which conversations count: of each user at most m (R2), and of each small template one.
///
/// **One rule, two places.** The pipeline asks it which conversations may shape document frequencies, the
/// reduction, centroids and the tree; the gate asks it which ones are counted and vote for terms. Conversations that
/// do not count are assigned to the clusters that the others made, and are seen nowhere.
///
/// **Why m.** Otherwise one busy user makes a topic look popular, keeps a cell of few others above the threshold, and
/// can tell from a released count what the others have in it.
///
/// **Why templates.** A template is a group of near-duplicates. Somebody with many accounts who plants fifty
/// copies around a victim (CLIOPATRA, arXiv 2603.09781) brings fifty users, but one text. So the copies count as one
/// conversation, and k users of a cell or a term are k who wrote texts of their own. That holds for the list as well: k − 1
/// accounts that all write out a dictionary would otherwise show every word of it that one more person uses.
///
/// **Why not all templates.** What thousands of people paste from the same web page is a topic. A template
/// of at least ``Policy/popularTemplateUsers`` users counts like anything else: were the largest number of accounts that
/// we take one hand to hold all among them, k others would remain, and what the text says
/// is said by k people. Below that the two cases cannot be told apart, and the one that hurts nobody is chosen.
///
/// **Why once, at the root.** The same records count in every cell they lie in. So every cell moves by at most m per
/// user, and counts stay additive over the tree; choosing anew per cell would break that, and R3 could not be checked
/// on records.
///
/// **Which.** Those with the smallest record keys: keyed hashes, so neither the order of the input nor a user who
/// does not know the secret decides. Of equal keys the records are the same in all that is known here, and
/// `breaksTie` may order them.
///
/// What it does not protect against: k accounts that write k texts of their own.
package struct CountingRule: Sendable {
  /// m; no bound where the defence is off.
  let maximumPerUser: Int
  /// Users from which on a template counts in full; nil where the defence is off.
  let popularTemplateUsers: Int?

  /// - Parameter defences: less than all in attack tests only.
  package init(policy: Policy, defences: Defences = .all) {
    maximumPerUser =
      policy.unit == .user && defences.contains(.contributionBound) ? policy.maximumPerUser : Int.max
    popularTemplateUsers = defences.contains(.templates) ? policy.popularTemplateUsers : nil
  }

  /// Indices of the records that count, ascending by user.
  ///
  /// - Parameters:
  ///   - users: dense user index of each record.
  ///   - recordKeys: keyed hash of each record.
  ///   - templates: group of near-duplicates of each record, below the number of records; empty where none were looked for.
  ///   - isCountable: whether each record may count at all; empty: all of them.
  ///   - breaksTie: orders records with the same key.
  ///
  /// O(records · log(records of a user or a template)).
  package func records(
    users: [UInt32], recordKeys: [UInt64], templates: [UInt32], isCountable: [Bool] = [],
    breaksTie: (UInt32, UInt32) -> Bool = { _, _ in false }
  ) -> [UInt32] {
    func precedes(_ a: UInt32, _ b: UInt32) -> Bool {
      let (x, y) = (recordKeys[Int(a)], recordKeys[Int(b)])
      return x != y ? x < y : breaksTie(a, b)
    }
    var isOut = isCountable.isEmpty ? [Bool](repeating: false, count: users.count) : isCountable.map { !$0 }
    if let popularTemplateUsers, !templates.isEmpty {
      let groups = RecordGroups(templates)
      for group in 0..<groups.count where groups[group].count > 1 {
        let copies = groups[group]
        if Self.hasUsers(popularTemplateUsers, among: copies, of: users) { continue }
        let first = copies.filter { !isOut[Int($0)] }.min(by: precedes)
        for record in copies where record != first { isOut[Int(record)] = true }
      }
    }
    let groups = RecordGroups(users)
    var records: [UInt32] = []
    records.reserveCapacity(users.count)
    for user in 0..<groups.count {
      let own = groups[user].filter { !isOut[Int($0)] }
      records += own.count <= maximumPerUser ? own : Array(own.sorted(by: precedes).prefix(maximumPerUser))
    }
    return records
  }

  private static func hasUsers(_ count: Int, among records: ArraySlice<UInt32>, of users: [UInt32]) -> Bool {
    guard records.count >= count else { return false }
    var seen: Set<UInt32> = []
    return records.contains { record in
      seen.insert(users[Int(record)])
      return seen.count >= count
    }
  }
}

extension Policy {
  /// Accounts that one attacker is taken to hold at most: the fifty conversations of CLIOPATRA.
  package static let accountsOfOneHand = 50

  /// Fewest users of a template that counts in full: k are left when one hand holds the others.
  package var popularTemplateUsers: Int { minimumUsers + Self.accountsOfOneHand }
}

/// Records by a dense number of each: a user, or a template.
struct RecordGroups {
  private let offsets: [Int]
  private let records: [UInt32]

  /// Groups are 0..<count; some may be empty.
  var count: Int { offsets.count - 1 }

  /// The records of a group, ascending.
  subscript(group: Int) -> ArraySlice<UInt32> { records[offsets[group]..<offsets[group + 1]] }

  /// O(records + groups).
  init(_ groupOfRecord: [UInt32]) {
    var offsets = [Int](repeating: 0, count: Int(groupOfRecord.max().map { $0 + 1 } ?? 0) + 1)
    for group in groupOfRecord { offsets[Int(group) + 1] += 1 }
    for group in 1..<max(1, offsets.count) { offsets[group] += offsets[group - 1] }
    var cursor = offsets
    var records = [UInt32](repeating: 0, count: groupOfRecord.count)
    for (record, group) in groupOfRecord.enumerated() {
      records[cursor[Int(group)]] = UInt32(record)
      cursor[Int(group)] += 1
    }
    (self.offsets, self.records) = (offsets, records)
  }
}
