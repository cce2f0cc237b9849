/// A JSON value to be written: members stand in the order in which they are given.
enum JSON: Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case real(Double)
  case text(String)
  case array([JSON])
  case object([(String, JSON)])

  /// An array of texts.
  static func texts(_ texts: [String]) -> JSON { .array(texts.map { .text($0) }) }

  init(_ value: BundleTable.Value) {
    switch value {
    case .null: self = .null
    case .text(let text): self = .text(text)
    case .integer(let integer): self = .integer(integer)
    case .real(let real): self = .real(real)
    }
  }

  /// On one line.
  var line: [UInt8] {
    var out: [UInt8] = []
    write(to: &out, indent: nil)
    return out
  }

  /// Indented by two, ending in a line feed.
  var document: [UInt8] {
    var out: [UInt8] = []
    write(to: &out, indent: 0)
    out.append(UInt8(ascii: "\n"))
    return out
  }

  private func write(to out: inout [UInt8], indent: Int?) {
    switch self {
    case .null: out += "null".utf8
    case .boolean(let flag): out += (flag ? "true" : "false").utf8
    case .integer(let integer): out += String(integer).utf8
    case .real(let real):
      // JSON has no word for what is no number; no table holds one.
      precondition(real.isFinite)
      out += String(real).utf8
    case .text(let text): Self.write(text, to: &out)
    case .array(let elements):
      Self.write(elements, in: "[]", to: &out, indent: indent) { $0.write(to: &$1, indent: $2) }
    case .object(let members):
      Self.write(members, in: "{}", to: &out, indent: indent) { member, out, indent in
        Self.write(member.0, to: &out)
        out += (indent == nil ? ":" : ": ").utf8
        member.1.write(to: &out, indent: indent)
      }
    }
  }

  private static func write<Part>(
    _ parts: [Part], in brackets: StaticString, to out: inout [UInt8], indent: Int?,
    each: (Part, inout [UInt8], Int?) -> Void
  ) {
    func newline(_ depth: Int) {
      out.append(UInt8(ascii: "\n"))
      out += [UInt8](repeating: UInt8(ascii: " "), count: 2 * depth)
    }
    let (open, close) = unsafe (brackets.utf8Start[0], brackets.utf8Start[1])
    out.append(open)
    for (at, part) in parts.enumerated() {
      if at > 0 { out.append(UInt8(ascii: ",")) }
      if let indent { newline(indent + 1) }
      each(part, &out, indent.map { $0 + 1 })
    }
    if let indent, !parts.isEmpty { newline(indent) }
    out.append(close)
  }

  /// Escapes what RFC 8259 wants escaped, and no more.
  private static func write(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
      case 0x0A: out += "\\n".utf8
      case 0x0D: out += "\\r".utf8
      case 0x09: out += "\\t".utf8
      case 0..<0x20: out += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
