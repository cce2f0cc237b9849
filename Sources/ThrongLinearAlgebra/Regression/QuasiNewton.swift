internal import CKernels
package import ThrongCore

/// The memory of L-BFGS (Liu and Nocedal 1989, doi 10.1007/BF01589116) for parameters in rows that share a scale.
///
/// Parameters are θ with weight = scale · θ; a scale near 1/√curvature makes all directions about equally steep. The
/// products of all remembered vectors are kept, so that a direction is worked out in a few numbers and written in one
/// pass (Chen, Wang and Zhou 2014, "Large-scale L-BFGS using MapReduce"). The remembered vectors are in single precision:
/// they shape the direction only. θ, the gradient and all sums are in double.
package struct QuasiNewton: Sendable {
  /// Rows of parameters, and how many each has.
  package let rows: Int
  package let width: Int
  /// θ: rows × width.
  package private(set) var parameters: [Double]
  private var gradient: [Double]
  private var direction: [Double]
  private let scales: [Float]
  private let ridges: [Double]
  /// Pairs remembered at most.
  private let memory: Int
  /// Changes of θ and of the gradient, by slot.
  private var moved: [[Float]]
  private var turned: [[Float]]
  /// Slots from the oldest to the newest.
  private var order: [Int] = []
  /// Products of slot i with slot j.
  private var movedMoved: [[Double]]
  private var movedTurned: [[Double]]
  private var turnedTurned: [[Double]]
  /// Products of each slot with the gradient.
  private var movedGradient: [Double]
  private var turnedGradient: [Double]

  /// What the line search needs of a direction beside the loss.
  package struct Line: Sendable {
    /// By how much the weights change per step: rows × width.
    package var change: Matrix
    /// The derivative of the whole objective at step 0; negative.
    package var descent: Double
    /// The penalty at a step is that at 0 plus `linear · step + quadratic · step²`.
    package var linear: Double
    package var quadratic: Double
  }

  /// Rows of one block; fixed, so that sums are the same at any number of threads.
  private var block: Int { max(1, 8192 / width) }

  /// Starts at θ.
  ///
  /// - Parameters:
  ///   - parameters: rows × width.
  ///   - scales: of each row, above 0.
  ///   - ridges: of each row; the penalty is ½·ridge·θ².
  ///   - memory: pairs remembered at most.
  package init(parameters: [Double], width: Int, scales: [Float], ridges: [Double], memory: Int) {
    precondition(parameters.count == scales.count * width && ridges.count == scales.count && memory > 0)
    self.parameters = parameters
    rows = scales.count
    self.width = width
    self.scales = scales
    self.ridges = ridges
    self.memory = memory
    gradient = Array(repeating: 0, count: parameters.count)
    moved = Array(repeating: [], count: memory)
    turned = moved
    direction = gradient
    let square = Array(repeating: Array(repeating: 0.0, count: memory), count: memory)
    (movedMoved, movedTurned, turnedTurned) = (square, square, square)
    movedGradient = Array(repeating: 0, count: memory)
    turnedGradient = movedGradient
  }

  /// scale · θ, in single precision.
  package var weights: Matrix {
    var weights = Matrix(rows: rows, columns: width)
    for row in 0..<rows {
      for k in row * width..<(row + 1) * width { weights.values[k] = scales[row] * Float(parameters[k]) }
    }
    return weights
  }

  /// The penalty at θ.
  package var penalty: Double {
    (0..<rows).reduce(0) { sum, row in
      sum + ridges[row] / 2 * parameters[row * width..<(row + 1) * width].reduce(0) { $0 + $1 * $1 }
    }
  }

  /// Moves `step` along the direction and learns from the gradient there. O(memory · parameters).
  ///
  /// - Parameter raw: the gradient of the loss by the weights: rows × width.
  /// - Returns: the largest entry of the gradient of the whole objective by the weights.
  package mutating func take(_ step: Double, raw: Matrix, workers: Workers) throws -> Double {
    precondition(raw.rows == rows && raw.columns == width)
    if order.count == memory { order.removeFirst() }
    let slot = (0..<memory).first { !order.contains($0) }!
    if moved[slot].isEmpty {
      moved[slot] = Array(repeating: 0, count: rows * width)
      turned[slot] = moved[slot]
    }
    let (rows, width, block, direction, scales, ridges) = (rows, width, block, direction, scales, ridges)
    let largest = try unsafe parameters.withUnsafeMutableBufferPointer { theta in
      nonisolated(unsafe) let theta = theta.baseAddress!
      return try unsafe gradient.withUnsafeMutableBufferPointer { gradient in
        nonisolated(unsafe) let gradient = gradient.baseAddress!
        return try unsafe moved[slot].withUnsafeMutableBufferPointer { moved in
          nonisolated(unsafe) let moved = moved.baseAddress!
          return try unsafe turned[slot].withUnsafeMutableBufferPointer { turned in
            nonisolated(unsafe) let turned = turned.baseAddress!
            return try unsafe parallelArray(
              count: Workers.blockCount(rows, blockSize: block), blockSize: 1, workers: workers
            ) { (out: UnsafeMutablePointer<Double>, index) in
              let first = index.lowerBound * block
              let at = first * width
              let largest = unsafe raw.values.withUnsafeBufferPointer { raw in
                unsafe direction.withUnsafeBufferPointer { direction in
                  unsafe scales.withUnsafeBufferPointer { scales in
                    unsafe ridges.withUnsafeBufferPointer { ridges in
                      unsafe ck_take_step(
                        raw.baseAddress! + at, scales.baseAddress! + first, ridges.baseAddress! + first, step,
                        min(block, rows - first), width, direction.baseAddress! + at, theta + at,
                        gradient + at,
                        moved + at, turned + at)
                    }
                  }
                }
              }
              unsafe out.initialize(to: largest)
            }
          }
        }
      }
    }
    try learn(slot, workers: workers)
    return largest.reduce(0, max)
  }

  /// Books the products of the newest pair and of the gradient with all pairs; leaves out a pair that does not curve upwards.
  private mutating func learn(_ slot: Int, workers: Workers) throws {
    let (moved, turned, gradient, total) = (moved, turned, gradient, rows * width)
    let slots = order + [slot]
    let size = block * width
    let parts: [[Double]] = try workers.mapBlocks(count: total, blockSize: size) { _, range in
      var sums = [Double](repeating: 0, count: 6 * slots.count)
      let (at, count) = (range.lowerBound, range.count)
      unsafe moved[slot].withUnsafeBufferPointer { newMoved in
        unsafe turned[slot].withUnsafeBufferPointer { newTurned in
          unsafe gradient.withUnsafeBufferPointer { gradient in
            unsafe sums.withUnsafeMutableBufferPointer { sums in
              for (k, other) in slots.enumerated() {
                for (half, list) in [moved, turned].enumerated() {
                  unsafe list[other].withUnsafeBufferPointer { other in
                    unsafe ck_three_products(
                      other.baseAddress! + at, newMoved.baseAddress! + at, newTurned.baseAddress! + at,
                      gradient.baseAddress! + at, count, sums.baseAddress! + 6 * k + 3 * half)
                  }
                }
              }
            }
          }
        }
      }
      return sums
    }
    var sums = [Double](repeating: 0, count: 6 * slots.count)
    for part in parts { for i in sums.indices { sums[i] += part[i] } }
    for (k, other) in slots.enumerated() {
      let s = sums[6 * k..<6 * k + 6].map { $0 }
      (movedMoved[other][slot], movedMoved[slot][other]) = (s[0], s[0])
      (turnedTurned[other][slot], turnedTurned[slot][other]) = (s[4], s[4])
      movedTurned[other][slot] = s[1]
      movedTurned[slot][other] = s[3]
      (movedGradient[other], turnedGradient[other]) = (s[2], s[5])
    }
    let curvature = movedTurned[slot][slot]
    let length = (movedMoved[slot][slot] * turnedTurned[slot][slot]).squareRoot()
    if curvature > 1e-8 * length { order.append(slot) }
  }

  /// The direction of L-BFGS at θ; steepest descent where nothing is remembered. O(memory · parameters).
  package mutating func aim(workers: Workers) throws -> Line {
    // The two loops of L-BFGS in coefficients of (moved, turned, gradient).
    var onMoved = [Double](repeating: 0, count: memory)
    var onTurned = onMoved
    var onGradient = 1.0
    func productWithMoved(_ i: Int) -> Double {
      order.reduce(onGradient * movedGradient[i]) {
        $0 + onMoved[$1] * movedMoved[i][$1] + onTurned[$1] * movedTurned[i][$1]
      }
    }
    func productWithTurned(_ i: Int) -> Double {
      order.reduce(onGradient * turnedGradient[i]) {
        $0 + onMoved[$1] * movedTurned[$1][i] + onTurned[$1] * turnedTurned[i][$1]
      }
    }
    var steps = onMoved
    for i in order.reversed() {
      steps[i] = productWithMoved(i) / movedTurned[i][i]
      onTurned[i] -= steps[i]
    }
    if let newest = order.last {
      let scale = movedTurned[newest][newest] / turnedTurned[newest][newest]
      for i in order { onTurned[i] *= scale }
      onGradient *= scale
    }
    for i in order { onMoved[i] += steps[i] - productWithTurned(i) / movedTurned[i][i] }
    return try write(onMoved: onMoved, onTurned: onTurned, onGradient: onGradient, workers: workers)
  }

  private mutating func write(
    onMoved: [Double], onTurned: [Double], onGradient: Double, workers: Workers
  ) throws -> Line {
    let (rows, width, block, order) = (rows, width, block, order)
    let (moved, turned, gradient, parameters) = (moved, turned, gradient, parameters)
    let (scales, ridges) = (scales, ridges)
    var change = Matrix(rows: rows, columns: width)
    let sums: [SIMD4<Double>] = try unsafe direction.withUnsafeMutableBufferPointer { direction in
      nonisolated(unsafe) let direction = direction.baseAddress!
      return try unsafe change.values.withUnsafeMutableBufferPointer { change in
        nonisolated(unsafe) let change = change.baseAddress!
        return try unsafe parallelArray(
          count: Workers.blockCount(rows, blockSize: block), blockSize: 1, workers: workers
        ) { out, index in
          let first = index.lowerBound * block
          let many = min(block, rows - first)
          let (at, count) = (first * width, many * width)
          var sums = [0.0, 0, 0]
          unsafe gradient.withUnsafeBufferPointer { gradient in
            unsafe ck_scaled(direction + at, -onGradient, gradient.baseAddress! + at, count)
            for i in order {
              unsafe moved[i].withUnsafeBufferPointer {
                unsafe ck_add_floats(direction + at, -onMoved[i], $0.baseAddress! + at, count)
              }
              unsafe turned[i].withUnsafeBufferPointer {
                unsafe ck_add_floats(direction + at, -onTurned[i], $0.baseAddress! + at, count)
              }
            }
            unsafe parameters.withUnsafeBufferPointer { theta in
              unsafe scales.withUnsafeBufferPointer { scales in
                unsafe ridges.withUnsafeBufferPointer { ridges in
                  unsafe ck_finish_direction(
                    direction + at, gradient.baseAddress! + at, theta.baseAddress! + at,
                    scales.baseAddress! + first, ridges.baseAddress! + first, many, width, change + at, &sums)
                }
              }
            }
          }
          unsafe out.initialize(to: SIMD4(sums[0], sums[1], sums[2], 0))
        }
      }
    }
    let sum = sums.reduce(.zero, +)
    return Line(change: change, descent: sum[0], linear: sum[1], quadratic: sum[2] / 2)
  }
}
