internal import Foundation
internal import ThrongCore

/// What a value of a study file may be. Checking a file, saying what is wrong with it and the published JSON Schema all follow
/// from one description, ``study``.
indirect enum StudyShape: Sendable {
  struct Member: Sendable {
    let name: String
    let shape: StudyShape
    let isNeeded: Bool
    let summary: String

    init(_ name: String, _ shape: StudyShape, needed: Bool = false, _ summary: String) {
      (self.name, self.shape, isNeeded, self.summary) = (name, shape, needed, summary)
    }
  }

  /// Not empty.
  case text
  case flag
  case whole(ClosedRange<Int>)
  case number(ClosedRange<Double>)
  case choice([String])
  case list(StudyShape, atLeast: Int)
  /// Names of the study's own, and what each stands for.
  case names(StudyShape)
  case object([Member])
  /// Objects told apart by which of the first names of each they have, and whether a text may stand for one.
  case oneOf([[Member]], orText: Bool)
  /// A shape of ``named``, so that shapes can hold themselves.
  case reference(String)
  /// A text, a number, or true or false.
  case scalar

  static let largest = 1 << 53

  /// What a name in a study may be: it may stand in a bundle.
  static func isName(_ text: String) -> Bool {
    (1...60).contains(text.utf8.count) && text.utf8.first.map { (0x61...0x7A).contains($0) } == true
      && text.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
          || $0 == UInt8(ascii: "-")
      }
  }

  static let namePattern = "^[a-z][a-z0-9_-]{0,59}$"

  // MARK: Checking

  /// - Throws: ``StudyFailure/mistake(_:at:)`` for the first thing that is wrong. O(nodes).
  func check(_ node: StudyNode, as what: String) throws(StudyFailure) {
    func wrong(_ wanted: String) -> StudyFailure { node.mistake("\(what) is \(wanted), not \(node.kind)") }
    switch self {
    case .reference(let name): try Self.named[name]!.check(node, as: what)
    case .text:
      guard let text = node.text else { throw wrong("a text") }
      if text.isEmpty { throw node.mistake("\(what) is empty") }
    case .flag: if node.boolean == nil { throw wrong("true or false") }
    case .scalar:
      if node.text == nil, node.number == nil, node.boolean == nil {
        throw wrong("a text, a number, true or false")
      }
    case .whole(let range):
      guard let number = node.number else { throw wrong("a whole number") }
      guard number.rounded() == number, Double(range.lowerBound)...Double(range.upperBound) ~= number else {
        throw node.mistake("\(what) is a whole number \(Self.said(range))")
      }
    case .number(let range):
      guard let number = node.number else { throw wrong("a number") }
      guard range.contains(number) else {
        throw node.mistake("\(what) is a number from \(range.lowerBound) to \(range.upperBound)")
      }
    case .choice(let names):
      guard let text = node.text else { throw wrong("one of \(names.joined(separator: ", "))") }
      if !names.contains(text) { throw Self.unknown(text, among: names, is: what, at: node.place) }
    case .list(let shape, let least):
      guard case .list(let list) = node.value else { throw wrong("a list") }
      if list.count < least {
        throw node.mistake("\(what) needs \(least == 1 ? "one entry" : "\(least) entries") or more")
      }
      for (at, element) in list.enumerated() { try shape.check(element, as: "entry \(at + 1) of \(what)") }
    case .names(let shape):
      guard case .object(let members) = node.value else { throw wrong("an object") }
      for member in members {
        guard Self.isName(member.name) else {
          throw .mistake(
            "'\(member.name)' is no name: use at most 60 small letters, digits, '-' and '_', a letter first",
            at: member.place)
        }
        try shape.check(member.value, as: "'\(member.name)'")
      }
    case .object(let known):
      guard case .object(let members) = node.value else { throw wrong("an object") }
      try Self.check(members, against: known, of: node, as: what)
    case .oneOf(let variants, let orText):
      if orText, let text = node.text {
        if text.isEmpty { throw node.mistake("\(what) is empty") }
        return
      }
      guard case .object(let members) = node.value else {
        throw wrong(orText ? "a text or an object" : "an object")
      }
      let heads = variants.map { $0[0].name }
      let found = heads.indices.filter { node[heads[$0]] != nil }
      if found.count > 1 {
        let second = members.filter { heads.contains($0.name) }[1]
        throw .mistake(
          "\(what) has both '\(heads[found[0]])' and '\(heads[found[1]])'; give one", at: second.place)
      }
      guard let only = found.first else {
        let everything = variants.flatMap { $0.map(\.name) }
        if let stranger = members.first(where: { !everything.contains($0.name) }) {
          throw Self.unknown(stranger.name, among: heads, is: "a setting of \(what)", at: stranger.place)
        }
        throw node.mistake("\(what) needs one of \(heads.joined(separator: ", "))")
      }
      try Self.check(members, against: variants[only], of: node, as: what)
    }
  }

  private static func check(
    _ members: [StudyNode.Member], against known: [Member], of node: StudyNode, as what: String
  ) throws(StudyFailure) {
    for member in members {
      guard let found = known.first(where: { $0.name == member.name }) else {
        throw unknown(member.name, among: known.map(\.name), is: "a setting of \(what)", at: member.place)
      }
      try found.shape.check(member.value, as: "'\(member.name)'")
    }
    for needed in known where needed.isNeeded && node[needed.name] == nil {
      throw node.mistake("\(what) needs '\(needed.name)'")
    }
  }

  static func unknown(
    _ name: String, among known: [String], is what: String, at place: StudyNode.Place
  ) -> StudyFailure {
    let hint =
      Suggestion.closest(to: name, among: known).map { "did you mean '\($0)'?" }
      ?? "there \(known.count == 1 ? "is" : "are") \(known.joined(separator: ", "))"
    return .mistake("'\(name)' is not \(what); \(hint)", at: place)
  }

  private static func said(_ range: ClosedRange<Int>) -> String {
    range.upperBound >= largest
      ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
  }

  // MARK: The schema

  /// The JSON Schema (2020-12) of study files, with a line feed at its end.
  static func schema() -> String {
    var root = study.schemaObject
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    root["title"] = "Throng study"
    root["$defs"] = named.mapValues(\.schemaObject)
    let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = try! JSONSerialization.data(withJSONObject: root, options: options)
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  private var schemaObject: [String: Any] {
    switch self {
    case .text: return ["type": "string", "minLength": 1]
    case .flag: return ["type": "boolean"]
    case .scalar: return ["type": ["string", "number", "boolean"]]
    case .whole(let range):
      var schema: [String: Any] = ["type": "integer", "minimum": range.lowerBound]
      if range.upperBound < Self.largest { schema["maximum"] = range.upperBound }
      return schema
    case .number(let range):
      return ["type": "number", "minimum": range.lowerBound, "maximum": range.upperBound]
    case .choice(let names): return ["enum": names]
    case .list(let shape, let least):
      return ["type": "array", "items": shape.schemaObject, "minItems": least]
    case .names(let shape):
      return [
        "type": "object", "additionalProperties": shape.schemaObject,
        "propertyNames": ["pattern": Self.namePattern],
      ]
    case .object(let members): return Self.schema(of: members)
    case .oneOf(let variants, let orText):
      let text: [[String: Any]] = orText ? [["type": "string", "minLength": 1]] : []
      return ["oneOf": text + variants.map(Self.schema)]
    case .reference(let name): return ["$ref": "#/$defs/\(name)"]
    }
  }

  private static func schema(of members: [Member]) -> [String: Any] {
    var properties: [String: Any] = [:]
    for member in members {
      var schema = member.shape.schemaObject
      schema["description"] = member.summary
      properties[member.name] = schema
    }
    return [
      "type": "object", "additionalProperties": false, "properties": properties,
      "required": members.filter(\.isNeeded).map(\.name),
    ]
  }
}
