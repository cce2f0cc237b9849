internal import Foundation
internal import ThrongClassifier
internal import ThrongCore
internal import ThrongFacets
internal import ThrongLinearAlgebra
internal import ThrongText

/// The class that a trained classifier gives a conversation, as a facet of a study; no value where it abstains.
///
/// Its words are hashed with the model's own key, in one pass beside the others: nothing of them is kept.
struct ClassifierFacet: TextFacet {
  let name: String
  let isSensitive: Bool
  var summary: String { "class of a trained classifier" }
  let kind = FacetKind.category
  private let classifier: AppliedClassifier
  private let threshold: Float
  private let sides: Set<Side>

  /// - Parameters:
  ///   - path: the file that `throng train` wrote.
  ///   - threshold: chance of the likeliest class below which it abstains.
  /// - Throws: `ClassifierFailure` for a file that is no model; ``StudyFailure`` for none.
  init(name: String, path: String, threshold: Double, isSensitive: Bool) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw StudyFailure.unreadable(path: path, reason: "there is no such model, or it may not be read")
    }
    self.name = name
    self.isSensitive = isSensitive
    self.threshold = Float(threshold)
    classifier = try ClassifierModel(decoding: [UInt8](data)).applied
    sides = Set(
      classifier.model.settings.roles.map {
        $0 == "human" ? Side.human : $0 == "assistant" ? .assistant : .other
      })
  }

  func title(of level: Int32) -> String { classifier.model.classes[Int(level)] }

  func makeReader() throws -> any TextFacetReader {
    Reader(
      classifier: classifier, threshold: threshold, sides: sides,
      analyzer: try TextAnalyzer(settings: classifier.model.text, secret: classifier.model.secret))
  }

  private struct Reader: TextFacetReader {
    let classifier: AppliedClassifier
    let threshold: Float
    let sides: Set<Side>
    let analyzer: TextAnalyzer
    var isOpen = false

    mutating func read(_ text: Span<UInt8>, words: Span<Word>, side: Side) throws {
      guard sides.contains(side) else { return }
      if !isOpen { analyzer.begin() }
      isOpen = true
      try analyzer.append(text)
    }

    mutating func finish() -> FacetValue {
      guard isOpen else { return .none }
      isOpen = false
      analyzer.endDocument()
      var features = Features()
      features.append(analyzer.finish())
      guard let chances = try? classifier.chances(of: features, workers: Workers(threads: 1)) else {
        return .none
      }
      // Of two classes only the second's chance is kept.
      let own = (0..<chances.columns).map { chances[0, $0] }
      let all = own.count == 1 ? [1 - own[0], own[0]] : own
      guard let best = all.indices.max(by: { all[$0] < all[$1] }), all[best] >= threshold else {
        return .none
      }
      return FacetValue(level: Int32(best), number: all[best])
    }
  }
}
