import Testing
import Throng
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

@Suite struct TopicTreeTests {
  private func tree(_ rows: [[Float]], levels: [Int]) throws -> TopicTree {
    let centroids = Matrix(rows: rows.count, columns: rows[0].count, values: rows.flatMap { $0 })
    let dendrogram = try Dendrogram.agglomerate(
      centroids, weights: rows.map { _ in 1 }, linkage: .ward, workers: Workers(threads: 1))
    return TopicTree(dendrogram: dendrogram, levels: levels, centroids: centroids)
  }

  /// A unit vector along `axis`, a little towards `other`.
  private func near(_ axis: Int, other: Int? = nil, columns: Int) -> [Float] {
    var row = [Float](repeating: 0, count: columns)
    row[axis] = other == nil ? 1 : 0.995
    if let other { row[other] = 0.0998749 }
    return row
  }

  /// Two groups of three, and four that are like nothing: what the groups leave over is no topic.
  @Test func whatIsLeftOverIsNoNode() throws {
    let columns = 12
    let rows =
      (0..<3).map { near(0, other: 6 + $0, columns: columns) }
      + (0..<3).map { near(1, other: 9 + $0, columns: columns) }
      + (2..<6).map { near($0, columns: columns) }
    let tree = try tree(rows, levels: [3, 10])
    #expect(tree.nodes.count == 1 + 2 + 10)
    let parents = tree.nodeOfBaseCluster.map { tree.nodes[Int($0)].parent }
    #expect(Set(parents[0..<3]).count == 1 && Set(parents[3..<6]).count == 1)
    #expect(parents[0] != 0 && parents[3] != 0 && parents[0] != parents[3])
    #expect(parents[6...].allSatisfy { $0 == 0 })
    #expect([parents[0], parents[3]].allSatisfy { tree.nodes[$0!].parent == 0 })
  }

  /// One that stands alone at the top does not come again below.
  @Test func anUnchangedClusterIsNotRepeated() throws {
    let rows = [near(0, columns: 4), near(1, other: 2, columns: 4), near(1, other: 3, columns: 4)]
    let tree = try tree(rows, levels: [2, 3])
    #expect(tree.nodes.map(\.parent) == [nil, 0, 0, 2, 2])
    #expect(tree.nodeOfBaseCluster == [1, 3, 4])
  }

  /// Points on a line at 0, 1, 10, 11, 100, 101 and 103: pairs and a triple, then two groups, then all.
  private static func line() throws -> Dendrogram {
    let points = DoubleMatrix(rows: 7, columns: 1, values: [0, 1, 10, 11, 100, 101, 103])
    return try Dendrogram.agglomerate(
      points, weights: [5, 5, 5, 5, 50, 50, 50], linkage: .single, workers: Workers(threads: 1))
  }

  @Test func levelsAreCutWhereHeightsLeap() throws {
    // Heights 1, 1, 1, 2, 9, 89: the last leap of 89 / 9 lies at 2 clusters, the one of 9 / 2 at 3.
    let one = LevelRule.gaps.cuts(of: try Self.line(), numbers: [1], planned: [])
    #expect(one == [[0, 0, 0, 0, 1, 1, 1], [0, 1, 2, 3, 4, 5, 6]])
    // Levels differ by a factor of two at least: 3 clusters are too near to 2, 4 are not.
    let two = LevelRule.gaps.cuts(of: try Self.line(), numbers: [2], planned: [])
    #expect(two == [[0, 0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2, 3], [0, 1, 2, 3, 4, 5, 6]])
  }

  @Test func levelsAreCutAtSizes() throws {
    let cuts = LevelRule.sizes.cuts(of: try Self.line(), numbers: [10, 120], planned: [])
    #expect(cuts == [[0, 0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5, 6]])
  }

  @Test func oneClusterIsTheRoot() throws {
    let tree = try tree([near(0, columns: 2)], levels: [1])
    #expect(tree.nodes.map(\.parent) == [nil] && tree.nodeOfBaseCluster == [0])
  }

  /// Random centroids around random centres, cut at random levels.
  @Test(arguments: 1...60 as ClosedRange<UInt64>) func treesAreWellFormed(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    func pick(_ n: Int) -> Int { random.below(n) }
    let (count, columns, centres) = (2 + pick(40), 3 + pick(8), 1 + pick(6))
    let rows = (0..<count).map { leaf -> [Float] in
      var row = (0..<columns).map { _ in Float(pick(200) - 100) / 100 }
      row[leaf % min(centres, columns)] += 2
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return row.map { $0 / length }
    }
    let levels = Set((0..<3).map { _ in 1 + pick(count) } + [count]).sorted()
    let tree = try tree(rows, levels: levels)
    #expect(tree.nodes[0].parent == nil)
    for (node, parent) in tree.nodes.map(\.parent).enumerated().dropFirst() {
      #expect(try #require(parent) < node)
    }
    // Every base cluster has a node, every node without children a base cluster of its own.
    let children = Dictionary(grouping: tree.nodes.indices.dropFirst()) { tree.nodes[$0].parent! }
    #expect(tree.nodeOfBaseCluster.count == count)
    for node in tree.nodes.indices {
      let own = tree.nodeOfBaseCluster.count { Int($0) == node }
      let below = children[node]?.count ?? 0
      // No only child that holds all its parent holds.
      #expect(below != 1 || own > 0)
      #expect(below > 0 || own > 0)
    }
    // At the last level all base clusters are apart.
    #expect(Set(tree.nodeOfBaseCluster).count == count)
  }
}
