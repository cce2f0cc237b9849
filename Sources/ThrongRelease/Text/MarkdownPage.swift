/// The Markdown that ``ReleaseReport`` writes as HTML: headings, paragraphs, nested lists, tables, bold and code.
///
/// No general reader of Markdown: whatever else stands there is shown as it is. Every byte that comes from a release has a
/// backslash before its punctuation, so none of it can be markup, and everything is escaped for HTML once more.
struct MarkdownPage {
  private let lines: [Substring]
  private var out = ""

  init(_ text: String) { lines = text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// - Parameter figures: HTML to follow the headings of these names.
  func markup(figures: [String: [String]]) -> String {
    var page = self
    page.write(figures)
    return page.out
  }

  private mutating func write(_ figures: [String: [String]]) {
    var at = 0
    while at < lines.count {
      let line = lines[at]
      if line.hasPrefix("#") {
        let level = line.prefix { $0 == "#" }.count
        let name = line.dropFirst(level + 1)
        out += "<h\(level)>\(Self.inline(name))</h\(level)>\n"
        out += (figures[String(name)] ?? []).joined()
        at += 1
      } else if line.hasPrefix("|") {
        at = table(from: at)
      } else if Self.depth(line) != nil {
        at = list(from: at)
      } else if line.isEmpty {
        at += 1
      } else {
        let end = lines[at...].firstIndex { $0.isEmpty || $0.hasPrefix("|") || Self.depth($0) != nil }
        out += "<p>\(lines[at..<(end ?? lines.count)].map(Self.inline).joined(separator: "\n"))</p>\n"
        at = end ?? lines.count
      }
    }
  }

  /// How deep a line is in a list; nil where it is no item.
  private static func depth(_ line: Substring) -> Int? {
    let spaces = line.utf8.prefix { $0 == UInt8(ascii: " ") }.count
    return line.utf8.dropFirst(spaces).starts(with: "- ".utf8) ? spaces / 2 : nil
  }

  private mutating func list(from start: Int) -> Int {
    var (at, open) = (start, 0)
    while at < lines.count, let depth = Self.depth(lines[at]) {
      if depth + 1 > open {
        // One list more at most: an item without an item above it stands where it would have stood.
        out += "<ul>\n"
        open += 1
      } else {
        out += "</li>\n"
        while open > depth + 1 {
          out += "</ul></li>\n"
          open -= 1
        }
      }
      out += "<li>\(Self.inline(lines[at].dropFirst(2 * depth + 2)))"
      at += 1
    }
    out += "</li>\n" + String(repeating: "</ul></li>\n", count: max(0, open - 1)) + "</ul>\n"
    return at
  }

  private mutating func table(from start: Int) -> Int {
    let end = lines[start...].firstIndex { !$0.hasPrefix("|") } ?? lines.count
    let rows = lines[start..<end].map(Self.cells)
    let isNumber = (rows.count > 1 ? rows[1] : []).map { $0.hasSuffix(":") }
    func row(_ cells: [Substring], _ tag: String) -> String {
      let fields = cells.enumerated().map { at, cell in
        "<\(tag)\(at < isNumber.count && isNumber[at] ? " class=\"number\"" : "")>\(Self.inline(cell))</\(tag)>"
      }
      return "<tr>\(fields.joined())</tr>\n"
    }
    out += "<table>\n<thead>\n\(row(rows[0], "th"))</thead>\n<tbody>\n"
    out += rows.dropFirst(2).map { row($0, "td") }.joined()
    out += "</tbody>\n</table>\n"
    return end
  }

  /// The fields between strokes that no backslash stands before.
  private static func cells(_ line: Substring) -> [Substring] {
    var (cells, isEscaped): ([Substring], Bool) = ([], false)
    let bytes = line.utf8
    var start = bytes.index(after: bytes.startIndex)
    for at in bytes.indices.dropFirst() {
      if isEscaped {
        isEscaped = false
      } else if bytes[at] == UInt8(ascii: "\\") {
        isEscaped = true
      } else if bytes[at] == UInt8(ascii: "|") {
        cells.append(line[start..<at])
        start = bytes.index(after: at)
      }
    }
    return cells.map { field in
      var field = field.drop { $0 == " " }
      // A space that a backslash stands before would be the field's own; the report writes none.
      while field.last == " " { field.removeLast() }
      return field
    }
  }

  private static func inline(_ text: Substring) -> String {
    var (out, plain): (String, String) = ("", "")
    var (isBold, isCode) = (false, false)
    func flush() {
      out += Visible.markup(plain)
      plain = ""
    }
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\\":
        if let next = scalars.popFirst() { plain.unicodeScalars.append(next) }
      case "`":
        flush()
        out += isCode ? "</code>" : "<code>"
        isCode.toggle()
      case "*" where scalars.first == "*":
        scalars.removeFirst()
        flush()
        out += isBold ? "</strong>" : "<strong>"
        isBold.toggle()
      default: plain.unicodeScalars.append(scalar)
      }
    }
    flush()
    return out
  }
}
