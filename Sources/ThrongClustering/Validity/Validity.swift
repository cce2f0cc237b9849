internal import Foundation

/// How well a labelling found matches a true one. Labels are any numbers; renaming them changes nothing.
///
/// Two labellings of nothing match perfectly. All take O(n log n) but ``matchedAccuracy(_:_:)``.
package enum Validity {
  /// Normalised mutual information: I / mean of both entropies (Kvålseth 1987; arithmetic mean), in 0...1.
  /// 1 where both labellings have but one label.
  package static func nmi(_ truth: [Int32], _ found: [Int32]) -> Double {
    let table = Contingency(truth, found)
    if table.rowSums.count <= 1 && table.columnSums.count <= 1 { return 1 }
    let mean = (table.entropy(table.rowSums) + table.entropy(table.columnSums)) / 2
    return min(1, table.mutualInformation / mean)
  }

  /// The adjusted Rand index (Hubert and Arabie 1985, doi:10.1007/BF01908075): 1 for equal partitions,
  /// about 0 for independent ones, at least −0.5.
  package static func adjustedRand(_ truth: [Int32], _ found: [Int32]) -> Double {
    let table = Contingency(truth, found)
    func pairs(_ count: Double) -> Double { count * (count - 1) / 2 }
    let together = table.cells.reduce(0) { $0 + pairs($1.count) }
    let inTruth = table.rowSums.reduce(0) { $0 + pairs($1) }
    let inFound = table.columnSums.reduce(0) { $0 + pairs($1) }
    // Also where both hold no pair, or every pair: nothing is left to disagree on.
    if together == inTruth && together == inFound { return 1 }
    let expected = inTruth / pairs(table.total) * inFound
    return (together - expected) / ((inTruth + inFound) / 2 - expected)
  }

  /// Whether each found cluster holds one true class only: 1 − H(truth | found) / H(truth)
  /// (Rosenberg and Hirschberg 2007). 1 where there is but one class.
  package static func homogeneity(_ truth: [Int32], _ found: [Int32]) -> Double {
    let table = Contingency(truth, found)
    guard table.rowSums.count > 1 else { return 1 }
    return min(1, table.mutualInformation / table.entropy(table.rowSums))
  }

  /// Whether each true class lies in one found cluster only: homogeneity with the roles exchanged.
  package static func completeness(_ truth: [Int32], _ found: [Int32]) -> Double {
    homogeneity(found, truth)
  }

  /// The harmonic mean of homogeneity and completeness.
  package static func vMeasure(_ truth: [Int32], _ found: [Int32]) -> Double {
    let (h, c) = (homogeneity(truth, found), completeness(truth, found))
    return h + c > 0 ? 2 * h * c / (h + c) : 0
  }

  /// The share of points that belong to the most frequent true class of their found cluster.
  package static func purity(_ truth: [Int32], _ found: [Int32]) -> Double {
    let table = Contingency(truth, found)
    guard table.total > 0 else { return 1 }
    var greatest = [Double](repeating: 0, count: table.columnSums.count)
    for cell in table.cells { greatest[cell.column] = max(greatest[cell.column], cell.count) }
    return greatest.reduce(0, +) / table.total
  }

  /// The share of points that agree under the best one-to-one matching of found clusters to true classes;
  /// clusters or classes beyond the other's number match nothing. O(n log n + m² · M) for m ≤ M labels.
  package static func matchedAccuracy(_ truth: [Int32], _ found: [Int32]) -> Double {
    let table = Contingency(truth, found)
    guard table.total > 0 else { return 1 }
    let (rows, columns) = (table.rowSums.count, table.columnSums.count)
    let wide = rows <= columns
    var costs = [Double](repeating: 0, count: rows * columns)
    for cell in table.cells {
      costs[wide ? cell.row * columns + cell.column : cell.column * rows + cell.row] = -cell.count
    }
    let matching = Assignment.solve(costs: costs, rows: min(rows, columns), columns: max(rows, columns))
    return -matching.enumerated().reduce(0) { $0 + costs[$1.offset * max(rows, columns) + $1.element] }
      / table.total
  }
}
