import CKernels
import Testing
import ThrongCore
import ThrongLinearAlgebra

/// Rows that bounds meet: without shape, in clusters, many times the same, zero, with few distinct values.
enum RowKind: CaseIterable {
  case noise, clusters, duplicates, zeros, ties

  func rows(_ count: Int, _ columns: Int, _ random: inout RandomSource) -> Matrix {
    var x = Matrix.random(count, columns, &random)
    switch self {
    case .noise: break
    case .clusters:
      for i in 0..<count { x[i, i % columns] += Float(8 * (1 + i % 3)) }
    case .duplicates:
      for i in 0..<count { for j in 0..<columns { x[i, j] = x[i % 70, j] } }
    case .zeros:
      for i in stride(from: 0, to: count, by: 3) { for j in 0..<columns { x[i, j] = 0 } }
    case .ties:
      for i in 0..<count { for j in 0..<columns { x[i, j] = x[i, j].rounded() } }
    }
    return x
  }
}

struct CentroidSearchTests {
  /// Small integers, so that every score is exact and many are equal.
  @Test(arguments: awkwardSizes + [300], awkwardSizes)
  func leastScoresEqualTheDefinitionOnEveryInstructionSet(count: Int, columns: Int) {
    var random = RandomSource(seed: UInt64(count * 1000 + columns))
    for rows in awkwardSizes {
      let x = (0..<rows * columns).map { _ in Float(random.below(5)) - 2 }
      let centroids = (0..<count * columns).map { _ in Float(random.below(5)) - 2 }
      let norms = (0..<count).map { _ in Float(random.below(9)) }
      let expected = (0..<rows).map { i in
        (0..<count).map { c in
          norms[c] - 2 * (0..<columns).reduce(0) { $0 + x[i * columns + $1] * centroids[c * columns + $1] }
        }
      }
      for instructions in 1...ck_instruction_sets() {
        let found = scan(x, rows, columns, centroids, norms, instructions: instructions)
        for i in 0..<rows {
          let sorted = expected[i].sorted()
          #expect(found.best[i] == sorted[0])
          #expect(found.second[i] == (count > 1 ? sorted[1] : .infinity))
          #expect(Int(found.labels[i]) == expected[i].firstIndex(of: sorted[0]))
        }
      }
    }
  }

  /// All rows, in falling order, so that the list of rows is at work.
  private func scan(
    _ x: [Float], _ rows: Int, _ columns: Int, _ centroids: [Float], _ norms: [Float], instructions: Int32
  ) -> (best: [Float], second: [Float], labels: [Int32]) {
    let count = norms.count
    let panels = (count + 15) / 16
    var packed = [Float](repeating: 0, count: panels * 16 * columns)
    for c in 0..<count {
      for k in 0..<columns { packed[(c / 16 * columns + k) * 16 + c % 16] = centroids[c * columns + k] }
    }
    let padded = norms + [Float](repeating: .infinity, count: panels * 16 - count)
    let ids = (0..<Int32(panels * 16)).map { $0 }
    let groups = [Int32](repeating: 0, count: count)
    let spare = Int(CK_SPARE)
    var list = (0..<rows).reversed().map { UInt32($0) } + [UInt32](repeating: 0, count: spare)
    var best = [Float](repeating: 0, count: rows + spare)
    var second = best
    var labels = [Int32](repeating: 0, count: rows + spare)
    unsafe packed.withUnsafeBufferPointer { packed in
      unsafe padded.withUnsafeBufferPointer { padded in
        unsafe ids.withUnsafeBufferPointer { ids in
          unsafe groups.withUnsafeBufferPointer { groups in
            var view = unsafe ck_centroids(
              count: count, width: columns, groups: 1, panelsPerGroup: panels, panels: packed.baseAddress!,
              norms: padded.baseAddress!, ids: ids.baseAddress!, groupOf: groups.baseAddress!,
              drifts: padded.baseAddress!, largestNorm: 0, reach: 0, instructions: instructions)
            unsafe best.withUnsafeMutableBufferPointer { best in
              unsafe second.withUnsafeMutableBufferPointer { second in
                unsafe labels.withUnsafeMutableBufferPointer { labels in
                  let out = unsafe ck_nearest_rows(
                    best: best.baseAddress!, second: second.baseAddress!, labels: labels.baseAddress!)
                  unsafe ck_scan(&view, 0, panels, x, &list, rows, out)
                }
              }
            }
          }
        }
      }
    }
    return (best[..<rows].reversed(), second[..<rows].reversed(), labels[..<rows].reversed())
  }

  @Test(arguments: RowKind.allCases, awkwardSizes)
  func boundsNeverChangeALabel(kind: RowKind, columns: Int) throws {
    var random = RandomSource(seed: UInt64(columns))
    for (rows, clusters) in [(300, 49), (2500, 129), (700, 256)] {
      for unit in [false, true] {
        var x = kind.rows(rows, columns, &random)
        if unit { x = try x.normalizingRows(workers: oneThread) }
        let squares = try x.squaredRowNorms(workers: oneThread)
        let norms = unit ? squares.map { $0 == 0 ? 0 : 1 } : squares
        let weights = (0..<rows).map { _ in Float(random.uniform() + 0.1) }
        func search(_ usesBounds: Bool, _ threads: Int) -> BoundedSearch {
          BoundedSearch(
            x, norms: norms, weights: weights, unit: unit, usesBounds: usesBounds,
            workers: Workers(threads: threads))
        }
        var plain = search(false, 1)
        var bounded = [1, 2, 3].map { search(true, $0) }
        var centroids = x.selectingRows((0..<clusters).map { $0 * 2 % rows })
        for round in 0..<8 {
          #expect(try plain.assign(to: centroids, isLast: false) == rows * clusters)
          let means = try plain.means(labels: plain.labels, fallback: centroids)
          for i in bounded.indices {
            _ = try bounded[i].assign(to: centroids, isLast: false)
            #expect(bounded[i].labels == plain.labels, "\(kind), \(columns) columns, round \(round)")
            #expect(bounded[i].distances == plain.distances)
            #expect(try bounded[i].means(labels: plain.labels, fallback: centroids) == means)
          }
          centroids = means
        }
      }
    }
  }

  @Test func boundsRuleOutMostOfWhatIsFarApart() throws {
    var random = RandomSource(seed: 5)
    let x = RowKind.clusters.rows(3000, 32, &random)
    var search = BoundedSearch(
      x, norms: try x.squaredRowNorms(workers: oneThread), weights: nil, unit: false, usesBounds: true,
      workers: twoThreads)
    var centroids = x.selectingRows((0..<192).map { $0 })
    var computed = 0
    for _ in 0..<6 {
      computed = try search.assign(to: centroids, isLast: false)
      centroids = try search.means(labels: search.labels, fallback: centroids)
    }
    #expect(computed < 3000 * 192 / 3)
  }

  /// Sums that followed every change against sums from nothing; labels that no assignment gave among them.
  @Test(arguments: [false, true])
  func meansFollowTheLabels(weighted: Bool) throws {
    var random = RandomSource(seed: 8)
    var x = Matrix.random(900, 9, &random)
    // A column of another size has units of its own.
    for i in 0..<x.rows { x[i, 4] *= 1e-6 }
    let weights = weighted ? (0..<x.rows).map { _ in Float(random.uniform() + 0.5) } : nil
    var search = BoundedSearch(
      x, norms: try x.squaredRowNorms(workers: oneThread), weights: weights, unit: false, usesBounds: true,
      workers: twoThreads)
    let fallback = Matrix.random(20, 9, &random)
    _ = try search.assign(to: fallback, isLast: false)
    for _ in 0..<4 {
      // The last label stays without rows.
      let labels = (0..<x.rows).map { _ in Int32(random.below(19)) }
      let found = try search.means(labels: labels, fallback: fallback)
      let expected = try x.groupedMeans(
        labels: labels, groups: 20, weights: weights, unit: false, fallback: fallback, workers: oneThread)
      for i in found.values.indices {
        #expect(
          abs(found.values[i] - expected.means.values[i]) <= 1e-6 * abs(expected.means.values[i]) + 1e-18)
      }
    }
  }
}
