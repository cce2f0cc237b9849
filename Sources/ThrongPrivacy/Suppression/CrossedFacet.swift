import ThrongCore

/// Two facets counted together in one cluster without published children.
///
/// **Scheme.** The cluster is a table of its own: rows are the shown values of one facet, columns those of the other, and
/// its margins are shown. That is the table that `FacetSuppression` decides for a cluster and its children, so it decides
/// this one, too, with values for children. A proof for a crossed cell moves conversations
/// inside the cluster and changes neither margin; a proof for a plain cell moves conversations between values that the cluster
/// does not show, and no crossed cell has such a value. So neither spoils the other.
///
/// **Why only at the bottom.** Above a cluster that shows one of the facets, crossed cells would bind the conversations
/// that the plain cells' proofs move.
///
/// **R7.** A sensitive facet makes the columns, so that each value of the other one is a group in which it must be
/// diverse, and close to the whole: as close as the cluster's own distance leaves room for. Two sensitive facets are not crossed.
///
/// A table in which a margin could only be protected by withholding the margin itself is withheld.
struct CrossedFacet: Sendable {
  let rows: FacetSuppression
  let columns: FacetSuppression
  /// Shown crossed cells.
  struct Count: Sendable {
    let rowValue: Int
    let columnValue: Int
    let cell: Cell
  }

  /// The shown cells of `node`; none where it has published children. O(records of the node).
  func counts(of node: Int, cancellation: Cancellation) throws -> [Count] {
    guard rows.published.nodes[node].children.isEmpty else { return [] }
    let shownRows = rows.shownColumns(of: node)
    let shownColumns = columns.shownColumns(of: node)
    guard !shownRows.isEmpty, !shownColumns.isEmpty else { return [] }
    let range = rows.layout.whole[node]
    // Row 0 stands for all values that the cluster does not show: what is left of it.
    var rowOf = [Int32](repeating: 0, count: rows.table.width)
    for (at, column) in shownRows.enumerated() { rowOf[column] = Int32(at + 1) }
    let nodeOfRecord = range.map { rowOf[Int(rows.table.columns[$0])] }
    let users = Array(rows.layout.users(of: node)[range])
    let userCount = Int(users.max().map { $0 + 1 } ?? 0)
    let counted = CountedRecords(
      records: Array(rows.layout.records[range]), users: users, userCount: userCount)
    var digests: [UInt128] = []
    if !rows.layout.digests.isEmpty {
      digests = [UInt128](repeating: 0, count: userCount)
      for (user, at) in zip(users, range) { digests[Int(user)] = rows.layout.digests[at] }
    }
    var counter = RangeCounter(users: userCount)
    var groups = [Cell](repeating: Cell(), count: shownRows.count + 1)
    counter.forEachCell(
      of: 0..<users.count, keys: nodeOfRecord, users: users, width: groups.count
    ) { groups[$0] = $1 }
    let whole = PublishedTree.Node(
      candidate: 0, parent: nil, level: 0, children: Array(1...shownRows.count),
      cell: rows.published.nodes[node].cell)
    let tree = PublishedTree(
      nodes: [whole]
        + shownRows.indices.map {
          .init(candidate: $0 + 1, parent: 0, level: 1, children: [], cell: groups[$0 + 1])
        }, nodeOfRecord: nodeOfRecord)
    let layout = TreeLayout(tree, counted: counted, digests: digests)
    let values = shownColumns.map { columns.table.values[$0] }
    var rules = columns.rules
    if columns.facet.isSensitive {
      rules = rules.closer(by: columns.distanceToRoot(of: node))
    }
    var table = FacetSuppression(
      columns.facet, layout: layout, published: tree, rules: rules, rounding: columns.rounding,
      shownRows: [rows.shownRows[node]] + shownRows.map { rows.shown(rows.table.index(node, $0)) },
      only: Set(values))
    guard Set(table.table.values) == Set(values) else { return [] }
    try table.run(cancellation: cancellation)
    guard Set(table.shownColumns(of: 0).map { table.table.values[$0] }) == Set(values) else { return [] }
    return shownRows.indices.flatMap { at -> [Count] in
      let cells = table.cells(of: at + 1, counter: &counter)
      return table.shownColumns(of: at + 1).map { column in
        Count(
          rowValue: rows.table.values[shownRows[at]], columnValue: table.table.values[column],
          cell: cells[column])
      }
    }
  }
}
