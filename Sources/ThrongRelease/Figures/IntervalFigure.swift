/// Estimates as dots with their intervals, on one scale that may have negative numbers and always shows 0.
struct IntervalFigure {
  struct Row {
    let label: String
    let estimate: Double
    let low: Double
    let high: Double
    /// What stands at the right: the figure in words.
    let value: String
  }

  let title: String
  let description: String
  let rows: [Row]
  /// A number in words, for the scale.
  let format: (Double) -> String

  /// O(rows).
  var figure: Figure {
    var figure = Figure(title: title, description: description)
    let least = min(0, rows.map(\.low).min() ?? 0)
    let most = max(0, rows.map(\.high).max() ?? 0)
    let width = max(1e-9, most - least)
    func x(_ value: Double) -> Int {
      8 + Int(((value - least) / width * Double(Figure.width - 16)).rounded())
    }
    let bottom = 34 * rows.count
    for mark in Set([least, 0, most]).sorted() {
      figure.line(from: (x(mark), 16), to: (x(mark), bottom), class: "grid")
      let anchor: Figure.Anchor = x(mark) < 40 ? .start : x(mark) > Figure.width - 40 ? .end : .middle
      figure.text(format(mark), x: x(mark), y: bottom + 14, anchor: anchor, class: "value")
    }
    for (at, row) in rows.enumerated() {
      let top = 34 * at
      figure.text(row.label, x: 0, y: top + 13, class: "label", limit: 64)
      figure.text(row.value, x: Figure.width, y: top + 13, anchor: .end, class: "value")
      figure.line(from: (x(row.low), top + 23), to: (x(row.high), top + 23), class: "whisker")
      for end in [x(row.low), x(row.high)] {
        figure.line(from: (end, top + 20), to: (end, top + 26), class: "whisker")
      }
      figure.dot(x: x(row.estimate), y: top + 23, class: "bar", title: "\(row.label): \(row.value)")
    }
    return figure
  }
}
