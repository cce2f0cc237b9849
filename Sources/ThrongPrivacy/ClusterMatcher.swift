/// Says which topic of somebody's list a released cluster is about. It is shown what is released and answers in indices, so
/// that neither tells anything new of a log; the names are those of the list.
package protocol ClusterMatcher: Sendable {
  /// What the answers mean.
  var names: [String] { get }
  /// For each cluster a position in ``names``.
  func match(_ clusters: [Release.Cluster]) -> [Int]
}
