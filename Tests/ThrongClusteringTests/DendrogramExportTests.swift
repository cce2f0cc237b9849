import Testing
import ThrongClustering
import ThrongCore
import ThrongLinearAlgebra

/// The points 0, 1, 3, 7 on a line in the order 7, 1, 0, 3, singly linked: heights 1, 2, 4.
private func line() throws -> Dendrogram {
  try Dendrogram.agglomerate(
    Matrix(rows: 4, columns: 1, values: [7, 1, 0, 3]), weights: [1, 1, 1, 2], linkage: .single,
    workers: Workers(threads: 1))
}

struct DendrogramExportTests {
  @Test func theLinkageMatrixReadsBack() throws {
    let file = try line().linkageMatrix()
    #expect(file.prefix(8) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0])
    let start = 10 + Int(file[8]) + Int(file[9]) << 8
    #expect(start % 64 == 0 && file[start - 1] == 0x0A && file.count == start + 12 * 8)
    let header = String(decoding: file[10..<start], as: UTF8.self)
    #expect(header.hasPrefix("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }"))
    let numbers = stride(from: start, to: file.count, by: 8).map { at in
      Double(bitPattern: (0..<8).reduce(0) { $0 | UInt64(file[at + $1]) << (8 * UInt64($1)) })
    }
    #expect(numbers == [1, 2, 1, 2, 3, 4, 2, 4, 0, 5, 4, 5])
  }

  @Test func newickNestsLeavesWithBranchLengths() throws {
    #expect(
      String(decoding: try line().newick(), as: UTF8.self) == "(0:4.0,(3:2.0,(1:1.0,2:1.0):1.0):2.0);\n")
    let one = try Dendrogram.agglomerate(
      Matrix(rows: 1, columns: 1), weights: [1], linkage: .ward, workers: Workers(threads: 1))
    #expect(String(decoding: one.newick(), as: UTF8.self) == "0;\n")
    #expect(one.linkageMatrix().count % 64 == 0)
  }

  @Test func deepTreesAreWritten() throws {
    // Each point lies farther from the rest than all before: a chain as deep as there are points.
    let n = 900
    let values = (0..<n).map { Float($0 * $0) }
    let tree = try Dendrogram.agglomerate(
      Matrix(rows: n, columns: 1, values: values), weights: [Double](repeating: 1, count: n),
      linkage: .single,
      workers: Workers(threads: 1))
    let text = tree.newick()
    #expect(text.filter { $0 == UInt8(ascii: "(") }.count == n - 1)
    #expect(text.filter { $0 == UInt8(ascii: ")") }.count == n - 1)
    #expect(text.filter { $0 == UInt8(ascii: ",") }.count == n - 1)
  }

  @Test func cutsByTargetSizeKeepSiblingsComparable() throws {
    // Sizes of the merges: 2 (1, 0), 4 (with 3, which weighs 2), 5.
    let tree = try line()
    #expect(tree.cut(largest: 5) == [0, 0, 0, 0])
    #expect(tree.cut(largest: 4.9) == [0, 1, 1, 1])
    #expect(tree.cut(largest: 3) == [0, 1, 1, 2])
    #expect(tree.cut(largest: 1) == [0, 1, 2, 3])
  }

  @Test func cutsAtGapsFindNestedClumps() throws {
    // 4 groups of 3 groups of 5 points: gaps at 4 and at 12 clusters.
    var random = RandomSource(seed: 6)
    let values = (0..<60).map {
      Double($0 / 15) * 1000 + Double($0 / 5 % 3) * 20 + random.uniform()
    }
    let tree = try Dendrogram.agglomerate(
      DoubleMatrix(rows: 60, columns: 1, values: values), weights: [Double](repeating: 1, count: 60),
      linkage: .complete, workers: Workers(threads: 1))
    #expect(tree.counts(atGaps: 2, within: 2...60) == [4, 12])
    #expect(tree.counts(atGaps: 1, within: 5...30) == [12])
    #expect(tree.counts(atGaps: 0, within: 2...60) == [])
    #expect(tree.counts(atGaps: 3, within: 61...80) == [])
    let many = tree.counts(atGaps: 10, within: 1...59)
    #expect(zip(many, many.dropFirst()).allSatisfy { 2 * $0 <= $1 })
    // Equal points: nothing parts them.
    let equal = try Dendrogram.agglomerate(
      Matrix(rows: 4, columns: 1), weights: [1, 1, 1, 1], linkage: .ward, workers: Workers(threads: 1))
    #expect(equal.counts(atGaps: 2, within: 1...4) == [])
  }
}
