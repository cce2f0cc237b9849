/// How far the cells of a table differ from the true ones in the table under construction, and room for the search.
struct ProtectionFlow {
  /// By cell: how much more it is than in truth.
  private(set) var change: [Int32]
  /// Cells whose change has been set.
  private(set) var touched: [Int] = []

  /// Vertices of the search: columns, then rows.
  fileprivate var cost: [Int] = []
  fileprivate var previous: [Int32] = []
  fileprivate var isDone: [Bool] = []
  fileprivate var heap = Heap()

  init(cells: Int) { change = [Int32](repeating: 0, count: cells) }

  mutating func prepare(rows: Int, columns: Int) {
    cost = [Int](repeating: .max, count: rows + columns)
    previous = [Int32](repeating: -1, count: rows + columns)
    isDone = [Bool](repeating: false, count: rows + columns)
  }

  mutating func reset() {
    for cell in touched { change[cell] = 0 }
    touched.removeAll(keepingCapacity: true)
  }

  mutating func add(_ amount: Int, to cell: Int) {
    if change[cell] == 0 { touched.append(cell) }
    change[cell] += Int32(amount)
  }
}

extension FacetSuppression {
  /// Constructs a table that agrees with all that is shown and in which the withheld cell (row, column) is more (or
  /// less) by `need`; where none is found, withholds the cheapest cells that stand in its way.
  ///
  /// **Method.** The table is a transport network: rows and columns are vertices, withheld cells arcs. Raising one cell
  /// means to lower another of its column, to raise one of that one's row, and so on, until a cell of the first
  /// row is lowered: an alternating cycle. Cells cannot be lowered below zero; raising knows no limit. Cycles are
  /// added up (successive shortest paths; for complementary suppression Kelly, Golden and Assad 1992,
  /// doi:10.1002/net.3230220407) until they suffice, a shown cell costing its shown size and then being withheld.
  /// First come cycles of four cells, a swap between two rows, which mostly suffice.
  ///
  /// **Coalition, R5.** Of two users who know their own conversations, none can be swapped. In a cell that is lowered
  /// they block what others' conversations do not suffice for; in the cells of the column, and of the row, together
  /// no more than two users have there; and in all no more than two users have. So much more is asked for.
  ///
  /// - Returns: false where there is no such table whatever is withheld here.
  mutating func protect(
    row: Int, column: Int, need: Int, upward: Bool, withholding: Bool = true
  ) -> Bool {
    let before = mayWithhold
    mayWithhold = before && withholding
    defer { mayWithhold = before }
    flow.reset()
    var total = 0
    if upward {
      // First what two users cannot block, then the rest.
      if rules.defences.contains(.coalitions) {
        swap(row: row, column: column, need: need, sparing: true, total: &total)
      }
      swap(row: row, column: column, need: need, sparing: false, total: &total)
    }
    while total - blocked(row: row, column: column, upward: upward) < need {
      let missing = need - total + blocked(row: row, column: column, upward: upward)
      let amount = augment(row: row, column: column, upward: upward, most: missing)
      if amount == 0 { return false }
      total += amount
    }
    for cell in flow.touched where flow.change[cell] != 0 { table.state[cell].insert(.varied) }
    table.state[table.index(row, column)].insert(.varied)
    return true
  }

  /// Most units that two users can block.
  private func blocked(row: Int, column: Int, upward: Bool) -> Int {
    guard rules.defences.contains(.coalitions) else { return 0 }
    var (ofColumn, ofRow, others) = (0, 0, 0)
    for cell in flow.touched where flow.change[cell] < 0 {
      // The conversations of others are swapped first.
      let most = max(0, Int(table.pair[cell]) - room(cell))
      if upward, cell % table.width == column {
        ofColumn += most
      } else if cell / table.width == row {
        ofRow += most
      } else {
        others += most
      }
    }
    ofColumn = min(ofColumn, Int(table.pair[table.index(bound[column], column)]))
    ofRow = min(ofRow, Int(table.pairOfRow[row]))
    return min(ofColumn + ofRow + others, Int(table.pairOfRow[0]))
  }

  private func isWithheld(_ cell: Int) -> Bool { !table.state[cell].contains(.published) }

  /// By how much a cell can be lowered.
  private func room(_ cell: Int) -> Int { Int(table.conversations[cell] + flow.change[cell]) }

  /// Cycles of four cells: (row, column) up, (other, column) down, (other, u) up, (row, u) down.
  private mutating func swap(row: Int, column: Int, need: Int, sparing: Bool, total: inout Int) {
    func room(_ cell: Int) -> Int { self.room(cell) - (sparing ? Int(table.pair[cell]) : 0) }
    var supplies = (0..<table.width).filter { u in
      u != column && isWithheld(table.index(row, u)) && room(table.index(row, u)) > 0
    }
    for at in 0..<reach[column] where rows[at] != row {
      let other = rows[at]
      let down = table.index(other, column)
      guard isWithheld(down), room(down) > 0 else { continue }
      var isUsedUp = false
      for u in supplies where at < reach[u] && isWithheld(table.index(other, u)) {
        let missing = need - total + blocked(row: row, column: column, upward: true)
        if missing <= 0 { return }
        let amount = min(room(down), room(table.index(row, u)), missing)
        flow.add(-amount, to: down)
        flow.add(amount, to: table.index(other, u))
        flow.add(-amount, to: table.index(row, u))
        total += amount
        isUsedUp = isUsedUp || room(table.index(row, u)) <= 0
        if room(down) <= 0 { break }
      }
      if isUsedUp { supplies.removeAll { room(table.index(row, $0)) <= 0 } }
      if supplies.isEmpty { return }
    }
  }

  /// Adds one cheapest cycle through the cell, withholding what it crosses.
  ///
  /// - Returns: by how much the cell has been changed; 0 where there is no cycle.
  private mutating func augment(row: Int, column: Int, upward: Bool, most: Int) -> Int {
    guard let local = rows.prefix(insideCount).firstIndex(of: row) else { return 0 }
    let width = table.width
    let (source, target) = upward ? (column, width + local) : (width + local, column)
    guard search(from: source, to: target, without: table.index(row, column)) else { return 0 }
    var path = [target]
    while let last = path.last, last != source { path.append(Int(flow.previous[last])) }
    path.reverse()
    var amount = most
    for (from, to) in zip(path, path.dropFirst()) where from < width {
      amount = min(amount, room(table.index(rows[to - width], from)))
    }
    for (from, to) in zip(path, path.dropFirst()) {
      let (r, u) = from < width ? (rows[to - width], from) : (rows[from - width], to)
      let cell = table.index(r, u)
      if !isWithheld(cell) {
        withhold(r, u)
        withheld.protection += 1
      }
      flow.add(from < width ? -amount : amount, to: cell)
    }
    return amount
  }

  /// Dijkstra's algorithm. Each arc costs 1, and one through a shown cell its shown size more, a thousandfold.
  private mutating func search(from source: Int, to target: Int, without excluded: Int) -> Bool {
    let width = table.width
    for vertex in flow.cost.indices {
      flow.cost[vertex] = .max
      flow.isDone[vertex] = false
    }
    flow.cost[source] = 0
    flow.heap.removeAll()
    flow.heap.push((0, source))
    while let (cost, vertex) = flow.heap.pop() {
      if vertex == target { return true }
      if flow.isDone[vertex] { continue }
      flow.isDone[vertex] = true
      if vertex < width {
        for at in 0..<reach[vertex] {
          let cell = table.index(rows[at], vertex)
          guard cell != excluded, room(cell) > 0 else { continue }
          relax(vertex, to: width + at, cost: cost, cell: cell, isInside: at < insideCount)
        }
      } else {
        let at = vertex - width
        for column in 0..<width where at < reach[column] {
          let cell = table.index(rows[at], column)
          guard cell != excluded else { continue }
          relax(vertex, to: column, cost: cost, cell: cell, isInside: at < insideCount)
        }
      }
    }
    return false
  }

  private mutating func relax(_ from: Int, to: Int, cost: Int, cell: Int, isInside: Bool) {
    var next = cost + 1
    if !isWithheld(cell) {
      // Tables further up are settled.
      guard isInside, mayWithhold else { return }
      next += 1024 * shown(cell)
    }
    guard next < flow.cost[to] else { return }
    flow.cost[to] = next
    flow.previous[to] = Int32(from)
    flow.heap.push((next, to))
  }
}

/// A binary heap of (cost, vertex), least first.
private struct Heap {
  private var items: [(Int, Int)] = []

  mutating func removeAll() { items.removeAll(keepingCapacity: true) }

  mutating func push(_ item: (Int, Int)) {
    items.append(item)
    var at = items.count - 1
    while at > 0, items[at] < items[(at - 1) / 2] {
      items.swapAt(at, (at - 1) / 2)
      at = (at - 1) / 2
    }
  }

  mutating func pop() -> (Int, Int)? {
    guard let first = items.first, let last = items.popLast() else { return nil }
    if items.isEmpty { return first }
    items[0] = last
    var at = 0
    while true {
      var least = at
      for child in 2 * at + 1..<2 * at + 3 where child < items.count && items[child] < items[least] {
        least = child
      }
      if least == at { return first }
      items.swapAt(at, least)
      at = least
    }
  }
}
