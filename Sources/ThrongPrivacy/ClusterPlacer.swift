/// Places released clusters on a plane. It is shown what is released and nothing else, so that places tell nothing new.
package protocol ClusterPlacer {
  /// x and y of each cluster, in 0...1, in the order of `clusters`: parents before children, the root first.
  func place(_ clusters: [Release.Cluster]) throws -> [(x: Double, y: Double)]
}
