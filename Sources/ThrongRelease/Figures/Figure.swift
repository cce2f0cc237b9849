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
    let text = points.enumerated().map { "\($0.offset == 0 ? "M" : "L")\($0.element.x),\($0.element.y)" }
    element("path", "d=\"\(text.joined())\"", name, nil)
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

  /// The drawing with its caption as HTML.
  var markup: String {
    let (title, description) = (
      Visible.markup(Visible.text(title)), Visible.markup(Visible.text(description))
    )
    return """
      <figure>
      <svg viewBox="0,0,\(Self.width),\(height + 4)" role="img" aria-label="\(title)">
      <title>\(title)</title>
      <desc>\(description)</desc>
      \(body)</svg>
      <figcaption>\(title). \(description)</figcaption>
      </figure>

      """
  }
}
