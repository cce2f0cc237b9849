internal import CKernels
internal import ThrongCore

/// Counts the words of a document and its pairs of neighbours, by keyed hash, and keeps their spellings until the block
/// ends. The loops over words are in CKernels; this holds their state. Not thread-safe.
@safe final class TermCounter {
  private let handle: OpaquePointer

  /// - Parameter functionWords: which words are no terms.
  /// Throws ``TextFailure/outOfMemory``, as every method that throws.
  init(settings: TextSettings, secret: Secret, functionWords: FunctionWords) throws {
    let (word, pair) = (secret.hasher(for: "term").key, secret.hasher(for: "bigram").key)
    let handle = unsafe functionWords.withTable { keys, kinds in
      let rules = unsafe ck_term_rules(
        word: word, pair: pair, maximumBytes: UInt32(settings.maximumTokenBytes),
        maximumDigits: UInt32(clamping: settings.maximumDigits), pairs: settings.bigrams,
        quotations: settings.discountsQuotations,
        keys: keys.baseAddress!, kinds: kinds.baseAddress!, capacity: keys.count)
      return unsafe withUnsafePointer(to: rules) { unsafe ck_terms_create($0) }
    }
    guard let handle = unsafe handle else { throw TextFailure.outOfMemory }
    unsafe self.handle = handle
  }

  deinit { unsafe ck_terms_destroy(handle) }

  // MARK: Documents

  func begin() { unsafe ck_terms_begin(handle) }

  /// Ends the document, without the words that are grammar in these languages; answers how many distinct terms the
  /// block has now. O(words).
  func endDocument(without languages: FunctionWords.Mask) throws -> Int {
    guard unsafe ck_terms_end_document(handle, languages) else { throw TextFailure.outOfMemory }
    return unsafe ck_terms_block(handle).count
  }

  /// How many function words of a class the document has so far.
  func met(_ kind: Int) -> UInt32 { unsafe ck_terms_met(handle)[kind] }

  /// Moves the terms of all documents to `block`, with all spellings.
  func finish(into block: inout FeatureBlock) {
    let found = unsafe ck_terms_block(handle)
    block.terms = unsafe Array(UnsafeBufferPointer(start: found.terms, count: found.count))
    block.counts = unsafe Array(UnsafeBufferPointer(start: found.counts, count: found.count))
    block.locations = unsafe Array(UnsafeBufferPointer(start: found.locations, count: found.count))
    block.spellings = unsafe Array(UnsafeBufferPointer(start: ck_terms_arena(handle), count: used))
    unsafe ck_terms_clear(handle)
  }

  // MARK: Texts

  /// Bytes of spellings so far.
  var used: Int { unsafe ck_terms_used(handle) }

  /// Begins a text of fewer than 2³² bytes.
  func begin(_ text: Span<UInt8>) throws {
    let begun = unsafe text.withUnsafeBufferPointer {
      unsafe ck_terms_begin_text(handle, $0.baseAddress, $0.count)
    }
    guard begun else { throw TextFailure.outOfMemory }
  }

  func endText() { unsafe ck_terms_end_text(handle) }

  /// The next word makes no pair with the one before.
  func breakPhrase() { unsafe ck_terms_break(handle) }

  /// Reads whether the line from `at` quotes somebody.
  func readLine(_ text: Span<UInt8>, at: Int) {
    unsafe text.withUnsafeBufferPointer { unsafe ck_terms_read_line(handle, $0.baseAddress!, $0.count, at) }
  }

  /// Adds a folded word of one byte or more.
  func add(_ word: Span<UInt8>) {
    unsafe word.withUnsafeBufferPointer { unsafe ck_terms_add(handle, $0.baseAddress!, $0.count) }
  }

  // MARK: Runs

  /// Runs of ASCII letters and digits of a text; valid until the next text begins.
  @safe struct Runs {
    fileprivate let found: ck_runs

    var count: Int { unsafe found.count }
    var stops: Int { unsafe found.stopCount }
    var isASCII: Bool { unsafe found.isASCII }

    func start(_ run: Int) -> Int { unsafe Int(found.starts[run]) }
    func end(_ run: Int) -> Int { unsafe Int(found.ends[run]) }

    /// A run that is not a word by itself, and whether it may be joined with what stands behind it.
    func stop(_ index: Int) -> (run: Int, isJoined: Bool) {
      let bits = unsafe found.stops[index]
      return (Int(bits >> 1), bits & 1 == 1)
    }
  }

  /// The runs of the text that was begun. O(bytes).
  func findRuns(_ text: Span<UInt8>) -> Runs {
    let found = unsafe text.withUnsafeBufferPointer {
      unsafe ck_terms_find_runs(handle, $0.baseAddress, $0.count)
    }
    return unsafe Runs(found: found)
  }

  /// Adds runs as words. None is a stop, but with `continues` the first, before which all has been read.
  func add(_ range: Range<Int>, of text: Span<UInt8>, continues: Bool) {
    unsafe text.withUnsafeBufferPointer {
      unsafe ck_terms_add_runs(
        handle, $0.baseAddress!, $0.count, range.lowerBound, range.upperBound, continues)
    }
  }

  // MARK: Occurrences

  var occurrences: Int { unsafe ck_terms_occurrences(handle) }

  /// Calls `body` with the hash and the spelling of each occurrence of a term from `first` on.
  func forEachOccurrence(from first: Int, _ body: (UInt64, Span<UInt8>) -> Void) {
    let arena = unsafe UnsafeBufferPointer(start: ck_terms_arena(handle), count: used)
    for i in first..<max(first, occurrences) {
      let location = TermLocation(bits: unsafe ck_terms_locations(handle)[i])
      unsafe body(ck_terms_hashes(handle)[i], arena.span.extracting(location.range))
    }
  }

  /// Goes back to where there were `used` bytes of spellings and so many occurrences.
  func rewind(used: Int, occurrences: Int) { unsafe ck_terms_rewind(handle, used, occurrences) }
}

/// Where a term is spelled, and how it is used there.
struct TermLocation {
  /// Start << 32 | quoted << 31 | length << 8 | languages in which it is grammar << 2 | number of words.
  let bits: UInt64

  var range: Range<Int> {
    let start = Int(bits >> 32)
    return start..<start + Int(bits >> 8 & 0x7FFFFF)
  }
  /// Whether it stands, or begins, in a line that quotes somebody.
  var isQuoted: Bool { bits >> 31 & 1 == 1 }
  var words: UInt8 { UInt8(truncatingIfNeeded: bits) & 3 }
}
