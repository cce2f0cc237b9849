/// A tree as an outline: a line for each node, so that labels never meet, and a square as large as its share.
struct TreeFigure {
  struct Node {
    let label: String
    /// Index of the node above; nil for the root. Smaller than the node's own.
    let parent: Int?
    /// 0...1.
    let share: Double
    /// What stands behind the label.
    let value: String
  }

  let title: String
  let description: String
  /// Parents before children.
  let nodes: [Node]

  /// O(nodes).
  var figure: Figure {
    var figure = Figure(title: title, description: description)
    var children = [[Int]](repeating: [], count: nodes.count)
    var level = [Int](repeating: 0, count: nodes.count)
    for (at, node) in nodes.enumerated() {
      guard let parent = node.parent else { continue }
      children[parent].append(at)
      level[at] = level[parent] + 1
    }
    var (order, open) = ([Int](), nodes.isEmpty ? [] : [0])
    while let node = open.popLast() {
      order.append(node)
      open += children[node].reversed()
    }
    var line = [Int](repeating: 0, count: nodes.count)
    for (at, node) in order.enumerated() { line[node] = at }
    func y(_ node: Int) -> Int { 12 + 22 * line[node] }
    func x(_ node: Int) -> Int { 10 + 28 * level[node] }
    for node in order {
      if let last = children[node].last {
        figure.line(from: (x(node), y(node)), to: (x(node), y(last)), class: "branch")
      }
      if let parent = nodes[node].parent {
        figure.line(from: (x(parent), y(node)), to: (x(node), y(node)), class: "branch")
      }
    }
    for node in order {
      let size = 2 + Int((nodes[node].share.squareRoot() * 7).rounded())
      figure.rectangle(
        x: x(node) - size, y: y(node) - size, width: 2 * size, height: 2 * size,
        class: children[node].isEmpty ? "bar" : "whole", title: "\(nodes[node].label): \(nodes[node].value)")
      figure.text(
        nodes[node].label, x: x(node) + 14, y: y(node) + 4, class: "label", limit: 58 - 4 * level[node])
      figure.text(nodes[node].value, x: Figure.width, y: y(node) + 4, anchor: .end, class: "value")
    }
    return figure
  }
}
