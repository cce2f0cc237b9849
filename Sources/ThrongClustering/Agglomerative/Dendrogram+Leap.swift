extension Dendrogram {
  /// A height is a leap only where it is larger than the one before by this factor; random data stay below.
  static let leastLeap = 1.1

  /// The number of clusters within `choices` at which the next merge costs most compared with the last one;
  /// `usual` where no merge leaps, as in data without distinct clusters. O(choices).
  package func cutBeforeLeap(near usual: Int, within choices: ClosedRange<Int>) -> Int {
    var (best, leap) = (usual, Self.leastLeap)
    for clusters in choices where clusters > 1 && clusters < leaves {
      let (done, next) = (merges[leaves - clusters - 1].height, merges[leaves - clusters].height)
      if done > 0, next / done > leap { (best, leap) = (clusters, next / done) }
    }
    return best
  }
}
