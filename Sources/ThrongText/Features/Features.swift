package import ThrongCore

/// The terms of all documents, by document: hashes and counts, no spelling.
///
/// What a plan does not leave room for in memory lies in a ``SpillFile``; only where each document begins is always held.
package struct Features: Sendable {
  /// Documents + 1 places where the terms of each begin.
  package private(set) var offsets: [Int] = [0]
  /// Keyed hashes of each document's distinct terms, ascending within the document.
  private(set) var terms: LongArray<UInt64>
  private(set) var counts: LongArray<UInt16>
  private let plan: SpillPlan?

  /// - Parameter plan: nil holds everything.
  package init(_ plan: SpillPlan? = nil) {
    self.plan = plan
    terms = LongArray(plan?.sharing(4, of: 5))
    counts = LongArray(plan?.sharing(1, of: 5))
  }

  /// - Throws: what `restore` does, which adds the terms and then the counts.
  init(
    offsets: [Int], _ plan: SpillPlan?,
    restore: (inout LongArray<UInt64>, inout LongArray<UInt16>) throws -> Void
  ) throws {
    self.init(plan)
    self.offsets = offsets
    try restore(&terms, &counts)
  }

  package var documents: Int { offsets.count - 1 }
  /// Terms of all documents together.
  package var termCount: Int { terms.count }
  /// Whether memory was too small for them.
  package var isSpilled: Bool { terms.isSpilled }

  /// Adds the documents of a block behind those already here.
  ///
  /// - Throws: ``SpillFailure``.
  package mutating func append(_ block: FeatureBlock) throws {
    let base = terms.count
    try terms.append(block.terms)
    try counts.append(block.counts)
    for offset in block.offsets.dropFirst() { offsets.append(base + offset) }
  }

  /// What it takes to read documents: each thread has its own.
  struct Reader {
    private let features: Features
    private var terms: [UInt64] = []
    private var counts: [UInt16] = []

    fileprivate init(_ features: Features) { self.features = features }

    /// The terms of `documents`, one after the other from `features.offsets[documents.lowerBound]` on.
    mutating func withTerms<Result>(of documents: Range<Int>, _ body: (Span<UInt64>) throws -> Result) throws
      -> Result
    {
      try features.terms.withElements(features.places(of: documents), &terms, body)
    }

    /// Calls `body` with each of `documents`, and its terms.
    mutating func forEachDocument(in documents: Range<Int>, _ body: (Int, Span<UInt64>) throws -> Void) throws
    {
      let offsets = features.offsets
      let base = offsets[documents.lowerBound]
      try withTerms(of: documents) { terms in
        for d in documents { try body(d, terms.extracting(offsets[d] - base..<offsets[d + 1] - base)) }
      }
    }

    /// The terms of `documents`, and how often each document uses each.
    mutating func withCounts<Result>(
      of documents: Range<Int>, _ body: (Span<UInt64>, Span<UInt16>) throws -> Result
    ) throws -> Result {
      let places = features.places(of: documents)
      return try features.terms.withElements(places, &terms) { terms in
        try features.counts.withElements(places, &counts) { counts in try body(terms, counts) }
      }
    }
  }

  func reader() -> Reader { Reader(self) }

  /// The distinct terms of a document, ascending, and how often it uses each.
  ///
  /// - Throws: ``SpillFailure``.
  package func terms(of document: Int) throws -> [(hash: UInt64, count: UInt16)] {
    var reader = reader()
    return try reader.withCounts(of: document..<document + 1) { terms, counts in
      terms.indices.map { (terms[$0], counts[$0]) }
    }
  }

  private func places(of documents: Range<Int>) -> Range<Int> {
    offsets[documents.lowerBound]..<offsets[documents.upperBound]
  }

  /// The given documents, in the order given. O(terms of them).
  ///
  /// - Throws: ``SpillFailure``.
  package func selecting(_ chosen: [Int]) throws -> Features {
    var part = Features(plan)
    var reader = reader()
    for document in chosen {
      try reader.withCounts(of: document..<document + 1) { terms, counts in
        try part.terms.append(terms.indices.map { terms[$0] })
        try part.counts.append(counts.indices.map { counts[$0] })
      }
      part.offsets.append(part.terms.count)
    }
    return part
  }

  /// Each document's dictionary indices, ascending: documents + 1 offsets, and indices. O(terms) expected.
  package func rows(
    in dictionary: TermDictionary, workers: Workers
  ) throws -> (offsets: [Int], terms: [UInt32]) {
    // Looked up twice, because they may be most of what memory holds: nothing of them is there twice.
    let counts = try workers.mapBlocks(count: documents, blockSize: 4096) { _, range in
      var counts: [UInt32] = []
      var reader = reader()
      try reader.forEachDocument(in: range) { _, terms in
        counts.append(terms.indices.reduce(0) { $0 + (dictionary.index(of: terms[$1]) == nil ? 0 : 1) })
      }
      return counts
    }
    var rowOffsets = [0]
    rowOffsets.reserveCapacity(documents + 1)
    for count in counts.joined() { rowOffsets.append(rowOffsets.last! + Int(count)) }
    var rows: [UInt32] = []
    rows.reserveCapacity(rowOffsets.last!)
    for start in stride(from: 0, to: documents, by: 1 << 16) {
      let parts = try workers.mapBlocks(count: min(1 << 16, documents - start), blockSize: 1024) { _, range in
        var indices: [UInt32] = []
        var reader = reader()
        try reader.forEachDocument(in: start + range.lowerBound..<start + range.upperBound) { _, terms in
          for i in terms.indices {
            if let index = dictionary.index(of: terms[i]) { indices.append(UInt32(index)) }
          }
        }
        return indices
      }
      for part in parts { rows += part }
    }
    return (rowOffsets, rows)
  }

  /// How many distinct users use each of the given dictionary terms. O(terms).
  ///
  /// Throws ``TextFailure`` where there is not one user for each document.
  func userCounts(
    of indices: [Int], in dictionary: TermDictionary, users: [UInt32], workers: Workers
  ) throws -> [Int: Int] {
    guard users.count == documents else {
      throw TextFailure.userCount(documents: documents, users: users.count)
    }
    if indices.isEmpty { return [:] }
    var wanted = [Int32](repeating: -1, count: dictionary.count)
    for (k, index) in indices.enumerated() { wanted[index] = Int32(k) }
    let (placeOf, groups) = (wanted, UserGroups(users))
    let parts = try workers.mapBlocks(count: groups.count, blockSize: max(1, (groups.count + 15) / 16)) {
      _, range in
      var counts = [UInt32](repeating: 0, count: indices.count)
      var last = counts
      var reader = reader()
      for (stamp, group) in range.enumerated() {
        for d in groups[group] {
          try reader.withTerms(of: Int(d)..<Int(d) + 1) { terms in
            for i in terms.indices {
              guard let index = dictionary.index(of: terms[i]), placeOf[index] >= 0 else { continue }
              let k = Int(placeOf[index])
              if last[k] != UInt32(stamp + 1) {
                last[k] = UInt32(stamp + 1)
                counts[k] += 1
              }
            }
          }
        }
      }
      return counts
    }
    return Dictionary(
      uniqueKeysWithValues: indices.enumerated().map { k, index in
        (index, parts.reduce(0) { $0 + Int($1[k]) })
      })
  }
}

/// Documents by user.
struct UserGroups: Sendable {
  private var starts: [Int] = [0]
  private var documents: [UInt32]

  /// Users with at least one document, in order of their index.
  var count: Int { starts.count - 1 }

  subscript(group: Int) -> ArraySlice<UInt32> { documents[starts[group]..<starts[group + 1]] }

  /// Of the given documents, ascending; nil: all. O(documents + users), for users numbered densely.
  init(_ users: [UInt32], documents chosen: [UInt32]? = nil) {
    var next = [Int](repeating: 0, count: Int(users.max() ?? 0) + 2)
    if let chosen {
      for d in chosen { next[Int(users[Int(d)]) + 1] += 1 }
    } else {
      for user in users { next[Int(user) + 1] += 1 }
    }
    for k in 1..<next.count {
      next[k] += next[k - 1]
      if next[k] > next[k - 1] { starts.append(next[k]) }
    }
    documents = [UInt32](repeating: 0, count: chosen?.count ?? users.count)
    func place(_ d: Int) {
      documents[next[Int(users[d])]] = UInt32(d)
      next[Int(users[d])] += 1
    }
    if let chosen { for d in chosen { place(Int(d)) } } else { for d in users.indices { place(d) } }
  }
}
