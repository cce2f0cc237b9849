internal import ThrongFacets
internal import ThrongPrivacy

/// Matches released clusters to the topics of a taxonomy by their released terms; the last answer is that none fits.
struct TaxonomyMatcher: ClusterMatcher {
  private let taxonomy: Taxonomy

  /// The taxonomy of the first facet that has one; nil where none has.
  init?(_ plan: FacetPlan) {
    guard let facet = plan.requests.lazy.compactMap({ $0.facet as? TaxonomyFacet }).first else { return nil }
    taxonomy = facet.taxonomy
  }

  var names: [String] { taxonomy.topics.map(\.name) + [TaxonomyFacet.noneTitle] }

  func match(_ clusters: [Release.Cluster]) -> [Int] {
    clusters.map { taxonomy.topic(of: $0.terms) ?? taxonomy.topics.count }
  }
}
