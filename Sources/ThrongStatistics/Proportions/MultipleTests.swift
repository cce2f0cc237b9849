/// p-values of many tests made comparable, so that among many topics a few do not stand out by chance.
package enum MultipleTests: String, Sendable, CaseIterable {
  /// Bounds the share of false findings among all findings (Benjamini and Hochberg 1995,
  /// doi 10.1111/j.2517-6161.1995.tb02031.x).
  case benjaminiHochberg = "benjamini-hochberg"
  /// Bounds the chance of a single false finding (Holm 1979, jstor 4615733).
  case holm

  /// The adjusted p-values, in the order given. A NaN is no test: it stays, and does not count. O(n log n).
  package func adjusted(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.filter { !pValues[$0].isNaN }.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    let count = Double(order.count)
    var adjusted = pValues
    switch self {
    case .benjaminiHochberg:
      var least = 1.0
      for (rank, i) in order.enumerated().reversed() {
        least = min(least, pValues[i] * count / Double(rank + 1))
        adjusted[i] = least
      }
    case .holm:
      var most = 0.0
      for (rank, i) in order.enumerated() {
        most = max(most, min(1, pValues[i] * (count - Double(rank))))
        adjusted[i] = most
      }
    }
    return adjusted
  }
}
