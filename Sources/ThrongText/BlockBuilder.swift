/// What of a ``FeatureBlock`` comes document by document, beside the terms.
struct BlockBuilder {
  private var block = FeatureBlock()

  init() {}

  /// Adds a document, behind which the block has so many terms. Its lists are left sorted.
  mutating func add(
    terms: Int, identities: inout [UInt64], vocatives: inout [UInt64], content: UInt64
  ) {
    block.offsets.append(terms)
    Self.append(&identities, to: &block.identityTerms, offsets: &block.identityOffsets)
    Self.append(&vocatives, to: &block.vocativeTerms, offsets: &block.vocativeOffsets)
    block.contentHashes.append(content)
  }

  /// Appends the distinct ones of a document's hashes. They are left sorted.
  private static func append(_ hashes: inout [UInt64], to list: inout [UInt64], offsets: inout [Int]) {
    hashes.sort()
    for (k, hash) in hashes.enumerated() where k == 0 || hash != hashes[k - 1] { list.append(hash) }
    offsets.append(list.count)
  }

  /// The block of the documents added since the last call, with their terms.
  mutating func finish(_ terms: TermCounter) -> FeatureBlock {
    var finished = FeatureBlock()
    swap(&finished, &block)
    terms.finish(into: &finished)
    return finished
  }
}
