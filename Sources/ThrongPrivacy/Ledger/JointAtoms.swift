internal import ThrongCore

/// R12: what two or more releases of overlapping logs betray together.
///
/// **Why.** Whoever holds two releases subtracts the one from the other: a cluster of Monday's log and of Tuesday's, where
/// Tuesday's has one user more, gives that user's cell, though each passed R1 by itself.
///
/// **What.** The published sets of all releases cut the records of all of them into joint atoms. Each must be empty,
/// or be a whole atom of one release, which that release shows anyway, or pass R1 and R2 under the strictest of the
/// policies. Where one does not, the node of the new release that it lies in is withheld with its subtree, and its
/// records join what is left of its parent; a remainder of the root takes in the smallest child. Atoms of one release
/// stay allowed then, since the rules are closed under disjoint union (``PrimaryRules``). Where only
/// the root is left and an atom still fails, there is no release.
///
/// Attack and twin: `LedgerTests`.
struct JointAtoms {
  /// An earlier release.
  struct Earlier {
    var name: String
    var rules: LedgerEntry.Rules
    var atoms: LedgerAtoms
  }

  let rules: PrimaryRules
  /// Of earlier releases that share records with the new one.
  private let earlier: [Earlier]
  /// Which atom of each earlier release a record lies in, as a number of a combination; and the records with users.
  private var combinations: [[UInt32?]] = [[]]
  private var combinationOf: [UInt64: Int] = [:]
  private var userOf: [UInt64: UInt64] = [:]
  private var sizes: [[UInt32: Int]] = []

  /// - Parameter items: records of the new release. O(records of all).
  init(policy: Policy, defences: Defences, earlier all: [Earlier], items: [LedgerAtoms.Item]) {
    let own = Set(items.map(\.record))
    earlier = all.filter { release in release.atoms.items.contains { own.contains($0.record) } }
    var strictest = policy
    for release in earlier {
      strictest.minimumUsers = max(strictest.minimumUsers, release.rules.users)
      strictest.minimumConversations = max(strictest.minimumConversations, release.rules.conversations)
      strictest.dominancePercent = max(strictest.dominancePercent, release.rules.dominancePercent)
      strictest.twoUserPercent = min(strictest.twoUserPercent, release.rules.twoUserPercent)
    }
    rules = PrimaryRules(policy: strictest, defences: defences, gap: nil)
    combinations = [[UInt32?](repeating: nil, count: earlier.count)]
    var numbers = [combinations[0]: 0]
    for (at, release) in earlier.enumerated() {
      sizes.append([:])
      for item in release.atoms.items {
        sizes[at][item.atom, default: 0] += 1
        var combination = combinations[combinationOf[item.record] ?? 0]
        combination[at] = item.atom
        let next = combinations.count
        let number = numbers[combination, default: next]
        if number == next {
          numbers[combination] = next
          combinations.append(combination)
        }
        combinationOf[item.record] = number
        userOf[item.record] = item.user
      }
    }
  }

  /// Names of the earlier releases that share records with the new one.
  var names: [String] { earlier.map(\.name) }
  var units: [String] { earlier.map(\.rules.unit) }

  /// A joint atom that no rule lets stand.
  struct Fault {
    /// The node of the new release; nil for records it does not hold.
    var node: Int32?
    var rule: PrivacyFailure.Rule
    var earlier: String
  }

  private struct Key: Hashable {
    var combination: Int
    var node: Int32
  }

  /// Joint atoms that fail, for the new release's records `items`, whose atom is a node. O(records).
  func faults(_ items: [LedgerAtoms.Item]) -> [Fault] {
    if earlier.isEmpty { return [] }
    var users: [Key: [UInt64: Int]] = [:]
    var nodeSizes: [UInt32: Int] = [:]
    var own: Set<UInt64> = []
    own.reserveCapacity(items.count)
    for item in items {
      own.insert(item.record)
      nodeSizes[item.atom, default: 0] += 1
      let key = Key(combination: combinationOf[item.record] ?? 0, node: Int32(item.atom))
      users[key, default: [:]][item.user, default: 0] += 1
    }
    for (record, combination) in combinationOf where !own.contains(record) {
      users[Key(combination: combination, node: -1), default: [:]][userOf[record] ?? 0, default: 0] += 1
    }
    var faults: [Fault] = []
    for (key, perUser) in users {
      let cell = Self.cell(perUser.values)
      if key.node >= 0, nodeSizes[UInt32(key.node)] == cell.conversations { continue }
      let combination = combinations[key.combination]
      let isWhole = combination.indices.contains { at in
        combination[at].map { sizes[at][$0] == cell.conversations } ?? false
      }
      if isWhole { continue }
      guard let rule = rules.failure(of: cell) else { continue }
      // Of several, the last it lies in; for records that are new, the last that can be subtracted.
      let at = combination.lastIndex { $0 != nil } ?? earlier.count - 1
      faults.append(Fault(node: key.node < 0 ? nil : key.node, rule: rule, earlier: earlier[at].name))
    }
    return faults.sorted { ($0.node ?? -1, $0.earlier) < ($1.node ?? -1, $1.earlier) }
  }

  private static func cell(_ counts: some Collection<Int>) -> Cell {
    var cell = Cell()
    for count in counts {
      cell.conversations += count
      cell.users += 1
      if count > cell.largest {
        (cell.largest, cell.second) = (count, cell.largest)
      } else {
        cell.second = max(cell.second, count)
      }
    }
    return cell
  }
}

extension PublishedTree {
  /// The tree without `nodes` and all below them; their records join the nearest ancestor that stays. O(nodes + records).
  func withholding(_ nodes: Set<Int>) -> PublishedTree {
    var position = [Int32](repeating: -1, count: self.nodes.count)
    var nearest = [Int32](repeating: 0, count: self.nodes.count)
    var kept: [Node] = []
    for (at, node) in self.nodes.enumerated() {
      let above = node.parent
      let stays = !nodes.contains(at) && (above.map { position[$0] >= 0 } ?? true)
      guard stays else {
        nearest[at] = nearest[above!]
        continue
      }
      position[at] = Int32(kept.count)
      nearest[at] = position[at]
      let parent = above.map { Int(position[$0]) }
      if let parent { kept[parent].children.append(kept.count) }
      kept.append(
        Node(candidate: node.candidate, parent: parent, level: node.level, children: [], cell: node.cell))
    }
    return PublishedTree(nodes: kept, nodeOfRecord: nodeOfRecord.map { nearest[Int($0)] })
  }
}
