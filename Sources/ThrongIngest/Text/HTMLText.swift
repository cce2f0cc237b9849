/// The words of a piece of HTML, as mail and support tools store messages.
///
/// No parser of HTML: bodies are small, broken and of few elements. Tags go, block elements and line breaks become line
/// breaks, `script`, `style` and comments go with what is in them, character references become what they stand for.
enum HTMLText {
  /// Appends the text of `html`, which stays valid UTF-8. O(bytes).
  static func append(_ html: Span<UInt8>, to bytes: inout [UInt8]) {
    var at = 0
    let start = bytes.count
    while at < html.count {
      let byte = html[at]
      if byte == UInt8(ascii: "<"), let tag = Tag(html, at: at) {
        at = tag.hidesContent ? end(ofElement: tag.name, in: html, from: tag.end) : tag.end
        if tag.breaksLine { breakLine(&bytes, from: start) }
      } else if byte == UInt8(ascii: "&"), let (scalar, next) = CharacterReference.read(html, at: at) {
        append(scalar, to: &bytes)
        at = next
      } else {
        // White space of the source is one space, and none at the beginning of a line.
        if !isBlank(byte) {
          bytes.append(byte)
        } else if bytes.count > start, let last = bytes.last, !isBlank(last) {
          bytes.append(0x20)
        }
        at += 1
      }
    }
  }

  /// A tag, a comment or a declaration.
  private struct Tag {
    /// Of the element, in lower case; empty for comments.
    var name: [UInt8] = []
    /// The position behind it.
    let end: Int
    var isClosing = false

    /// - Parameter closed: the element of the closing tag that is wanted; nil for any tag. Other tags are then not read to their
    ///   end, so that a search stays linear where nothing closes them.
    /// - Returns: nil where `<` begins none.
    init?(_ html: Span<UInt8>, at start: Int, closing closed: [UInt8]? = nil) {
      var at = start + 1
      guard at < html.count else { return nil }
      if closed == nil, html[at] == UInt8(ascii: "!") || html[at] == UInt8(ascii: "?") {
        let isComment =
          at + 2 < html.count && html[at + 1] == UInt8(ascii: "-") && html[at + 2] == UInt8(ascii: "-")
        end = isComment ? Self.endOfComment(html, from: at + 3) : Self.close(html, from: at)
        return
      }
      if html[at] == UInt8(ascii: "/") {
        isClosing = true
        at += 1
      }
      while at < html.count, let letter = Self.letter(html[at], isFirst: name.isEmpty) {
        name.append(letter)
        at += 1
      }
      if name.isEmpty { return nil }
      if let closed, !isClosing || name != closed { return nil }
      end = Self.close(html, from: at)
    }

    /// Whether what lies in the element is no text.
    var hidesContent: Bool { !isClosing && (spells("script") || spells("style") || spells("head")) }

    var breaksLine: Bool {
      if spells("br") || spells("hr") { return true }
      return ["p", "div", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "section"].contains {
        spells($0)
      } || (name.count == 2 && name[0] == UInt8(ascii: "h") && (0x31...0x36).contains(name[1]))
    }

    private func spells(_ word: StaticString) -> Bool { name.span.spells(word) }

    private static func letter(_ byte: UInt8, isFirst: Bool) -> UInt8? {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): byte
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: ":"): isFirst ? nil : byte
      default: nil
      }
    }

    /// Behind the `>`, which does not count in quotes; the end where there is none.
    private static func close(_ html: Span<UInt8>, from start: Int) -> Int {
      var quote: UInt8?
      for at in start..<html.count {
        let byte = html[at]
        if let open = quote {
          if byte == open { quote = nil }
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          quote = byte
        } else if byte == UInt8(ascii: ">") {
          return at + 1
        }
      }
      return html.count
    }

    private static func endOfComment(_ html: Span<UInt8>, from start: Int) -> Int {
      var at = start
      while at + 2 < html.count {
        if html[at] == UInt8(ascii: "-") && html[at + 1] == UInt8(ascii: "-")
          && html[at + 2] == UInt8(ascii: ">")
        {
          return at + 3
        }
        at += 1
      }
      return html.count
    }
  }

  /// Behind the closing tag of the element `name`. O(bytes).
  private static func end(ofElement name: [UInt8], in html: Span<UInt8>, from start: Int) -> Int {
    var at = start
    while at < html.count {
      if html[at] == UInt8(ascii: "<"), let tag = Tag(html, at: at, closing: name) {
        return tag.end
      }
      at += 1
    }
    return html.count
  }

  /// Begins a line, unless one begins here.
  private static func breakLine(_ bytes: inout [UInt8], from start: Int) {
    while bytes.count > start, bytes.last == 0x20 { bytes.removeLast() }
    if bytes.count > start, bytes.last != 0x0a { bytes.append(0x0a) }
  }

  static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: UTF8.encode(scalar)!)
  }
}

/// `&amp;`, `&#233;` and `&#xe9;`.
enum CharacterReference {
  /// The few names that tools write; others are left as they stand.
  private static let names: [(name: StaticString, scalar: Unicode.Scalar)] = [
    ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("nbsp", " "), ("ndash", "–"),
    ("mdash", "—"), ("hellip", "…"), ("rsquo", "’"), ("lsquo", "‘"), ("ldquo", "“"), ("rdquo", "”"),
    ("auml", "ä"), ("ouml", "ö"), ("uuml", "ü"), ("szlig", "ß"), ("eacute", "é"), ("egrave", "è"),
    ("agrave", "à"), ("ccedil", "ç"), ("ntilde", "ñ"), ("euro", "€"), ("copy", "©"), ("reg", "®"),
  ]

  /// The character of the reference at `start`, and where it ends; nil where none is.
  static func read(_ text: Span<UInt8>, at start: Int) -> (Unicode.Scalar, end: Int)? {
    var end = start + 1
    while end < text.count, end - start <= 10, text[end] != UInt8(ascii: ";") { end += 1 }
    guard end < text.count, text[end] == UInt8(ascii: ";"), end > start + 1 else { return nil }
    let body = text.extracting(start + 1..<end)
    guard body[0] == UInt8(ascii: "#") else {
      return names.first { body.spells($0.name) }.map { ($0.scalar, end + 1) }
    }
    let isHexadecimal = body.count > 1 && body[1] | 0x20 == UInt8(ascii: "x")
    let digits = String(decoding: ((isHexadecimal ? 2 : 1)..<body.count).map { body[$0] }, as: UTF8.self)
    guard let code = UInt32(digits, radix: isHexadecimal ? 16 : 10), code > 0 else { return nil }
    return Unicode.Scalar(code).map { ($0, end + 1) }
  }
}
