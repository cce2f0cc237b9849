internal import ThrongClassifier
internal import ThrongCore
package import ThrongFacets
internal import ThrongIngest
internal import ThrongText

/// The class that a trained classifier gives a conversation, counted like every other facet.
///
/// The words are redacted and hashed with the model's own key, apart from those that shape topics.
package struct ClassifierFacet: TextFacet {
  package let name: String
  package let isSensitive: Bool
  package let kind = FacetKind.category
  package var summary: String { "class that the classifier gives, or none" }
  private let applied: AppliedClassifier
  /// The least chance of the likeliest class that is an answer.
  private let abstain: Double
  /// What a conversation is counted as whose likeliest class is less likely than that.
  package static let unsureTitle = "unsure"

  /// - Throws: `ClassifierFailure` where the bytes are no model.
  package init(name: String, model bytes: [UInt8], abstain: Double, isSensitive: Bool = false) throws {
    self.name = name
    self.isSensitive = isSensitive
    self.abstain = abstain
    applied = try ClassifierModel(decoding: bytes).applied
  }

  package func makeReader() throws -> any TextFacetReader {
    try ClassifierReader(applied, abstain: abstain)
  }

  package func title(of level: Int32) -> String {
    Int(level) < applied.model.classes.count ? applied.model.classes[Int(level)] : Self.unsureTitle
  }
}

private struct ClassifierReader: TextFacetReader {
  private let applied: AppliedClassifier
  private let abstain: Double
  private let sides: Set<Side>
  private let analyzer: TextAnalyzer
  private let workers = Workers(threads: 1)
  /// Whether a side that counts has said something.
  private var heard = false

  init(_ applied: AppliedClassifier, abstain: Double) throws {
    self.applied = applied
    self.abstain = abstain
    sides = Set(applied.model.roles.map(Side.init))
    analyzer = try TextAnalyzer(settings: applied.model.text, secret: applied.model.secret)
  }

  mutating func read(_ text: Span<UInt8>, words: Span<Word>, side: Side) throws {
    guard sides.contains(side) else { return }
    if !heard { analyzer.begin() }
    heard = true
    try analyzer.append(text)
  }

  mutating func finish() throws -> FacetValue {
    guard heard else { return .none }
    heard = false
    try analyzer.endDocument()
    var features = Features()
    try features.append(analyzer.finish())
    let answer = try applied.chances(of: features, workers: workers).likeliest(row: 0)
    return FacetValue(
      level: Double(answer.chance) >= abstain ? Int32(answer.label) : Int32(applied.model.classes.count))
  }
}
