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

    /// The same, and how often each document uses each.
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
    let parts = try workers.mapBlocks(count: documents, blockSize: 1024) { _, range in
      var reader = reader()
      return try reader.withTerms(of: range) { terms in
        var ends: [Int] = []
        var indices: [UInt32] = []
        let base = offsets[range.lowerBound]
        for d in range {
          for i in offsets[d] - base..<offsets[d + 1] - base {
            if let index = dictionary.index(of: terms[i]) { indices.append(UInt32(index)) }
          }
          ends.append(indices.count)
        }
        return (ends: ends, indices: indices)
      }
    }
    var rowOffsets = [0]
    var rows: [UInt32] = []
    rowOffsets.reserveCapacity(documents + 1)
    rows.reserveCapacity(parts.reduce(0) { $0 + $1.indices.count })
    for part in parts {
      let base = rows.count
      for end in part.ends { rowOffsets.append(base + end) }
      rows.append(contentsOf: part.indices)
    }
    return (rowOffsets, rows)
  }

  /// How many distinct users use each of the given dictionary terms. O(terms + uses of those · log).
  ///
  /// Throws ``TextFailure`` where there is not one user for each document.
  func userCounts(
    of indices: [Int], in dictionary: TermDictionary, users: [UInt32], workers: Workers
  ) throws -> [Int: Int] {
    guard users.count == documents else {
      throw TextFailure.userCount(documents: documents, users: users.count)
    }
    if indices.isEmpty { return [:] }
    var isWanted = [Bool](repeating: false, count: dictionary.count)
    for index in indices { isWanted[index] = true }
    let wanted = isWanted
    let parts = try workers.mapBlocks(count: documents, blockSize: 4096) { _, range in
      var reader = reader()
      return try reader.withTerms(of: range) { terms in
        var uses: [UInt64] = []
        let base = offsets[range.lowerBound]
        for d in range {
          for i in offsets[d] - base..<offsets[d + 1] - base {
            guard let index = dictionary.index(of: terms[i]), wanted[index] else { continue }
            uses.append(UInt64(index) << 32 | UInt64(users[d]))
          }
        }
        return uses
      }
    }
    var counts = Dictionary(uniqueKeysWithValues: indices.map { ($0, 0) })
    var last: UInt64?
    for use in parts.joined().sorted() where use != last {
      counts[Int(use >> 32)]! += 1
      last = use
    }
    return counts
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
