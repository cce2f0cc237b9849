internal import ThrongCore

/// A value of a study file, and where it stands.
package struct StudyNode: Sendable {
  /// From 1, in characters, as editors count.
  package struct Place: Sendable, Equatable {
    package let line: Int
    package let column: Int
  }

  package enum Value: Sendable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([StudyNode])
    /// In the order of the file, each name once.
    case object([Member])
  }

  package struct Member: Sendable {
    package let name: String
    package let place: Place
    package let value: StudyNode
  }

  package let place: Place
  package let value: Value

  /// The member of an object called that.
  package subscript(name: String) -> StudyNode? {
    members.first { $0.name == name }?.value
  }

  package var members: [Member] { if case .object(let members) = value { members } else { [] } }
  package var list: [StudyNode] { if case .list(let list) = value { list } else { [] } }
  package var text: String? { if case .text(let text) = value { text } else { nil } }
  package var number: Double? { if case .number(let number) = value { number } else { nil } }
  package var boolean: Bool? { if case .boolean(let flag) = value { flag } else { nil } }
  package var strings: [String] { list.compactMap(\.text) }

  /// What kind of value it is, for a message.
  var kind: String {
    switch value {
    case .null: "null"
    case .boolean: "true or false"
    case .number: "a number"
    case .text: "a text"
    case .list: "a list"
    case .object: "an object"
    }
  }
}

/// Reads JSON5 (spec.json5.org) and keeps where everything stands, which Foundation's decoder does not: a mistake in a
/// study file is reported with its line and column.
///
/// Comments, trailing commas, names without quotes, single quotes, hexadecimal numbers, numbers that begin or end with a point or
/// have a plus, and strings over several lines are understood. `Infinity` and `NaN` are no setting of anything and are refused.
struct JSON5 {
  private let bytes: [UInt8]
  private var at = 0
  private let ruler = Ruler()
  private static let deepest = 64

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The document in `bytes`. O(bytes).
  ///
  /// - Throws: ``StudyFailure/mistake(_:at:)``.
  static func parse(_ bytes: [UInt8]) throws(StudyFailure) -> StudyNode {
    var parser = JSON5(bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.at = 3 }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw .mistake("the file is not UTF-8", at: .init(line: 1, column: 1))
    }
    let value = try parser.value(depth: 0)
    try parser.skip()
    if parser.at < bytes.count { throw parser.mistake("nothing may follow the end of the study") }
    return value
  }

  /// The place that was asked for last: places are asked for in their order, so all of them together are O(bytes).
  private final class Ruler {
    var (at, line, column) = (0, 1, 1)
  }

  /// Lines end at LF, CR or both; columns count characters, not bytes.
  private func place(_ at: Int) -> StudyNode.Place {
    if at < ruler.at { (ruler.at, ruler.line, ruler.column) = (0, 1, 1) }
    var start = ruler.at
    for i in ruler.at..<at {
      let byte = bytes[i]
      if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && peek(i + 1) != UInt8(ascii: "\n")) {
        (ruler.line, ruler.column, start) = (ruler.line + 1, 1, i + 1)
      }
    }
    ruler.column += String(decoding: bytes[start..<at], as: UTF8.self).count
    ruler.at = at
    return .init(line: ruler.line, column: ruler.column)
  }

  private func mistake(_ text: String, _ at: Int? = nil) -> StudyFailure {
    .mistake(text, at: place(min(at ?? self.at, bytes.count)))
  }

  private func peek(_ at: Int) -> UInt8? { bytes.indices.contains(at) ? bytes[at] : nil }
  private func next(is text: StaticString) -> Bool {
    unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount).elementsEqual(
      bytes[at...].prefix(text.utf8CodeUnitCount))
  }

  /// White space and comments.
  private mutating func skip() throws(StudyFailure) {
    while let byte = peek(at) {
      if [0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D].contains(byte) {
        at += 1
      } else if next(is: "\u{A0}") {
        at += 2
      } else if next(is: "\u{2028}") || next(is: "\u{2029}") || next(is: "\u{FEFF}") {
        at += 3
      } else if next(is: "//") {
        while let byte = peek(at), byte != 0x0A, byte != 0x0D { at += 1 }
      } else if next(is: "/*") {
        let start = at
        at += 2
        while !next(is: "*/") {
          if at >= bytes.count { throw mistake("this comment is not closed by */", start) }
          at += 1
        }
        at += 2
      } else {
        return
      }
    }
  }

  private mutating func value(depth: Int) throws(StudyFailure) -> StudyNode {
    try skip()
    if depth > Self.deepest { throw mistake("nested more than \(Self.deepest) deep") }
    let (start, place) = (at, place(at))
    guard let byte = peek(at) else { throw mistake("the file ends where a value is missing") }
    let value: StudyNode.Value
    switch byte {
    case UInt8(ascii: "{"): value = .object(try object(depth: depth))
    case UInt8(ascii: "["): value = .list(try list(depth: depth))
    case UInt8(ascii: "\""), UInt8(ascii: "'"): value = .text(try string())
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      value = .number(try number())
    default:
      let word = name()
      switch word {
      case "true": value = .boolean(true)
      case "false": value = .boolean(false)
      case "null": value = .null
      case "": throw mistake("a value is missing here")
      default:
        let meant = Suggestion.closest(to: word, among: ["true", "false", "null"])
        throw mistake(
          "'\(word)' is no value; " + (meant.map { "did you mean \($0)?" } ?? "texts stand in quotes"), start)
      }
    }
    return StudyNode(place: place, value: value)
  }

  private mutating func object(depth: Int) throws(StudyFailure) -> [StudyNode.Member] {
    let open = at
    at += 1
    var members: [StudyNode.Member] = []
    var names: Set<String> = []
    while true {
      try skip()
      guard let byte = peek(at) else { throw mistake("this { is not closed by }", open) }
      if byte == UInt8(ascii: "}") {
        at += 1
        return members
      }
      let start = at
      let key = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") ? try string() : name()
      if key.isEmpty { throw mistake("the name of a setting is missing here", start) }
      if !names.insert(key).inserted { throw mistake("'\(key)' stands here twice", start) }
      try skip()
      guard peek(at) == UInt8(ascii: ":") else { throw mistake("a colon is missing after '\(key)'") }
      at += 1
      members.append(.init(name: key, place: place(start), value: try value(depth: depth + 1)))
      try comma(or: UInt8(ascii: "}"))
    }
  }

  private mutating func list(depth: Int) throws(StudyFailure) -> [StudyNode] {
    let open = at
    at += 1
    var elements: [StudyNode] = []
    while true {
      try skip()
      guard let byte = peek(at) else { throw mistake("this [ is not closed by ]", open) }
      if byte == UInt8(ascii: "]") {
        at += 1
        return elements
      }
      elements.append(try value(depth: depth + 1))
      try comma(or: UInt8(ascii: "]"))
    }
  }

  private mutating func comma(or end: UInt8) throws(StudyFailure) {
    let last = at
    try skip()
    switch peek(at) {
    case UInt8(ascii: ","): at += 1
    case end, nil: break
    default: throw mistake("a comma is missing here", last)
    }
  }

  /// A name without quotes: letters, digits, `_` and `$`; empty where there is none.
  private mutating func name() -> String {
    let start = at
    while let byte = peek(at),
      byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
        || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    { at += 1 }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func number() throws(StudyFailure) -> Double {
    let start = at
    while let byte = peek(at),
      byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    { at += 1 }
    var text = String(decoding: bytes[start..<at], as: UTF8.self)
    let sign = text.first == "-" ? -1.0 : 1
    if text.first == "-" || text.first == "+" { text.removeFirst() }
    if text.lowercased().hasPrefix("0x"), let whole = Self.hexadecimal(text.dropFirst(2).utf8) {
      return sign * Double(whole)
    }
    if text.hasSuffix(".") { text += "0" }
    guard text.first.map({ $0.isNumber || $0 == "." }) == true, !text.lowercased().hasPrefix("0x"),
      let value = Double(text.hasPrefix(".") ? "0" + text : text), value.isFinite
    else { throw mistake("this is no number", start) }
    return sign * value
  }

  /// The number that hexadecimal digits stand for; nil where there is none, something else, or more than 63 bits.
  private static func hexadecimal(_ digits: some Collection<UInt8>) -> Int? {
    if digits.first == UInt8(ascii: "+") || digits.first == UInt8(ascii: "-") { return nil }
    return Int(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private mutating func string() throws(StudyFailure) -> String {
    let (open, quote) = (at, bytes[at])
    var out: [UInt8] = []
    at += 1
    while let byte = peek(at) {
      at += 1
      switch byte {
      case quote: return String(decoding: out, as: UTF8.self)
      case 0x0A, 0x0D: throw mistake("this text is not closed before the end of its line", open)
      case UInt8(ascii: "\\"): try escape(into: &out)
      default: out.append(byte)
      }
    }
    throw mistake("this text is not closed", open)
  }

  private mutating func escape(into out: inout [UInt8]) throws(StudyFailure) {
    let start = at - 1
    guard let byte = peek(at) else { throw mistake("this text is not closed", start) }
    at += 1
    switch byte {
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "v"): out.append(0x0B)
    case UInt8(ascii: "0"): out.append(0)
    case 0x0D: if peek(at) == 0x0A { at += 1 }
    case 0x0A: break
    case UInt8(ascii: "x"): out += String(Character(try scalar(digits: 2, start))).utf8
    case UInt8(ascii: "u"): out += String(Character(try scalar(digits: 4, start))).utf8
    default: out.append(byte)
    }
  }

  private mutating func scalar(digits: Int, _ start: Int) throws(StudyFailure) -> Unicode.Scalar {
    func unit() -> UInt32? {
      guard at + digits <= bytes.count else { return nil }
      return Self.hexadecimal(bytes[at..<at + digits]).map { UInt32($0) }
    }
    guard var code = unit() else { throw mistake("this escape is not complete", start) }
    at += digits
    if (0xD800..<0xDC00).contains(code), next(is: "\\u") {
      at += 2
      guard let low = unit(), (0xDC00..<0xE000).contains(low) else {
        throw mistake("this escape is half a character", start)
      }
      at += digits
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw mistake("this escape is half a character", start) }
    return scalar
  }
}
