internal import CKernels

/// Centroids as the kernels read them: in panels of 16, by group.
struct CentroidPanels {
  static let lanes = 16

  let groups: Int
  private let (count, width, panelsPerGroup): (Int, Int, Int)
  private var panels: [Float]
  private var norms: [Float]
  private let ids: [Int32]
  private let groupOf: [Int32]
  /// How far the centroids of each group moved at most since the last call.
  private var drifts: [Float]
  private var largestNorm: Float = 0
  /// The greatest length of a centroid at the first call.
  private var reach: Float = 0

  init(_ grouping: CentroidGroups, width: Int) {
    (count, self.width, groups) = (grouping.order.count, width, grouping.count)
    panelsPerGroup = (min(grouping.size, count) + Self.lanes - 1) / Self.lanes
    let places = groups * panelsPerGroup * Self.lanes
    panels = [Float](repeating: 0, count: places * width)
    norms = [Float](repeating: .infinity, count: places)
    drifts = [Float](repeating: 0, count: groups)
    ids = grouping.order + [Int32](repeating: .max, count: places - count)
    var groupOf = [Int32](repeating: 0, count: count)
    for (place, id) in grouping.order.enumerated() { groupOf[Int(id)] = Int32(place / grouping.size) }
    self.groupOf = groupOf
  }

  /// Copies the centroids in. O(k · columns).
  ///
  /// - Parameters:
  ///   - norms: as ``ClusteringRows/nearestRows(in:norms:workers:)`` takes them.
  ///   - previous: those of the last call, to tell how far they moved.
  mutating func load(_ centroids: Matrix, norms squares: [Float], previous: Matrix?) {
    fill(centroids.values.span)
    for place in 0..<count { norms[place] = squares[Int(ids[place])] }
    largestNorm = squares.max() ?? 0
    guard let previous else { return reach = largestNorm.squareRoot() }
    for group in drifts.indices { drifts[group] = 0 }
    for id in 0..<count {
      let group = Int(groupOf[id])
      drifts[group] = max(drifts[group], centroids.drift(ofRow: id, from: previous))
    }
  }

  private mutating func fill(_ values: Span<Float>) {
    let (ids, width, count) = (ids, width, count)
    var panels = panels.mutableSpan
    for place in 0..<count {
      let from = Int(ids[place]) * width
      let start = place / Self.lanes * Self.lanes * width + place % Self.lanes
      for j in 0..<width { panels[start + j * Self.lanes] = values[from + j] }
    }
  }

  func withKernelView<Result>(_ body: (UnsafePointer<ck_centroids>) throws -> Result) rethrows -> Result {
    try unsafe panels.withUnsafeBufferPointer { panels in
      try unsafe norms.withUnsafeBufferPointer { norms in
        try unsafe ids.withUnsafeBufferPointer { ids in
          try unsafe groupOf.withUnsafeBufferPointer { groupOf in
            try unsafe drifts.withUnsafeBufferPointer { drifts in
              var view = unsafe ck_centroids(
                count: count, width: width, groups: groups, panelsPerGroup: panelsPerGroup,
                panels: panels.baseAddress!, norms: norms.baseAddress!, ids: ids.baseAddress!,
                groupOf: groupOf.baseAddress!, drifts: drifts.baseAddress!, largestNorm: largestNorm,
                reach: reach,
                instructions: ck_instruction_sets())
              return try unsafe withUnsafePointer(to: &view) { try unsafe body($0) }
            }
          }
        }
      }
    }
  }
}

extension Matrix {
  /// No less than the distance of row `i` to the same row of `other`.
  fileprivate func drift(ofRow i: Int, from other: Matrix) -> Float {
    let (a, b) = (values.span, other.values.span)
    var sum = 0.0
    for j in i * columns..<(i + 1) * columns {
      let difference = Double(a[j]) - Double(b[j])
      sum += difference * difference
    }
    return sum == 0 ? 0 : Float(sum.squareRoot()).nextUp
  }
}
