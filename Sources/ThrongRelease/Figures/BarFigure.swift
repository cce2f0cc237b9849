/// Horizontal bars with the ends of their intervals, labels above them: room for long labels on a narrow page.
struct BarFigure {
  struct Bar {
    let label: String
    /// 0...1.
    let share: Double
    /// Ends of an interval, where there is one.
    let range: ClosedRange<Double>?
    /// What stands at the right: the value in words.
    let value: String
  }

  let title: String
  let description: String
  let bars: [Bar]

  /// Bars take the whole width at the largest share or end of an interval. O(bars).
  var figure: Figure {
    var figure = Figure(title: title, description: description)
    let largest = max(1e-9, bars.map { max($0.share, $0.range?.upperBound ?? 0) }.max() ?? 0)
    let room = Double(Figure.width - 8)
    func x(_ share: Double) -> Int { 2 + Int((share / largest * room).rounded()) }
    for (at, bar) in bars.enumerated() {
      let top = 34 * at
      figure.text(bar.label, x: 0, y: top + 13, class: "label", limit: 64)
      figure.text(bar.value, x: Figure.width, y: top + 13, anchor: .end, class: "value")
      figure.rectangle(
        x: 0, y: top + 18, width: x(bar.share), height: 10, class: "bar", title: "\(bar.label): \(bar.value)")
      guard let range = bar.range else { continue }
      let ends = (x(range.lowerBound), x(range.upperBound))
      figure.line(from: (ends.0, top + 23), to: (ends.1, top + 23), class: "whisker")
      for end in [ends.0, ends.1] {
        figure.line(from: (end, top + 20), to: (end, top + 26), class: "whisker")
      }
    }
    return figure
  }
}
