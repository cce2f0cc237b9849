internal import ThrongCore

/// Which sets of a family may have figures shown: sets of conversations that overlap as they like, such as segments, and
/// the conversations of each segment with one value of a facet.
///
/// **What an outsider can do.** A count is a sum over records, and so is a mean times its count. Whoever holds figures of several
/// sets adds and subtracts them, and is left with figures of pieces that nobody published: of A less B where B lies in A, of the
/// common part of A and B where their union is shown too, of the few who are in no segment. The tree's rules (R3) know sets
/// that hold or exclude one another; these do not.
///
/// **The scheme.** Records that lie in the same shown sets are an *atom*; no sum or difference of figures can part them. Every atom
/// that is not empty passes R1 and R2, or it is protected (R4, R5): there is another table of atoms that agrees with all shown
/// counts, in which it is as large as the threshold, whatever any two users know of their own. So whoever sees all figures cannot tell
/// whether it holds a few conversations or k, and no combination of figures is about the few of it alone. Such a table is looked for in
/// two ways: by moving conversations out of two atoms b and c that pass into the atom and into a fourth that passes, where that
/// changes no count; and, in families that are not too large, by linear programming (``AtomProgramme``). Where neither finds one, a set is
/// withheld, which joins atoms, and all is looked at again. With nothing but the fixed sets left it ends.
///
/// **Which set goes.** Of those that bind the programme, or by which the atom differs from the one most like it, the one that
/// matters least to who asked, and of these that with the smallest shown count: counts of what is withheld decide
/// nothing beyond whether a rule holds (R13).
///
/// What it does not protect against: what three users know together; users' counts that nearly add up (see ``FacetSuppression``);
/// and linear programmes over figures of *different* families, which are looked at one at a time, as facets are.
///
/// Attack and twin: `StudyAttackTests`.
struct SetFamily: Sendable {
  struct Member: Sendable {
    /// Whether it is shown whatever happens here: decided elsewhere.
    let isFixed: Bool
    /// Sets of a lower one go before others.
    let priority: Int
    let cell: Cell
    var isShown: Bool
  }

  private struct Atom: Sendable {
    let pattern: [UInt64]
    let cell: Cell
    let passes: Bool
  }

  private let rules: PrimaryRules
  private let rounding: Rounding
  private let users: [UInt32]
  private let words: Int
  /// Records × words: bit s is set where the record lies in set s.
  private var bits: [UInt64]
  private var counter: CellCounter
  private(set) var members: [Member] = []
  /// Atoms that can be moved from are at most so many, the largest: fewer only withhold more.
  private static let mostSources = 96
  /// Larger families are protected by moving alone: a linear programme for each of their atoms would take minutes.
  private static let mostProgrammed = 600

  /// - Parameters:
  ///   - users: user of each counted record.
  ///   - sets: how many will be added.
  init(users: [UInt32], userCount: Int, sets: Int, rules: PrimaryRules, rounding: Rounding) {
    self.rules = rules
    self.rounding = rounding
    self.users = users
    words = max(1, (sets + 63) / 64)
    bits = [UInt64](repeating: 0, count: users.count * words)
    counter = CellCounter(users: userCount, digests: rules.gap?.digests ?? [])
  }

  /// Adds a set and returns its number. O(records).
  ///
  /// - Parameters:
  ///   - whole: a set that holds it; what it leaves of that must pass as well, and not be empty.
  ///   - isAllowed: whether other rules let it be shown.
  @discardableResult
  mutating func add(
    isFixed: Bool = false, in whole: Int? = nil, priority: Int = 1, isAllowed: Bool = true,
    _ holds: (Int) -> Bool
  ) -> Int {
    let set = members.count
    var leavesEnough = true
    if let whole {
      for record in users.indices where isIn(whole, record) && !holds(record) {
        counter.add(user: users[record])
      }
      leavesEnough = rules.pass(counter.cell)
      counter.reset()
    }
    for record in users.indices where holds(record) {
      bits[record * words + set >> 6] |= 1 << UInt64(set & 63)
      counter.add(user: users[record])
    }
    let cell = counter.cell
    counter.reset()
    members.append(
      Member(
        isFixed: isFixed, priority: priority, cell: cell,
        isShown: isFixed || (isAllowed && leavesEnough && rules.pass(cell))))
    return set
  }

  /// Whether a record lies in a set.
  func isIn(_ set: Int, _ record: Int) -> Bool {
    bits[record * words + set >> 6] >> UInt64(set & 63) & 1 == 1
  }

  /// Withholds until every atom passes or is protected: in each round the set that most atoms ask for. A round is
  /// O(records + failing atoms · (sources² + atoms)) in parallel, and a linear programme for each atom that moving does not
  /// protect.
  mutating func decide(workers: Workers) throws {
    guard rules.defences.contains(.atoms) else { return }
    while true {
      let atoms = atoms()
      let table = Table(atoms, of: self)
      let failing = atoms.indices.filter { !atoms[$0].passes }
      let family = self
      let open = try workers.mapBlocks(count: failing.count, blockSize: 16) { _, range in
        range.filter { !family.isProtected(atoms[failing[$0]], by: table) }.map { failing[$0] }
      }.flatMap { $0 }
      var votes: [Int: Int] = [:]
      let programme = open.isEmpty || atoms.count > Self.mostProgrammed ? nil : self.programme(atoms)
      for at in open {
        try workers.cancellation.check()
        var binding: [Int] = []
        if let programme, rules.defences.contains(.protection) {
          let most = programme.most(at)
          if most.count >= Double(rules.minimumConversations + pair(atoms[at].cell)) - 1e-6 { continue }
          binding = most.binding.filter { members[$0].isShown && !members[$0].isFixed }
        }
        if let set = binding.min(by: goesBefore) ?? choice(for: atoms[at], among: atoms) {
          votes[set, default: 0] += 1
        }
      }
      guard let set = votes.keys.min(by: { (-votes[$0]!, $0) < (-votes[$1]!, $1) }) else { return }
      members[set].isShown = false
    }
  }

  private func programme(_ atoms: [Atom]) -> AtomProgramme {
    AtomProgramme(
      counts: atoms.map(\.cell.conversations), floors: atoms.map { pair($0.cell) },
      sets: members.indices.filter { members[$0].isShown }.map { set in
        (set, atoms.indices.filter { atoms[$0].pattern[set >> 6] >> UInt64(set & 63) & 1 == 1 })
      })
  }

  private func goesBefore(_ a: Int, _ b: Int) -> Bool {
    (members[a].priority, shown(a), a) < (members[b].priority, shown(b), b)
  }

  /// What protection looks for: atoms to move from, and patterns to move to.
  private struct Table: Sendable {
    let sources: [Atom]
    let passing: Set<[UInt64]>

    init(_ atoms: [Atom], of family: SetFamily) {
      let passes = atoms.filter(\.passes)
      sources = Array(
        passes.sorted { $0.cell.conversations > $1.cell.conversations }.prefix(SetFamily.mostSources))
      passing = Set(passes.map(\.pattern))
    }
  }

  /// Atoms of the sets shown now, those that fail by the most first. O(records).
  private mutating func atoms() -> [Atom] {
    var mask = [UInt64](repeating: 0, count: words)
    for (set, member) in members.enumerated() where member.isShown { mask[set >> 6] |= 1 << UInt64(set & 63) }
    var groups: [[UInt64]: Int32] = [:]
    var sizes: [Int] = []
    var groupOfRecord = [Int32](repeating: 0, count: users.count)
    var pattern = [UInt64](repeating: 0, count: words)
    for record in users.indices {
      for word in 0..<words { pattern[word] = bits[record * words + word] & mask[word] }
      let next = Int32(groups.count)
      let group = groups[pattern, default: next]
      if group == next {
        groups[pattern] = next
        sizes.append(0)
      }
      sizes[Int(group)] += 1
      groupOfRecord[record] = group
    }
    var starts = [0]
    for size in sizes { starts.append(starts.last! + size) }
    var order = [Int32](repeating: 0, count: users.count)
    var cursor = starts
    for record in users.indices {
      let group = Int(groupOfRecord[record])
      order[cursor[group]] = Int32(record)
      cursor[group] += 1
    }
    var atoms: [Atom] = []
    for (pattern, group) in groups {
      for record in order[starts[Int(group)]..<starts[Int(group) + 1]] {
        counter.add(user: users[Int(record)])
      }
      let cell = counter.cell
      counter.reset()
      atoms.append(Atom(pattern: pattern, cell: cell, passes: rules.pass(cell)))
    }
    // By size alone would follow the counts of withheld pieces; patterns break ties, so that the order is one.
    return atoms.sorted { $0.pattern.lexicographicallyPrecedes($1.pattern) }
  }

  private func pair(_ cell: Cell) -> Int {
    rules.defences.contains(.coalitions) ? cell.largest + cell.second : 0
  }

  private func isProtected(_ a: Atom, by table: Table) -> Bool {
    guard rules.defences.contains(.protection) else { return true }
    let need = max(1, rules.minimumConversations + pair(a.cell) - a.cell.conversations)
    let sources = table.sources.filter { $0.cell.conversations - pair($0.cell) >= need }
    for (at, b) in sources.enumerated() {
      for c in sources.dropFirst(at + 1) {
        let fits = (0..<words).allSatisfy { w in
          let (a, b, c) = (a.pattern[w], b.pattern[w], c.pattern[w])
          return a & ~(b | c) == 0 && b & c & ~a == 0
        }
        guard fits else { continue }
        let d = (0..<words).map { w in
          let (a, b, c) = (a.pattern[w], b.pattern[w], c.pattern[w])
          return a & b & c | ~a & (b | c)
        }
        if table.passing.contains(d) { return true }
      }
    }
    return false
  }

  /// The set to withhold for an atom; nil where only fixed ones are left.
  private func choice(for atom: Atom, among atoms: [Atom]) -> Int? {
    let open = members.indices.filter { members[$0].isShown && !members[$0].isFixed }
    var openMask = [UInt64](repeating: 0, count: words)
    for set in open { openMask[set >> 6] |= 1 << UInt64(set & 63) }
    /// Sets by which two atoms differ; nil where they differ by a fixed one.
    func difference(_ other: Atom) -> [UInt64]? {
      let differing = zip(atom.pattern, other.pattern).map { $0 ^ $1 }
      return zip(differing, openMask).allSatisfy { $0 & ~$1 == 0 } ? differing : nil
    }
    let nearest = atoms.compactMap { other -> (distance: Int, bits: [UInt64])? in
      guard other.pattern != atom.pattern, let bits = difference(other) else { return nil }
      return (bits.reduce(0) { $0 + $1.nonzeroBitCount }, bits)
    }.min { $0.distance < $1.distance }
    func isIn(_ set: Int, _ pattern: [UInt64]) -> Bool { pattern[set >> 6] >> UInt64(set & 63) & 1 == 1 }
    let near = nearest.map { found in open.filter { isIn($0, found.bits) } } ?? []
    let own = open.filter { isIn($0, atom.pattern) }
    return (near.isEmpty ? own.isEmpty ? open : own : near).min(by: goesBefore)
  }

  private func shown(_ set: Int) -> Int {
    rounding.shown(members[set].cell.conversations, threshold: rules.minimumConversations)
  }
}
