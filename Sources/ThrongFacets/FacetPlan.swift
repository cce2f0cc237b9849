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

  package init(_ name: String, isSensitive: Bool = false, order: [String]? = nil) {
    self.name = name
    self.isSensitive = isSensitive
    self.order = order
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
  }

  package let requests: [FacetRequest]
  let sources: [Source]
  /// Paths that the reader has to keep.
  package let fields: [String]
  /// Pairs of positions in ``requests`` that are counted together.
  package let crosses: [(Int, Int)]
  let redacts: Bool

  /// No facets.
  package static let none = FacetPlan()

  private init() { (requests, sources, fields, crosses, redacts) = ([], [], [], [], true) }

  /// - Parameters:
  ///   - crosses: pairs of names of facets among `requests`.
  ///   - redacts: false in attack tests only.
  /// - Throws: ``FacetFailure``, exit 2; `TextFailure`.
  package init(_ requests: [FacetRequest], crosses: [(String, String)] = [], redacts: Bool = true) throws {
    var sources: [Source] = []
    var fields: [String] = []
    var positions: [String: Int] = [:]
    var values = FieldValues(redacts: redacts)
    for (at, request) in requests.enumerated() {
      let name = request.name
      guard FacetRequest.isPlain(name) else { throw FacetFailure.badName(name) }
      if positions.updateValue(at, forKey: name) != nil { throw FacetFailure.namedTwice(name) }
      if name.hasPrefix(".") {
        guard let facet = ComputedFacets.named(name) else {
          throw FacetFailure.unknownComputed(name, known: ComputedFacets.names)
        }
        if request.order != nil { throw FacetFailure.computedOrder(name) }
        sources.append(.computed(facet))
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
    case .computed(let facet): facet.isOrdered
    }
  }

  /// Whether facet `at` is a field of the log.
  package func isField(_ at: Int) -> Bool {
    if case .field = sources[at] { true } else { false }
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
