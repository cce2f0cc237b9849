package import ThrongCore
package import ThrongWorkspace

extension Features {
  /// Columns: offsets, terms, counts.
  package func store(into columns: inout StageWriter) {
    columns.append(offsets)
    columns.append(terms)
    columns.append(counts)
  }

  /// - Parameter plan: how much of them memory may hold.
  /// - Throws: `StageDamage`; ``SpillFailure``.
  package init(_ plan: SpillPlan?, from columns: inout StageReader) throws {
    let offsets = try columns.next(Int.self)
    try self.init(offsets: offsets, plan) { terms, counts in
      try columns.next(into: &terms)
      try columns.next(into: &counts)
    }
    guard offsets.first == 0, zip(offsets, offsets.dropFirst()).allSatisfy(<=),
      offsets.last == terms.count, counts.count == terms.count
    else { throw StageDamage() }
  }
}

extension TermDictionary {
  /// Columns: hashes, spellings, words of each term, the words of each pair, identities. The only column of a workspace that
  /// spells anything of what people said, and only what k of them did.
  package func store(into columns: inout StageWriter) {
    columns.append(hashes)
    columns.append(offsets)
    columns.append(spellings)
    columns.append(wordCounts)
    columns.append(identities.map { UInt8($0 ? 1 : 0) })
  }

  /// - Throws: `StageDamage`. O(terms) expected.
  package init(from columns: inout StageReader) throws {
    self.init()
    let hashes = try columns.next(UInt64.self)
    let offsets = try columns.numbers(hashes.count + 1)
    let spellings = try columns.next(UInt8.self)
    let words = try columns.next(UInt8.self)
    let identities = try columns.next(UInt8.self)
    guard words.count == hashes.count, identities.count == hashes.count, offsets[0] == 0 else {
      throw StageDamage()
    }
    for i in hashes.indices {
      guard offsets[i] <= offsets[i + 1], offsets[i + 1] <= spellings.count else { throw StageDamage() }
      append(hash: hashes[i], spelling: spellings[offsets[i]..<offsets[i + 1]], words: words[i])
    }
    index()
    self.identities = identities.map { $0 == 1 }
  }
}
