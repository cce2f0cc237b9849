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
  private var builder = BlockBuilder()

  private var cleaned: [UInt8] = []
  private var folded: [UInt8] = []
  private var identities: [UInt64] = []
  private var vocatives: [UInt64] = []
  private var content: UInt64 = 0

  /// - Parameter secret: terms of the same secret have the same hashes; without it they say nothing (R15).
  /// Throws ``TextFailure`` for settings out of range.
  package init(settings: TextSettings, secret: Secret) throws {
    try settings.validate()
    self.settings = settings
    contentHasher = secret.hasher(for: "content")
    tokenizer = Tokenizer(settings: settings, secret: secret)
  }

  /// Begins a document.
  package func begin() {
    tokenizer.begin()
    identities.removeAll(keepingCapacity: true)
    vocatives.removeAll(keepingCapacity: true)
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
    tokenizer.endDocument()
    builder.add(&tokenizer.occurrences, identities: &identities, vocatives: &vocatives, content: content)
  }

  /// The block of all documents since the last call. O(terms).
  package func finish() -> FeatureBlock {
    let arena = tokenizer.arena
    let block = builder.finish(arena: arena.span)
    tokenizer.clear()
    return block
  }

  private func redact(_ text: Span<UInt8>) throws {
    guard settings.redacts else { return try read(text) }
    redactor.redact(text)
    let output = redactor.output
    try read(output.span)
    for range in redactor.identities {
      try readName(text.extracting(range)) { mention, arena in
        if Self.isNameLike(mention, arena) { identities.append(mention.hash) }
      }
    }
    if let range = redactor.vocative {
      try readName(text.extracting(range)) { mention, _ in vocatives.append(mention.hash) }
    }
  }

  /// Calls `body` with the terms of a name, its underscores read as letters and as gaps. They are hashed as words are,
  /// but leave neither occurrences nor spellings.
  private func readName(
    _ name: Span<UInt8>, _ body: (Tokenizer.Occurrence, Span<UInt8>) -> Void
  ) throws {
    let (used, count) = (tokenizer.used, tokenizer.occurrences.count)
    tokenizer.partsAtUnderscore = true
    defer { tokenizer.partsAtUnderscore = false }
    try tokenise(name)
    var hasUnderscore = false
    for i in name.indices where name[i] == 0x5F { hasUnderscore = true }
    if hasUnderscore {
      tokenizer.partsAtUnderscore = false
      try tokenise(name)
    }
    let arena = tokenizer.arena
    for mention in tokenizer.occurrences[count...] { body(mention, arena.span) }
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

  /// Initials and what holds a digit are parts of message ids and account numbers, not names.
  private static func isNameLike(_ mention: Tokenizer.Occurrence, _ arena: Span<UInt8>) -> Bool {
    guard mention.length >= 3 else { return false }
    for k in mention.start..<mention.start + mention.length where ASCII.isDigit(arena[k]) { return false }
    return true
  }
}
