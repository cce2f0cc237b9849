/// A drawing as inline SVG: of a given width, as tall as what is put into it.
///
/// Whole numbers only, parted by commas, so that the same release gives the same bytes everywhere and no coordinates run
/// together into what an audit would take for somebody's number. Colours and fonts come from the classes of the page.
struct Figure {
  static let width = 720
  private var body = ""
  private var height = 0
  private let title: String
  private let description: String

  /// - Parameters:
  ///   - title: read out, and shown on the page below the drawing.
  ///   - description: what a reader sees who cannot look at it.
  init(title: String, description: String) {
    self.title = title
    self.description = description
  }

  /// Enlarges the drawing to hold what reaches down to `y`.
  mutating func reach(_ y: Int) { height = max(height, y) }

  mutating func rectangle(x: Int, y: Int, width: Int, height: Int, class name: String, title: String? = nil) {
    reach(y + height)
    element("rect", "x=\"\(x)\" y=\"\(y)\" width=\"\(max(1, width))\" height=\"\(height)\"", name, title)
  }

  mutating func line(from: (x: Int, y: Int), to: (x: Int, y: Int), class name: String) {
    reach(max(from.y, to.y))
    element("line", "x1=\"\(from.x)\" y1=\"\(from.y)\" x2=\"\(to.x)\" y2=\"\(to.y)\"", name, nil)
  }

  mutating func path(_ points: [(x: Int, y: Int)], class name: String) {
    reach(points.map(\.y).max() ?? 0)
    let text = points.map { "\($0.x),\($0.y)" }
    element("path", "d=\"M \(text.joined(separator: ","))\"", name, nil)
  }

  mutating func dot(x: Int, y: Int, class name: String, title: String) {
    reach(y + 3)
    element("circle", "cx=\"\(x)\" cy=\"\(y)\" r=\"3\"", name, title)
  }

  enum Anchor: String { case start, middle, end }

  /// - Parameter limit: characters that are shown; a longer text is cut and shown whole as its title.
  mutating func text(
    _ text: String, x: Int, y: Int, anchor: Anchor = .start, class name: String, limit: Int = .max
  ) {
    reach(y + 4)
    let shown = Visible.text(text)
    let isCut = shown.count > limit
    let label = isCut ? String(shown.prefix(limit - 1)) + "…" : shown
    body += "<text x=\"\(x)\" y=\"\(y)\" class=\"\(name)\" text-anchor=\"\(anchor.rawValue)\">"
    if isCut { body += "<title>\(Visible.markup(shown))</title>" }
    body += "\(Visible.markup(label))</text>\n"
  }

  private mutating func element(_ element: String, _ attributes: String, _ name: String, _ title: String?) {
    body += "<\(element) \(attributes) class=\"\(name)\""
    body += title.map { "><title>\(Visible.markup(Visible.text($0)))</title></\(element)>\n" } ?? "/>\n"
  }

  private func svg(_ attributes: String, style: String = "") -> String {
    let (title, description) = (
      Visible.markup(Visible.text(title)), Visible.markup(Visible.text(description))
    )
    return """
      <svg \(attributes)viewBox="0,0,\(Self.width),\(height + 4)" role="img" aria-label="\(title)">
      \(style)<title>\(title)</title>
      <desc>\(description)</desc>
      \(body)</svg>

      """
  }

  /// The drawing as a file of its own, with the colours of the printed report.
  var document: String {
    svg(
      "xmlns=\"http://www.w3.org/2000/svg\" ",
      style: """
        <style>
        :root { --ink: #1d1f24; --quiet: #5d636f; --rule: #d9dce2; --bar: #0072b2; background: #ffffff; font: 13px system-ui, sans-serif; }
        \(Self.style.replacing("svg ", with: ""))
        </style>

        """)
  }

  /// What the classes of drawings look like: greys and the blue, orange and green of Okabe and Ito, which the colour-blind
  /// tell apart; lines differ by dashes, too.
  static let style = """
    svg .label { fill: var(--ink); }
    svg .value { fill: var(--quiet); font-variant-numeric: tabular-nums; }
    svg .bar { fill: var(--bar); }
    svg .whole { fill: var(--quiet); }
    svg .whisker { stroke: var(--ink); stroke-width: 1.5; }
    svg .grid, svg .branch { stroke: var(--rule); }
    svg .line { fill: none; stroke-width: 2; }
    svg .series0 { --tone: var(--bar); }
    svg .series1 { --tone: #d55e00; }
    svg .series2 { --tone: #009e73; }
    svg .series3 { --tone: #cc79a7; }
    svg .series4 { --tone: #e69f00; }
    svg .series5 { --tone: var(--quiet); }
    svg .line.series1 { stroke-dasharray: 7,3; }
    svg .line.series2 { stroke-dasharray: 2,3; }
    svg .line.series3 { stroke-dasharray: 9,3,2,3; }
    svg .line.series4 { stroke-dasharray: 4,2; }
    svg .line.series5 { stroke-dasharray: 1,4; }
    svg .line { stroke: var(--tone); }
    svg .dot, svg text.series0, svg text.series1, svg text.series2, svg text.series3, svg text.series4, svg text.series5 { fill: var(--tone); }
    """

  /// The drawing with its caption as HTML.
  var markup: String {
    let (title, description) = (
      Visible.markup(Visible.text(title)), Visible.markup(Visible.text(description))
    )
    return """
      <figure>
      \(svg(""))<figcaption>\(title). \(description)</figcaption>
      </figure>

      """
  }
}
