internal import Foundation
internal import ThrongFacets

/// The facets of a study as the reader of facets knows them.
enum StudyFacets {
  static let computedNames = ComputedFacets.names

  /// What to ask the reader for; nil for a predicate, which is worked out from others.
  static func request(_ facet: Study.Facet, of study: Study) throws -> FacetRequest? {
    switch facet.kind {
    case .field(let path, let values): FacetRequest(path, isSensitive: facet.isSensitive, order: values)
    case .computed(let name): FacetRequest(name, isSensitive: facet.isSensitive)
    case .rule(let query):
      FacetRequest(RuleFacet(name: facet.name, query: try RuleQuery(query), isSensitive: facet.isSensitive))
    case .taxonomy(let topics):
      FacetRequest(
        TaxonomyFacet(
          name: facet.name, try Taxonomy(topics: topics.map { .init(name: $0.topic, seeds: $0.seeds) }),
          isSensitive: facet.isSensitive))
    case .classifier(let path, let threshold):
      FacetRequest(
        try ClassifierFacet(
          name: facet.name, model: model(at: study.path(path)), abstain: threshold ?? 0,
          isSensitive: facet.isSensitive))
    case .predicate: nil
    }
  }

  /// The file that `throng train` wrote.
  private static func model(at path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw StudyFailure.unreadable(path: path, reason: "there is no such model, or it may not be read")
    }
    return [UInt8](data)
  }

  /// What a numeric facet can be, where its meaning says so.
  static func range(of facet: Study.Facet) -> ClosedRange<Double>? {
    guard case .computed(let name) = facet.kind else { return nil }
    switch name {
    case ".sentiment", ".sentiment-first", ".sentiment-last": return -1...1
    case ".sentiment-change": return -2...2
    default: return nil
    }
  }
}
