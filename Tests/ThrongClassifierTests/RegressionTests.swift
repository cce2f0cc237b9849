import Foundation
import Testing
import ThrongClassifier
import ThrongCore
import ThrongLinearAlgebra

/// Reference values are those of scikit-learn 1.9, LogisticRegression with newton-cg to a tolerance of 1e-12.
@Suite struct RegressionTests {
  static let workers = Workers(threads: 2)

  /// 60 rows of 12 columns from a formula that the reference used too.
  static let rows: [[Double]] = (0..<60).map { i in
    (0..<12).map { j in
      let h = (i * 7919 + j * 104_729 + i * j * 31) % 97
      return h < 40 ? Double(h % 10) / 10 : 0
    }
  }
  static let three = rows.indices.map { i in
    Int32((i * i + 3 * i + Int(10 * rows[i][0]) + (rows[i][1] > 0 ? 2 : 0)) % 3)
  }
  static let two = rows.map { Int32($0[0] + $0[2] > $0[3] + 0.2 ? 1 : 0) }

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

  private func fit(
    _ labels: [Int32], classes: Int, c: Double, weights: [Float]? = nil, threads: Int = 2
  ) throws -> LogisticRegression.Fit {
    var parameters = LogisticRegression.Parameters()
    parameters.c = c
    parameters.tolerance = 1e-6
    return try LogisticRegression(
      rows: Self.matrix(Self.rows), labels: labels, classes: classes, weights: weights,
      workers: Workers(threads: threads)
    ).fit(parameters, workers: Workers(threads: threads))
  }

  @Test(arguments: [
    (
      1.0, [-0.9775944454167662, 0.5542856267274183, 0.4460114326664589],
      [0.3416637662420817, 0.5729981333106986, -0.9146618995527638],
      [0.6597965041296321, 0.2419068298696064, 0.09829666600076156]
    ),
    (
      30.0, [-2.0184289750070237, 0.9007480594284087, 1.4359104444522877],
      [0.4602479780280301, 1.2527133545227689, -1.7129613325508246],
      [0.8342648211104102, 0.1560826674569916, 0.009652511432598232]
    ),
  ])
  func threeClasses(c: Double, first: [Double], intercepts: [Double], chances: [Double]) throws {
    let fit = try fit(Self.three, classes: 3, c: c)
    #expect(fit.converged && fit.iterations < 60)
    for j in 0..<3 { #expect(abs(Double(fit.weights[j, 0]) - first[j]) < 2e-3 * max(1, c / 10)) }
    for k in 0..<3 { #expect(abs(Double(fit.weights[12, k]) - intercepts[k]) < 2e-3 * max(1, c / 10)) }
    let found = try Self.matrix(Self.rows).chances(weights: fit.weights, workers: Self.workers)
    for k in 0..<3 { #expect(abs(Double(found[0, k]) - chances[k]) < 5e-4) }
    #expect(abs(found.row(0).reduce(0, +) - 1) < 1e-6)
  }

  @Test(arguments: [
    (
      1.0, [2.1665997622998896, -0.12395142730902228, 1.9878260069361229], -1.1180665907218703,
      0.19376175608193524
    ),
    (
      30.0, [9.335914332549232, -0.4125463713497718, 8.49933923683391], -2.6684278135485244,
      0.03999466656265095
    ),
  ])
  func twoClasses(c: Double, first: [Double], intercept: Double, chance: Double) throws {
    let fit = try fit(Self.two, classes: 2, c: c)
    #expect(fit.weights.columns == 1 && fit.converged)
    for j in 0..<3 { #expect(abs(Double(fit.weights[j, 0]) - first[j]) < 2e-3 * c) }
    #expect(abs(Double(fit.weights[12, 0]) - intercept) < 2e-3 * c)
    let found = try Self.matrix(Self.rows).chances(weights: fit.weights, workers: Self.workers)
    #expect(abs(Double(found.chance(of: 1, row: 0)) - chance) < 1e-3)
    #expect(abs(found.chance(of: 0, row: 0) + found.chance(of: 1, row: 0) - 1) < 1e-6)
  }

  @Test func classWeights() throws {
    let fit = try fit(Self.two, classes: 2, c: 1, weights: Self.two.map { $0 == 1 ? 5 : 1 })
    let wanted = [3.314745252571512, -0.1683629968771155, 3.040356736306129]
    for j in 0..<3 { #expect(abs(Double(fit.weights[j, 0]) - wanted[j]) < 2e-3) }
    #expect(abs(Double(fit.weights[12, 0]) + 0.23010106314121345) < 2e-3)
  }

  @Test func sameBytesAtAnyNumberOfThreads() throws {
    for (labels, classes) in [(Self.three, 3), (Self.two, 2)] {
      let one = try fit(labels, classes: classes, c: 3, threads: 1)
      for threads in 2...4 {
        let other = try fit(labels, classes: classes, c: 3, threads: threads)
        #expect(one.weights == other.weights && one.iterations == other.iterations)
      }
    }
  }

  /// The same optimum however good the start is, and a good start leaves fewer steps; where ascent of the dual fails, under hardly
  /// any penalty, L-BFGS does all of it.
  @Test(arguments: [(1.0, 0.8936947918074345), (30, 0.7638741638031902), (3000, 0.750291113950686)])
  func startAndFinish(c: Double, optimum: Double) throws {
    let regression = try LogisticRegression(
      rows: Self.matrix(Self.rows), labels: Self.three, classes: 3, workers: Self.workers)
    var parameters = LogisticRegression.Parameters()
    parameters.c = c
    parameters.tolerance = 1e-6
    let good = try regression.fit(parameters, workers: Self.workers)
    parameters.maximumSweeps = 0
    let cold = try regression.fit(parameters, workers: Self.workers)
    for fit in [good, cold] { #expect(fit.converged && abs(fit.objective - optimum) < 1e-6) }
    #expect(cold.iterations > 5)
    if c < 100 { #expect(good.iterations < cold.iterations) }
  }

  /// The optimum is where no small change helps: the objective written out again, in double.
  @Test func isTheOptimum() throws {
    let fit = try fit(Self.three, classes: 3, c: 2)
    func objective(_ w: [Double]) -> Double {
      var (loss, square) = (0.0, 0.0)
      for (i, row) in Self.rows.enumerated() {
        let scores = (0..<3).map { k in
          w[36 + k] + row.enumerated().reduce(0) { $0 + $1.element * w[3 * $1.offset + k] }
        }
        let total = scores.reduce(0) { $0 + exp($1) }
        loss += log(total) - scores[Int(Self.three[i])]
      }
      for value in w[..<36] { square += value * value }
      return loss / 60 + square / (2 * 2 * 60)
    }
    let w = fit.weights.values.map(Double.init)
    let best = objective(w)
    #expect(abs(best - fit.objective) < 1e-6)
    for i in w.indices {
      for move in [-0.05, 0.05] {
        var other = w
        other[i] += move
        #expect(objective(other) > best)
      }
    }
  }

  @Test func extremes() throws {
    // No row at all of class 2, rows of zeros, an enormous C: finite all the same.
    var parameters = LogisticRegression.Parameters()
    parameters.c = 1e6
    let rows = Self.rows + [[Double](repeating: 0, count: 12)]
    let fit = try LogisticRegression(
      rows: Self.matrix(rows), labels: Self.two + [1], classes: 3, workers: Self.workers
    ).fit(parameters, workers: Self.workers)
    #expect(fit.weights.values.allSatisfy(\.isFinite) && fit.objective.isFinite)
  }
}
