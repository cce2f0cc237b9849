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
  mutating func add(_ occurrences: inout [Tokenizer.Occurrence], identities: inout [UInt64], content: UInt64)
  {
    sorter.sort(&occurrences)
    let sorted = occurrences.span
    var i = 0
    while i < sorted.count {
      let first = sorted[i]
      var end = i + 1
      while end < sorted.count, sorted[end].hash == first.hash { end += 1 }
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
    identities.sort()
    for (k, hash) in identities.enumerated() where k == 0 || hash != identities[k - 1] {
      block.identityTerms.append(hash)
    }
    block.identityOffsets.append(block.identityTerms.count)
    block.contentHashes.append(content)
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
