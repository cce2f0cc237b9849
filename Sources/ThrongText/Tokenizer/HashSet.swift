/// A set of hashes that are uniform already, so that a look-up is one or two reads.
struct HashSet {
  /// A power of two, at least twice the number of hashes; 0 is free.
  private var slots: [UInt64]

  /// 0 is no member. O(hashes).
  init(_ hashes: [UInt64]) {
    var capacity = 4
    while capacity < 4 * hashes.count { capacity *= 2 }
    slots = Array(repeating: 0, count: capacity)
    for hash in hashes {
      var slot = Int(truncatingIfNeeded: hash) & (capacity - 1)
      while slots[slot] != 0, slots[slot] != hash { slot = (slot + 1) & (capacity - 1) }
      slots[slot] = hash
    }
  }

  func contains(_ hash: UInt64) -> Bool {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if slots[slot] == hash { return true }
      slot = (slot + 1) & (slots.count - 1)
    }
    return false
  }
}
