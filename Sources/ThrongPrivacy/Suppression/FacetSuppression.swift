import ThrongCore

/// Which cells of a facet, cluster × value, are shown: R1 to R7 over the published tree.
///
/// **What an outsider can do.** Everything shown is a sum of cells: a value's count in a cluster, a cluster's count.
/// Subtract the shown values of a cluster from it (R6), or a value's shown cells in the children from its
/// cell in the parent (R3), or combine many such sums in a linear programme (R4), knowing one's own conversations (R5).
///
/// **The scheme.** A value is shown in a cluster only if it is shown in the cluster above. So below a cell that is
/// withheld all is withheld, and each cluster with its children is a table of its own, decided from the root
/// down: rows are the children and what is left of the cluster, columns the values. In a table:
///
/// 1. Withhold what fails R1 or R2, and in a sensitive facet each row that fails R7 (``Homogeneity``).
/// 2. **Margins, R6.** What the shown values leave of a child must be empty or pass R1 and R2.
/// 3. **Atoms, R3.** What the shown children leave of a value must be empty or pass R1 and R2.
/// 4. **Protection, R4 and R5.** For each withheld cell that is not empty there must be another table that agrees with
///    all that is shown, in which the cell is at least k. See ``protect(row:column:need:upward:)``, which finds
///    such a table or withholds what stands in its way, at the least cost in shown conversations.
///
/// Steps 2 to 4 only ever withhold, and what is withheld more only makes more tables agree; so they are repeated until
/// nothing changes, and what was protected stays so. Where a cell cannot be protected by withholding in its
/// own table, the value is withheld in the parent, or all values in the table, and the parent's table is decided again.
///
/// **Proof.** Not by this argument alone: for every withheld cell the gate has *constructed* a table that an outsider cannot
/// exclude. A swap gives a conversation of one value in row r another value and a conversation elsewhere the reverse,
/// both among values withheld in both rows; since these are withheld below both rows, too, no shown sum changes. The number
/// of distinct users and all sums over clusters stay possible, for a swapped conversation takes its user along.
///
/// **R13.** Which cells are shown depends on withheld counts only through whether cells pass, and whether enough can be
/// swapped. The choice among cells to withhold looks only at their shown sizes. No count of a withheld cell is
/// released, so two inputs that differ only in withheld records and lead to the same set of shown cells give the same bytes.
/// A value that is missing may be empty, too small, withheld for another's sake or by R7; nothing tells which.
///
/// What it does not protect against: somebody who knows more than two users' conversations, and who knows how large a
/// withheld cell is from elsewhere.
///
/// Attacks and twins: `FacetAttackTests`.
struct FacetSuppression {
  let facet: CandidateFacet
  let layout: TreeLayout
  let published: PublishedTree
  let rules: PrimaryRules
  let rounding: Rounding
  /// Counts of the clusters as shown, for R7.
  let shownRows: [Int]
  var table: FacetTable
  /// Values barred from being shown of all conversations.
  private var barredValues: Set<Int> = []
  /// Nodes whose children show nothing of the facet.
  private var closed: [Bool]
  private var counter: CellCounter
  /// Withheld for a reason other than R1 and R2, by reason: for the operator.
  var withheld = GateAccount.FacetCounts()

  // The table at hand.
  /// Children of the node, what is left of it, then in the same way the rows around its ancestors, nearest first.
  var rows: [Int] = []
  /// The first rows, which belong to the node.
  var insideCount = 0
  /// By column: the value may be moved within the first so many rows without changing a shown cell.
  var reach: [Int] = []
  /// By column: the row of the ancestor (or the node) whose shown cell bounds that movement; 0, the root, for the rest.
  var bound: [Int] = []
  /// By column: shown in the node, so open to decision in its children.
  var isOpen: [Bool] = []
  private var rowsToCheck: Set<Int> = []
  private var columnsToCheck: Set<Int> = []
  /// Positions of the node's records by column.
  private var buckets: [[Int32]] = []
  var flow: ProtectionFlow

  init(
    _ facet: CandidateFacet, layout: TreeLayout, published: PublishedTree, rules: PrimaryRules,
    rounding: Rounding, shownRows: [Int]
  ) {
    self.facet = facet
    self.layout = layout
    self.published = published
    self.rules = rules
    self.rounding = rounding
    self.shownRows = shownRows
    table = FacetTable(
      facet, layout: layout, published: published, rules: rules, rounding: rounding, barred: [])
    closed = [Bool](repeating: false, count: published.nodes.count)
    counter = CellCounter(users: layout.userCount, digests: rules.gap?.digests ?? [])
    flow = ProtectionFlow(cells: table.state.count)
  }

  /// Decides every table.
  ///
  /// O(records · depth) for counting; a search per withheld cell, most of which end at the first sibling.
  mutating func run(cancellation: Cancellation) throws {
    guard showRoot() else { return }
    var node = 0
    while node < published.nodes.count {
      try cancellation.check()
      guard !published.nodes[node].children.isEmpty else {
        node += 1
        continue
      }
      guard let failure = decide(node) else {
        node += 1
        continue
      }
      guard let next = retreat(from: failure, at: node) else { return withholdEverything() }
      node = next
    }
  }

  private mutating func showRoot() -> Bool {
    for column in 0..<table.rest { table.state[column].insert(.published) }
    if facet.isSensitive, rules.defences.contains(.homogeneity), !isDiverse(row: 0) {
      withholdEverything()
      return false
    }
    return true
  }

  private mutating func withholdEverything() {
    for cell in table.state.indices { table.state[cell].remove(.published) }
  }

  /// Withholds more around a cell of `node`'s table that cannot be protected.
  ///
  /// - Returns: the node to go on from; nil where nothing of the facet can be shown.
  private mutating func retreat(from cell: (row: Int, column: Int), at node: Int) -> Int? {
    if cell.column != table.rest, isOpen[cell.column] {
      if let parent = published.nodes[node].parent {
        table.state[table.index(node, cell.column)].insert(.barred)
        return parent
      }
      barredValues.insert(table.values[cell.column])
      table = FacetTable(
        facet, layout: layout, published: published, rules: rules, rounding: rounding, barred: barredValues)
      closed = [Bool](repeating: false, count: published.nodes.count)
      flow = ProtectionFlow(cells: table.state.count)
      return showRoot() ? 0 : nil
    }
    var at: Int? = node
    while let here = at {
      if !closed[here] {
        closed[here] = true
        return here
      }
      at = published.nodes[here].parent
    }
    return nil
  }

  // MARK: - One table

  /// Decides the children of `node`.
  ///
  /// - Returns: a cell that cannot be protected, or nil.
  private mutating func decide(_ node: Int) -> (row: Int, column: Int)? {
    open(node)
    let children = published.nodes[node].children
    for child in children {
      for column in 0..<table.width {
        let cell = table.index(child, column)
        table.state[cell].subtract([.published, .protected, .varied])
        if !closed[node], isOpen[column], mayShow(child, column) { table.state[cell].insert(.published) }
      }
    }
    guard rules.defences.contains(.atoms) else {
      for child in children { checkHomogeneity(of: child) }
      return nil
    }
    if !published.nodes[node].children.isEmpty {
      let remainder = table.remainder(of: node)
      for column in 0..<table.width {
        table.state[table.index(remainder, column)].subtract([.protected, .varied])
      }
    }
    rowsToCheck = Set(children)
    columnsToCheck = Set((0..<table.rest).filter { isOpen[$0] })
    while true {
      for child in children where rowsToCheck.remove(child) != nil {
        checkHomogeneity(of: child)
        if rules.defences.contains(.margins) { checkMargin(of: child) }
      }
      for column in 0..<table.rest where columnsToCheck.remove(column) != nil { checkAtom(of: column) }
      if !rowsToCheck.isEmpty || !columnsToCheck.isEmpty { continue }
      guard rules.defences.contains(.protection) else { return nil }
      if let failure = protectAll() { return failure }
      if rowsToCheck.isEmpty && columnsToCheck.isEmpty { return nil }
    }
  }

  /// R1 and R2; and in a cluster with published children, whose cells of a value may be withheld, for two
  /// users who know their own part, too.
  private func mayShow(_ row: Int, _ column: Int) -> Bool {
    let cell = table.index(row, column)
    guard table.state[cell].contains(.passes), !table.state[cell].contains(.barred) else { return false }
    return published.nodes[row].children.isEmpty
      || rules.withstandsPair(
        conversations: Int(table.conversations[cell]), pair: Int(table.pair[cell]))
  }

  private mutating func open(_ node: Int) {
    let nodes = published.nodes
    rows.removeAll(keepingCapacity: true)
    func surround(_ node: Int, without child: Int?) {
      rows += nodes[node].children.filter { $0 != child }
      if !layout.own[node].isEmpty { rows.append(table.remainder(of: node)) }
    }
    bound = [Int](repeating: 0, count: table.width)
    reach = [Int](repeating: 0, count: table.width)
    isOpen = (0..<table.width).map { table.state[table.index(node, $0)].contains(.published) }
    var (at, from) = (node, Int?.none)
    var settled = [Bool](repeating: false, count: table.width)
    while true {
      surround(at, without: from)
      if from == nil { insideCount = rows.count }
      for column in 0..<table.width
      where !settled[column] && table.state[table.index(at, column)].contains(.published) {
        (settled[column], bound[column], reach[column]) = (true, at, rows.count)
      }
      guard let parent = nodes[at].parent else { break }
      (at, from) = (parent, at)
    }
    for column in 0..<table.width where !settled[column] { reach[column] = rows.count }
    // The rest is what the values shown of all conversations leave of them: it moves everywhere.
    flow.prepare(rows: rows.count, columns: table.width)
    buckets = Array(repeating: [], count: table.width)
    for at in layout.whole[node] where isOpen[Int(table.columns[at])] {
      buckets[Int(table.columns[at])].append(Int32(at))
    }
  }

  func shown(_ cell: Int) -> Int {
    rounding.shown(Int(table.conversations[cell]), threshold: rules.minimumConversations)
  }

  /// Withholds a shown cell of the table at hand.
  mutating func withhold(_ row: Int, _ column: Int) {
    table.state[table.index(row, column)].remove(.published)
    rowsToCheck.insert(row)
    columnsToCheck.insert(column)
  }

  private mutating func checkHomogeneity(of row: Int) {
    guard facet.isSensitive, rules.defences.contains(.homogeneity), !isDiverse(row: row) else { return }
    for column in 0..<table.rest where table.state[table.index(row, column)].contains(.published) {
      withhold(row, column)
      withheld.homogeneity += 1
    }
    rowsToCheck.remove(row)
  }

  /// R6: what the shown values leave of a child.
  private mutating func checkMargin(of row: Int) {
    counter.reset()
    for at in layout.whole[row]
    where !table.state[table.index(row, Int(table.columns[at]))].contains(.published) {
      counter.add(user: layout.users[at])
    }
    while true {
      let left = counter.cell
      if left.conversations == 0 || rules.pass(left) { return }
      let shownColumns = (0..<table.rest).filter {
        table.state[table.index(row, $0)].contains(.published)
      }
      guard let smallest = shownColumns.min(by: { size(row, $0) < size(row, $1) }) else { return }
      withhold(row, smallest)
      rowsToCheck.remove(row)
      withheld.margins += 1
      for at in layout.whole[row] where Int(table.columns[at]) == smallest {
        counter.add(user: layout.users[at])
      }
      checkHomogeneity(of: row)
      // The cluster as a whole passes.
      if !(0..<table.rest).contains(where: { table.state[table.index(row, $0)].contains(.published) }) {
        return
      }
    }
  }

  /// R3: what the shown children leave of a value.
  private mutating func checkAtom(of column: Int) {
    func add(_ row: Int, to counter: inout CellCounter) {
      let range = row < table.nodeCount ? layout.whole[row] : layout.own[row - table.nodeCount]
      let bucket = buckets[column]
      var at = bucket.partition(from: Int32(range.lowerBound))
      while at < bucket.count, Int(bucket[at]) < range.upperBound {
        counter.add(user: layout.users[Int(bucket[at])])
        at += 1
      }
    }
    let inside = rows.prefix(insideCount)
    counter.reset()
    for row in inside where !table.state[table.index(row, column)].contains(.published) {
      add(row, to: &counter)
    }
    while true {
      let left = counter.cell
      if left.conversations == 0 || rules.pass(left) { return }
      let shownRows = inside.filter { table.state[table.index($0, column)].contains(.published) }
      guard let smallest = shownRows.min(by: { size($0, column) < size($1, column) }) else { return }
      withhold(smallest, column)
      columnsToCheck.remove(column)
      withheld.atoms += 1
      add(smallest, to: &counter)
    }
  }

  private func size(_ row: Int, _ column: Int) -> (Int, Int, Int) {
    (shown(table.index(row, column)), -column, row)
  }

  // MARK: - Protection

  /// R4 and R5 for every withheld cell of the table.
  ///
  /// - Returns: one that cannot be protected, or nil.
  private mutating func protectAll() -> (row: Int, column: Int)? {
    for at in 0..<insideCount {
      let row = rows[at]
      for column in 0..<table.width {
        let cell = table.index(row, column)
        if table.state[cell].contains(.published) || table.state[cell].contains(.protected) { continue }
        let count = Int(table.conversations[cell])
        if let need = need(cell, column: column, count: count) {
          if !table.state[cell].contains(.varied) || need > 1 {
            guard protect(row: row, column: column, need: need, upward: true) else { return (row, column) }
          }
        }
        if facet.isSensitive, rules.defences.contains(.homogeneity), count > 0 {
          // Not all of this cluster have the value, for all an outsider knows.
          let others = rowCount(row) - count
          if others < rules.minimumConversations {
            guard
              protect(
                row: row, column: column, need: rules.minimumConversations - others, upward: false)
            else { return (row, column) }
          }
        }
        table.state[cell].insert(.protected)
      }
    }
    return nil
  }

  /// By how much a withheld cell must be able to grow; nil: nothing is asked.
  private func need(_ cell: Int, column: Int, count: Int) -> Int? {
    let k = rules.minimumConversations
    if table.state[cell].contains(.passes) {
      if table.state[cell].contains(.varied) { return nil }
      return column != table.rest && isOpen[column] ? k : 1
    }
    if count == 0 {
      // Nobody here has the value: a secret only where the facet is sensitive and the value is known to exist.
      guard facet.isSensitive, rules.defences.contains(.homogeneity), table.conversations[column] > 0
      else { return nil }
      return k
    }
    return max(1, count < k ? k - count : k - (count - Int(table.pair[cell])))
  }

  private func rowCount(_ row: Int) -> Int {
    row < table.nodeCount ? layout.whole[row].count : layout.own[row - table.nodeCount].count
  }
}

extension [Int32] {
  /// Index of the first element of an ascending array that is at least `bound`.
  fileprivate func partition(from bound: Int32) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
