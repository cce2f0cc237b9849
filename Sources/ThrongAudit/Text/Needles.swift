/// What is looked for in the log: everything that the bundle says.
///
/// Searching a bundle for every rare string of a log would need all of them in memory. The other way round needs only the
/// bundle's own words: each is counted in the log, and those that few people wrote are the finding. The log passes by
/// once, and memory depends on the bundle alone.
struct Needles: Sendable {
  enum Kind: UInt8, Sendable {
    /// A word, anywhere in a text.
    case word
    /// A printed term, in lines that quote nobody.
    case term
    /// Characters in a row of a script without spaces.
    case sequence
    /// Part of a word that nobody knows.
    case part
    /// Eight words in a row.
    case run
    /// An id, a user or an address.
    case identifier
    /// A long number.
    case number
    /// A value of a facet, in the field of its name.
    case value
  }

  struct Needle: Sendable {
    let kind: Kind
    /// Fragment and byte where it stands first, and in how many places it stands.
    let fragment: Int
    let offset: Int
    var places = 1
    /// Distinct users at which counting stops.
    let limit: Int
  }

  /// A word of the bundle as the log is searched for it.
  struct Entry: Sendable {
    /// Needles that this word alone is, or −1.
    var word: Int32 = -1
    var term: Int32 = -1
    var part: Int32 = -1
    /// Lengths of sequences that end with it, bit by bit.
    var sequences: UInt32 = 0
    /// Whether a run of eight words, or of sixteen characters, ends with it.
    var endsRun = false
    /// Terms of several words that end with it, as a range of ``Needles/phrases``.
    var phrases: Range<Int32> = 0..<0
    /// Whether to count how often it calls somebody, at the beginning of a line before a colon or comma.
    var isData = false
  }

  /// A term of several words: its last is the entry's, its first stands at most so many words before.
  struct Phrase: Sendable {
    let first: UInt64
    let distance: Int
    let needle: Int32
  }

  private(set) var needles: [Needle] = []
  private(set) var entries = HashIndex<Entry>(default: Entry())
  private(set) var phrases: [Phrase] = []
  /// Needles of sequences and runs by the hash of their words, kind and length.
  private(set) var grams = HashIndex<Int32>(default: -1)
  /// Needles of identifiers by the hash of their words; words of the bundle in any number up to ``longestIdentifier``.
  private(set) var identifiers = HashIndex<Int32>(default: -1)
  private(set) var numbers = HashIndex<Int32>(default: -1)
  /// Per field of the log, needles by value.
  private(set) var values: [[[UInt8]: Int32]] = []

  static let longestSequence = 16
  static let runLength = 8
  static let unspacedRunLength = 16
  static let longestIdentifier = 8
  static let shortestNumber = 7

  private mutating func add(_ kind: Kind, fragment: Int, offset: Int, limit: Int) -> Int32 {
    needles.append(Needle(kind: kind, fragment: fragment, offset: offset, limit: limit))
    return Int32(needles.count - 1)
  }

  /// Makes sure that the scan notices a word; all that ends with it needs that.
  mutating func know(_ word: UInt64) { entries.update(word) { _ in } }

  /// Where something stands: the first place counts, others add up.
  struct Place {
    let fragment: Int
    let offset: Int
  }

  mutating func addWord(_ word: UInt64, at place: Place, limit: Int) {
    let known = entries[word].word
    if known >= 0 { return needles[Int(known)].places += 1 }
    let needle = add(.word, fragment: place.fragment, offset: place.offset, limit: limit)
    entries.update(word) { $0.word = needle }
  }

  mutating func addPart(_ word: UInt64, at place: Place, limit: Int) {
    guard entries[word].word < 0, entries[word].part < 0 else { return }
    let needle = add(.part, fragment: place.fragment, offset: place.offset, limit: limit)
    entries.update(word) { $0.part = needle }
  }

  /// A printed term. Words of terms are marked, so that the scan tells how they are used.
  mutating func addTerm(_ words: [Word], at place: Place, limit: Int) -> Int32? {
    guard let last = words.last else { return nil }
    let needle = add(.term, fragment: place.fragment, offset: place.offset, limit: limit)
    for word in words { entries.update(word.hash) { $0.isData = true } }
    if words.count == 1 {
      entries.update(last.hash) { $0.term = needle }
    } else {
      pending.append((last.hash, Phrase(first: words[0].hash, distance: words.count + 1, needle: needle)))
    }
    return needle
  }

  private var pending: [(last: UInt64, phrase: Phrase)] = []

  mutating func addSequence(_ words: ArraySlice<Word>, at place: Place, limit: Int) {
    let gram = Gram.hash(words.map(\.hash), kind: .sequence)
    if grams[gram] >= 0 { return needles[Int(grams[gram])].places += 1 }
    let needle = add(.sequence, fragment: place.fragment, offset: place.offset, limit: limit)
    grams.update(gram) { $0 = needle }
    entries.update(words.last!.hash) { $0.sequences |= 1 << UInt32(words.count) }
  }

  mutating func addRun(_ words: ArraySlice<Word>, at place: Place, limit: Int) {
    let gram = Gram.hash(words.map(\.hash), kind: .run)
    guard grams[gram] < 0 else { return }
    let needle = add(.run, fragment: place.fragment, offset: place.offset, limit: limit)
    grams.update(gram) { $0 = needle }
    entries.update(words.last!.hash) { $0.endsRun = true }
  }

  /// Returns the needle.
  mutating func addIdentifier(_ words: ArraySlice<Word>, at place: Place, limit: Int) -> Int32 {
    let gram = Gram.hash(words.map(\.hash), kind: .identifier)
    if identifiers[gram] >= 0 {
      needles[Int(identifiers[gram])].places += 1
      return identifiers[gram]
    }
    let needle = add(.identifier, fragment: place.fragment, offset: place.offset, limit: limit)
    identifiers.update(gram) { $0 = needle }
    return needle
  }

  mutating func addNumber(_ digits: UInt64, at place: Place, limit: Int) {
    if numbers[digits] >= 0 { return needles[Int(numbers[digits])].places += 1 }
    let needle = add(.number, fragment: place.fragment, offset: place.offset, limit: limit)
    numbers.update(digits) { $0 = needle }
  }

  mutating func addValue(_ value: String, field: Int, at place: Place, limit: Int) {
    while values.count <= field { values.append([:]) }
    let needle = add(.value, fragment: place.fragment, offset: place.offset, limit: limit)
    values[field][Array(value.utf8)] = needle
  }

  /// Sorts the phrases by their last word; to be called once, at the end.
  mutating func finish() {
    for (last, ending) in Dictionary(grouping: pending, by: \.last).sorted(by: { $0.key < $1.key }) {
      let start = Int32(phrases.count)
      phrases += ending.map(\.phrase)
      let range = start..<Int32(phrases.count)
      entries.update(last) { $0.phrases = range }
    }
    pending = []
  }
}

/// Hashes of words in a row.
enum Gram {
  enum Kind: UInt64 { case sequence = 1, run, identifier }

  static let base: UInt64 = 0x9E37_79B9_7F4A_7C15
  /// `base` to the power of the index.
  static let powers: [UInt64] = (0..<32).reduce(into: [1]) { powers, _ in powers.append(powers.last! &* base)
  }

  /// The polynomial of the words, told apart by kind and length.
  static func hash(_ words: [UInt64], kind: Kind) -> UInt64 {
    finish(words.reduce(0) { $0 &* base &+ $1 }, count: words.count, kind: kind)
  }

  @inline(__always) static func finish(_ polynomial: UInt64, count: Int, kind: Kind) -> UInt64 {
    var z = polynomial &+ kind.rawValue &* 0xD6E8_FEB8_6659_FD93 &+ UInt64(count) &* 0xA076_1D64_78BD_642F
    z = (z ^ (z >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return z ^ (z >> 32)
  }
}

/// A table from 64-bit hashes to values, with open addressing: what the scan asks for each word.
struct HashIndex<Value: Sendable>: Sendable {
  private var keys: [UInt64]
  private var slots: [Int32]
  private var values: [Value] = []
  private let missing: Value
  private var mask: Int

  init(default missing: Value) {
    self.missing = missing
    keys = Array(repeating: 0, count: 64)
    slots = Array(repeating: -1, count: 64)
    mask = 63
  }

  var count: Int { values.count }

  @inline(__always) private func slot(_ key: UInt64) -> Int {
    var at = Int(truncatingIfNeeded: key ^ key >> 29) & mask
    while slots[at] >= 0, keys[at] != key { at = (at + 1) & mask }
    return at
  }

  /// The position of a key among the values, or −1.
  @inline(__always) func find(_ key: UInt64) -> Int { Int(slots[slot(key)]) }

  @inline(__always) func value(_ at: Int) -> Value { values[at] }

  subscript(key: UInt64) -> Value {
    let at = slots[slot(key)]
    return at < 0 ? missing : values[Int(at)]
  }

  /// Changes the value of a key, which is the default where it was not there.
  mutating func update(_ key: UInt64, _ change: (inout Value) -> Void) {
    var at = slot(key)
    if slots[at] < 0 {
      if 2 * (values.count + 1) > mask { grow() }
      at = slot(key)
      keys[at] = key
      slots[at] = Int32(values.count)
      values.append(missing)
    }
    change(&values[Int(slots[at])])
  }

  private mutating func grow() {
    let old = (keys, slots)
    mask = 2 * mask + 1
    keys = Array(repeating: 0, count: mask + 1)
    slots = Array(repeating: -1, count: mask + 1)
    for (key, position) in zip(old.0, old.1) where position >= 0 {
      let at = slot(key)
      keys[at] = key
      slots[at] = position
    }
  }
}
