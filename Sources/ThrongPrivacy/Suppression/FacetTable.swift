/// One facet counted over the published tree, and which of its cells are shown. Private, exact.
///
/// **Columns** are the values that may be shown of all conversations, largest as shown first, and one more for
/// the **rest**: every other value, and the records that state none.
///
/// **Rows** are the published nodes, and after them, for each node that has published children, what is left of it: its
/// remainder. A remainder is never shown.
struct FacetTable: Sendable {
  /// Index into the facet's values of each column but the last.
  private(set) var values: [Int]
  /// Columns, the rest included.
  var width: Int { values.count + 1 }
  /// The rest.
  var rest: Int { values.count }
  /// Column of each record of the layout.
  let columns: [Int32]
  let nodeCount: Int

  /// Conversations of each cell, row by row.
  private(set) var conversations: [Int32]
  /// x₁ + x₂ of each cell: the conversations of the two users who have most.
  private(set) var pair: [Int32]
  /// What is known of each cell.
  var state: [State]
  /// x₁ + x₂ of each row as a whole.
  private(set) var pairOfRow: [Int32]

  struct State: OptionSet, Sendable {
    let rawValue: UInt8
    /// Shown.
    static let published = State(rawValue: 1 << 0)
    /// Passes R1 and R2.
    static let passes = State(rawValue: 1 << 1)
    /// Withheld, and known to be protected.
    static let protected = State(rawValue: 1 << 2)
    /// Differs in at least one table that an outsider cannot tell from the true one.
    static let varied = State(rawValue: 1 << 3)
    /// Must not be shown: something below it could not be protected otherwise.
    static let barred = State(rawValue: 1 << 4)
  }

  func index(_ row: Int, _ column: Int) -> Int { row * (values.count + 1) + column }
  func remainder(of node: Int) -> Int { nodeCount + node }

  /// Most columns of a facet; the values beyond, smaller ones, belong to the rest.
  private static let maximumColumns = 1000

  /// - Parameters:
  ///   - barred: values that must not be shown of all conversations.
  ///
  /// O(records · depth + rows · columns).
  init(
    _ facet: CandidateFacet, layout: TreeLayout, published: PublishedTree, rules: PrimaryRules,
    rounding: Rounding, barred: Set<Int>
  ) {
    var counter = RangeCounter(users: layout.userCount)
    let keys = layout.records.map { record -> Int32 in
      let value = facet.valueOfRecord[Int(record)]
      return value < 0 ? Int32(facet.values.count) : value
    }
    values = Self.columns(
      facet, keys: keys, layout: layout, rules: rules, rounding: rounding, barred: barred, counter: &counter)
    var columnOfValue = [Int32](repeating: Int32(values.count), count: facet.values.count + 1)
    for (column, value) in values.enumerated() { columnOfValue[value] = Int32(column) }
    columns = keys.map { columnOfValue[Int($0)] }
    nodeCount = published.nodes.count
    let cells = 2 * nodeCount * (values.count + 1)
    conversations = [Int32](repeating: 0, count: cells)
    pair = conversations
    state = [State](repeating: [], count: cells)
    pairOfRow = [Int32](repeating: 0, count: 2 * nodeCount)
    for node in published.nodes.indices {
      fill(row: node, of: node, layout.whole[node], layout, rules: rules, counter: &counter)
      pairOfRow[node] = Int32(published.nodes[node].cell.largest + published.nodes[node].cell.second)
      if !published.nodes[node].children.isEmpty, !layout.own[node].isEmpty {
        fill(
          row: remainder(of: node), of: node, layout.own[node], layout, rules: rules, counter: &counter)
        // Enough of an estimate: what is left of a node has no more of anybody than the node.
        pairOfRow[remainder(of: node)] = pairOfRow[node]
      }
    }
  }

  private mutating func fill(
    row: Int, of node: Int, _ range: Range<Int>, _ layout: TreeLayout, rules: PrimaryRules,
    counter: inout RangeCounter
  ) {
    let start = index(row, 0)
    counter.forEachCell(
      of: range, keys: columns, users: layout.users(of: node), digests: layout.digests, width: width
    ) { column, cell in
      conversations[start + column] = Int32(cell.conversations)
      pair[start + column] = Int32(cell.largest + cell.second)
      if rules.pass(cell) { state[start + column] = .passes }
    }
  }

  /// The values that may be shown of all conversations. What they leave, R6, is empty or passes the rules, even for two
  /// users who know their own part of it; else the smallest as shown joins it.
  private static func columns(
    _ facet: CandidateFacet, keys: [Int32], layout: TreeLayout, rules: PrimaryRules, rounding: Rounding,
    barred: Set<Int>, counter: inout RangeCounter
  ) -> [Int] {
    var cells: [(value: Int, shown: Int)] = []
    counter.forEachCell(
      of: 0..<keys.count, keys: keys, users: layout.users(of: 0), digests: layout.digests,
      width: facet.values.count + 1
    ) { value, cell in
      guard value < facet.values.count, !barred.contains(value), rules.pass(cell) else { return }
      cells.append(
        (value, rounding.shown(cell.conversations, threshold: rules.minimumConversations)))
    }
    cells.sort {
      ($0.shown, facet.values[$1.value], $1.value) > ($1.shown, facet.values[$0.value], $0.value)
    }
    var columns = cells.prefix(maximumColumns).map(\.value)
    guard rules.defences.contains([.margins, .atoms]) else { return columns }
    var isColumn = [Bool](repeating: false, count: facet.values.count + 1)
    for value in columns { isColumn[value] = true }
    counter.cells.reset()
    let users = layout.users(of: 0)
    func add(_ isAsked: (Int) -> Bool) {
      for (at, key) in keys.enumerated() where isAsked(Int(key)) {
        counter.cells.add(user: users[at], digest: layout.digest(of: at))
      }
    }
    add { !isColumn[$0] }
    while let smallest = columns.last {
      let rest = counter.cells.cell
      if rest.conversations == 0
        || (rules.pass(rest)
          && rules.withstandsPair(conversations: rest.conversations, pair: rest.largest + rest.second))
      {
        break
      }
      add { $0 == smallest }
      columns.removeLast()
    }
    return columns
  }
}

/// Counts the records of a range by key, each key as a ``Cell``.
struct RangeCounter {
  var cells: CellCounter
  private var offsets: [Int] = []
  private var sorted: [UInt32] = []

  init(users: Int) { cells = CellCounter(users: users) }

  /// Calls `body` with each key of 0..<width that occurs, ascending. O(range + width).
  ///
  /// - Parameter digests: of each record's user, or empty.
  mutating func forEachCell(
    of range: Range<Int>, keys: [Int32], users: [UInt32], digests: [UInt128] = [], width: Int,
    _ body: (Int, Cell) -> Void
  ) {
    offsets.removeAll(keepingCapacity: true)
    offsets.append(contentsOf: repeatElement(0, count: width + 1))
    for at in range { offsets[Int(keys[at]) + 1] += 1 }
    for key in 0..<width { offsets[key + 1] += offsets[key] }
    if sorted.count < range.count { sorted = [UInt32](repeating: 0, count: range.count) }
    for at in range {
      let key = Int(keys[at])
      sorted[offsets[key]] = UInt32(at)
      offsets[key] += 1
    }
    var start = 0
    for key in 0..<width where offsets[key] > start {
      cells.reset()
      for at in sorted[start..<offsets[key]] {
        cells.add(user: users[Int(at)], digest: digests.isEmpty ? 0 : digests[Int(at)])
      }
      body(key, cells.cell)
      start = offsets[key]
    }
    cells.reset()
  }
}
