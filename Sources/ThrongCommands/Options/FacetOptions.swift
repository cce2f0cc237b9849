internal import Foundation
internal import Throng
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

/// A rule that is counted as a facet.
package struct FacetRule: Sendable, Equatable {
  package let name: String
  /// As `RuleQuery` reads it.
  package let query: String

  package init(_ name: String, _ query: String) {
    self.name = name
    self.query = query
  }
}

/// A trained classifier that is counted as a facet.
package struct FacetClassifier: Sendable, Equatable {
  package let name: String
  /// The file of its model.
  package let path: String
  /// The least chance of the likeliest class that is an answer.
  package let abstain: Double

  package init(_ name: String, _ path: String, abstain: Double) {
    self.name = name
    self.path = path
    self.abstain = abstain
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
  package var rules: [FacetRule] = []
  package var classifiers: [FacetClassifier] = []
  /// A file of topics and their seed words.
  package var taxonomyFile: String?
  /// Minutes east of Greenwich of the clock that days and hours are told by.
  package var utcOffset = 0
  /// Minutes after which a user's next conversation begins a new session.
  package var sessionGap = 30
  /// Whether to count ``standard`` too.
  package var addsStandard = true

  /// Counted unless they are not wanted: the report says by them how what is withheld differs from what is not.
  package static let standard = [".turns", ".length", ".language"]

  package init() {}

  /// Whether a facet is asked for whose values would hurt a person, by the operator's word or by ours.
  package var holdsSensitive: Bool {
    !sensitive.isEmpty || facets.contains { ComputedFacets.named($0)?.isSensitive ?? false }
  }

  static let flags: [Flag<FacetOptions>] = [
    .list(
      "facet", "FIELD", to: \.facets, facet,
      "Count the values of this field in every topic; metadata.plan is plan in metadata. Or compute one: "
        + ComputedFacets.all().map { "\($0.name) (\($0.summary))" }.joined(separator: ", ") + "."),
    .list(
      "sensitive", "FIELD", to: \.sensitive, facet,
      "Count a field that would hurt a person if it were known, such as a diagnosis: like --facet, and only where "
        + "values are mixed enough."),
    .list(
      "order", "FIELD=LIST", to: \.orders, order,
      "The values of a facet in ascending order, such as level=low,mid,high; others are not counted."),
    .list(
      "cross", "FIELD,FIELD", to: \.crosses, cross, "Count two facets together, too, such as plan,language."),
    .list(
      "rule", "NAME=QUERY", to: \.rules, rule,
      "Count the conversations of which a rule holds, such as denied=(loan OR credit) NEAR/5 denied AND NOT student; "
        + "human:word and assistant:word ask one side, refund* is a beginning, \"late fee\" a phrase."),
    .list(
      "classifier", "NAME=FILE[@CHANCE]", to: \.classifiers, classifier,
      "Count the classes that a model of throng train gives, such as kind=kind.model@0.7; below that chance (0.5) a "
        + "conversation is counted as \(ClassifierFacet.unsureTitle)."),
    .value(
      "taxonomy", "FILE", to: \.taxonomyFile, ValueParser.file().unlessGiven(nil),
      "Count the topics of this list, each with seed words, as the facet \(taxonomyName): a JSON5 file with "
        + "{ topics: [ { name: \"…\", seeds: [\"…\"] } ] }. Conversations that fit none are counted as that."),
    .value(
      "utc-offset", "±HH:MM", to: \.utcOffset, offset,
      "The clock of .day, .hour and the like, east of Greenwich."),
    .value(
      "session-gap", "MINUTES", to: \.sessionGap, .whole(1...100_000),
      "Minutes after which a user's next conversation begins a new session."),
    .toggle(
      "only-named-facets", sets: \.addsStandard, to: false,
      "Count no other facets; else \(standard.joined(separator: ", ")) are counted too, by which the report says how "
        + "what is withheld differs."),
  ]

  private static let facet = ValueParser.text(
    "the name of a field", hint: .choices(ComputedFacets.names))

  private static let order = ValueParser<FacetOrder>(
    expected: "a facet and its values in ascending order, such as level=low,mid,high"
  ) { text in
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
    let values = text[text.index(after: sign)...].split(separator: ",", omittingEmptySubsequences: false)
    return values.count < 2 ? nil : FacetOrder(String(text[..<sign]), values.map(String.init))
  } describe: { _ in
    nil
  }

  package static let taxonomyName = ".taxonomy"

  private static let rule = ValueParser<FacetRule>(
    expected: "a name and a rule, such as denied=loan NEAR/5 denied"
  ) { text in
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
    return FacetRule(String(text[..<sign]), String(text[text.index(after: sign)...]))
  } describe: { _ in
    nil
  }

  private static let classifier = ValueParser<FacetClassifier>(
    expected: "a name, a file and perhaps a chance from 0 to 1, such as kind=kind.model@0.7"
  ) { text in
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
    var path = text[text.index(after: sign)...]
    var abstain = 0.5
    if let at = path.lastIndex(of: "@"), let chance = Double(path[path.index(after: at)...]) {
      guard (0...1).contains(chance) else { return nil }
      (path, abstain) = (path[..<at], chance)
    }
    return path.isEmpty ? nil : FacetClassifier(String(text[..<sign]), String(path), abstain: abstain)
  } describe: { _ in
    nil
  }

  private static let offset = ValueParser<Int>(
    expected: "a time east of Greenwich from -14:00 to +14:00, such as +05:30 or -08:00"
  ) { text in
    let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard let sign = text.first, sign == "+" || sign == "-", parts.count == 2,
      parts.allSatisfy({ $0.count == 2 && $0.allSatisfy { ("0"..."9").contains($0) } }),
      let hours = Int(parts[0]), let minutes = Int(parts[1]), minutes < 60, 60 * hours + minutes <= 840
    else { return nil }
    return (sign == "-" ? -1 : 1) * (60 * hours + minutes)
  } describe: { minutes in
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(minutes < 0 ? "-" : "+")\(two(abs(minutes) / 60)):\(two(abs(minutes) % 60))"
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
  /// - Throws: `FacetFailure`, `RuleFailure`, `TaxonomyFailure`, exit 2; `ClassifierFailure`, exit 3.
  package func plan() throws -> FacetPlan {
    var requests = facets.map { FacetRequest($0) }
    for rule in rules {
      // Names with a dot are Throng's own.
      if rule.name.hasPrefix(".") { throw FacetFailure.badName(rule.name) }
      requests.append(FacetRequest(RuleFacet(name: rule.name, query: try RuleQuery(rule.query))))
    }
    for classifier in classifiers {
      if classifier.name.hasPrefix(".") { throw FacetFailure.badName(classifier.name) }
      requests.append(FacetRequest(try classifier.facet()))
    }
    if let taxonomyFile {
      let taxonomy = try Taxonomy(file: taxonomyFile)
      requests.append(FacetRequest(TaxonomyFacet(name: Self.taxonomyName, taxonomy)))
    }
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
    var settings = FacetSettings()
    settings.utcOffset = 60 * utcOffset
    settings.sessionGap = 60 * sessionGap
    return try FacetPlan(requests, crosses: crosses.map { ($0.first, $0.second) }, settings: settings)
  }

  /// What the facets depend on, for the key of a stage: every option here, and what is in the files that they name.
  var identity: [[UInt8]] {
    let files = classifiers.map(\.path) + (taxonomyFile.map { [$0] } ?? [])
    return [Array("\(self)".utf8)]
      + files.map { Digest.sha256([UInt8](FileManager.default.contents(atPath: $0) ?? Data())) }
  }

  /// What is wrong with the facets, as far as the command line alone can tell.
  func conflict(_ given: GivenFlags) -> UsageFailure.Reason? {
    if !holdsSensitive, let flag = ["l-diversity", "t-closeness"].first(where: given.contains) {
      return .conflict("--\(flag) is about sensitive facets; name one with --sensitive FIELD")
    }
    if facets.isEmpty, sensitive.isEmpty, rules.isEmpty, classifiers.isEmpty, taxonomyFile == nil,
      !addsStandard,
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
          Suggestion.closest(
            to: name, among: facets + sensitive + rules.map(\.name) + classifiers.map(\.name) + Self.standard)
        case .unknownComputed(let name, let known): Suggestion.closest(to: name, among: known)
        default: nil as String?
        }
      return .conflict(failure.message + (meant.map { "; did you mean \($0)?" } ?? ""))
    } catch let failure as any ThrongFailure where failure is RuleFailure || failure is TaxonomyFailure {
      return .conflict(failure.message)
    } catch {
      // Not about the command line; whoever carries it out meets it again.
      return nil
    }
  }
}

extension FacetClassifier {
  /// - Throws: `EngineFailure` where the file cannot be read, `ClassifierFailure` where it is no model.
  func facet() throws -> ClassifierFacet {
    try ClassifierFacet(name: name, model: EngineFailure.model(at: path), abstain: abstain)
  }
}
