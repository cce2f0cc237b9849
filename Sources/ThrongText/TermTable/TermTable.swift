package import ThrongCore

/// The reverse dictionary in the making: how many distinct users use each term, counted up to k.
///
/// A user uses a term by writing it, not by quoting who did.
/// A term is a hash until its k-th user arrives; only then is its spelling copied, from the block that brings
/// that user, and it says the same whichever block that is. Terms are parted by the high bits of their hash
/// into partitions that are filled independently, so the result depends neither on the number of threads nor
/// on the order of documents. A term of one user takes 12 bytes in a table at least half full.
package struct TermTable: ~Copyable {
  static let partitionBits = 6
  static let maximumUsers = 1 << 30

  private let partitions: [TermPartition]
  /// (word, user) pairs of identity mentions: distinct, in no order.
  private var mentions: Set<IdentityMention> = []
  /// (word, user) pairs of words that may have called somebody: distinct, in no order.
  private var calls: Set<IdentityMention> = []

  /// - Parameter minimumUsers: k, the distinct users that a kept term has; at least 1.
  package init(minimumUsers: Int) {
    let k = max(1, minimumUsers)
    partitions = (0..<1 << Self.partitionBits).map { _ in TermPartition(minimumUsers: k) }
  }

  /// Counts the users of a block's terms, and keeps the spelling of those that reach k. O(terms) expected.
  ///
  /// - Parameter users: the dense index of each document's user, below 2³⁰.
  /// Throws ``TextFailure`` where the users do not match the documents; `Interrupted` when cancelled.
  package mutating func merge(_ block: FeatureBlock, users: [UInt32], workers: Workers) throws {
    guard users.count == block.documents else {
      throw TextFailure.userCount(documents: block.documents, users: users.count)
    }
    guard users.allSatisfy({ $0 < Self.maximumUsers }) else { throw TextFailure.tooManyUsers }
    let pairs = TermPairs(block, users: users)
    let partitions = partitions
    try workers.forEachBlock(count: partitions.count, blockSize: 1) { index, _ in
      partitions[index].merge(pairs, range: pairs.range(of: index), block)
    }
    for d in 0..<block.documents {
      for i in block.identityOffsets[d]..<block.identityOffsets[d + 1] {
        mentions.insert(IdentityMention(word: block.identityTerms[i], user: users[d]))
      }
      for i in block.vocativeOffsets[d]..<block.vocativeOffsets[d + 1] {
        calls.insert(IdentityMention(word: block.vocativeTerms[i], user: users[d]))
      }
    }
  }

  /// The terms that at least k users use. Everything else is forgotten.
  ///
  /// Which of them are identities is decided here: ``TermDictionary/isIdentity(_:)``.
  /// - Parameters:
  ///   - features: the documents of all merged blocks, to count the users of words exactly.
  ///   - users: the user of each of those documents.
  /// Throws ``TextFailure`` where the users do not match; `Interrupted` when cancelled.
  package consuming func dictionary(
    features: borrowing Features, users: [UInt32], workers: Workers
  ) throws -> TermDictionary {
    var dictionary = TermDictionary()
    for partition in partitions { partition.moveKept(into: &dictionary) }
    dictionary.index()
    let mentioned = Self.counts(of: mentions, in: dictionary)
    let called = Self.counts(of: calls, in: dictionary)
    let candidates = Set(mentioned.keys).union(called.keys).sorted()
    let userCounts = try features.userCounts(of: candidates, in: dictionary, users: users, workers: workers)
    dictionary.markIdentities(mentioned: mentioned, called: called, users: userCounts)
    return dictionary
  }

  /// Users by term, of the terms with at least ``TermDictionary/minimumMentions`` of them.
  private static func counts(
    of mentions: Set<IdentityMention>, in dictionary: borrowing TermDictionary
  ) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    for mention in mentions {
      if let term = dictionary.index(of: mention.word) { counts[term, default: 0] += 1 }
    }
    return counts.filter { $0.value >= TermDictionary.minimumMentions }
  }

  /// Terms met so far, of however many users, and the bytes that they take.
  package var footprint: (terms: Int, bytes: Int) {
    partitions.reduce((0, 0)) { ($0.0 + $1.slots.count, $0.1 + $1.slots.bytes) }
  }
}

/// That a user mentioned a word as somebody's name or address.
struct IdentityMention: Hashable {
  var word: UInt64
  var user: UInt32
}

/// The (term, user) pairs of a block, in order of partition: of the terms that documents use in their own words.
struct TermPairs: Sendable {
  private(set) var hashes: [UInt64]
  private(set) var users: [UInt32]
  /// Where the block has the term.
  private(set) var positions: [UInt32]
  private let starts: [Int]

  func range(of partition: Int) -> Range<Int> { starts[partition]..<starts[partition + 1] }

  init(_ block: FeatureBlock, users owners: [UInt32]) {
    let shift = UInt64(64 - TermTable.partitionBits)
    let terms = block.terms.span
    let locations = block.locations.span
    var next = [Int](repeating: 0, count: (1 << TermTable.partitionBits) + 1)
    for i in terms.indices {
      next[Int(terms[i] >> shift) + 1] += TermLocation(bits: locations[i]).isQuoted ? 0 : 1
    }
    for p in 1..<next.count { next[p] += next[p - 1] }
    starts = next
    let count = next[next.count - 1]
    var (hashes, users) = ([UInt64](repeating: 0, count: count), [UInt32](repeating: 0, count: count))
    var positions = users
    for d in 0..<block.documents {
      for i in block.offsets[d]..<block.offsets[d + 1] where !TermLocation(bits: locations[i]).isQuoted {
        let partition = Int(terms[i] >> shift)
        let at = next[partition]
        next[partition] = at + 1
        hashes[at] = terms[i]
        users[at] = owners[d]
        positions[at] = UInt32(i)
      }
    }
    (self.hashes, self.users, self.positions) = (hashes, users, positions)
  }
}
