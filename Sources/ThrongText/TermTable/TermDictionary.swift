/// The terms that at least k distinct users use, in order of hash. No other spelling exists anywhere.
///
/// Not `Codable`, not `CustomStringConvertible`. That a term is here does not make it public: the gate asks
/// k users again within each cluster, and bars identities.
package struct TermDictionary: Sendable {
  /// An identity is mentioned as such by at least so many users …
  static let minimumMentions = 2
  /// … and by at least one in so many of those who use it as a word.
  static let mentionShare = 20
  /// A nickname calls somebody in one of so many of those who use it: a message may begin "sorry, …" too.
  static let callShare = 4

  package private(set) var hashes: [UInt64] = []
  private(set) var offsets: [Int] = [0]
  private(set) var spellings: [UInt8] = []
  private(set) var wordCounts: [UInt8] = []
  /// Indices of a bigram's words; -1 where a word is not kept, or the term is one word.
  private var firsts: [Int32] = []
  private var seconds: [Int32] = []
  var identities: [Bool] = []
  /// Where each range of the high hash bits begins.
  private var starts: [UInt32] = [0]
  private var shift: UInt64 = 63

  init() {}

  package var count: Int { hashes.count }

  /// The folded spelling; a bigram's words are parted by a space.
  package func spelling(_ i: Int) -> String {
    String(decoding: spellings[offsets[i]..<offsets[i + 1]], as: UTF8.self)
  }

  /// The bytes of ``spelling(_:)``.
  package func bytes(_ i: Int) -> ArraySlice<UInt8> { spellings[offsets[i]..<offsets[i + 1]] }

  /// 1 or 2.
  package func words(_ i: Int) -> Int { Int(wordCounts[i]) }

  /// The index of the term with that hash. O(1) expected.
  package func index(of hash: UInt64) -> Int? {
    let bucket = Int(hash >> shift)
    guard bucket + 1 < starts.count else { return nil }
    for i in Int(starts[bucket])..<Int(starts[bucket + 1]) where hashes[i] == hash { return i }
    return nil
  }

  /// The indices of a bigram's two words; nil for a word, and where one of the two is no kept term.
  package func parts(_ i: Int) -> (Int, Int)? {
    firsts[i] >= 0 && seconds[i] >= 0 ? (Int(firsts[i]), Int(seconds[i])) : nil
  }

  /// Whether the term is, or holds, the name or address of somebody.
  ///
  /// A word or a pair of words is one when at least two distinct users mentioned it as an identity (a name
  /// beside an address or in an attribution, a mail local part, a handle) and they are at least 5 % of the
  /// distinct users who use it as a term, or when a quarter of those begin a message with it as one calls
  /// somebody ("ann_lee: …"); all are counted exactly. A bigram is one also when either of its
  /// words is. "mark" stays a word where a few of its thousand users quote a Mark.
  package func isIdentity(_ i: Int) -> Bool { identities[i] }

  // MARK: Building

  mutating func append(hash: UInt64, spelling: ArraySlice<UInt8>, words: UInt8) {
    hashes.append(hash)
    spellings.append(contentsOf: spelling)
    offsets.append(spellings.count)
    wordCounts.append(words)
  }

  /// Prepares lookups once all terms are there: by hash, and from bigrams to their words.
  mutating func index() {
    let bits = max(1, Int.bitWidth - count.leadingZeroBitCount)
    shift = UInt64(64 - bits)
    starts = [UInt32](repeating: 0, count: (1 << bits) + 1)
    for hash in hashes { starts[Int(hash >> shift) + 1] += 1 }
    for k in 1..<starts.count { starts[k] += starts[k - 1] }
    identities = [Bool](repeating: false, count: count)
    firsts = [Int32](repeating: -1, count: count)
    seconds = firsts
    var words: [ArraySlice<UInt8>: Int32] = [:]
    for i in 0..<count where wordCounts[i] == 1 { words[bytes(i)] = Int32(i) }
    for i in 0..<count where wordCounts[i] == 2 {
      let spelling = bytes(i)
      guard let space = spelling.firstIndex(of: 0x20) else { continue }
      firsts[i] = words[spelling[..<space]] ?? -1
      seconds[i] = words[spelling[(space + 1)...]] ?? -1
    }
  }

  mutating func markIdentities(mentioned: [Int: Int], called: [Int: Int], users: [Int: Int]) {
    for (counts, share) in [(mentioned, Self.mentionShare), (called, Self.callShare)] {
      for (term, mentions) in counts where mentions * share >= users[term] ?? 0 { identities[term] = true }
    }
    for i in 0..<count where wordCounts[i] == 2 {
      let holdsOne =
        firsts[i] >= 0 && identities[Int(firsts[i])] || seconds[i] >= 0 && identities[Int(seconds[i])]
      if holdsOne { identities[i] = true }
    }
  }
}
