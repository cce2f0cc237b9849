/// Lines over time. A period without a value breaks the line: what is not shown is not 0.
struct LineFigure {
  struct Moment {
    let label: String
    let time: Int
  }

  struct Series {
    let label: String
    /// One value for each of ``LineFigure/moments``; nil where none is shown.
    let values: [Double?]
  }

  let title: String
  let description: String
  /// Where values stand, in their order.
  let moments: [Moment]
  /// Neighbours that are further apart are not joined.
  let longestStep: Int
  let series: [Series]
  /// A value in words.
  let format: (Double) -> String

  /// Classes `series0` to `series5` tell lines apart by colour and by dashes; each is labelled at its end.
  static let maximumSeries = 6

  /// O(series · moments).
  var figure: Figure {
    var figure = Figure(title: title, description: description)
    let (left, right, top, bottom) = (64, Figure.width - 180, 12, 212)
    let largest = max(1e-9, series.flatMap { $0.values.compactMap { $0 } }.max() ?? 0)
    let (first, last) = (moments.first?.time ?? 0, moments.last?.time ?? 0)
    func x(_ at: Int) -> Int {
      first == last
        ? (left + right) / 2
        : left
          + Int((Double(right - left) * Double(moments[at].time - first) / Double(last - first)).rounded())
    }
    func y(_ value: Double) -> Int { bottom - Int((value / largest * Double(bottom - top)).rounded()) }
    for part in 0...2 {
      let value = largest * Double(part) / 2
      figure.line(from: (left, y(value)), to: (right, y(value)), class: "grid")
      figure.text(format(value), x: left - 8, y: y(value) + 4, anchor: .end, class: "value")
    }
    // As many names as fit side by side.
    var free = Int.min
    for (at, moment) in moments.enumerated() where x(at) >= free {
      figure.text(moment.label, x: x(at), y: bottom + 18, anchor: .middle, class: "value")
      free = x(at) + 84
    }
    var labels: [(y: Int, index: Int)] = []
    for (index, line) in series.prefix(Self.maximumSeries).enumerated() {
      let name = "series\(index)"
      var stretch: [(x: Int, y: Int)] = []
      func close() {
        if stretch.count > 1 { figure.path(stretch, class: "line \(name)") }
        stretch = []
      }
      for (at, value) in line.values.enumerated() {
        guard let value else {
          close()
          continue
        }
        if at > 0, moments[at].time - moments[at - 1].time > longestStep { close() }
        stretch.append((x(at), y(value)))
        figure.dot(
          x: x(at), y: y(value), class: "dot \(name)",
          title: "\(line.label), \(moments[at].label): \(format(value))")
      }
      close()
      if let last = line.values.compactMap({ $0 }).last { labels.append((y(last), index)) }
    }
    // From above, each label at least a line below the one before.
    var lowest = Int.min / 2
    for label in labels.sorted(by: { ($0.y, $0.index) < ($1.y, $1.index) }) {
      lowest = max(label.y, lowest + 16)
      figure.text(
        series[label.index].label, x: right + 10, y: lowest + 4, class: "label series\(label.index)",
        limit: 24)
    }
    return figure
  }
}
