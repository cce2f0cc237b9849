import Testing
import ThrongCore
import ThrongPrivacy

/// R3, R4, R6: how much of a facet is shown, against the most that anybody could show under the same rules.
///
/// The optimum is an integer programme after Fischetti and Salazar (2001, doi:10.1287/mnsc.47.7.1008.9806): which cells to
/// withhold so that for each sensitive one there is another table that agrees with all that is shown and in which it is
/// large enough. It asks less than the gate where a rule is not linear (users and dominance of what is left), so it
/// is an upper bound of what the gate can keep.
@Suite struct FacetOptimumTests {
  private static let policy = Policy.facets()

  /// One table: rows are the published children of the root and what is left of it, columns the values and the rest.
  private struct Table {
    var x: [[Int]]
    /// What the two who hold most have; 0 where R5 is off.
    var pairs: [[Int]]
    /// Passes R1 and R2.
    var passes: [[Bool]]
    var columns: [Int]
    var columnPasses: [Bool]
    /// Conversations shown by the gate, root included.
    var kept: Int
    var keptCells: Int
  }

  private static func table(seed: UInt64, defences: Defences) throws -> Table? {
    var corpus = randomFacetCorpus(seed: seed)
    // One level: what lies deeper belongs to the child of the root.
    var top = Array(corpus.parents.indices)
    for node in corpus.parents.indices {
      while let above = corpus.parents[top[node]], above != 0 { top[node] = above }
    }
    corpus.records = corpus.records.map { record in
      var record = record
      record.leaf = top[record.leaf]
      return record
    }
    guard let seen = try FacetAttacker(corpus, facet: 0, policy: policy, defences: defences) else {
      return nil
    }
    var rules = policy
    rules.minimumUsers = policy.minimumFacetUsers
    rules.minimumConversations = policy.minimumFacetConversations
    let naive = NaiveGate(corpus: corpus, policy: rules)
    // Row 0 is what is left of the root.
    let records = seen.records.map { $0.map { Set($0) } }
    let columns = (0...seen.values).map { value in
      records.reduce(into: Set<Int>()) { $0.formUnion($1[value]) }
    }
    let shown = seen.shown.flatMap { $0.values }
    return Table(
      x: records.map { $0.map(\.count) },
      pairs: records.map { row in
        row.map { cell in
          guard defences.contains(.coalitions) else { return 0 }
          let held = Dictionary(grouping: cell) { corpus.records[$0].user }.values.map(\.count)
          return held.sorted(by: >).prefix(2).reduce(0, +)
        }
      }, passes: records.map { $0.map { naive.passes($0) } },
      columns: columns.map(\.count), columnPasses: columns.map { naive.passes($0) },
      kept: Int(shown.reduce(0) { $0 + $1.conversations }), keptCells: shown.count)
  }

  /// Most conversations, root's and children's, that can be shown; nil where it was not found in time.
  private static func optimum(of table: Table) -> (conversations: Int, cells: Int)? {
    let k = policy.minimumFacetConversations
    let (rows, width) = (table.x.count, table.columns.count)
    let rest = width - 1
    let targets = (0..<rows).flatMap { row in
      (0..<rest).compactMap { table.x[row][$0] > 0 && !table.passes[row][$0] ? (row, $0) : nil }
    }
    // Withheld: by row and column, then the root's. Then one table of differences for each target.
    func withheld(_ row: Int, _ column: Int) -> Int { row * width + column }
    func rootWithheld(_ column: Int) -> Int { rows * width + column }
    let first = (rows + 1) * width
    let programme = LinearProgramme(variables: first + 2 * targets.count * rows * width)
    /// Differences are differences of two variables that are not negative.
    func difference(_ target: Int, _ row: Int, _ column: Int) -> Int {
      first + 2 * ((target * rows + row) * width + column)
    }
    for column in 0..<width {
      programme.makeBinary(rootWithheld(column))
      if column == rest || !table.columnPasses[column] { programme.bound(rootWithheld(column), at: 1...1) }
      for row in 0..<rows {
        programme.makeBinary(withheld(row, column))
        if row == 0 || column == rest || !table.passes[row][column] {
          programme.bound(withheld(row, column), at: 1...1)
        }
        // A value that is withheld above is withheld below.
        programme.require([(withheld(row, column), 1), (rootWithheld(column), -1)], in: 0...(.infinity))
      }
    }
    // R6, of the root and of its children: what is left is nothing or at least k.
    for column in 0..<width where table.columns[column] > 0 {
      programme.require(
        (0..<width).map { (rootWithheld($0), Double(table.columns[$0])) } + [
          (rootWithheld(column), -Double(k))
        ],
        in: 0...(.infinity))
    }
    for row in 1..<max(1, rows) {
      for column in 0..<width where table.x[row][column] > 0 {
        programme.require(
          (0..<width).map { (withheld(row, $0), Double(table.x[row][$0])) }
            + [(withheld(row, column), -Double(k))], in: 0...(.infinity))
      }
    }
    // R3: what the children leave of a value that the root shows.
    for column in 0..<rest where table.columnPasses[column] {
      for row in 0..<rows where table.x[row][column] > 0 {
        programme.require(
          (0..<rows).map { (withheld($0, column), Double(table.x[$0][column])) }
            + [(withheld(row, column), -Double(k)), (rootWithheld(column), Double(k))], in: 0...(.infinity))
      }
    }
    // R4.
    let most = Double(table.columns.reduce(0, +) + k)
    for (target, at) in targets.enumerated() {
      for row in 0..<rows {
        for column in 0..<width {
          let up = difference(target, row, column)
          programme.require([(withheld(row, column), most), (up, -1)], in: 0...(.infinity))
          programme.require(
            [(withheld(row, column), Double(table.x[row][column])), (up + 1, -1)], in: 0...(.infinity))
        }
        programme.require(
          (0..<width).flatMap {
            [(difference(target, row, $0), 1), (difference(target, row, $0) + 1, -1)]
          }, in: 0...0)
      }
      for column in 0..<width {
        var sum: [(variable: Int, factor: Double)] = []
        for row in 0..<rows {
          sum += [(difference(target, row, column), 1), (difference(target, row, column) + 1, -1)]
        }
        programme.require(sum + [(rootWithheld(column), most)], in: 0...(.infinity))
        programme.require(sum + [(rootWithheld(column), -most)], in: -.infinity...0)
      }
      let need = Double(max(1, k - table.x[at.0][at.1] + table.pairs[at.0][at.1]))
      programme.require(
        [(difference(target, at.0, at.1), 1), (difference(target, at.0, at.1) + 1, -1)],
        in: need...(.infinity))
    }
    // What is shown, by variable: what the objective loses where it is withheld.
    var worth: [(variable: Int, conversations: Int)] = []
    for column in 0..<width {
      worth.append((rootWithheld(column), table.columns[column]))
      for row in 0..<rows { worth.append((withheld(row, column), table.x[row][column])) }
    }
    guard let best = programme.optimum(of: worth.map { ($0.variable, -Double($0.conversations)) }) else {
      return nil
    }
    let shown = worth.filter { $0.conversations > 0 && best.variables[$0.variable] < 0.5 }
    return (shown.reduce(0) { $0 + $1.conversations }, shown.count)
  }

  /// Under R5 the optimum asks that a cell can be k beside what two users know to be theirs in it, and not that they know
  /// their other conversations.
  @Test(arguments: [false, true]) func keepsNearlyWhatCanBeKept(withCoalitions: Bool) throws {
    let defences = withCoalitions ? Defences.all : .all.subtracting(.coalitions)
    var (kept, best, tables) = ((conversations: 0, cells: 0), (conversations: 0, cells: 0), 0)
    for seed in 0..<60 {
      guard let table = try Self.table(seed: UInt64(seed), defences: defences),
        let optimum = Self.optimum(of: table)
      else { continue }
      #expect(table.kept <= optimum.conversations, "seed \(seed)")
      tables += 1
      kept = (kept.conversations + table.kept, kept.cells + table.keptCells)
      best = (best.conversations + optimum.conversations, best.cells + optimum.cells)
    }
    #expect(tables >= 50)
    let least: (conversations: Int, cells: Int) = withCoalitions ? (90, 82) : (98, 95)
    #expect(100 * kept.conversations >= least.conversations * best.conversations)
    #expect(100 * kept.cells >= least.cells * best.cells)
  }
}
