/// What the shipped facets can be set to.
package struct FacetSettings: Sendable, Equatable {
  /// Seconds east of Greenwich of the clock that days, hours and weeks are told by.
  package var utcOffset = 0
  /// Seconds without a conversation after which a user's next one begins a new session.
  package var sessionGap = 1800

  package init() {}
}

/// The facets that need nothing but their name.
package enum ComputedFacets {
  /// In the order of help.
  package static func all(_ settings: FacetSettings = FacetSettings()) -> [any Facet] {
    [TurnsFacet(), AnswersFacet(), LengthFacet(), LanguageFacet()]
      + PeriodFacet.Period.allCases.map { PeriodFacet($0, utcOffset: settings.utcOffset) }
      + [SessionFacet(gap: settings.sessionGap), SessionPositionFacet(gap: settings.sessionGap), CopyFacet()]
      + [SentimentFacet.mean, SentimentFacet.opening, SentimentFacet.closing, SentimentChangeFacet()]
      + [PushbackFacet(), PushbackReasonFacet(), ActCountFacet.retries, ActCountFacet.frustration]
  }

  package static let names: [String] = all().map(\.name)

  package static func named(_ name: String, _ settings: FacetSettings = FacetSettings()) -> (any Facet)? {
    all(settings).first { $0.name == name }
  }
}

/// A number cut into ranges.
struct Buckets: Sendable {
  /// The least number of each bucket, ascending; the first is the least there is.
  let starts: [Int]

  /// The bucket of a number that is not below the first start. O(buckets).
  func bucket(of number: Int) -> Int32 { Int32(starts.lastIndex { $0 <= number } ?? 0) }

  /// `3`, `4 to 5`, `21 or more`.
  func title(of level: Int32) -> String {
    let start = starts[Int(level)]
    guard Int(level) + 1 < starts.count else { return "\(start) or more" }
    let end = starts[Int(level) + 1] - 1
    return start == end ? "\(start)" : "\(start) to \(end)"
  }
}
