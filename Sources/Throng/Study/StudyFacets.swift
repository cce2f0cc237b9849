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
          name: facet.name, path: study.path(path), threshold: threshold ?? 0, isSensitive: facet.isSensitive)
      )
    case .predicate: nil
    }
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
