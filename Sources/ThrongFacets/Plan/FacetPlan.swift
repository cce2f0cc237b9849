internal import ThrongText

/// A property that the operator wants counted.
package struct FacetRequest: Sendable, Equatable {
  /// A longer name is no name.
  package static let maximumNameBytes = 100

  /// A field's path, or the name of a computed facet.
  package var name: String
  /// Whether to know the value of a person would hurt that person.
  package var isSensitive: Bool
  /// The values in ascending order; nil for values without one.
  package var order: [String]?
  /// A facet with settings of its own, such as a rule; nil: one of ``ComputedFacets`` or a field, by its name.
  package var facet: (any Facet)?

  package init(_ name: String, isSensitive: Bool = false, order: [String]? = nil) {
    self.name = name
    self.isSensitive = isSensitive
    self.order = order
  }

  /// Facets are compared by their names, of which a plan has each once.
  package static func == (a: Self, b: Self) -> Bool {
    (a.name, a.isSensitive, a.order) == (b.name, b.isSensitive, b.order)
  }

  /// A facet that is given rather than named.
  package init(_ facet: any Facet, isSensitive: Bool = false) {
    self.init(facet.name, isSensitive: isSensitive)
    self.facet = facet
  }

  /// Whether a facet can be called that.
  package static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= maximumNameBytes && !name.contains(" * ")
      && name.utf8.allSatisfy {
        $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "=")
      }
  }
}

/// The facets of a run, checked.
package struct FacetPlan: Sendable {
  /// Where a facet's values come from.
  enum Source: Sendable {
    /// Position in ``FacetPlan/fields``, and the values that count in their order; nil: all, without order.
    case field(Int, order: [[UInt8]]?)
    case computed(any ComputedFacet)
    case text(any TextFacet)
    case corpus(any CorpusFacet)

    /// Throws ``FacetFailure/unreadable(_:)`` for a facet of none of the three kinds.
    init(_ facet: any Facet) throws {
      switch facet {
      case let facet as any ComputedFacet: self = .computed(facet)
      case let facet as any TextFacet: self = .text(facet)
      case let facet as any CorpusFacet: self = .corpus(facet)
      default: throw FacetFailure.unreadable(facet.name)
      }
    }

    /// What Throng works out itself; nil for a field.
    var facet: (any Facet)? {
      switch self {
      case .field: nil
      case .computed(let facet): facet
      case .text(let facet): facet
      case .corpus(let facet): facet
      }
    }
  }

  package let requests: [FacetRequest]
  let sources: [Source]
  /// Paths that the reader has to keep.
  package let fields: [String]
  /// Pairs of positions in ``requests`` that are counted together.
  package let crosses: [(Int, Int)]
  let redacts: Bool
  /// Facts and corpus facts that the facets ask for.
  package let needs: FactNeeds
  package let corpusNeeds: CorpusNeeds
  /// Whether numbers are kept beside levels: four more bytes for each conversation and facet of kind `number`.
  package var keepsNumbers = false

  /// No facets.
  package static let none = FacetPlan()

  private init() {
    (requests, sources, fields, crosses, redacts, needs, corpusNeeds) = ([], [], [], [], true, [], [])
  }

  /// - Parameters:
  ///   - crosses: pairs of names of facets among `requests`.
  ///   - settings: of the facets that are asked for by name.
  ///   - redacts: false in attack tests only.
  /// - Throws: ``FacetFailure``, exit 2; `TextFailure`.
  package init(
    _ requests: [FacetRequest], crosses: [(String, String)] = [], settings: FacetSettings = FacetSettings(),
    redacts: Bool = true
  ) throws {
    var requests = requests
    var sources: [Source] = []
    var fields: [String] = []
    var positions: [String: Int] = [:]
    var values = FieldValues(redacts: redacts)
    for (at, request) in requests.enumerated() {
      let name = request.name
      guard FacetRequest.isPlain(name) else { throw FacetFailure.badName(name) }
      if positions.updateValue(at, forKey: name) != nil { throw FacetFailure.namedTwice(name) }
      var facet = request.facet
      if facet == nil, name.hasPrefix(".") {
        facet = ComputedFacets.named(name, settings)
        if facet == nil { throw FacetFailure.unknownComputed(name, known: ComputedFacets.names) }
      }
      if let facet {
        if request.order != nil { throw FacetFailure.computedOrder(name) }
        if facet.isSensitive { requests[at].isSensitive = true }
        sources.append(try Source(facet))
      } else {
        let order = try request.order.map { try Self.judged($0, of: name, by: &values) }
        sources.append(.field(fields.count, order: order))
        fields.append(name)
      }
    }
    var pairs: [(Int, Int)] = []
    for (first, second) in crosses {
      guard let a = positions[first] else { throw FacetFailure.unknownFacet(flag: "--cross", name: first) }
      guard let b = positions[second] else { throw FacetFailure.unknownFacet(flag: "--cross", name: second) }
      if a == b || pairs.contains(where: { ($0.0, $0.1) == (min(a, b), max(a, b)) }) {
        throw FacetFailure.badCross("\(first),\(second)")
      }
      pairs.append((min(a, b), max(a, b)))
    }
    needs = sources.reduce(into: []) { if case .computed(let facet) = $1 { $0.formUnion(facet.needs) } }
    corpusNeeds = sources.reduce(into: []) { if case .corpus(let facet) = $1 { $0.formUnion(facet.needs) } }
    self.requests = requests
    self.sources = sources
    self.fields = fields
    self.redacts = redacts
    self.crosses = pairs
  }

  package var isEmpty: Bool { requests.isEmpty }

  /// Whether the values of facet `at` have an order.
  package func isOrdered(_ at: Int) -> Bool {
    switch sources[at] {
    case .field(_, let order): order != nil
    case let source: source.facet!.kind.isOrdered
    }
  }

  /// What the values of facet `at` are; an ordered field is `ordinal`, another a `category`.
  package func kind(_ at: Int) -> FacetKind {
    sources[at].facet?.kind ?? (isOrdered(at) ? .ordinal : .category)
  }

  /// Whether the numbers of facet `at` are kept.
  func keepsNumber(_ at: Int) -> Bool { keepsNumbers && kind(at) == .number }

  /// Whether facet `at` is a field of the log.
  package func isField(_ at: Int) -> Bool {
    if case .field = sources[at] { true } else { false }
  }

  /// Whether facet `at` is known only when all conversations are read.
  package func isOfCorpus(_ at: Int) -> Bool {
    if case .corpus = sources[at] { true } else { false }
  }

  /// Whether facets read what is said: then every message is to be shown to the ``FacetReader``.
  package var readsText: Bool { !needs.isEmpty || readsWords }

  /// Whether a message has to be cut into words; its language is told without.
  var readsWords: Bool {
    !needs.isDisjoint(with: [.sentiment, .acts])
      || sources.contains { if case .text = $0 { true } else { false } }
  }

  private static func judged(
    _ order: [String], of name: String, by values: inout FieldValues
  ) throws -> [[UInt8]] {
    var judged: [[UInt8]] = []
    for (at, value) in order.enumerated() {
      guard case .usable(let bytes) = try values.judge(Array(value.utf8).span) else {
        throw FacetFailure.badOrder(name, position: at + 1)
      }
      if judged.contains(bytes) { throw FacetFailure.repeatedOrder(name, position: at + 1) }
      judged.append(bytes)
    }
    return judged
  }
}
