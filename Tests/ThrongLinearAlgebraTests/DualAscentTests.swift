import Foundation
import Testing
import ThrongCore
import ThrongLinearAlgebra

/// Reference objectives are those of scikit-learn 1.9, LogisticRegression with newton-cg to a tolerance of 1e-11.
@Suite struct DualAscentTests {
  static let classes = 5

  /// 400 rows of 60 columns and one of ones, from a formula that the reference used too.
  static let rows: [[Double]] = (0..<400).map { i in
    (0..<60).map { j in
      let h = (i * 7919 + j * 104_729 + i * j * 31) % 193
      return h < 30 ? Double(h % 10 + 1) / 10 : 0
    } + [1]
  }
  static let labels: [Int32] = rows.enumerated().map { i, row in
    let tenths = row.map { Int(($0 * 10).rounded()) }
    return Int32(((3 * tenths[0] + 5 * tenths[1] + 4 * tenths[2]) / 10 + i * i % 7 / 3) % classes)
  }

  static func matrix(_ rows: [[Double]]) -> CSRMatrix {
    var (offsets, columns, values): ([Int], [UInt32], [Float]) = ([0], [], [])
    for row in rows {
      for (j, value) in row.enumerated() where value != 0 {
        columns.append(UInt32(j))
        values.append(Float(value))
      }
      offsets.append(values.count)
    }
    return CSRMatrix(
      rows: rows.count, columns: rows[0].count, rowOffsets: offsets, columnIndices: columns, values: values)
  }

  /// ½‖W‖² without the last row + Σ cost · loss, in double.
  static func objective(_ w: Matrix, rows: [[Double]], labels: [Int32], costs: [Float]) -> Double {
    var sum = w.values.prefix((w.rows - 1) * w.columns).reduce(0.0) { $0 + Double($1) * Double($1) / 2 }
    for (i, row) in rows.enumerated() {
      var scores = [Double](repeating: 0, count: w.columns)
      for (j, value) in row.enumerated() where value != 0 {
        for k in 0..<w.columns { scores[k] += value * Double(w[j, k]) }
      }
      let most = scores.max()!
      let log = Foundation.log(scores.reduce(0) { $0 + exp($1 - most) }) + most
      sum += Double(costs[i]) * (log - scores[Int(labels[i])])
    }
    return sum
  }

  static func found(
    rows: [[Double]] = rows, labels: [Int32] = labels, classes: Int = classes, costs: [Float], gap: Double,
    sweeps: Int = 1000, workers: Workers = oneThread
  ) throws -> Matrix {
    try DualAscent(rows: matrix(rows), labels: labels, classes: classes, costs: costs).run(
      gap: gap, sweeps: sweeps, workers: workers)
  }

  /// The objective is above the optimum by no more than the gap that was asked for, about; and not by chance: a wide gap
  /// ends visibly earlier.
  @Test(arguments: [(0.3, 118.60828728301946), (10, 2518.2071057882254)] as [(Float, Double)])
  func gap(c: Float, optimum: Double) throws {
    let costs = [Float](repeating: c, count: Self.rows.count)
    func excess(_ gap: Double) throws -> Double {
      let found = try Self.found(costs: costs, gap: gap)
      return Self.objective(found, rows: Self.rows, labels: Self.labels, costs: costs) / optimum - 1
    }
    let (wide, narrow) = try (excess(0.1), excess(1e-4))
    #expect(narrow > -1e-6 && narrow < 2e-4)
    #expect(wide > 10 * narrow && wide < 0.1)
    #expect(try excess(1e-6) < 2e-6)
  }

  /// 400 rows contradict each other in 60 columns, and nothing holds the weights back: steps of single rows go nowhere. That is
  /// noticed: ten times the sweeps change nothing.
  @Test func givesUp() throws {
    let costs = [Float](repeating: 1e4, count: Self.rows.count)
    let few = try Self.found(costs: costs, gap: 1e-6, sweeps: 100)
    #expect(try Self.found(costs: costs, gap: 1e-6, sweeps: 1000) == few)
    let objective = Self.objective(few, rows: Self.rows, labels: Self.labels, costs: costs)
    #expect(objective < 400 * 1e4 * log(5))
  }

  /// A cost of two is that of the same row twice, and a label's name is of no account.
  @Test func costs() throws {
    let (rows, labels) = (Array(Self.rows[..<90]), Array(Self.labels[..<90]))
    let costs = (0..<90).map { Float($0 % 3 == 0 ? 6 : 3) }
    let weighted = try Self.found(rows: rows, labels: labels, costs: costs, gap: 1e-6)
    let twice = (0..<90).filter { $0 % 3 == 0 }
    let repeated = try Self.found(
      rows: rows + twice.map { rows[$0] }, labels: (labels + twice.map { labels[$0] }).map { 4 - $0 },
      costs: [Float](repeating: 3, count: 120), gap: 1e-6)
    for j in 0..<61 {
      for k in 0..<5 { #expect(abs(weighted[j, k] - repeated[j, 4 - k]) < 0.01) }
    }
  }

  /// Classes and entries of a row around the widths of the kernel, classes without a row, rows of zeros and one row alone.
  @Test(arguments: [2, 3, 7, 8, 9, 17])
  func sizes(classes: Int) throws {
    var random = RandomSource(seed: UInt64(classes))
    let rows = (0..<50).map { i in
      (0..<20).map { j in
        i % 7 > 0 && random.below(20) < i % 7 * 3 ? random.uniform() : j == 0 && i % 7 > 0 ? 1 : 0
      }
        + [1]
    }
    let labels = rows.map { Int32(min(classes - 1, Int($0[0] * 2) + ($0[5] > 0 ? 1 : 0))) }
    let costs = [Float](repeating: 2, count: 50)
    let found = try Self.found(rows: rows, labels: labels, classes: classes, costs: costs, gap: 1e-5)
    let best = Self.objective(found, rows: rows, labels: labels, costs: costs)
    // No change of a weight helps by much.
    let changed = found.values.indices.flatMap { at in
      [-0.3, 0.3].map { (move: Float) in
        var other = found
        other.values[at] += move
        return Self.objective(other, rows: rows, labels: labels, costs: costs)
      }
    }
    #expect(changed.min()! > best * (1 - 1e-3))
    let alone = try Self.found(
      rows: [rows[3]], labels: [0], classes: classes, costs: [5], gap: 1e-3, sweeps: 50)
    #expect(
      alone.values.allSatisfy { $0.isFinite } && (1..<classes).allSatisfy { alone[20, 0] > alone[20, $0] })
  }

  /// Costs and rows beyond what single precision can solve leave something finite to start from.
  @Test(arguments: [1e-6, 1e6, 1e12] as [Float])
  func extremes(cost: Float) throws {
    let found = try Self.found(costs: [Float](repeating: cost, count: 400), gap: 1e-4, sweeps: 20)
    #expect(found.values.allSatisfy { $0.isFinite })
    let large = try Self.found(
      rows: Self.rows.map { $0.dropLast().map { $0 * 1e4 } + [1] }, costs: [Float](repeating: 1, count: 400),
      gap: 1e-4,
      sweeps: 20)
    #expect(large.values.allSatisfy { $0.isFinite })
  }

  @Test func sameBytesEveryTimeAndEmptyInput() throws {
    let costs = [Float](repeating: 10, count: 400)
    let (one, two) = try (
      Self.found(costs: costs, gap: 1e-3), Self.found(costs: costs, gap: 1e-3, workers: twoThreads)
    )
    #expect(one == two)
    let none = try DualAscent(
      rows: CSRMatrix(rows: 0, columns: 3, rowOffsets: [0], columnIndices: [], values: []), labels: [],
      classes: 3, costs: []
    ).run(gap: 1e-3, sweeps: 5, workers: oneThread)
    #expect(none == Matrix(rows: 3, columns: 3))
  }

  @Test func stopsWhenToldTo() throws {
    let workers = Workers(threads: 1)
    workers.cancellation.cancel()
    #expect(throws: Interrupted.self) {
      try Self.found(costs: [Float](repeating: 10, count: 400), gap: 0, workers: workers)
    }
  }
}
