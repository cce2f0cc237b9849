/// A JSON value as an auditor reads it: members in their order, so that a key written twice is seen.
indirect enum JSONNode: Sendable, Equatable {
  struct Member: Sendable, Equatable {
    let key: String
    let value: JSONNode
  }

  case null
  case boolean(Bool)
  /// `integer` where the number is written without fraction and exponent and 64 bits hold it.
  case number(Double, integer: Int?)
  case text(String)
  case array([JSONNode])
  case object([Member])

  subscript(key: String) -> JSONNode? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  var elements: [JSONNode]? { if case .array(let elements) = self { elements } else { nil } }
  var members: [Member]? { if case .object(let members) = self { members } else { nil } }
  var text: String? { if case .text(let text) = self { text } else { nil } }
  var integer: Int? { if case .number(_, let integer) = self { integer } else { nil } }
  var double: Double? { if case .number(let double, _) = self { double } else { nil } }
  var boolean: Bool? { if case .boolean(let flag) = self { flag } else { nil } }
  var isNull: Bool { self == .null }

  /// Every integer in the value, keys apart.
  var integers: Set<Int> {
    switch self {
    case .number(_, let integer): integer.map { [$0] } ?? []
    case .array(let elements): elements.reduce(into: []) { $0.formUnion($1.integers) }
    case .object(let members): members.reduce(into: []) { $0.formUnion($1.value.integers) }
    default: []
    }
  }
}

/// Reads JSON (RFC 8259) strictly, to a limited depth, and notes keys that are written twice.
struct JSONReader {
  enum Failure: Error, Equatable {
    /// The byte at which it stops to be JSON.
    case malformed(at: Int)
    case tooDeep(at: Int)
  }

  static let maximumDepth = 64
  /// Offsets of keys that the same object has already.
  private(set) var duplicates: [Int] = []
  private let bytes: [UInt8]
  private var at = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The value of a document. O(bytes).
  static func read(_ bytes: [UInt8]) throws(Failure) -> (value: JSONNode, duplicates: [Int]) {
    var reader = JSONReader(bytes)
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.at == bytes.count else { throw .malformed(at: reader.at) }
    return (value, reader.duplicates)
  }

  private var byte: UInt8 { at < bytes.count ? bytes[at] : 0 }

  private mutating func skipSpace() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  private mutating func take(_ expected: Character) throws(Failure) {
    guard byte == expected.asciiValue else { throw .malformed(at: at) }
    at += 1
  }

  private mutating func value(depth: Int) throws(Failure) -> JSONNode {
    guard depth < Self.maximumDepth else { throw .tooDeep(at: at) }
    skipSpace()
    switch byte {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try literal("true", .boolean(true))
    case UInt8(ascii: "f"): return try literal("false", .boolean(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: return try number()
    }
  }

  private mutating func literal(_ word: StaticString, _ value: JSONNode) throws(Failure) -> JSONNode {
    for expected in word.description.utf8 {
      guard byte == expected else { throw .malformed(at: at) }
      at += 1
    }
    return value
  }

  private mutating func array(depth: Int) throws(Failure) -> JSONNode {
    at += 1
    var elements: [JSONNode] = []
    skipSpace()
    if byte == UInt8(ascii: "]") {
      at += 1
      return .array([])
    }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if byte == UInt8(ascii: "]") { break }
      try take(",")
    }
    at += 1
    return .array(elements)
  }

  private mutating func object(depth: Int) throws(Failure) -> JSONNode {
    at += 1
    var members: [JSONNode.Member] = []
    var keys: Set<String> = []
    skipSpace()
    if byte == UInt8(ascii: "}") {
      at += 1
      return .object([])
    }
    while true {
      skipSpace()
      let start = at
      guard byte == UInt8(ascii: "\"") else { throw .malformed(at: at) }
      let key = try string()
      if !keys.insert(key).inserted { duplicates.append(start) }
      skipSpace()
      try take(":")
      members.append(.init(key: key, value: try value(depth: depth + 1)))
      skipSpace()
      if byte == UInt8(ascii: "}") { break }
      try take(",")
    }
    at += 1
    return .object(members)
  }

  private mutating func number() throws(Failure) -> JSONNode {
    let start = at
    if byte == UInt8(ascii: "-") { at += 1 }
    let digits = skipDigits()
    guard digits == 1 || digits > 1 && bytes[at - digits] != UInt8(ascii: "0") else {
      throw .malformed(at: start)
    }
    var isWhole = true
    if byte == UInt8(ascii: ".") {
      isWhole = false
      at += 1
      guard skipDigits() > 0 else { throw .malformed(at: at) }
    }
    if byte | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      at += 1
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
      guard skipDigits() > 0 else { throw .malformed(at: at) }
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    return .number(Double(text) ?? .infinity, integer: isWhole ? Int(text) : nil)
  }

  private mutating func skipDigits() -> Int {
    let start = at
    while byte >= 0x30, byte <= 0x39 { at += 1 }
    return at - start
  }

  private mutating func string() throws(Failure) -> String {
    at += 1
    var out: [UInt8] = []
    while true {
      guard at < bytes.count, bytes[at] >= 0x20 else { throw .malformed(at: at) }
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "\"") { break }
      guard byte == UInt8(ascii: "\\") else {
        out.append(byte)
        continue
      }
      let escape = self.byte
      at += 1
      switch escape {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(escape)
      case UInt8(ascii: "b"): out.append(8)
      case UInt8(ascii: "f"): out.append(12)
      case UInt8(ascii: "n"): out.append(10)
      case UInt8(ascii: "r"): out.append(13)
      case UInt8(ascii: "t"): out.append(9)
      case UInt8(ascii: "u"): out += String(try escapedScalar()).utf8
      default: throw .malformed(at: at - 1)
      }
    }
    // Invalid UTF-8 becomes U+FFFD, which no other representation will agree with.
    return String(decoding: out, as: UTF8.self)
  }

  private mutating func escapedScalar() throws(Failure) -> Character {
    let first = try codeUnit()
    if first & 0xFC00 == 0xD800, byte == UInt8(ascii: "\\"), at + 1 < bytes.count,
      bytes[at + 1] == UInt8(ascii: "u")
    {
      at += 2
      let second = try codeUnit()
      guard second & 0xFC00 == 0xDC00 else { throw .malformed(at: at) }
      return Character(Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)!)
    }
    guard let scalar = Unicode.Scalar(first) else { throw .malformed(at: at) }
    return Character(scalar)
  }

  private mutating func codeUnit() throws(Failure) -> UInt32 {
    guard at + 4 <= bytes.count,
      let unit = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16),
      bytes[at] != UInt8(ascii: "+"), bytes[at] != UInt8(ascii: "-")
    else { throw .malformed(at: at) }
    at += 4
    return unit
  }
}
