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
/// both among values withheld in both rows; since these are withheld below both rows, too, no shown sum of conversations changes,
/// and clusters keep their users. A value's own users need not stay what they were, where one of them loses or gains the value by
/// the swap: counts of users that nearly add up to those of a cluster may bound a cell all the same. Of 10,000 random tables
/// with exact counts one had such a cell, among 193,894 that were withheld.
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
  /// The node whose children are decided.
  private var node = 0
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
  /// Whether the search may withhold what stands in its way.
  var mayWithhold = true

  init(
    _ facet: CandidateFacet, layout: TreeLayout, published: PublishedTree, rules: PrimaryRules,
    rounding: Rounding, shownRows: [Int], only: Set<Int>? = nil
  ) {
    self.facet = facet
    self.layout = layout
    self.published = published
    self.rules = rules
    self.rounding = rounding
    self.shownRows = shownRows
    if let only { barredValues = Set(facet.values.indices).subtracting(only) }
    table = FacetTable(
      facet, layout: layout, published: published, rules: rules, rounding: rounding, barred: barredValues)
    closed = [Bool](repeating: false, count: published.nodes.count)
    counter = CellCounter(users: layout.userCount)
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
      let failures = decide(node)
      guard !failures.isEmpty else {
        node += 1
        continue
      }
      guard let next = retreat(from: failures, at: node) else { return withholdEverything() }
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

  /// Withholds more where cells of these columns of `node`'s table cannot be protected.
  ///
  /// - Returns: the node to go on from; nil where nothing of the facet can be shown.
  private mutating func retreat(from columns: [Int], at node: Int) -> Int? {
    let open = columns.filter { isOpen[$0] }
    if !open.isEmpty {
      if let parent = published.nodes[node].parent {
        for column in open { table.state[table.index(node, column)].insert(.barred) }
        return parent
      }
      return startAgain(barring: open)
    }
    var at: Int? = node
    while let here = at {
      if !closed[here] {
        closed[here] = true
        return here
      }
      at = published.nodes[here].parent
    }
    // The rest is too small to hide in: the smallest value joins it.
    return table.rest > 0 ? startAgain(barring: [table.rest - 1]) : nil
  }

  private mutating func startAgain(barring columns: [Int]) -> Int? {
    barredValues.formUnion(columns.map { table.values[$0] })
    table = FacetTable(
      facet, layout: layout, published: published, rules: rules, rounding: rounding, barred: barredValues)
    closed = [Bool](repeating: false, count: published.nodes.count)
    flow = ProtectionFlow(cells: table.state.count)
    return showRoot() ? 0 : nil
  }

  // MARK: - One table

  /// Decides the children of `node`.
  ///
  /// - Returns: the columns with cells that cannot be protected.
  private mutating func decide(_ node: Int) -> [Int] {
    open(node)
    let children = published.nodes[node].children
    for child in children {
      for column in 0..<table.width {
        let cell = table.index(child, column)
        table.state[cell].subtract([.published, .protected, .varied])
        if !closed[node], isOpen[column], table.state[cell].isSuperset(of: .passes),
          !table.state[cell].contains(.barred)
        {
          table.state[cell].insert(.published)
        }
      }
    }
    guard rules.defences.contains(.atoms) else {
      for child in children { checkHomogeneity(of: child) }
      return []
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
      guard rules.defences.contains(.protection) else { return [] }
      let failures = protectAll()
      if !failures.isEmpty { return failures }
      if rowsToCheck.isEmpty && columnsToCheck.isEmpty {
        if !closed[node] { showAgain() }
        return []
      }
    }
  }

  private mutating func open(_ node: Int) {
    let nodes = published.nodes
    self.node = node
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

  /// Columns of which a node shows the count.
  func shownColumns(of node: Int) -> [Int] {
    (0..<table.rest).filter { table.state[table.index(node, $0)].contains(.published) }
  }

  /// The exact cells of a node by column.
  func cells(of node: Int, counter: inout RangeCounter) -> [Cell] {
    var cells = [Cell](repeating: Cell(), count: table.width)
    counter.forEachCell(
      of: layout.whole[node], keys: table.columns, users: layout.users(of: node), width: table.width
    ) { cells[$0] = $1 }
    return cells
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
    guard facet.isSensitive, rules.defences.contains(.homogeneity) else { return }
    let isDiverse = isDiverse(row: row)
    let failing = shownColumns(of: row).filter { !isDiverse || givesAway(row: row, column: $0) }
    for column in failing {
      withhold(row, column)
      withheld.homogeneity += 1
    }
    // Fewer values are less diverse.
    if isDiverse, !failing.isEmpty { return checkHomogeneity(of: row) }
    rowsToCheck.remove(row)
  }

  private mutating func margin(of row: Int) -> Cell {
    counter.reset()
    let isShown = (0..<table.width).map { table.state[table.index(row, $0)].contains(.published) }
    count(layout.whole[row], of: row) { !isShown[$0] }
    return counter.cell
  }

  /// Adds the records of a range of `node` in the columns asked for.
  private mutating func count(_ range: Range<Int>, of node: Int, where isAsked: (Int) -> Bool) {
    let (users, columns) = (layout.users(of: node), table.columns)
    for at in range where isAsked(Int(columns[at])) {
      counter.add(user: users[at], digest: layout.digest(of: at))
    }
  }

  /// R6: what the shown values leave of a child.
  private mutating func checkMargin(of row: Int) {
    _ = margin(of: row)
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
      count(layout.whole[row], of: row) { $0 == smallest }
      checkHomogeneity(of: row)
      // The cluster as a whole passes.
      if !(0..<table.rest).contains(where: { table.state[table.index(row, $0)].contains(.published) }) {
        return
      }
    }
  }

  private mutating func atom(of column: Int) -> Cell {
    counter.reset()
    for row in rows.prefix(insideCount) where !table.state[table.index(row, column)].contains(.published) {
      add(row, column)
    }
    return counter.cell
  }

  private mutating func add(_ row: Int, _ column: Int) {
    let range = row < table.nodeCount ? layout.whole[row] : layout.own[row - table.nodeCount]
    let bucket = buckets[column]
    let users = layout.users(of: node)
    var at = bucket.partition(from: Int32(range.lowerBound))
    while at < bucket.count, Int(bucket[at]) < range.upperBound {
      let record = Int(bucket[at])
      counter.add(user: users[record], digest: layout.digest(of: record))
      at += 1
    }
  }

  /// R3: what the shown children leave of a value.
  private mutating func checkAtom(of column: Int) {
    _ = atom(of: column)
    while true {
      let left = counter.cell
      if left.conversations == 0 || rules.pass(left) { return }
      let shownRows = rows.prefix(insideCount).filter {
        table.state[table.index($0, column)].contains(.published)
      }
      guard let smallest = shownRows.min(by: { size($0, column) < size($1, column) }) else { return }
      withhold(smallest, column)
      columnsToCheck.remove(column)
      withheld.atoms += 1
      add(smallest, column)
    }
  }

  private func size(_ row: Int, _ column: Int) -> (Int, Int, Int) {
    (shown(table.index(row, column)), -column, row)
  }

  // MARK: - Protection

  /// R4 and R5 for every withheld cell of the table.
  ///
  /// - Returns: the columns with a cell that cannot be protected.
  private mutating func protectAll() -> [Int] {
    var failures: Set<Int> = []
    for at in 0..<insideCount {
      for column in 0..<table.width where !failures.contains(column) {
        if !protect(row: rows[at], column: column) { failures.insert(column) }
      }
    }
    return failures.sorted()
  }

  private mutating func protect(row: Int, column: Int) -> Bool {
    let cell = table.index(row, column)
    if table.state[cell].contains(.published) || table.state[cell].contains(.protected) { return true }
    let count = Int(table.conversations[cell])
    if table.state[cell].contains(.passes), column != table.rest {
      if !protectLarge(row: row, column: column) { return false }
    } else if let need = need(cell, column: column, count: count), need > 0,
      !protect(row: row, column: column, need: need, upward: true)
    {
      return false
    }
    if facet.isSensitive, rules.defences.contains(.homogeneity), count > 0 {
      // Not all of this cluster have the value, for all an outsider knows.
      let missing = rules.minimumConversations - (rowCount(row) - count)
      if missing > 0, !protect(row: row, column: column, need: missing, upward: false) { return false }
    }
    table.state[cell].insert(.protected)
    return true
  }

  /// By how much a cell that fails R1 or R2 must be able to grow; nil: nothing is asked.
  private func need(_ cell: Int, column: Int, count: Int) -> Int? {
    let k = rules.minimumConversations
    if count == 0 {
      // Nobody here has the value: a secret only where the facet is sensitive and the value is known to exist.
      guard facet.isSensitive, rules.defences.contains(.homogeneity), table.conversations[column] > 0
      else { return nil }
      return k
    }
    let known = rules.defences.contains(.coalitions) ? Int(table.pair[cell]) : 0
    // The rest holds several values, and each of them must have room in it beside what two users know of the others.
    if column == table.rest { return max(0, k - (count - known)) }
    return max(1, count < k ? k - count : k - (count - known))
  }

  /// A cell that passes R1 and R2 and is withheld all the same, for another's sake, must not follow from what is
  /// shown: it must be able to be more, or less. What is left of a cluster may follow: it is no cluster, and it passes.
  private mutating func protectLarge(row: Int, column: Int) -> Bool {
    if table.state[table.index(row, column)].contains(.varied) || row >= table.nodeCount { return true }
    let need = isOpen[column] ? rules.minimumConversations : 1
    for withholding in [false, true] {
      // To be less takes nothing but its own conversations.
      for upward in [false, true] {
        if protect(row: row, column: column, need: need, upward: upward, withholding: withholding) {
          return true
        }
      }
    }
    return false
  }

  // MARK: - Showing again

  /// Shows what has been withheld needlessly: largest first, each cell that leaves the table as safe as it was.
  private mutating func showAgain() {
    let candidates = rows.prefix(insideCount).filter { $0 < table.nodeCount }.flatMap { row in
      (0..<table.rest).filter { column in
        let state = table.state[table.index(row, column)]
        return isOpen[column] && state.contains(.passes)
          && state.isDisjoint(with: [.published, .barred])
      }.map { (row: row, column: $0) }
    }.sorted { size($0.row, $0.column) > size($1.row, $1.column) }
    guard candidates.count * insideCount * table.width <= Self.mostWorkToShowAgain else { return }
    for candidate in candidates {
      let before = table.state
      table.state[table.index(candidate.row, candidate.column)].insert(.published)
      if !isSafe(candidate) { table.state = before }
    }
  }

  /// Cells looked at, about, to show cells of one table again.
  private static let mostWorkToShowAgain = 1 << 16

  /// Whether nothing more need be withheld in the table at hand.
  private mutating func isSafe(_ shown: (row: Int, column: Int)) -> Bool {
    if facet.isSensitive, rules.defences.contains(.homogeneity),
      !isDiverse(row: shown.row) || givesAway(row: shown.row, column: shown.column)
    {
      return false
    }
    let margin = margin(of: shown.row)
    if rules.defences.contains(.margins), margin.conversations > 0, !rules.pass(margin) { return false }
    let atom = atom(of: shown.column)
    if atom.conversations > 0, !rules.pass(atom) { return false }
    guard rules.defences.contains(.protection) else { return true }
    for row in rows.prefix(insideCount) {
      for column in 0..<table.width { table.state[table.index(row, column)].subtract([.protected, .varied]) }
    }
    mayWithhold = false
    defer { mayWithhold = true }
    for row in rows.prefix(insideCount) {
      for column in 0..<table.width where !protect(row: row, column: column) { return false }
    }
    return true
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
