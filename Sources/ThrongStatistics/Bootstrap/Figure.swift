package import ThrongCore

/// The figures that a study asks for, as functions of column sums.
package enum Figure: Sendable, Equatable {
  /// One sum over another: a share (of ones over ones), a mean (of values over ones), a rate.
  case quotient(_ numerator: Int, _ denominator: Int)
  /// The first quotient minus the second.
  indirect case difference(Figure, Figure)
  /// The first quotient over the second.
  indirect case ratio(Figure, Figure)

  /// The figure of these sums; not finite where its denominator is 0.
  package func value(_ sums: [Double]) -> Double {
    switch self {
    case .quotient(let numerator, let denominator): sums[numerator] / sums[denominator]
    case .difference(let a, let b): a.value(sums) - b.value(sums)
    case .ratio(let a, let b): a.value(sums) / b.value(sums)
    }
  }
}

extension ClusterBootstrap {
  /// Intervals of the given figures. See ``intervals(of:workers:figures:)``.
  package func intervals(
    of sums: ClusteredSums, _ figures: [Figure], workers: Workers
  ) throws -> [Interval] {
    try intervals(of: sums, workers: workers) { sums in figures.map { $0.value(sums) } }
  }
}
