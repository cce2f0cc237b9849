/// Help for a person: headings, paragraphs and two-column lists, wrapped to a width.
package struct HelpPage: Sendable {
  private var lines: [String] = []
  private let width: Int

  /// - Parameter width: columns of the terminal; used between 50 and 100.
  package init(width: Int) {
    self.width = min(100, max(50, width))
  }

  /// The page, with a newline at its end.
  package var text: String { lines.joined(separator: "\n") + "\n" }

  /// Adds a paragraph.
  package mutating func paragraph(_ text: String) {
    separate()
    lines += Self.wrap(text, width: width)
  }

  /// Adds a heading with entries below it: a term, and what it means in a second column.
  package mutating func list(_ heading: String, _ entries: [(term: String, meaning: String)]) {
    separate()
    lines.append("\(heading):")
    let longest = entries.map(\.term.count).max() ?? 0
    let column = min(longest, 26) + 4
    for (term, meaning) in entries {
      let wrapped = Self.wrap(meaning, width: width - column)
      let start = "  " + term
      let fits = start.count + 2 <= column
      lines.append(fits ? start + Self.spaces(column - start.count) + (wrapped.first ?? "") : start)
      lines += wrapped.dropFirst(fits ? 1 : 0).map { Self.spaces(column) + $0 }
    }
  }

  /// Adds command lines, each under what it is for.
  package mutating func examples(_ examples: [Example]) {
    separate()
    lines.append("Examples:")
    for example in examples {
      lines += Self.wrap(example.purpose, width: width - 2).map { "  " + $0 }
      lines.append("    " + example.command)
    }
  }

  private mutating func separate() {
    if !lines.isEmpty { lines.append("") }
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  /// Greedy lines of at most `width` characters; a longer word has a line of its own.
  static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
