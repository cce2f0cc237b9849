package import ThrongCore

/// From the bytes of messages to keyed terms: normalise, redact, fold, tokenise, hash.
///
/// One for each thread, reused from block to block; it keeps its buffers and ICU's iterators. The text of a
/// message is not kept, and what is kept of its words leaves with ``finish()``.
package final class TextAnalyzer {
  private let settings: TextSettings
  private let contentHasher: SipHash
  private var unicode: UnicodeText?
  private var redactor: Redactor
  private var tokenizer: Tokenizer
  private var builder = BlockBuilder()

  private var cleaned: [UInt8] = []
  private var folded: [UInt8] = []
  private var identities: [UInt64] = []
  private var vocatives: [UInt64] = []
  private var content: UInt64 = 0

  /// - Parameter secret: terms of the same secret have the same hashes; without it they say nothing (R15).
  /// Throws ``TextFailure`` for settings out of range.
  package convenience init(settings: TextSettings, secret: Secret) throws {
    try self.init(settings: settings, secret: secret, usesShortcuts: true)
  }

  /// - Parameter usesShortcuts: false for the reference that tests compare with: the same result, byte by byte.
  package init(settings: TextSettings, secret: Secret, usesShortcuts: Bool) throws {
    try settings.validate()
    self.settings = settings
    contentHasher = secret.hasher(for: "content")
    redactor = Redactor(usesFilters: usesShortcuts)
    tokenizer = try Tokenizer(settings: settings, secret: secret, findsRuns: usesShortcuts)
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
    let used = tokenizer.terms.used
    guard used + 4 * text.count < Int(UInt32.max) else {
      throw TextFailure.blockTooLarge(bytes: used + text.count)
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
  ///
  /// Throws ``TextFailure`` when memory runs out.
  package func endDocument() throws {
    let terms = try tokenizer.endDocument()
    builder.add(terms: terms, identities: &identities, vocatives: &vocatives, content: content)
  }

  /// The block of all documents since the last call. O(terms).
  package func finish() -> FeatureBlock { builder.finish(tokenizer.terms) }

  private func redact(_ text: Span<UInt8>) throws {
    guard settings.redacts else { return try read(text) }
    redactor.redact(text)
    let output = redactor.output
    try read(output.span)
    for range in redactor.identities {
      try readName(text.extracting(range)) { hash, spelling in
        if Self.isNameLike(spelling) { identities.append(hash) }
      }
    }
    if let range = redactor.vocative {
      try readName(text.extracting(range)) { hash, _ in vocatives.append(hash) }
    }
  }

  /// Calls `body` with the hash and the spelling of the terms of a name, its underscores read as letters and as gaps. They are hashed as words are,
  /// but leave neither occurrences nor spellings.
  private func readName(
    _ name: Span<UInt8>, _ body: (UInt64, Span<UInt8>) -> Void
  ) throws {
    let terms = tokenizer.terms
    let (used, occurrences) = (terms.used, terms.occurrences)
    tokenizer.partsAtUnderscore = true
    defer { tokenizer.partsAtUnderscore = false }
    try tokenise(name)
    var hasUnderscore = false
    for i in name.indices where name[i] == 0x5F { hasUnderscore = true }
    if hasUnderscore {
      tokenizer.partsAtUnderscore = false
      try tokenise(name)
    }
    terms.forEachOccurrence(from: occurrences, body)
    terms.rewind(used: used, occurrences: occurrences)
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
  private static func isNameLike(_ spelling: Span<UInt8>) -> Bool {
    guard spelling.count >= 3 else { return false }
    for k in spelling.indices where ASCII.isDigit(spelling[k]) { return false }
    return true
  }
}
