/// What stands before bytes that nobody vouches for, each as one function that takes any bytes and must come back.
///
/// A target fails by a trap, a memory error, a broken `precondition` of its own, or by taking too long. libFuzzer drives it
/// (`make fuzz`), and so does ``Mutator`` in the tests. To add one: a case, a file with its function, and a folder of hard
/// inputs under `Tests/Fuzz/corpus`.
package enum FuzzTarget: String, CaseIterable, Sendable, Codable {
  /// Logs: every format and container, through `ConversationReader`.
  case logs
  /// Words: `TextAnalyzer` with its shortcuts and without.
  case terms
  /// Personal data: `Redactor` with its filters and without.
  case redactor
  /// Study files, up to the point at which the log would be opened.
  case study
  /// Rules and computed facets over a conversation.
  case facets
  case taxonomy
  /// Model files of `throng train`.
  case classifier
  /// Bundles that `throng audit` is given.
  case bundle

  /// Reads `input` as the target does.
  package func run(_ input: [UInt8]) {
    switch self {
    case .logs: readLog(input)
    case .terms: countTerms(input)
    case .redactor: redact(input)
    case .study: readStudy(input)
    case .facets: readFacets(input)
    case .taxonomy: readTaxonomy(input)
    case .classifier: readClassifier(input)
    case .bundle: auditBundle(input)
    }
  }

  /// Pieces that inputs of the target are made of, for mutations.
  package var words: [String] {
    switch self {
    case .logs: LogWords.all
    case .terms, .redactor: TextWords.all
    case .study: StudyWords.all
    case .facets:
      ["AND", "OR", "NOT", "NEAR/5", "human:", "assistant:", "(", ")", "\"", "*", "\n"] + TextWords.all
    case .taxonomy:
      ["{topics:[{name:\"a\",seeds:[\"b*\"]}]}", "name", "seeds", "threshold", "[", "]", "{", "}", "*"]
    case .classifier:
      ["\"columns\":", "\"confusion\":[", "\"classes\":[", "\"key\":\"", "\u{0}\u{0}", "1e999"]
    case .bundle: BundleWords.all
    }
  }
}

/// The first byte of many inputs chooses; letters, so that inputs can be written by hand.
func choice(_ byte: UInt8?, of count: Int) -> Int { Int((byte ?? 0x61) &- 0x61) % count }
