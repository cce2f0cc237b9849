internal import CKernels
internal import Synchronization
package import ThrongCore

extension Features {
  /// What makes two documents copies of one text.
  package struct CopyRule: Sendable {
    /// Least share of common terms (Jaccard: common terms by terms of either). At 0.5 two texts may differ in a fifth of
    /// their words, hence each copy from its original in a tenth. Of real requests and dialogues 1 to 5 % are
    /// copies by it, and leaving them out of what shapes clusters cost no quality that could be measured.
    package var similarity = 0.5
    /// Documents of fewer distinct terms are copies only of documents with the very same terms: one word
    /// less makes a short text another.
    package var fewestTerms = 12
    /// Documents of fewer distinct terms are nobody's copies. That many people who ask for their balance all use the
    /// word "balance" does not mean that one of them wrote it for all.
    package var fewestEqualTerms = 3

    package init() {}
  }

  /// Groups documents that are near-duplicates, directly or through others between them.
  ///
  /// Shingles are the terms themselves, words and pairs of adjacent words under the secret's keys, so
  /// nobody without the secret can craft texts that collide. MinHash (Broder 1997, doi:10.1109/SEQUEN.1997.666900) in
  /// bands of four proposes pairs: 64 minima in 16 bands find a pair of similarity 0.5 with 64 %, of 0.7 with 98.8 %, and
  /// of fifty copies each has forty-nine chances.
  /// The terms of both then decide exactly, and pairs that hold are united. In a band each document is compared with
  /// the first few unlike ones in the order of their hashes, so a bucket of a million copies costs a million
  /// comparisons; the result depends neither on the order of documents nor on the number of threads.
  ///
  /// O(terms + documents · log(documents)) but for crowded buckets. Of a document 20 bytes stay while it runs, 64 more of a
  /// distinct one that is long enough, and 12 for each band that a thread works on; afterwards 4. No text is read.
  ///
  /// - Returns: the group of each document, below the number of documents. Only equality matters.
  package func copies(rule: CopyRule = CopyRule(), workers: Workers) throws -> [UInt32] {
    let distinct = try DistinctRows(self, fewestTerms: rule.fewestEqualTerms, workers: workers)
    let bands = try BandKeys(
      self, of: distinct.representatives, fewestTerms: rule.fewestTerms, workers: workers)
    var sets = DisjointSets(count: distinct.representatives.count)
    for first in stride(from: 0, to: BandKeys.bands, by: BandKeys.atOnce) {
      // Who is together by now need not be compared again: that would be most of the work where there are many copies.
      let roots = distinct.representatives.indices.map { sets.root(of: UInt32($0)) }
      let pairs = try workers.mapBlocks(count: BandKeys.atOnce, blockSize: 1) { band, _ in
        try bands.pairs(
          of: first + band, in: self, distinct.representatives, roots: roots, atLeast: rule.similarity)
      }
      for (a, b) in pairs.joined() { sets.unite(a, b) }
    }
    return distinct.rows.map { sets.root(of: $0) }
  }
}

/// Whether two sets of terms, ascending, are that similar. O(terms), and less where they are not.
private func areSimilar(_ a: Span<UInt64>, _ b: Span<UInt64>, atLeast least: Double) -> Bool {
  let total = a.count + b.count
  var needed = max(0, Int(least * Double(total) / (1 + least)) - 1)
  while Double(needed) < least * Double(total - needed) { needed += 1 }
  return unsafe a.withUnsafeBufferPointer { a in
    unsafe b.withUnsafeBufferPointer { b in
      var (i, j, common) = (0, 0, 0)
      while true {
        let left = min(a.count - i, b.count - j)
        guard left > 0, common + left >= needed else { return common >= needed }
        // Which side goes on is a guess that goes wrong: no branch asks.
        for _ in 0..<min(left, 8) {
          let (x, y) = unsafe (a[i], b[j])
          common &+= x == y ? 1 : 0
          i &+= x <= y ? 1 : 0
          j &+= y <= x ? 1 : 0
        }
      }
    }
  }
}

/// Documents by what terms they hold: equal ones share a row.
private struct DistinctRows {
  /// Row of each document; those of too few terms have one each.
  let rows: [UInt32]
  /// A document of each row, those that are compared in order of their hashes.
  let representatives: [UInt32]

  init(_ features: Features, fewestTerms: Int, workers: Workers) throws {
    func isShort(_ d: Int) -> Bool { features.offsets[d + 1] - features.offsets[d] < fewestTerms }
    let blocks = try workers.mapBlocks(count: features.documents, blockSize: 4096) { _, range in
      var reader = features.reader()
      var found: [HashedDocument] = []
      try reader.forEachDocument(in: range) { d, terms in
        guard terms.count >= fewestTerms else { return }
        let hash = terms.indices.reduce(0) { RandomSource.mix($0 ^ terms[$1]) }
        found.append(HashedDocument(hash: hash, document: UInt32(d)))
      }
      return found
    }
    // By the highest bits first: the parts are sorted side by side.
    var parts = [[HashedDocument]](repeating: [], count: 16)
    for entry in blocks.joined() { parts[Int(entry.hash >> 60)].append(entry) }
    let unsorted = parts
    let order = try workers.mapBlocks(count: parts.count, blockSize: 1) { part, _ in unsorted[part].sorted() }
    var rows = [UInt32](repeating: 0, count: features.documents)
    var representatives: [UInt32] = []
    var last: UInt64?
    for entry in order.joined() {
      if entry.hash != last { representatives.append(entry.document) }
      rows[Int(entry.document)] = UInt32(representatives.count - 1)
      last = entry.hash
    }
    for d in 0..<features.documents where isShort(d) {
      rows[d] = UInt32(representatives.count)
      representatives.append(UInt32(d))
    }
    (self.rows, self.representatives) = (rows, representatives)
  }
}

private struct HashedDocument: Comparable, Sendable {
  let hash: UInt64
  let document: UInt32

  static func < (a: Self, b: Self) -> Bool { a.hash != b.hash ? a.hash < b.hash : a.document < b.document }
}

/// For each row the keys under which its copies are looked for.
private struct BandKeys {
  static let bands = Int(CK_MINIMA) / 4
  /// Bands whose pairs are looked for before what they found is known to the next; a divisor of ``bands``.
  static let atOnce = 4
  /// Unlike documents of a bucket that a further one is compared with, at most.
  private static let leaders = 4

  /// Rows that are long enough, ascending.
  private let rows: [UInt32]
  /// ``bands`` keys for each of ``rows``.
  private let keys: [UInt32]

  init(_ features: Features, of representatives: [UInt32], fewestTerms: Int, workers: Workers) throws {
    let rows = representatives.indices.filter {
      let d = Int(representatives[$0])
      return features.offsets[d + 1] - features.offsets[d] >= max(1, fewestTerms)
    }.map { UInt32($0) }
    // Documents in the order in which they lie, wherever that is; each to the place of its row.
    var placeOfDocument = [UInt32](repeating: .max, count: features.documents)
    for (k, row) in rows.enumerated() { placeOfDocument[Int(representatives[Int(row)])] = UInt32(k) }
    let places = placeOfDocument
    let hasher = MinHash()
    let keys = Mutex([UInt32](repeating: 0, count: rows.count * Self.bands))
    try workers.forEachBlock(count: features.documents, blockSize: 4096) { _, range in
      var (chosen, found) = ([UInt32](), [UInt32]())
      var reader = features.reader()
      try reader.forEachDocument(in: range) { d, terms in
        guard places[d] != .max else { return }
        chosen.append(places[d])
        hasher.appendBands(of: terms, to: &found)
      }
      keys.withLock { keys in
        for (k, place) in chosen.enumerated() {
          for band in 0..<Self.bands { keys[Int(place) * Self.bands + band] = found[k * Self.bands + band] }
        }
      }
    }
    self.keys = keys.withLock { $0 }
    self.rows = rows
  }

  /// Pairs of rows that share the key of `band` and whose documents are that similar, but for rows with the same of `roots`.
  func pairs(
    of band: Int, in features: Features, _ representatives: [UInt32], roots: [UInt32], atLeast least: Double
  ) throws -> [(UInt32, UInt32)] {
    // Rows are in the order of their documents' hashes, so this orders each bucket by hash too.
    var order = rows.indices.map { UInt64(keys[$0 * Self.bands + band]) << 32 | UInt64($0) }
    order.sort()
    var reader = features.reader()
    var pairs: [(UInt32, UInt32)] = []
    var leaders: [(row: UInt32, terms: [UInt64])] = []
    for (k, entry) in order.enumerated() {
      let isFirst = k == 0 || entry >> 32 != order[k - 1] >> 32
      if isFirst { leaders.removeAll(keepingCapacity: true) }
      // Most are alone.
      if isFirst && (k + 1 == order.count || entry >> 32 != order[k + 1] >> 32) { continue }
      let row = rows[Int(entry & 0xFFFF_FFFF)]
      let root = roots[Int(row)]
      if leaders.contains(where: { roots[Int($0.row)] == root }) { continue }
      let document = Int(representatives[Int(row)])
      try reader.withTerms(of: document..<document + 1) { terms in
        if let leader = leaders.first(where: { areSimilar($0.terms.span, terms, atLeast: least) }) {
          pairs.append((leader.row, row))
        } else if leaders.count < Self.leaders {
          leaders.append((row, terms.indices.map { terms[$0] }))
        }
      }
    }
    return pairs
  }
}

/// Minima of a set of keyed hashes, each under a linear map of its own.
private struct MinHash {
  private let factors: [UInt32]
  private let shifts: [UInt32]

  init() {
    // The maps may be known: what they are applied to is keyed.
    var random = RandomSource(seed: 0x7E39_1A7E)
    func draw(odd: Bool) -> [UInt32] {
      (0..<Int(CK_MINIMA)).map { _ in UInt32(truncatingIfNeeded: random.next() >> 32) | (odd ? 1 : 0) }
    }
    factors = draw(odd: true)
    shifts = draw(odd: false)
  }

  /// A key for each band of four minima. O(terms).
  func appendBands(of terms: Span<UInt64>, to keys: inout [UInt32]) {
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Int(CK_MINIMA)) { minima in
      unsafe terms.withUnsafeBufferPointer {
        unsafe ck_minima($0.baseAddress!, $0.count, factors, shifts, minima.baseAddress!)
      }
      for first in stride(from: 0, to: minima.count, by: 4) {
        let (one, two) = unsafe (
          UInt64(minima[first]) << 32 | UInt64(minima[first + 1]),
          UInt64(minima[first + 2]) << 32 | UInt64(minima[first + 3])
        )
        keys.append(UInt32(truncatingIfNeeded: RandomSource.mix(RandomSource.mix(one) ^ two) >> 32))
      }
    }
  }
}

/// Union-find with path halving; a set's root is its lowest member.
private struct DisjointSets {
  private var parents: [UInt32]

  init(count: Int) { parents = Array(0..<UInt32(count)) }

  mutating func root(of member: UInt32) -> UInt32 {
    var at = member
    while parents[Int(at)] != at {
      parents[Int(at)] = parents[Int(parents[Int(at)])]
      at = parents[Int(at)]
    }
    return at
  }

  mutating func unite(_ a: UInt32, _ b: UInt32) {
    let (a, b) = (root(of: a), root(of: b))
    if a < b { parents[Int(b)] = a } else { parents[Int(a)] = b }
  }
}
