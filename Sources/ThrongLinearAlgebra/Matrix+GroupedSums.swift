internal import CKernels
package import ThrongCore

/// Sums of rows by group, in double.
package struct GroupedSums: Sendable {
  package let groups: Int
  package let columns: Int
  /// Weighted sums, `groups` × `columns`, row-major.
  package let sums: [Double]
  /// Summed weights of each group.
  package let masses: [Double]
  /// Rows of each group.
  package let sizes: [Int]
}

extension Matrix {
  /// Adds up the rows of each group, each times its weight.
  ///
  /// Rows are taken in order of group (a counting sort), in blocks of that order, so a block holds few groups
  /// whatever their number; what several blocks hold of a group is added in block order.
  /// O(rows · columns + groups) time, O(rows + groups · columns) memory.
  ///
  /// - Parameters:
  ///   - labels: the group of each row, in `0..<groups`.
  ///   - weights: one for each row; nil weighs all the same.
  package func groupedSums(labels: [Int32], groups: Int, weights: [Float]?, workers: Workers) throws
    -> GroupedSums
  {
    precondition(labels.count == rows && weights?.count ?? rows == rows)
    let grouping = Grouping(labels: labels, groups: groups)
    let partials = try workers.mapBlocks(count: rows, blockSize: 4096) { _, range in
      partialSums(of: grouping.order[range], labels: labels, weights: weights)
    }
    var sums = [Double](repeating: 0, count: groups * columns)
    var masses = [Double](repeating: 0, count: groups)
    for partial in partials {
      for (slot, group) in partial.groups.enumerated() {
        masses[group] += partial.masses[slot]
        for j in 0..<columns { sums[group * columns + j] += partial.sums[slot * columns + j] }
      }
    }
    return GroupedSums(
      groups: groups, columns: columns, sums: sums, masses: masses, sizes: grouping.sizes)
  }

  /// Through ``groupedSums(labels:groups:weights:workers:)``, at the same cost.
  package func groupedMeans(
    labels: [Int32], groups: Int, weights: [Float]?, unit: Bool, fallback: Matrix?, workers: Workers
  ) throws -> GroupedMeans {
    let found = try groupedSums(labels: labels, groups: groups, weights: weights, workers: workers)
    var means = fallback ?? Matrix(rows: groups, columns: columns)
    precondition(means.rows == groups && means.columns == columns)
    let sums = found.sums.span
    var values = means.values.mutableSpan
    for group in 0..<groups where found.sizes[group] > 0 {
      let start = group * columns
      writeMean(
        of: sums.extracting(start..<start + columns), mass: found.masses[group], unit: unit, into: &values,
        at: start)
    }
    return GroupedMeans(means: means, masses: found.masses, sizes: found.sizes)
  }

  private func partialSums(of order: ArraySlice<Int>, labels: [Int32], weights: [Float]?)
    -> (groups: [Int], masses: [Double], sums: [Double])
  {
    var groups: [Int] = []
    var masses: [Double] = []
    var sums: [Double] = []
    for row in order {
      let group = Int(labels[row])
      if groups.last != group {
        groups.append(group)
        masses.append(0)
        sums.append(contentsOf: repeatElement(0, count: columns))
      }
      let weight = weights.map { Double($0[row]) } ?? 1
      masses[masses.count - 1] += weight
      guard columns > 0 else { continue }
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        unsafe values.withUnsafeBufferPointer { x in
          unsafe ck_add_row(
            sums.baseAddress! + (groups.count - 1) * columns, x.baseAddress! + row * columns, weight, columns)
        }
      }
    }
    return (groups, masses, sums)
  }
}
