/// Centroids in groups of neighbours, all as large but for the last.
struct CentroidGroups {
  /// Centroid numbers, group by group, rising inside each.
  let order: [Int32]
  let size: Int

  /// All in one group.
  init(single count: Int) {
    order = (0..<Int32(count)).map { $0 }
    size = count
  }

  /// Halves sets of centroids along the line between two far ones until they are no larger than `size`.
  /// O(k · columns · log k).
  init(_ centroids: Matrix, size: Int) {
    var order = (0..<Int32(centroids.rows)).map { $0 }
    var open = [0..<order.count]
    while let range = open.popLast() {
      guard range.count > size else {
        order[range].sort()
        continue
      }
      let keys = centroids.projections(of: order[range])
      let sorted = zip(order[range], keys).sorted { $0.1 != $1.1 ? $0.1 < $1.1 : $0.0 < $1.0 }
      for (slot, entry) in zip(range, sorted) { order[slot] = entry.0 }
      let groups = (range.count + size - 1) / size
      let middle = range.lowerBound + groups / 2 * size
      open.append(range.lowerBound..<middle)
      open.append(middle..<range.upperBound)
    }
    (self.order, self.size) = (order, size)
  }

  var count: Int { (order.count + size - 1) / size }
}

extension Matrix {
  /// Positions of the given rows along the line from the farthest from the first to the farthest from that.
  fileprivate func projections(of chosen: ArraySlice<Int32>) -> [Double] {
    func farthest(from row: Int) -> Int {
      var best = (row, -1.0)
      for other in chosen {
        let square = squaredDistance(Int(other), row)
        if square > best.1 { best = (Int(other), square) }
      }
      return best.0
    }
    let one = farthest(from: Int(chosen.first!))
    let other = farthest(from: one)
    return chosen.map { squaredDistance(Int($0), one) - squaredDistance(Int($0), other) }
  }

  private func squaredDistance(_ a: Int, _ b: Int) -> Double {
    let values = values.span
    var sum = 0.0
    for j in 0..<columns {
      let difference = Double(values[a * columns + j]) - Double(values[b * columns + j])
      sum += difference * difference
    }
    return sum
  }
}
