/// How far apart two clusters are.
package enum Linkage: String, Sendable, CaseIterable {
  /// √(2·|a|·|b| / (|a| + |b|)) × the distance of the centroids: what joining them adds to the inertia.
  case ward
  /// The weighted mean distance between members (UPGMA).
  case average
  /// The root of the weighted mean squared distance between members, which centroids and spreads tell.
  case meanSquare = "mean-square"
  /// The greatest distance between members.
  case complete
  /// The least distance between members.
  case single
}
