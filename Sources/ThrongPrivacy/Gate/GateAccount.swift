/// What the gate withheld, in exact numbers: for the operator, who holds the log.
///
/// Private, and no part of a ``Release``: how many cells a rule withheld follows from withheld data (R13).
package struct GateAccount: Sendable {
  /// Cells, cluster × value, of one facet that passed R1 and R2 and were withheld, by what for.
  package struct FacetCounts: Sendable, Equatable {
    /// R6: what the values shown left of a cluster.
    package var margins = 0
    /// R3: what the clusters shown left of a value.
    package var atoms = 0
    /// R4 and R5: for the protection of another cell.
    package var protection = 0
    /// R7.
    package var homogeneity = 0

    package init() {}
  }

  /// Published clusters.
  package let clusters: Int
  /// Per facet in the order of the release. Where a table was decided anew, all attempts are counted.
  package let facets: [(name: String, withheld: FacetCounts)]
}
