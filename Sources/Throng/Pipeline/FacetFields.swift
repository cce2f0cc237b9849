internal import ThrongFacets
package import ThrongIngest
internal import ThrongText

extension Side {
  /// The side that a role of a log speaks for.
  init(_ role: Role) {
    self =
      switch role {
      case .human: .human
      case .assistant: .assistant
      case .system, .tool: .other
      }
  }
}

extension Detection {
  /// Least share of the sniffed records that must have a field before its name is said: some tools use ids of people for
  /// keys.
  private static let leastShare = 0.05

  /// Fields that could be facets, the most frequent first. Names only, and none that is or holds an identity.
  package var facetFields: [String] {
    var values = FieldValues()
    return extras.filter { extra in
      guard Double(extra.scalars) >= Self.leastShare * Double(records), extra.scalars > 0,
        FacetRequest.isPlain(extra.name)
      else { return false }
      let name = Array(extra.name.utf8)
      return (try? values.judge(name.span)) == .usable(name)
    }.map(\.name)
  }
}
