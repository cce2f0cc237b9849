internal import CKernels
package import ThrongCore

/// The squared distance of each row to the nearest of a growing set of centres: the state of k-means++.
package struct ClosestDistances<Rows: ClusteringRows>: Sendable {
  private static var blockSize: Int { 1024 }

  private let x: Rows
  private let norms: [Float]
  private let weights: [Float]
  private let workers: Workers
  /// Squared distances, one for each row; infinite until the first centre.
  package private(set) var closest: [Float]
  /// Weighted sums of `closest`, one for each block of rows; empty until the first centre.
  private var blockPotentials: [Double] = []
  /// What `closest` would become with each of the last candidates, rows × candidates.
  private var proposals: [Float] = []
  /// Block sums of the proposals, blocks × candidates.
  private var proposedPotentials: [Double] = []
  private var candidateCount = 0

  /// - Parameters:
  ///   - x: the rows; shared, not copied.
  ///   - weights: one for each row, not negative; a row of weight 0 is never drawn.
  package init(_ x: Rows, weights: [Float], workers: Workers) throws {
    precondition(weights.count == x.rows)
    self.x = x
    self.weights = weights
    self.workers = workers
    norms = try x.squaredRowNorms(workers: workers)
    closest = [Float](repeating: .infinity, count: x.rows)
  }

  /// The weighted sum of the distances; 0 until the first centre.
  package var potential: Double { blockPotentials.reduce(0, +) }

  /// The potential that each of these rows would leave, were it a centre. O(rows · columns · candidates).
  package mutating func propose(_ candidates: [Int]) throws -> [Double] {
    let count = candidates.count
    let (x, norms, closest, weights, workers) = (x, norms, closest, weights, workers)
    let centres = x.factor(ofRows: candidates)
    let centreNorms = candidates.map { norms[$0] }
    if candidateCount != count {
      candidateCount = count
      proposals = [Float](repeating: 0, count: x.rows * count)
    }
    let blocks = Workers.blockCount(x.rows, blockSize: Self.blockSize)
    var partials = [Double](repeating: 0, count: blocks * count)
    try unsafe partials.withUnsafeMutableBufferPointer { partials in
      nonisolated(unsafe) let partials = unsafe partials
      try unsafe proposals.withParallelBlocks(count: x.rows, blockSize: Self.blockSize, workers: workers) {
        proposals, range in
        let start = range.lowerBound
        let products = unsafe proposals + start * count
        var span = unsafe UnsafeMutableBufferPointer(start: products, count: range.count * count).mutableSpan
        x.multiply(range, by: centres, into: &span)
        unsafe norms.withUnsafeBufferPointer { norms in
          unsafe closest.withUnsafeBufferPointer { closest in
            unsafe weights.withUnsafeBufferPointer { weights in
              unsafe ck_relax(
                products, range.count, count, norms.baseAddress! + start, centreNorms,
                closest.baseAddress! + start, weights.baseAddress! + start,
                partials.baseAddress! + start / Self.blockSize * count)
            }
          }
        }
      }
    }
    proposedPotentials = partials
    var potentials = [Double](repeating: 0, count: count)
    for i in proposedPotentials.indices { potentials[i % count] += proposedPotentials[i] }
    return potentials
  }

  /// Makes a centre of candidate `j` of the last ``propose(_:)``. O(rows).
  package mutating func accept(_ j: Int) throws {
    let count = candidateCount
    precondition(j < count)
    let proposals = proposals
    try unsafe closest.withParallelBlocks(count: x.rows, blockSize: 65_536, workers: workers) {
      closest, range in
      for i in range { unsafe closest[i] = proposals[i * count + j] }
    }
    blockPotentials = stride(from: j, to: proposedPotentials.count, by: count).map { proposedPotentials[$0] }
  }

  /// The row at share `u` (in 0..<1) of the potential, so that a uniform u draws rows in proportion to
  /// weight × squared distance. Nil where the potential is 0. O(rows / 1024 + 1024).
  package func row(atShare u: Double) -> Int? {
    var rest = u * potential
    // The block that holds the share; rounding may leave the share past the end: the last that weighs then.
    var chosen: Int?
    for (block, sum) in blockPotentials.enumerated() where sum > 0 {
      chosen = block
      if rest < sum { break }
      rest -= sum
    }
    guard let chosen else { return nil }
    var last: Int?
    for i in chosen * Self.blockSize..<min(x.rows, (chosen + 1) * Self.blockSize) {
      let share = Double(closest[i]) * Double(weights[i])
      guard share > 0 else { continue }
      last = i
      if rest < share { break }
      rest -= share
    }
    return last
  }
}
