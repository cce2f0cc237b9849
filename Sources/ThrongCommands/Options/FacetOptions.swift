internal import ThrongCore
package import ThrongFacets

/// Two facets that are counted together.
package struct FacetCross: Sendable, Equatable {
  package let first: String
  package let second: String

  package init(_ first: String, _ second: String) {
    self.first = first
    self.second = second
  }
}

/// The order of a facet's values.
package struct FacetOrder: Sendable, Equatable {
  package let name: String
  /// Ascending.
  package let values: [String]

  package init(_ name: String, _ values: [String]) {
    self.name = name
    self.values = values
  }
}

/// What is counted in every topic, besides users and conversations.
package struct FacetOptions: Sendable, Equatable {
  /// Fields, or computed facets, which begin with a dot.
  package var facets: [String] = []
  /// More of them, whose values would hurt a person.
  package var sensitive: [String] = []
  package var orders: [FacetOrder] = []
  package var crosses: [FacetCross] = []
  /// Whether to count ``standard`` too.
  package var addsStandard = true

  /// Counted unless they are not wanted: the report says by them how what is withheld differs from what is not.
  package static let standard = [".turns", ".length", ".language"]

  package init() {}

  static let flags: [Flag<FacetOptions>] = [
    .list(
      "facet", "FIELD", to: \.facets, .text("the name of a field"),
      "Count the values of this field in every topic; metadata.plan is plan in metadata. Or compute one: "
        + ComputedFacets.all().map { "\($0.name) (\($0.summary))" }.joined(separator: ", ") + "."),
    .list(
      "sensitive", "FIELD", to: \.sensitive, .text("the name of a field"),
      "Count a field that would hurt a person if it were known, such as a diagnosis: like --facet, and only where "
        + "values are mixed enough."),
    .list(
      "order", "FIELD=LIST", to: \.orders, order,
      "The values of a facet in ascending order, such as level=low,mid,high; others are not counted."),
    .list(
      "cross", "FIELD,FIELD", to: \.crosses, cross, "Count two facets together, too, such as plan,language."),
    .toggle(
      "only-named-facets", sets: \.addsStandard, to: false,
      "Count no other facets; else \(standard.joined(separator: ", ")) are counted too, by which the report says how "
        + "what is withheld differs."),
  ]

  private static let order = ValueParser<FacetOrder>(
    expected: "a facet and its values in ascending order, such as level=low,mid,high"
  ) { text in
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
    let values = text[text.index(after: sign)...].split(separator: ",", omittingEmptySubsequences: false)
    return values.count < 2 ? nil : FacetOrder(String(text[..<sign]), values.map(String.init))
  } describe: { _ in
    nil
  }

  private static let cross = ValueParser<FacetCross>(
    expected: "two facets joined by a comma, such as plan,language"
  ) { text in
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return parts.count == 2 && !parts.contains("") ? FacetCross(parts[0], parts[1]) : nil
  } describe: { _ in
    nil
  }

  /// The same for the pipeline.
  ///
  /// - Throws: `FacetFailure`, exit 2.
  package func plan() throws -> FacetPlan {
    var requests = facets.map { FacetRequest($0) }
    for name in sensitive {
      // Naming a facet twice is a slip, except that --sensitive may say more of one that --facet names.
      if let at = requests.firstIndex(where: { $0.name == name && !$0.isSensitive }) {
        requests[at].isSensitive = true
      } else {
        requests.append(FacetRequest(name, isSensitive: true))
      }
    }
    if addsStandard {
      for name in Self.standard where !requests.contains(where: { $0.name == name }) {
        requests.append(FacetRequest(name))
      }
    }
    for order in orders {
      guard let at = requests.firstIndex(where: { $0.name == order.name }) else {
        throw FacetFailure.unknownFacet(flag: "--order", name: order.name)
      }
      if requests[at].order != nil { throw FacetFailure.orderedTwice(order.name) }
      requests[at].order = order.values
    }
    return try FacetPlan(requests, crosses: crosses.map { ($0.first, $0.second) })
  }

  /// What is wrong with the facets, as far as the command line alone can tell.
  func conflict(_ given: GivenFlags) -> UsageFailure.Reason? {
    if sensitive.isEmpty, let flag = ["l-diversity", "t-closeness"].first(where: given.contains) {
      return .conflict("--\(flag) is about sensitive facets; name one with --sensitive FIELD")
    }
    if facets.isEmpty, sensitive.isEmpty, !addsStandard,
      let flag = ["min-facet-users", "min-facet-conversations"].first(where: given.contains)
    {
      return .conflict("--\(flag) is about facets; name one with --facet FIELD")
    }
    do {
      _ = try plan()
      return nil
    } catch let failure as FacetFailure {
      let meant =
        switch failure {
        case .unknownFacet(_, let name):
          Suggestion.closest(to: name, among: facets + sensitive + Self.standard)
        case .unknownComputed(let name, let known): Suggestion.closest(to: name, among: known)
        default: nil as String?
        }
      return .conflict(failure.message + (meant.map { "; did you mean \($0)?" } ?? ""))
    } catch {
      // Not about the command line; whoever carries it out meets it again.
      return nil
    }
  }
}
