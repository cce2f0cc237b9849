internal import CKernels
package import ThrongCore

// Aims, in order: the labels of plain Lloyd to the bit, at any thread count; speed; memory.
//
// Each score is the same float whether bounds are in use or not (see Nearest.c), and a group of centroids is
// passed over only if, with all rounding of the scores against it, none of its scores could be the least.

/// Exact Lloyd rounds over dense rows that pass over groups of centroids by lower bounds on their distance, where
/// that pays, and else compute all of them.
///
/// The bounds are those of Yinyang k-means (Ding et al. 2015), one for each row and group; the own group of a row
/// is computed in every round, which makes its upper bound exact.
package struct BoundedSearch: CentroidSearch {
  private let (x, norms): (Matrix, [Float])
  private let weights: [Float]?
  private let unit: Bool
  private let workers: Workers
  package private(set) var labels: [Int32]
  package private(set) var distances: [Float]
  private var sums: FixedPointSums?
  private var centroids: Matrix?
  private var panels: CentroidPanels?
  /// By block of rows: groups × rows. Empty where the last round used none.
  private var bounds: [UInt16] = []
  /// Rounds to go without bounds, and how many it will be the next time that they did not pay.
  private var (pause, nextPause) = (0, 2)
  /// Whether a round may use bounds.
  private let usesBounds: Bool

  /// Bounds on no fewer groups of centroids than this.
  private static let fewestGroups = 4
  /// Bounds pay while they leave no more than this share of the distances.
  private static let worthwhile = 0.85

  package init(
    _ x: Matrix, norms: [Float], weights: [Float]?, unit: Bool, usesBounds: Bool, workers: Workers
  ) {
    (self.x, self.norms, self.weights) = (x, norms, weights)
    (self.unit, self.workers, self.usesBounds) = (unit, workers, usesBounds)
    labels = [Int32](repeating: 0, count: x.rows)
    distances = [Float](repeating: 0, count: x.rows)
  }

  package mutating func startAnew() {
    (centroids, panels, bounds) = (nil, nil, [])
    (pause, nextPause) = (0, 2)
  }

  package mutating func assign(to centroids: Matrix, isLast: Bool) throws -> Int {
    let squares = try centroids.scoreNorms(unit: unit, workers: workers)
    if sums?.groups != centroids.rows {
      sums = try FixedPointSums(x, weights: weights, groups: centroids.rows, workers: workers)
    }
    let size = groupSize(centroids.rows)
    let fresh = bounds.isEmpty
    let bounded =
      usesBounds && pause == 0 && centroids.rows > (Self.fewestGroups - 1) * size && !(fresh && isLast)
    if !bounded { pause = max(0, pause - 1) }
    // Those of a round without bounds are in one group.
    if fresh && bounded { panels = nil }
    var panels =
      panels
      ?? CentroidPanels(
        bounded ? CentroidGroups(centroids, size: size) : CentroidGroups(single: centroids.rows),
        width: x.columns)
    panels.load(centroids, norms: squares, previous: fresh ? nil : self.centroids)
    if bounded && fresh { bounds = [UInt16](repeating: 0, count: x.rows * panels.groups) }
    let computed = try pass(panels, bounded: bounded, fresh: fresh)
    self.centroids = centroids
    self.panels = panels
    let all = x.rows * centroids.rows
    if bounded, !fresh, Double(computed) > Self.worthwhile * Double(all) {
      (pause, nextPause) = (nextPause, 2 * nextPause)
      bounds = []
      self.panels = nil
    }
    return computed
  }

  package mutating func means(labels: [Int32], fallback: Matrix) throws -> Matrix {
    var labels = labels
    // Moves the rows that differ.
    try unsafe sums!.follow(x, labels: &labels, blockSize: 65_536, workers: workers) { _, _ in }
    return sums!.means(labels: labels, unit: unit, fallback: fallback)
  }

  /// Labels and distances of all rows. Returns the number of distances computed.
  private mutating func pass(_ panels: CentroidPanels, bounded: Bool, fresh: Bool) throws -> Int {
    let blockSize = x.assignmentBlock
    let (x, norms, groups) = (x, norms, panels.groups)
    var counts = [Int](repeating: 0, count: Workers.blockCount(x.rows, blockSize: blockSize))
    try unsafe panels.withKernelView { view in
      nonisolated(unsafe) let view = unsafe view
      try unsafe counts.withUnsafeMutableBufferPointer { counts in
        nonisolated(unsafe) let counts = unsafe counts
        try unsafe bounds.withUnsafeMutableBufferPointer { bounds in
          nonisolated(unsafe) let bounds = unsafe bounds
          try unsafe distances.withUnsafeMutableBufferPointer { distances in
            nonisolated(unsafe) let distances = unsafe distances
            try unsafe sums!.follow(x, labels: &labels, blockSize: blockSize, workers: workers) {
              labels, range in
              let (first, count) = (range.lowerBound, range.count)
              let best = unsafe distances.baseAddress! + first
              unsafe x.values.withUnsafeBufferPointer { x in
                unsafe norms.withUnsafeBufferPointer { norms in
                  let rows = unsafe x.baseAddress! + first * view.pointee.width
                  if bounded {
                    unsafe counts[first / blockSize] = unsafe ck_assign_bounded(
                      view, rows, norms.baseAddress! + first, count, fresh ? 1 : 0,
                      bounds.baseAddress! + first * groups, best, labels + first)
                  } else {
                    unsafe ck_assign(view, rows, count, best, labels + first)
                    unsafe counts[first / blockSize] = count * view.pointee.count
                  }
                  for i in 0..<count { unsafe best[i] = max(0, norms[first + i] + best[i]) }
                }
              }
            }
          }
        }
      }
    }
    return counts.reduce(0, +)
  }

  /// One panel, or as many as keep the bounds at no more than half of the rows' memory.
  private func groupSize(_ clusters: Int) -> Int {
    let most = min(Int(CK_GROUPS), max(16, x.columns))
    let panels = Workers.blockCount(clusters, blockSize: CentroidPanels.lanes)
    return Workers.blockCount(panels, blockSize: most) * CentroidPanels.lanes
  }
}
