/// Makes a ``FeatureBlock`` from the occurrences of one document after the other.
struct BlockBuilder {
  private var block = FeatureBlock()
  private var sorter = OccurrenceSorter()
  /// Where terms are spelled; frequent ones more than once.
  private var found: [Tokenizer.Occurrence] = []
  /// The last term seen in each slot: passes over most repetitions without a search.
  private var recent = [UInt64](repeating: 0, count: Self.slots)
  private static let slots = 1 << 15

  init() {}

  /// Adds a document. Its lists are left sorted.
  mutating func add(
    _ occurrences: inout [Tokenizer.Occurrence], identities: inout [UInt64], vocatives: inout [UInt64],
    content: UInt64
  ) {
    sorter.sort(&occurrences)
    let sorted = occurrences.span
    var i = 0
    while i < sorted.count {
      let first = sorted[i]
      var end = i + 1
      var isQuoted = first.isQuoted
      while end < sorted.count, sorted[end].hash == first.hash {
        isQuoted = isQuoted && sorted[end].isQuoted
        end += 1
      }
      if isQuoted { block.quotations.append(block.terms.count) }
      block.terms.append(first.hash)
      block.counts.append(UInt16(clamping: end - i))
      let slot = Int(first.hash & UInt64(Self.slots - 1))
      if recent[slot] != first.hash {
        recent[slot] = first.hash
        found.append(first)
      }
      i = end
    }
    block.offsets.append(block.terms.count)
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

  /// The block of the documents added since the last call, with each distinct term spelled once.
  mutating func finish(arena: Span<UInt8>) -> FeatureBlock {
    sorter.sort(&found)
    var finished = FeatureBlock()
    swap(&finished, &block)
    // The next block is about as large.
    block.terms.reserveCapacity(finished.terms.count)
    block.counts.reserveCapacity(finished.counts.count)
    finished.spellingHashes.reserveCapacity(found.count)
    finished.spellingOffsets.reserveCapacity(found.count + 1)
    finished.spellingWords.reserveCapacity(found.count)
    finished.spellings.reserveCapacity(found.reduce(0) { $0 + $1.length })
    var last: UInt64?
    for term in found where term.hash != last {
      last = term.hash
      finished.spellingHashes.append(term.hash)
      unsafe arena.extracting(term.start..<term.start + term.length).withUnsafeBufferPointer {
        unsafe finished.spellings.append(contentsOf: $0)
      }
      finished.spellingOffsets.append(finished.spellings.count)
      finished.spellingWords.append(term.words)
    }
    found.removeAll(keepingCapacity: true)
    for slot in recent.indices { recent[slot] = 0 }
    return finished
  }
}
