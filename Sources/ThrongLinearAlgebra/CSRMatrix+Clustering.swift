internal import CKernels
package import ThrongCore

extension CSRMatrix: ClusteringRows {
  /// O(entries); where the columns of a row do not rise it is sorted first, because entries of one column
  /// add up.
  package func squaredRowNorms(workers: Workers) throws -> [Float] {
    try unsafe parallelArray(count: rows, blockSize: 4096, workers: workers) { out, range in
      let (columnIndices, values) = (columnIndices.span, values.span)
      for (slot, row) in range.enumerated() {
        var square: Float = 0
        var rises = true
        var previous: UInt32?
        for entry in entries(ofRow: row) {
          if let previous, columnIndices[entry] <= previous { rises = false }
          previous = columnIndices[entry]
          square += values[entry] * values[entry]
        }
        unsafe out[slot] = rises ? square : squaredNorm(ofUnorderedRow: row)
      }
    }
  }

  private func squaredNorm(ofUnorderedRow row: Int) -> Float {
    var (sum, square): (Float, Float) = (0, 0)
    var column: UInt32?
    for entry in entries(ofRow: row).sorted(by: { columnIndices[$0] < columnIndices[$1] }) {
      if columnIndices[entry] != column {
        square += sum * sum
        sum = 0
        column = columnIndices[entry]
      }
      sum += values[entry]
    }
    return square + sum * sum
  }

  /// O(entries). The copy shares the positions and has values of its own.
  package consuming func normalizingRows(workers: Workers) throws -> CSRMatrix {
    let norms = try squaredRowNorms(workers: workers)
    let offsets = rowOffsets
    var scaled = values
    try unsafe scaled.withParallelBlocks(count: rows, blockSize: 4096, workers: workers) { values, range in
      for row in range where norms[row] > 0 {
        let scale = 1 / norms[row].squareRoot()
        for entry in offsets[row]..<offsets[row + 1] { unsafe values[entry] *= scale }
      }
    }
    return CSRMatrix(
      rows: rows, columns: columns, rowOffsets: offsets, columnIndices: columnIndices, values: scaled)
  }

  package func denseRows(_ indices: [Int]) -> Matrix {
    var result = Matrix(rows: indices.count, columns: columns)
    for (i, row) in indices.enumerated() {
      for entry in entries(ofRow: row) { result[i, Int(columnIndices[entry])] += values[entry] }
    }
    return result
  }

  /// Column-major, `columns` × the rows, so that an entry of a row meets all of them side by side.
  package func factor(ofRows indices: [Int]) -> Matrix {
    var result = Matrix(rows: columns, columns: indices.count)
    for (i, row) in indices.enumerated() {
      for entry in entries(ofRow: row) { result[Int(columnIndices[entry]), i] += values[entry] }
    }
    return result
  }

  package func multiply(_ range: Range<Int>, by factor: Matrix, into products: inout MutableSpan<Float>) {
    precondition(factor.rows == columns && products.count == range.count * factor.columns)
    unsafe products.withUnsafeMutableBufferPointer {
      guard let out = $0.baseAddress else { return }
      unsafe multiply(range, by: factor, into: out)
    }
  }

  /// Tiles of 64 centroids, column-major: an entry of a row is one gather of 64 numbers, and what the frequent
  /// columns hold of a tile stays in cache. O(entries · centroids.rows + columns · centroids.rows) time,
  /// O(rows + 64 · columns) memory.
  package func nearestRows(in centroids: Matrix, norms: [Float], workers: Workers) throws
    -> (labels: [Int32], scores: [Float])
  {
    precondition(centroids.rows > 0 && norms.count == centroids.rows && centroids.columns == columns)
    let tile = 64
    var scores = [Float](repeating: .infinity, count: rows)
    var labels = [Int32](repeating: 0, count: rows)
    for first in stride(from: 0, to: centroids.rows, by: tile) {
      let chosen = first..<min(first + tile, centroids.rows)
      // Whole lanes; a centroid that is not there is infinitely far.
      let width = (chosen.count + 15) / 16 * 16
      let factor = try centroids.transposed(rows: chosen, width: width, workers: workers)
      let tileNorms = norms[chosen] + repeatElement(.infinity, count: width - chosen.count)
      try unsafe labels.withUnsafeMutableBufferPointer { labels in
        nonisolated(unsafe) let labels = unsafe labels
        try unsafe scores.withParallelBlocks(count: rows, blockSize: 256, workers: workers) { scores, range in
          unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: range.count * width) { products in
            unsafe multiply(range, by: factor, into: products.baseAddress!)
            unsafe tileNorms.withUnsafeBufferPointer { norms in
              unsafe ck_nearest(
                products.baseAddress!, range.count, width, norms.baseAddress!, Int32(first),
                scores + range.lowerBound, labels.baseAddress! + range.lowerBound)
            }
          }
        }
      }
    }
    return (labels, scores)
  }

  /// Group by group in parallel, each added up in order of its rows in one dense row of doubles: no sum is ever
  /// split, so memory does not grow with the rows. O(entries + groups · columns) time, O(rows + groups ·
  /// columns) memory.
  package func groupedMeans(
    labels: [Int32], groups: Int, weights: [Float]?, unit: Bool, fallback: Matrix?, workers: Workers
  ) throws -> GroupedMeans {
    precondition(labels.count == rows && weights?.count ?? rows == rows)
    let grouping = Grouping(labels: labels, groups: groups)
    var masses = [Double](repeating: 0, count: groups)
    for row in 0..<rows { masses[Int(labels[row])] += weights.map { Double($0[row]) } ?? 1 }
    let (columns, mass) = (columns, masses)
    var means = fallback ?? Matrix(rows: groups, columns: columns)
    precondition(means.rows == groups && means.columns == columns)
    try unsafe means.values.withParallelBlocks(count: groups, blockSize: 1, workers: workers) {
      means, range in
      let group = range.lowerBound
      let members = grouping.order[grouping.starts[group]..<grouping.starts[group + 1]]
      guard !members.isEmpty else { return }
      let sum = sum(of: members, weights: weights)
      var mean = unsafe UnsafeMutableBufferPointer(start: means + group * columns, count: columns).mutableSpan
      writeMean(of: sum.span, mass: mass[group], unit: unit, into: &mean, at: 0)
    }
    return GroupedMeans(means: means, masses: masses, sizes: grouping.sizes)
  }

  /// The weighted sum of some rows, dense.
  private func sum(of members: ArraySlice<Int>, weights: [Float]?) -> [Double] {
    var sum = [Double](repeating: 0, count: columns)
    var target = sum.mutableSpan
    let (columnIndices, values) = (columnIndices.span, values.span)
    for row in members {
      let weight = weights.map { Double($0[row]) } ?? 1
      for entry in entries(ofRow: row) {
        target[Int(columnIndices[entry])] += weight * Double(values[entry])
      }
    }
    return sum
  }
}

extension Matrix {
  /// Some rows as columns: `columns` × `width`, zeros past the rows chosen. O(columns · width).
  fileprivate func transposed(rows chosen: Range<Int>, width: Int, workers: Workers) throws -> Matrix {
    let flipped: [Float] = try unsafe parallelArray(
      count: columns, stride: width, blockSize: 256, workers: workers
    ) { out, range in
      let values = values.span
      unsafe out.initialize(repeating: 0, count: range.count * width)
      for (slot, row) in chosen.enumerated() {
        for (j, column) in range.enumerated() {
          unsafe out[j * width + slot] = values[row * columns + column]
        }
      }
    }
    return Matrix(rows: columns, columns: width, values: flipped)
  }
}
