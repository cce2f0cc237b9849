package import ThrongCore
package import ThrongLinearAlgebra

// Aims, in order: the optimum of the stated objective; the same bytes at any number of threads; speed. Weights are finite
// for any rows that are: the penalty bounds them. Rows of zeros teach the intercept only; a class without rows has a
// finite weight too.

/// Multinomial logistic regression with an L2 penalty, fitted by L-BFGS from a start that ascent of the dual finds.
///
/// Minimises mean loss + ‖W‖² / (2·C·Σ weights), the intercept free: scikit-learn's objective. With two classes one
/// column holds the log odds of class 1. Rows are sparse, in single precision, parameters and sums are double.
package struct LogisticRegression: Sendable {
  package struct Parameters: Sendable, Equatable {
    /// Inverse strength of the penalty, as scikit-learn counts it.
    package var c = 1.0
    /// Ends when no entry of the gradient is larger. Ten times less than scikit-learn's: where a class is rare (3 %), the whole
    /// gradient starts small, and a fit that ended at 10⁻⁴ found visibly less of that class in the one corpus where it was tried.
    package var tolerance = 1e-5
    /// The start lies above the optimum by this share of the objective, about, unless it was given up or had so many sweeps. A small
    /// gradient alone says little: at scikit-learn's tolerance the objective on clinc150 is 9 % above the optimum.
    package var gap = 1e-4
    package var maximumSweeps = 100
    /// Of L-BFGS.
    package var maximumIterations = 500
    /// Pairs that L-BFGS remembers.
    package var memory = 8

    package init() {}
  }

  /// What a fit found.
  package struct Fit: Sendable {
    /// (columns + 1) × width; the last row is the intercept.
    package var weights: Matrix
    package var iterations: Int
    /// Of the objective, at the end.
    package var objective: Double
    package var largestGradient: Double
    /// Whether the tolerance was reached.
    package var converged: Bool
  }

  package let classes: Int
  /// Rows with a last column of ones, for the intercept.
  private let rows: CSRMatrix
  private let transposed: CSRMatrix
  private let labels: [Int32]
  /// Weights of the rows, 1 together.
  private let weights: [Float]
  private let totalWeight: Double

  /// - Parameters:
  ///   - rows: one for each label.
  ///   - labels: below `classes`.
  ///   - weights: how much the loss of each row counts, above 0; nil: all 1.
  package init(
    rows: CSRMatrix, labels: [Int32], classes: Int, weights: [Float]? = nil, workers: Workers
  ) throws {
    precondition(rows.rows == labels.count && weights?.count ?? labels.count == labels.count)
    self.classes = classes
    self.labels = labels
    self.rows = rows.appendingOnes()
    transposed = try self.rows.transposed(workers: workers)
    let total = weights.map { $0.reduce(0) { $0 + Double($1) } } ?? Double(labels.count)
    totalWeight = total
    self.weights = (weights ?? Array(repeating: 1, count: labels.count)).map { Float(Double($0) / total) }
  }

  /// Fits. O(entries · width) for each sweep of the start, O(entries · width + rows · width + memory · columns · width) for each
  /// iteration of L-BFGS.
  package func fit(_ parameters: Parameters, workers: Workers) throws -> Fit {
    let ridge = 1 / (parameters.c * totalWeight)
    let width = classes == 2 ? 1 : classes
    let scales = scales(ridge: ridge)
    let ridges = scales.indices.map { row in
      row == rows.columns - 1 ? 0 : ridge * Double(scales[row]) * Double(scales[row])
    }
    let start = try start(ridge: ridge, parameters, workers: workers)
    var line = SoftmaxLine(labels: labels, weights: weights, classes: classes)
    line.aim(along: try rows.multiplied(by: start, workers: workers))
    try line.advance(1, workers: workers)
    let theta = start.values.indices.map { Double(start.values[$0]) / Double(scales[$0 / width]) }
    var newton = QuasiNewton(
      parameters: theta, width: width, scales: scales, ridges: ridges, memory: parameters.memory)
    var penalty = newton.penalty
    let first = try line.evaluate(0, workers: workers)
    var loss = first.loss
    var largest = try newton.take(
      0, raw: transposed.multiplied(by: first.residuals, workers: workers), workers: workers)
    var iterations = 0
    while largest > parameters.tolerance, iterations < parameters.maximumIterations {
      iterations += 1
      let aim = try newton.aim(workers: workers)
      line.aim(along: try rows.multiplied(by: aim.change, workers: workers))
      guard let point = try search(line, aim, from: loss + penalty, penalty: penalty, workers: workers) else {
        break
      }
      try line.advance(point.step, workers: workers)
      loss = point.loss
      penalty += aim.linear * point.step + aim.quadratic * point.step * point.step
      largest = try newton.take(
        point.step, raw: transposed.multiplied(by: point.residuals, workers: workers), workers: workers)
    }
    return Fit(
      weights: newton.weights, iterations: iterations, objective: loss + penalty, largestGradient: largest,
      converged: largest <= parameters.tolerance)
  }

  /// Weights near the optimum, by ascent of the dual.
  private func start(ridge: Double, _ parameters: Parameters, workers: Workers) throws -> Matrix {
    // Two opposite columns of two classes pay half of what their difference does.
    let costs = weights.map { Float(Double($0) / ridge / (classes == 2 ? 2 : 1)) }
    let found = try DualAscent(rows: rows, labels: labels, classes: classes, costs: costs).run(
      gap: parameters.gap, sweeps: parameters.maximumSweeps, workers: workers)
    guard classes == 2 else { return found }
    return Matrix(
      rows: rows.columns, columns: 1, values: (0..<rows.columns).map { found[$0, 1] - found[$0, 0] })
  }

  private struct Point {
    var step: Double
    var loss: Double
    var residuals: Matrix
  }

  /// A step that meets the strong Wolfe conditions (Nocedal and Wright 2006, section 3.1) with 10⁻⁴ and 0.9; nil where
  /// rounding leaves none.
  ///
  /// The objective is convex along the line, so its derivative rises, and a bracket of its zero only shrinks. A trial
  /// costs no product with the rows: scores are linear along the line.
  private func search(
    _ line: SoftmaxLine, _ aim: QuasiNewton.Line, from start: Double, penalty: Double, workers: Workers
  ) throws -> Point? {
    var (low, lowSlope, high, highSlope) = (0.0, aim.descent, Double.infinity, 0.0)
    var step = 1.0
    for _ in 0..<40 {
      let (loss, slope, residuals) = try line.evaluate(step, workers: workers)
      let value = loss + penalty + aim.linear * step + aim.quadratic * step * step
      let rise = slope + aim.linear + 2 * aim.quadratic * step
      let isLow = value <= start + 1e-4 * step * aim.descent
      if isLow, abs(rise) <= -0.9 * aim.descent { return Point(step: step, loss: loss, residuals: residuals) }
      if rise > 0 || !isLow {
        (high, highSlope) = (step, max(rise, 0))
      } else {
        (low, lowSlope) = (step, rise)
      }
      if high.isInfinite {
        step *= 4
        continue
      }
      // Where the derivative would be 0 on a straight line, but well inside the bracket.
      let span = high - low
      let zero = highSlope > lowSlope ? low - lowSlope * span / (highSlope - lowSlope) : low + span / 2
      step = min(max(zero, low + 0.1 * span), high - 0.1 * span)
      if span <= 1e-12 * high { return nil }
    }
    return nil
  }

  /// About one over the root of each column's curvature where nothing is known yet: p(1 − p)·mean square + ridge.
  private func scales(ridge: Double) -> [Float] {
    var priors = [Double](repeating: 0, count: classes)
    for (row, label) in labels.enumerated() { priors[Int(label)] += Double(weights[row]) }
    let spread = max(1e-4, priors.reduce(0) { $0 + $1 * (1 - $1) } / Double(classes))
    var squares = [Double](repeating: 0, count: rows.columns)
    for row in 0..<rows.rows {
      for entry in rows.entries(ofRow: row) {
        let value = Double(rows.values[entry])
        squares[Int(rows.columnIndices[entry])] += Double(weights[row]) * value * value
      }
    }
    return squares.map { Float(1 / (ridge + spread * $0).squareRoot()) }
  }
}

extension CSRMatrix {
  /// Chances of the classes by (columns + 1) × width weights: rows × width. O(entries · width).
  package func chances(weights: Matrix, workers: Workers) throws -> Matrix {
    try appendingOnes().multiplied(by: weights, workers: workers).softmax(workers: workers)
  }

  /// The same rows with a last column of ones.
  fileprivate func appendingOnes() -> CSRMatrix {
    var offsets = [0]
    var indices: [UInt32] = []
    var ones: [Float] = []
    offsets.reserveCapacity(rows + 1)
    indices.reserveCapacity(entryCount + rows)
    ones.reserveCapacity(entryCount + rows)
    for row in 0..<rows {
      indices.append(contentsOf: columnIndices[entries(ofRow: row)])
      ones.append(contentsOf: values[entries(ofRow: row)])
      indices.append(UInt32(columns))
      ones.append(1)
      offsets.append(ones.count)
    }
    return CSRMatrix(
      rows: rows, columns: columns + 1, rowOffsets: offsets, columnIndices: indices, values: ones)
  }
}
