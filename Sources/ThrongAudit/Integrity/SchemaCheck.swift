/// Checks a value against the part of JSON Schema 2020-12 that `release.schema.json` uses.
///
/// The schema comes with the bundle and proves nothing of itself; an honest writer who made a mistake is caught, and
/// whoever tampers has to tamper with it too.
struct SchemaCheck {
  /// Where the value breaks the schema: paths of keys and indices, never values; at most ``limit``.
  private(set) var faults: [String] = []
  /// Keywords and patterns that this check does not know.
  private(set) var unknown: Set<String> = []
  private let root: JSONNode
  /// How often a value was held against a schema. A schema may refer to itself, and so ask for more than there is time for.
  private var steps = 0
  private static let maximumSteps = 1 << 22
  private static let limit = 20
  private static let annotations: Set<String> = [
    "$schema", "$defs", "$id", "title", "description", "examples",
  ]

  private init(_ schema: JSONNode) { root = schema }

  static func check(_ value: JSONNode, against schema: JSONNode) -> SchemaCheck {
    var check = SchemaCheck(schema)
    _ = check.holds(value, schema, at: "", depth: 0, isSilent: false)
    return check
  }

  private mutating func holds(
    _ value: JSONNode, _ schema: JSONNode, at path: String, depth: Int, isSilent: Bool
  ) -> Bool {
    steps += 1
    if steps > Self.maximumSteps {
      unknown.insert("length")
      return true
    }
    guard let keywords = schema.members else { return schema.boolean ?? true }
    var isGood = true
    for keyword in keywords where depth < JSONReader.maximumDepth {
      let holds = holds(value, keyword, of: schema, at: path, depth: depth, isSilent: isSilent)
      if !holds, !isSilent, faults.count < Self.limit, !isNested(keyword.key) {
        faults.append("\(path.isEmpty ? "the document" : path) breaks \(keyword.key)")
      }
      isGood = isGood && holds
    }
    return isGood
  }

  /// Whether the fault lies further inside and is said there.
  private func isNested(_ keyword: String) -> Bool { ["properties", "items", "$ref"].contains(keyword) }

  private mutating func holds(
    _ value: JSONNode, _ keyword: JSONNode.Member, of schema: JSONNode, at path: String, depth: Int,
    isSilent: Bool
  ) -> Bool {
    let wanted = keyword.value
    switch keyword.key {
    case "type":
      let names = wanted.elements?.compactMap(\.text) ?? wanted.text.map { [$0] } ?? []
      return names.contains { Self.isOfType(value, $0) }
    case "const": return Self.isSame(value, wanted)
    case "enum": return wanted.elements?.contains { Self.isSame(value, $0) } ?? false
    case "minimum": return compare(value, wanted) { $0 >= $1 }
    case "exclusiveMinimum": return compare(value, wanted) { $0 > $1 }
    case "maximum": return compare(value, wanted) { $0 <= $1 }
    case "minLength": return value.text.map { $0.unicodeScalars.count >= wanted.integer ?? 0 } ?? true
    case "minItems": return value.elements.map { $0.count >= wanted.integer ?? 0 } ?? true
    case "uniqueItems":
      guard wanted.boolean == true, let texts = value.elements?.map(\.text) else { return true }
      return texts.contains(nil) || Set(texts).count == texts.count
    case "pattern":
      guard let text = value.text else { return true }
      return matches(text, pattern: wanted.text ?? "")
    case "required":
      let keys = Set(value.members?.map(\.key) ?? [])
      return value.members == nil || (wanted.elements ?? []).allSatisfy { keys.contains($0.text ?? "") }
    case "additionalProperties":
      let known = Set(schema["properties"]?.members?.map(\.key) ?? [])
      return wanted.boolean != false || (value.members ?? []).allSatisfy { known.contains($0.key) }
    case "properties":
      var isGood = true
      for property in wanted.members ?? [] {
        guard let inner = value[property.key] else { continue }
        isGood =
          holds(
            inner, property.value, at: path.isEmpty ? property.key : "\(path).\(property.key)",
            depth: depth + 1,
            isSilent: isSilent) && isGood
      }
      return isGood
    case "items":
      var isGood = true
      for (at, element) in (value.elements ?? []).enumerated() {
        isGood =
          holds(element, wanted, at: "\(path)[\(at)]", depth: depth + 1, isSilent: isSilent) && isGood
      }
      return isGood
    case "anyOf":
      return (wanted.elements ?? []).contains {
        holds(value, $0, at: path, depth: depth + 1, isSilent: true)
      }
    case "$ref":
      let name = wanted.text?.split(separator: "/").last.map { String($0) } ?? ""
      guard let target = root["$defs"]?[name] else {
        unknown.insert("$ref")
        return true
      }
      return holds(value, target, at: path, depth: depth + 1, isSilent: isSilent)
    default:
      if !Self.annotations.contains(keyword.key) { unknown.insert("keyword") }
      return true
    }
  }

  private func compare(_ value: JSONNode, _ bound: JSONNode, _ holds: (Double, Double) -> Bool) -> Bool {
    guard let value = value.double, let bound = bound.double else { return true }
    return holds(value, bound)
  }

  private static func isOfType(_ value: JSONNode, _ name: String) -> Bool {
    switch value {
    case .null: name == "null"
    case .boolean: name == "boolean"
    case .number(let double, let integer):
      name == "number"
        || name == "integer" && (integer != nil || double == double.rounded() && double.isFinite)
    case .text: name == "string"
    case .array: name == "array"
    case .object: name == "object"
    }
  }

  private static func isSame(_ a: JSONNode, _ b: JSONNode) -> Bool {
    if let a = a.double, let b = b.double { return a == b }
    return a == b
  }

  /// The patterns that releases use. Regular expressions of a stranger are not run: some never come to an end.
  private mutating func matches(_ text: String, pattern: String) -> Bool {
    let bytes = Array(text.utf8)
    func isDigits(_ slice: ArraySlice<UInt8>) -> Bool {
      !slice.isEmpty && slice.allSatisfy { (0x30...0x39).contains($0) }
    }
    func isID(_ slice: ArraySlice<UInt8>) -> Bool {
      slice.first == UInt8(ascii: "c") && isDigits(slice.dropFirst())
    }
    switch pattern {
    case "^[0-9a-f]{16}$":
      return bytes.count == 16
        && bytes.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    case "^[0-9]+$": return isDigits(bytes[...])
    case "^c[0-9]+$": return isID(bytes[...])
    case "^c0(/c[0-9]+)*$":
      let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      return parts.first == Array("c0".utf8)[...] && parts.allSatisfy(isID)
    default:
      unknown.insert("pattern")
      return true
    }
  }
}
