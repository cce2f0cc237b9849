package import ThrongCore

/// From the bytes of messages to keyed terms: normalise, redact, fold, tokenise, hash.
///
/// One for each thread, reused from block to block; it keeps its buffers and ICU's iterators. The text of a
/// message is not kept, and what is kept of its words leaves with ``finish()``.
package final class TextAnalyzer {
  private let settings: TextSettings
  private let contentHasher: SipHash
  private var unicode: UnicodeText?
  private var redactor = Redactor()
  private var tokenizer: Tokenizer
  private var sorter = OccurrenceSorter()
  private var spellings: SpellingCollector
  private var block = FeatureBlock()

  private var cleaned: [UInt8] = []
  private var folded: [UInt8] = []
  private var identities: [UInt64] = []
  private var content: UInt64 = 0

  /// - Parameter secret: terms of the same secret have the same hashes; without it they say nothing (R15).
  /// Throws ``TextFailure`` for settings out of range.
  package init(settings: TextSettings, secret: Secret) throws {
    try settings.validate()
    self.settings = settings
    contentHasher = secret.hasher(for: "content")
    tokenizer = Tokenizer(settings: settings, secret: secret)
    spellings = SpellingCollector()
  }

  /// Begins a document.
  package func begin() {
    tokenizer.occurrences.removeAll(keepingCapacity: true)
    identities.removeAll(keepingCapacity: true)
    content = 0
  }

  /// Adds one message to the document. Phrases do not cross messages. O(bytes).
  ///
  /// Throws ``TextFailure`` when the block grows past 2³² bytes or ICU is not there.
  package func append(_ text: Span<UInt8>) throws {
    guard tokenizer.used + 4 * text.count < Int(UInt32.max) else {
      throw TextFailure.blockTooLarge(bytes: tokenizer.used + text.count)
    }
    if text.isASCII {
      try redact(text)
    } else {
      if unicode == nil { unicode = try UnicodeText() }
      try unicode!.clean(text, into: &cleaned)
      let cleaned = cleaned
      try redact(cleaned.span)
    }
  }

  /// Ends the document that ``begin()`` began.
  package func endDocument() {
    sorter.sort(&tokenizer.occurrences)
    let occurrences = tokenizer.occurrences
    let sorted = occurrences.span
    var i = 0
    while i < sorted.count {
      let first = sorted[i]
      var end = i + 1
      while end < sorted.count, sorted[end].hash == first.hash { end += 1 }
      block.terms.append(first.hash)
      block.counts.append(UInt16(clamping: end - i))
      spellings.note(first)
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

  /// The block of all documents since the last call. O(terms).
  package func finish() -> FeatureBlock {
    var finished = FeatureBlock()
    swap(&finished, &block)
    let arena = tokenizer.arena
    spellings.collect(into: &finished, arena: arena.span, sorter: &sorter)
    tokenizer.clear()
    return finished
  }

  private func redact(_ text: Span<UInt8>) throws {
    guard settings.redacts else { return try read(text) }
    redactor.redact(text)
    let output = redactor.output
    try read(output.span)
    if redactor.identities.isEmpty { return }
    // Names are hashed as words are, but leave neither occurrences nor spellings.
    let (used, count) = (tokenizer.used, tokenizer.occurrences.count)
    tokenizer.partsAtUnderscore = true
    defer { tokenizer.partsAtUnderscore = false }
    for range in redactor.identities {
      try tokenise(text.extracting(range))
    }
    for occurrence in tokenizer.occurrences[count...] { identities.append(occurrence.hash) }
    tokenizer.rewind(used: used, count: count)
  }

  private func read(_ text: Span<UInt8>) throws {
    content = contentHasher.hash13(content, contentHasher.hash13(text))
    try tokenise(text)
  }

  private func tokenise(_ text: Span<UInt8>) throws {
    if text.isASCII {
      try tokenizer.read(text, unicode: nil)
    } else {
      if unicode == nil { unicode = try UnicodeText() }
      try unicode!.fold(text, into: &folded)
      let folded = folded
      try tokenizer.read(folded.span, unicode: unicode)
    }
  }
}

/// Gathers how the terms of a block are spelled, each once.
struct SpellingCollector {
  private var found: [Tokenizer.Occurrence] = []
  /// The last term seen in each slot: passes over most repetitions without a search.
  private var recent = [UInt64](repeating: 0, count: Self.slots)
  private static let slots = 1 << 15

  @inline(__always) mutating func note(_ occurrence: Tokenizer.Occurrence) {
    let slot = Int(occurrence.hash & UInt64(Self.slots - 1))
    if recent[slot] == occurrence.hash { return }
    recent[slot] = occurrence.hash
    found.append(occurrence)
  }

  /// Writes hashes, ascending, and spellings, and forgets them.
  mutating func collect(into block: inout FeatureBlock, arena: Span<UInt8>, sorter: inout OccurrenceSorter) {
    sorter.sort(&found)
    var last: UInt64?
    for term in found where term.hash != last {
      last = term.hash
      block.spellingHashes.append(term.hash)
      for k in term.start..<term.start + term.length { block.spellings.append(arena[k]) }
      block.spellingOffsets.append(block.spellings.count)
      block.spellingWords.append(term.words)
    }
    found.removeAll(keepingCapacity: true)
    for slot in recent.indices { recent[slot] = 0 }
  }
}
