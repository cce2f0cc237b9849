/// Words of the code, looked up by their bytes in any case without a string. Open addressing over their hashes; there is
/// nothing secret in them.
struct WordSet: Sendable {
  private let slots: [UInt64]
  private let shift: UInt64
  /// The first two bytes of the words, five bits of each: most others are told by them.
  private let openings: [UInt64]

  /// - Parameter words: in lower case, with spaces between.
  init(_ words: String) {
    let keys = Set(words.split(separator: " ").map { word in Self.key(Array(word.utf8).span) })
    var bits: UInt64 = 4
    while 1 << bits < keys.count * 4 { bits += 1 }
    var slots = [UInt64](repeating: 0, count: 1 << bits)
    shift = 64 - bits
    for key in keys.sorted() {
      var slot = Self.slot(key, shift)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = key
    }
    self.slots = slots
    var openings = [UInt64](repeating: 0, count: 16)
    for word in words.split(separator: " ") {
      let opening = Self.opening(Array(word.utf8).span, 0..<word.utf8.count)
      openings[opening >> 6] |= 1 << UInt64(opening & 63)
    }
    self.openings = openings
  }

  /// Whether the bytes of `range` are a word of the set. Words of one byte or more.
  func contains(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if range.isEmpty { return false }
    let opening = Self.opening(text, range)
    if openings[opening >> 6] >> UInt64(opening & 63) & 1 == 0 { return false }
    let key = Self.key(text.extracting(range))
    var slot = Self.slot(key, shift)
    while slots[slot] != 0 {
      if slots[slot] == key { return true }
      slot = (slot + 1) & (slots.count - 1)
    }
    return false
  }

  @inline(__always) private static func slot(_ key: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  @inline(__always) private static func opening(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    let second = range.count > 1 ? text[range.lowerBound + 1] : 0
    return Int(text[range.lowerBound] & 31) << 5 | Int(second & 31)
  }

  /// FNV-1a over the bytes in lower case.
  static func key(_ word: Span<UInt8>) -> UInt64 {
    var key: UInt64 = 0xCBF2_9CE4_8422_2325
    for i in word.indices { key = (key ^ UInt64(ASCII.lower(word[i]))) &* 0x0000_0100_0000_01B3 }
    return key
  }
}
