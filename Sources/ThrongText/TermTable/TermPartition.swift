/// The terms of one range of hashes. `@unchecked Sendable`: ``TermTable`` hands each partition to one block
/// of work at a time.
final class TermPartition: @unchecked Sendable {
  private(set) var slots: TermSlots

  init(minimumUsers: Int) { slots = TermSlots(minimumUsers: minimumUsers) }

  /// Counts the users of the pairs in `range`; spellings come from `block`.
  func merge(_ pairs: TermPairs, range: Range<Int>, _ block: FeatureBlock) {
    slots.merge(pairs, range: range, block)
  }

  /// Appends the kept terms in order of hash, and forgets all.
  func moveKept(into dictionary: inout TermDictionary) {
    slots.moveKept(into: &dictionary)
    slots = TermSlots(minimumUsers: 1)
  }
}

/// An open-addressing table in order of hash.
///
/// A slot holds a hash and a state: the only user so far, the place of a set of users in the arena, or that
/// the term is kept.
struct TermSlots {
  private let minimumUsers: Int
  private var hashes: [UInt64] = []
  private var states: [UInt32] = []
  private var capacity = 0
  private var sets = UserSets()
  private(set) var count = 0

  private var keptHashes: [UInt64] = []
  private var keptOffsets: [Int] = [0]
  private var keptSpellings: [UInt8] = []
  private var keptWords: [UInt8] = []

  private enum State {
    static let empty: UInt32 = 0xFFFF_FFFF
    static let kept: UInt32 = 0xFFFF_FFFE
    /// Set in the state of a term with a set of users; below it, a user.
    static let set: UInt32 = 0x4000_0000
  }
  /// Slots behind the last home slot, so that probing need not wrap.
  private static let tail = 64

  init(minimumUsers: Int) { self.minimumUsers = minimumUsers }

  var bytes: Int { hashes.count * 12 + sets.bytes + keptSpellings.count + keptHashes.count * 17 }

  /// Counts the users of the pairs in `range`; spellings come from `block`.
  mutating func merge(_ pairs: TermPairs, range: Range<Int>, _ block: FeatureBlock) {
    let pairHashes = pairs.hashes.span
    let pairUsers = pairs.users.span
    let positions = pairs.positions.span
    for i in range { add(pairHashes[i], user: pairUsers[i], block, Int(positions[i])) }
  }

  private mutating func add(_ hash: UInt64, user: UInt32, _ block: FeatureBlock, _ position: Int) {
    if count * 5 >= capacity * 4 { grow() }
    while true {
      guard let slot = slot(of: hash) else {
        grow()
        continue
      }
      let state = states[slot]
      switch state {
      case State.kept, user: return
      case State.empty:
        hashes[slot] = hash
        count += 1
        states[slot] = minimumUsers == 1 ? keep(block, position) : user
      case ..<State.set:
        states[slot] =
          minimumUsers == 2 ? keep(block, position) : State.set | sets.insert(pair: state, user)
      default:
        let set = sets.insert(user, into: state & ~State.set)
        if sets.count(set) >= minimumUsers {
          sets.free(set)
          states[slot] = keep(block, position)
        } else {
          states[slot] = State.set | set
        }
      }
      return
    }
  }

  /// The slot that holds `hash` or the free one where it belongs; nil when the tail is full.
  private func slot(of hash: UInt64) -> Int? {
    var slot = home(hash)
    let end = hashes.count
    while slot < end {
      if states[slot] == State.empty || hashes[slot] == hash { return slot }
      slot += 1
    }
    return nil
  }

  /// The bits below the partition's, scaled to the capacity: slots are in order of hash.
  private func home(_ hash: UInt64) -> Int {
    Int((hash << UInt64(TermTable.partitionBits)).multipliedFullWidth(by: UInt64(capacity)).high)
  }

  /// Makes the table half as large again: it is more than half full from then on.
  private mutating func grow() {
    let (oldHashes, oldStates) = (hashes, states)
    capacity = max(256, capacity + capacity / 2)
    var fits = false
    while !fits {
      hashes = [UInt64](repeating: 0, count: capacity + Self.tail)
      states = [UInt32](repeating: State.empty, count: capacity + Self.tail)
      fits = true
      for i in oldHashes.indices where oldStates[i] != State.empty {
        guard let slot = slot(of: oldHashes[i]) else {
          fits = false
          break
        }
        hashes[slot] = oldHashes[i]
        states[slot] = oldStates[i]
      }
      if !fits { capacity += capacity / 8 }
    }
  }

  private mutating func keep(_ block: FeatureBlock, _ position: Int) -> UInt32 {
    keptHashes.append(block.terms[position])
    keptSpellings.append(contentsOf: block.spelling(position))
    keptOffsets.append(keptSpellings.count)
    keptWords.append(UInt8(block.words(position)))
    return State.kept
  }

  /// Appends the kept terms in order of hash.
  func moveKept(into dictionary: inout TermDictionary) {
    for i in keptHashes.indices.sorted(by: { keptHashes[$0] < keptHashes[$1] }) {
      dictionary.append(
        hash: keptHashes[i], spelling: keptSpellings[keptOffsets[i]..<keptOffsets[i + 1]], words: keptWords[i]
      )
    }
  }
}

/// Sets of two and more users in one arena: a header of capacity class and count, then the users ascending.
struct UserSets {
  private var arena: [UInt32] = []
  /// Freed places of each class, for the next set of that class.
  private var free: [[UInt32]] = Array(repeating: [], count: 28)

  var bytes: Int { arena.count * 4 }

  func count(_ set: UInt32) -> Int { Int(arena[Int(set)] & 0xFF_FFFF) }

  /// A set of two users.
  mutating func insert(pair first: UInt32, _ second: UInt32) -> UInt32 {
    let set = allocate(0)
    arena[Int(set)] = 2
    arena[Int(set) + 1] = min(first, second)
    arena[Int(set) + 2] = max(first, second)
    return set
  }

  /// Adds a user; answers where the set is now.
  mutating func insert(_ user: UInt32, into set: UInt32) -> UInt32 {
    let base = Int(set)
    let count = count(set)
    var low = base + 1
    var high = low + count
    while low < high {
      let middle = (low + high) / 2
      if arena[middle] < user { low = middle + 1 } else { high = middle }
    }
    if low < base + 1 + count, arena[low] == user { return set }
    var place = set
    let grade = arena[base] >> 24
    if count == Self.capacity(grade) {
      place = allocate(grade + 1)
      for k in 0...count { arena[Int(place) + k] = arena[base + k] }
      free(set)
      low += Int(place) - base
    }
    let end = Int(place) + 1 + count
    var k = end
    while k > low {
      arena[k] = arena[k - 1]
      k -= 1
    }
    arena[low] = user
    let newGrade = place == set ? grade : grade + 1
    arena[Int(place)] = newGrade << 24 | UInt32(count + 1)
    return place
  }

  mutating func free(_ set: UInt32) { free[Int(arena[Int(set)] >> 24)].append(set) }

  /// 3, 7, 15, …: with the header a power of two.
  private static func capacity(_ grade: UInt32) -> Int { (4 << Int(grade)) - 1 }

  private mutating func allocate(_ grade: UInt32) -> UInt32 {
    if let place = free[Int(grade)].popLast() { return place }
    precondition(arena.count + 4 << Int(grade) < TermTable.maximumUsers, "the users' arena is full")
    defer { arena.append(contentsOf: repeatElement(0, count: 4 << Int(grade))) }
    return UInt32(arena.count)
  }
}
