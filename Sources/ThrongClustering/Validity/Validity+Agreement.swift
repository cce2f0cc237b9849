internal import Foundation

extension Validity {
  /// Mutual information above what chance gives, as a share of what is possible above it: (I − E) / (H̄ − E), with the
  /// mean H̄ of both entropies and the expectation E over all labellings with the same numbers of each label (Vinh, Epps
  /// and Bailey 2010, JMLR 11:2837). 1 for equal partitions, about 0 for independent ones, however many labels there
  /// are: NMI rises with their number.
  ///
  /// O(n log n + r · c · √n) for r and c different sizes of labels. Counts that are more than ten standard deviations
  /// and thirty from their mean are left out of E; they weigh less than rounding.
  package static func adjustedMutualInformation(_ truth: [Int32], _ found: [Int32]) -> Double {
    let table = Contingency(truth, found)
    let (rows, columns) = (table.rowSums.count, table.columnSums.count)
    let n = truth.count
    // One label on both sides, or none shared by two: nothing to disagree on.
    if rows == columns, rows <= 1 || rows == n { return 1 }
    let expected = expectedInformation(table, count: n)
    let possible = (table.entropy(table.rowSums) + table.entropy(table.columnSums)) / 2 - expected
    let above = table.mutualInformation - expected
    return abs(possible) < 1e-12 ? 0 : min(1, above / possible)
  }

  /// Mutual information of random labellings with these sums, in nats.
  private static func expectedInformation(_ table: Contingency, count n: Int) -> Double {
    var logFactorial = [Double](repeating: 0, count: n + 1)
    for i in stride(from: 2, through: n, by: 1) { logFactorial[i] = logFactorial[i - 1] + log(Double(i)) }
    func sizes(_ sums: [Double]) -> [(size: Int, times: Double)] {
      Dictionary(grouping: sums, by: { Int($0) }).map { ($0.key, Double($0.value.count)) }
        .sorted { $0.size < $1.size }
    }
    let (total, columns) = (Double(n), sizes(table.columnSums))
    var sum = 0.0
    for (a, times) in sizes(table.rowSums) {
      for (b, others) in columns {
        let mean = Double(a) * Double(b) / total
        let reach = 10 * mean.squareRoot() + 30
        let fixed =
          logFactorial[a] + logFactorial[b] + logFactorial[n - a] + logFactorial[n - b] - logFactorial[n]
        let first = max(1, a + b - n, Int(mean - reach))
        let last = min(a, b, Int(mean + reach))
        for both in stride(from: first, through: last, by: 1) {
          let chance =
            fixed - logFactorial[both] - logFactorial[a - both] - logFactorial[b - both]
            - logFactorial[n - a - b + both]
          sum += times * others * exp(chance) * Double(both) / total * log(Double(both) / mean)
        }
      }
    }
    return sum
  }
}
