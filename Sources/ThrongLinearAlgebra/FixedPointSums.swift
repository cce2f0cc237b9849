internal import CKernels
internal import Synchronization
internal import ThrongCore

/// Sums of rows by label that follow the labels as they change.
///
/// They are integers, in units of their own for each column, so that a row that is taken away leaves nothing
/// behind and the order of rows is no matter: neither the threads nor the course of the labels show in the result.
/// A unit is at most 2⁻⁴⁹ of a column's largest |value|, or 2⁻⁶⁰ of the sum of them all, whichever is larger.
struct FixedPointSums {
  let groups: Int
  private let columns: Int
  /// Units in 1, powers of two.
  private let scales: [Double]
  private let weights: [Float]?
  /// The label that each row is added under; −1 for none.
  private var held: [Int32]
  private let parts = Parts()

  /// O(rows · columns).
  init(_ x: Matrix, weights: [Float]?, groups: Int, workers: Workers) throws {
    (self.groups, columns, self.weights) = (groups, x.columns, weights)
    held = [Int32](repeating: -1, count: x.rows)
    let columns = x.columns
    let blocks = try workers.mapBlocks(count: x.rows, blockSize: 8192) { _, range in
      var magnitudes = (
        sum: [Double](repeating: 0, count: columns), most: [Double](repeating: 0, count: columns)
      )
      unsafe x.values.withUnsafeBufferPointer { values in
        guard let values = values.baseAddress else { return }
        for row in range {
          unsafe ck_magnitudes(
            values + row * columns, weights.map { Double($0[row]) } ?? 1, columns, &magnitudes.sum,
            &magnitudes.most)
        }
      }
      return magnitudes
    }
    scales = (0..<columns).map { j in
      let sum = blocks.reduce(0.0) { $0 + $1.sum[j] }
      let most = blocks.reduce(0.0) { max($0, $1.most[j]) }
      let unit = max(sum * 0x1p-61, most * 0x1p-50)
      return unit > 0 ? Double(sign: .plus, exponent: -(Int(unit.exponent) + 1), significand: 1) : 1
    }
  }

  /// Lets `body` label blocks of rows, and moves the rows of each while they are in cache.
  mutating func follow(
    _ x: Matrix, labels: inout [Int32], blockSize: Int, workers: Workers,
    _ body: @Sendable (_ labels: UnsafeMutablePointer<Int32>, _ range: Range<Int>) -> Void
  ) throws {
    let (size, columns, parts, scales, weights) = (groups * columns, columns, parts, scales, weights)
    try unsafe held.withUnsafeMutableBufferPointer { held in
      nonisolated(unsafe) let held = unsafe held
      try unsafe labels.withParallelBlocks(count: x.rows, blockSize: blockSize, workers: workers) {
        labels, range in
        let first = range.lowerBound
        unsafe body(labels, range)
        parts.withPart(size: size) { part in
          unsafe x.values.withUnsafeBufferPointer { x in
            unsafe weights.withOptionalPointer { weights in
              guard let x = x.baseAddress else { return }
              unsafe ck_move_rows(
                x + first * columns, range.count, columns, weights.map { unsafe $0 + first }, scales,
                labels + first, held.baseAddress! + first, &part)
            }
          }
        }
      }
    }
  }

  /// The weighted means, or their directions when `unit`; those of `fallback` where there is none.
  func means(labels: [Int32], unit: Bool, fallback: Matrix) -> Matrix {
    var masses = [Double](repeating: 0, count: groups)
    for (row, label) in labels.enumerated() { masses[Int(label)] += weights.map { Double($0[row]) } ?? 1 }
    var means = fallback
    var values = means.values.mutableSpan
    let sums = parts.sum(size: groups * columns)
    var sum = [Double](repeating: 0, count: columns)
    for group in 0..<groups where masses[group] > 0 {
      for j in 0..<columns { sum[j] = Double(Int64(bitPattern: sums[group * columns + j])) / scales[j] }
      writeMean(of: sum.span, mass: masses[group], unit: unit, into: &values, at: group * columns)
    }
    return means
  }

  /// Integers whose sum is the sums, no more of them than there are threads. Each may wrap around; the sum of
  /// them all does not.
  private final class Parts: Sendable {
    private let idle = Mutex<[[UInt64]]>([])

    func withPart(size: Int, _ body: (inout [UInt64]) -> Void) {
      var part = idle.withLock { $0.popLast() } ?? [UInt64](repeating: 0, count: size)
      body(&part)
      idle.withLock { $0.append(part) }
    }

    func sum(size: Int) -> [UInt64] {
      idle.withLock { parts in
        parts.dropFirst().reduce(parts.first ?? [UInt64](repeating: 0, count: size)) { sum, part in
          var sum = sum
          for i in sum.indices { sum[i] &+= part[i] }
          return sum
        }
      }
    }
  }
}

extension [Float]? {
  fileprivate func withOptionalPointer(_ body: (UnsafePointer<Float>?) -> Void) {
    guard let self else { return body(nil) }
    unsafe self.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
  }
}
