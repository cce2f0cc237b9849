internal import Foundation
internal import ThrongCore

/// A study as its file states it: checked against ``StudyShape``, with every name in it looked up.
package struct Study: Sendable {
  /// True or false of a conversation, by its facets.
  indirect enum Predicate: Sendable {
    enum Test: Sendable {
      /// A flag is set.
      case isSet
      case isAmong([Scalar])
      case number(ClosedRange<Double>)
      case above(Double)
      case below(Double)
      case isKnown(Bool)
    }

    /// A facet by its position in ``Study/facets``, and where the file says so.
    case test(Int, Test)
    case all([Predicate])
    case any([Predicate])
    case not(Predicate)
  }

  enum Scalar: Sendable, Equatable {
    case text(String)
    case number(Double)
    case flag(Bool)
  }

  package struct Facet: Sendable {
    enum Kind: Sendable {
      case field(String, values: [String])
      case computed(String)
      case rule(String)
      case taxonomy([(topic: String, seeds: [String])])
      case classifier(path: String, threshold: Double?)
      case predicate(Predicate)
    }

    package let name: String
    let kind: Kind
    let isSensitive: Bool
    let place: StudyNode.Place
  }

  package struct Step: Sendable {
    package let name: String
    let keeps: Bool
    let predicate: Predicate
  }

  package struct Segment: Sendable {
    package let name: String
    let predicate: Predicate
    package let isClustered: Bool
  }

  struct Statistic: Sendable {
    enum Kind: Sendable {
      case level
      case difference(first: Int, second: Int, value: String?)
      case trend(unit: String)
    }

    let name: String
    let kind: Kind
    let facet: Int
    /// Numbers of segments; 0 is everything.
    let segments: [Int]
    let condition: Predicate?
    let range: ClosedRange<Double>?
    let place: StudyNode.Place
  }

  package struct Lane: Sendable {
    package let name: String
    let predicate: Predicate
    package let about: String?
  }

  /// ``ScreenTrace`` numbers steps with a byte.
  private static let maximumSteps = 255

  package let name: String
  package let facets: [Facet]
  package private(set) var steps: [Step]
  package private(set) var segments: [Segment]
  private(set) var statistics: [Statistic]
  package private(set) var lanes: [Lane]
  /// Positions in ``facets`` that are counted in every topic.
  private(set) var counted: [Int]
  /// Whether the release is of one segment: topics and nothing else, since figures of the whole are told already.
  package private(set) var isOfSegment = false
  /// Words that no label may have.
  package let neverShown: [String]
  package let resamples: Int
  /// The folder of the file, which relative paths start from.
  package let folder: String
  /// The SHA-256 of the file.
  package let digest: [UInt8]
  /// The whole file, for the settings that are flags elsewhere.
  package let root: StudyNode

  /// Reads a study.
  ///
  /// - Throws: ``StudyFailure``, exit 2.
  package init(path: String) throws(StudyFailure) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(path: path, reason: "there is no such file, or it may not be read")
    }
    try self.init(bytes: [UInt8](data), folder: URL(fileURLWithPath: path).deletingLastPathComponent().path)
  }

  /// - Parameter folder: where relative paths start.
  package init(bytes: [UInt8], folder: String) throws(StudyFailure) {
    let root = try JSON5.parse(bytes)
    try StudyShape.study.check(root, as: "the study")
    var reader = StudyReader(root)
    self.root = root
    digest = Digest.sha256(bytes)
    self.folder = folder
    name = root["name"]!.text!
    guard StudyShape.isName(name) else {
      throw root["name"]!.mistake(
        "the name of a study has at most 60 small letters, digits, '-' and '_', a letter first")
    }
    facets = try reader.facets()
    steps = try (root["screen"]?.list ?? []).map { node throws(StudyFailure) in
      Step(
        name: node["name"]!.text!, keeps: node["keep"] != nil,
        predicate: try reader.predicate(node["keep"] ?? node["drop"]!))
    }
    if steps.count > Self.maximumSteps {
      throw root["screen"]!.mistake("a screen has at most \(Self.maximumSteps) steps")
    }
    var names: Set<String> = ["read", "kept"]
    for (step, node) in zip(steps, root["screen"]?.list ?? []) where !names.insert(step.name).inserted {
      throw node["name"]!.mistake("a step '\(step.name)' is there already")
    }
    segments = try (root["segments"]?.members ?? []).map { member throws(StudyFailure) in
      if member.name == "all" {
        throw .mistake("'all' is everything that is kept; give the segment another name", at: member.place)
      }
      return Segment(
        name: member.name, predicate: try reader.predicate(member.value["where"]!),
        isClustered: member.value["cluster"]?.boolean ?? false)
    }
    statistics = try reader.statistics(segments: segments.map(\.name))
    lanes = try (root["review"]?.members ?? []).map { member throws(StudyFailure) in
      Lane(
        name: member.name, predicate: try reader.predicate(member.value["where"]!),
        about: member.value["about"]?.text)
    }
    counted = try (root["count"]?.list ?? []).map { node throws(StudyFailure) in try reader.facet(node) }
    neverShown = root["redaction"]?["never_show"]?.strings ?? []
    resamples = Int(root["outputs"]?["resamples"]?.number ?? 1000)
  }

  /// The study whose screen keeps one segment, without what others before it hold, and which asks for topics alone.
  package func clustering(_ segment: Segment, after others: ArraySlice<Segment>) -> Study {
    var study = self
    study.steps.append(Step(name: segment.name, keeps: true, predicate: segment.predicate))
    for other in others {
      study.steps.append(Step(name: "not \(other.name)", keeps: false, predicate: other.predicate))
    }
    (study.segments, study.statistics, study.lanes, study.counted) = ([], [], [], [])
    study.isOfSegment = true
    return study
  }

  /// The JSON Schema of study files.
  package static var schema: String { StudyShape.schema() }

  /// A path of the file, from the folder of the file.
  package func path(_ path: String) -> String {
    path == "-" || path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }

  /// Where a statistic stands, for what only the data show to be wrong with it.
  func mistake(in statistic: Statistic, _ text: String) -> StudyFailure {
    .mistake(text, at: statistic.place)
  }
}

/// Looks up the names of a study. Facets that Throng computes need not be declared: `.turns` is one wherever it is named.
struct StudyReader {
  private let root: StudyNode
  private var found: [Study.Facet] = []
  private var positions: [String: Int] = [:]
  /// Facets whose predicates are being read: one that needs itself is a mistake.
  private var open: [String] = []

  init(_ root: StudyNode) { self.root = root }

  /// Facets in an order in which each comes after those it is made of. More may be added by ``facet(_:)``, so ask for
  /// them last; see ``all``.
  mutating func facets() throws(StudyFailure) -> [Study.Facet] {
    for member in root["facets"]?.members ?? [] where positions[member.name] == nil { try declare(member) }
    // Predicates elsewhere may name computed facets that no facet names: they are looked up here, so that the list is whole.
    for step in root["screen"]?.list ?? [] { _ = try predicate(step["keep"] ?? step["drop"]!) }
    for part in ["segments", "review"] {
      for member in root[part]?.members ?? [] { _ = try predicate(member.value["where"]!) }
    }
    for node in root["statistics"]?.list ?? [] {
      _ = try facet(Self.head(node))
      if let condition = node["where"] { _ = try predicate(condition) }
      if let unit = node["by"]?.text { _ = try computed(".\(unit)", at: node["by"]!.place) }
    }
    for node in root["count"]?.list ?? [] { _ = try facet(node) }
    return found
  }

  static func head(_ node: StudyNode) -> StudyNode {
    node["share"] ?? node["mean"] ?? node["difference"] ?? node["trend"]!
  }

  private mutating func declare(_ member: StudyNode.Member) throws(StudyFailure) {
    if open.contains(member.name) {
      throw .mistake(
        "'\(member.name)' is made of itself: \((open + [member.name]).joined(separator: " → "))",
        at: member.place)
    }
    open.append(member.name)
    let node = member.value
    let kind: Study.Facet.Kind
    if let field = node["field"]?.text {
      kind = .field(field, values: node["values"]!.strings)
    } else if let name = node["computed"] {
      kind = .computed(try Self.known(name.text!, at: name.place))
    } else if let rule = node["rule"]?.text {
      kind = .rule(rule)
    } else if let taxonomy = node["taxonomy"] {
      kind = .taxonomy(taxonomy.members.map { ($0.name, $0.value.strings) })
    } else if let classifier = node["classifier"]?.text {
      kind = .classifier(path: classifier, threshold: node["threshold"]?.number)
    } else {
      kind = .predicate(try predicate(node["where"]!))
    }
    positions[member.name] = found.count
    found.append(
      Study.Facet(
        name: member.name, kind: kind, isSensitive: node["sensitive"]?.boolean ?? false, place: node.place))
    open.removeLast()
  }

  /// The position of the facet called so.
  mutating func facet(_ node: StudyNode) throws(StudyFailure) -> Int {
    let name = node.text!
    if let at = positions[name] { return at }
    if name.hasPrefix(".") { return try computed(name, at: node.place) }
    guard let member = root["facets"]?.members.first(where: { $0.name == name }) else {
      let names = (root["facets"]?.members ?? []).map(\.name) + StudyFacets.computedNames
      throw StudyShape.unknown(name, among: names, is: "a facet of this study", at: node.place)
    }
    try declare(member)
    return positions[name]!
  }

  private mutating func computed(_ name: String, at place: StudyNode.Place) throws(StudyFailure) -> Int {
    if let at = positions[name] { return at }
    _ = try Self.known(name, at: place)
    positions[name] = found.count
    found.append(Study.Facet(name: name, kind: .computed(name), isSensitive: false, place: place))
    return found.count - 1
  }

  private static func known(_ name: String, at place: StudyNode.Place) throws(StudyFailure) -> String {
    if StudyFacets.computedNames.contains(name) { return name }
    throw StudyShape.unknown(name, among: StudyFacets.computedNames, is: "a computed facet", at: place)
  }

  mutating func predicate(_ node: StudyNode) throws(StudyFailure) -> Study.Predicate {
    if node.text != nil { return .test(try facet(node), .isSet) }
    for (key, make) in [("all", Study.Predicate.all), ("any", Study.Predicate.any)] {
      guard let list = node[key]?.list else { continue }
      var parts: [Study.Predicate] = []
      for part in list { parts.append(try predicate(part)) }
      return make(parts)
    }
    if let part = node["not"] { return .not(try predicate(part)) }
    let at = try facet(node["facet"]!)
    var tests: [Study.Predicate] = []
    func scalar(_ node: StudyNode) -> Study.Scalar {
      node.text.map { .text($0) } ?? node.boolean.map { .flag($0) } ?? .number(node.number!)
    }
    if let value = node["is"] { tests.append(.test(at, .isAmong([scalar(value)]))) }
    if let values = node["in"]?.list { tests.append(.test(at, .isAmong(values.map(scalar)))) }
    let least = node["at_least"]?.number, most = node["at_most"]?.number
    if least != nil || most != nil {
      guard least ?? -1e300 <= most ?? 1e300 else { throw node.mistake("'at_least' is more than 'at_most'") }
      tests.append(.test(at, .number((least ?? -1e300)...(most ?? 1e300))))
    }
    if let bound = node["above"]?.number { tests.append(.test(at, .above(bound))) }
    if let bound = node["below"]?.number { tests.append(.test(at, .below(bound))) }
    if let isKnown = node["known"]?.boolean { tests.append(.test(at, .isKnown(isKnown))) }
    if tests.isEmpty { return .test(at, .isSet) }
    return tests.count == 1 ? tests[0] : .all(tests)
  }

  mutating func statistics(segments: [String]) throws(StudyFailure) -> [Study.Statistic] {
    let known = ["all"] + segments
    func segment(_ node: StudyNode) throws(StudyFailure) -> Int {
      if let at = known.firstIndex(of: node.text!) { return at }
      throw StudyShape.unknown(node.text!, among: known, is: "a segment", at: node.place)
    }
    var statistics: [Study.Statistic] = []
    var names: Set<String> = []
    for node in root["statistics"]?.list ?? [] {
      let head = Self.head(node)
      let facet = try facet(head)
      let kind: Study.Statistic.Kind
      var asked = Array(known.indices)
      if node["difference"] != nil {
        let between = node["between"]!
        guard between.list.count == 2 else { throw between.mistake("a difference is between two segments") }
        let (first, second) = (try segment(between.list[0]), try segment(between.list[1]))
        if first == second {
          throw between.mistake("a difference is between two segments, not one and itself")
        }
        kind = .difference(first: first, second: second, value: node["value"]?.text)
      } else {
        kind = node["trend"] != nil ? .trend(unit: node["by"]!.text!) : .level
        if let list = node["of"]?.list {
          asked = []
          for node in list {
            let at = try segment(node)
            if !asked.contains(at) { asked.append(at) }
          }
        }
      }
      let name = node["name"]?.text ?? head.text!
      if case .level = kind, !names.insert(name).inserted {
        throw node.mistake("a statistic '\(name)' is there already; give this one a name of its own")
      }
      var range: ClosedRange<Double>?
      if let bounds = node["range"] {
        let ends = bounds.list.compactMap(\.number)
        guard ends.count == 2, bounds.list.count == 2, ends[0] < ends[1] else {
          throw bounds.mistake("a range is two numbers, the smaller first")
        }
        range = ends[0]...ends[1]
      }
      statistics.append(
        Study.Statistic(
          name: name, kind: kind, facet: facet, segments: asked,
          condition: try node["where"].map { node throws(StudyFailure) in try predicate(node) }, range: range,
          place: node.place))
    }
    return statistics
  }
}
