internal import CKernels
package import ThrongCore

/// The loss of a softmax regression along a line of scores: what a line search asks for, without a product of matrices.
///
/// With two classes one column holds the log odds of class 1, and the loss is that of a logistic regression.
package struct SoftmaxLine: Sendable {
  /// Rows × columns scores at step 0.
  private var scores: [Double]
  private let rows: Int
  package let columns: Int
  private let labels: [Int32]
  private let weights: [Float]
  /// By how much the scores change per step.
  private var change: Matrix

  /// Rows of one block; fixed, so that sums are the same at any number of threads.
  private static let block = 256

  /// All scores 0.
  ///
  /// - Parameters:
  ///   - labels: the class of each row, below `classes`.
  ///   - weights: how much the loss of each row counts.
  package init(labels: [Int32], weights: [Float], classes: Int) {
    precondition(classes >= 2 && weights.count == labels.count)
    precondition(labels.allSatisfy { (0..<Int32(classes)).contains($0) })
    columns = classes == 2 ? 1 : classes
    rows = labels.count
    self.labels = labels
    self.weights = weights
    scores = Array(repeating: 0, count: rows * columns)
    change = Matrix(rows: rows, columns: columns)
  }

  /// Sets the direction.
  package mutating func aim(along change: Matrix) {
    precondition(change.rows == rows && change.columns == columns)
    self.change = change
  }

  /// Makes the point `step` along the line the new step 0. O(rows · columns).
  package mutating func advance(_ step: Double, workers: Workers) throws {
    let (columns, change) = (columns, change)
    try unsafe scores.withParallelBlocks(count: rows, blockSize: Self.block, workers: workers) {
      scores, range in
      let along = change.values.span
      for i in range.lowerBound * columns..<range.upperBound * columns {
        unsafe scores[i] += step * Double(along[i])
      }
    }
  }

  /// The loss at `step`, summed over rows, its derivative by the step, and for each row weight · (chance − truth) of
  /// each class. O(rows · columns).
  package func evaluate(_ step: Double, workers: Workers) throws -> (
    loss: Double, slope: Double, residuals: Matrix
  ) {
    let blocks = Workers.blockCount(rows, blockSize: Self.block)
    var residuals = [Float](repeating: 0, count: rows * columns)
    let sums: [SIMD2<Double>] = try unsafe residuals.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let residuals = unsafe buffer
      return try unsafe parallelArray(count: blocks, blockSize: 1, workers: workers) { out, block in
        let first = block.lowerBound * Self.block
        let count = min(Self.block, rows - first)
        var (loss, slope) = (0.0, 0.0)
        unsafe scores.withUnsafeBufferPointer { scores in
          unsafe change.values.withUnsafeBufferPointer { change in
            unsafe labels.withUnsafeBufferPointer { labels in
              unsafe weights.withUnsafeBufferPointer { weights in
                unsafe ck_softmax_line(
                  scores.baseAddress! + first * columns, change.baseAddress! + first * columns, step, count,
                  columns,
                  labels.baseAddress! + first, weights.baseAddress! + first,
                  residuals.baseAddress! + first * columns, &loss, &slope)
              }
            }
          }
        }
        unsafe out.initialize(to: SIMD2(loss, slope))
      }
    }
    let sum = sums.reduce(.zero, +)
    return (sum.x, sum.y, Matrix(rows: rows, columns: columns, values: residuals))
  }
}

extension Matrix {
  /// Rows of scores as chances of the classes; of one column, the log odds of class 1, its chance. O(rows · columns).
  package consuming func softmax(workers: Workers) throws -> Matrix {
    let columns = columns
    try unsafe values.withParallelBlocks(count: rows, blockSize: 256, workers: workers) { scores, range in
      unsafe ck_softmax(scores + range.lowerBound * columns, range.count, columns)
    }
    return self
  }
}
