internal import ThrongClustering
package import ThrongCore
internal import ThrongLinearAlgebra
package import ThrongPrivacy

/// Places released clusters on a plane: discs in discs, so that the parts of a topic lie together, and topics with
/// common terms side by side.
///
/// It sees nothing but what the release says anyway, so a reader could draw the same map, and the places tell
/// nothing new. (Centroids would: they are functions of every conversation.)
package struct ClusterMap: ClusterPlacer {
  private let workers: Workers

  package init(workers: Workers) { self.workers = workers }

  /// Pairs looked at, at most, to move the discs of one family apart.
  private static let relaxationWork = 100_000_000

  /// x and y of each cluster, in 0...1, the root in the middle. O(Σ (children² · steps)).
  package func place(_ clusters: [Release.Cluster]) throws -> [(x: Double, y: Double)] {
    var indexOfID: [String: Int] = [:]
    var children = [[Int]](repeating: [], count: clusters.count)
    for (index, cluster) in clusters.enumerated() {
      indexOfID[cluster.id] = index
      if let parent = cluster.parentID.flatMap({ indexOfID[$0] }) { children[parent].append(index) }
    }
    var centres = [SIMD2<Double>](repeating: SIMD2(0.5, 0.5), count: clusters.count)
    var radii = [Double](repeating: 0.5, count: clusters.count)
    // Parents come before children.
    for parent in clusters.indices where !children[parent].isEmpty {
      let family = children[parent]
      let (places, sizes) = try arrange(family.map { clusters[$0] })
      for (child, (place, size)) in zip(family, zip(places, sizes)) {
        centres[child] = centres[parent] + place * radii[parent]
        radii[child] = size * radii[parent]
      }
    }
    return centres.map { ($0.x, $0.y) }
  }

  /// Discs for siblings inside the unit disc, areas by conversations.
  private func arrange(_ family: [Release.Cluster]) throws -> ([SIMD2<Double>], [Double]) {
    var radii = family.map { Double($0.conversations).squareRoot() }
    let whole = radii.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for i in radii.indices { radii[i] /= whole }
    guard family.count > 1 else { return ([.zero], [0.7]) }
    let points = Self.vectors(of: family)
    let flat =
      family.count <= Projection.embeddingLimit
      ? try Projection.neighbourEmbedding(points, workers: workers) : try Projection.principal(points)
    let extent = flat.reduce(1e-12) { max($0, abs($1.x), abs($1.y)) }
    var places = flat.map { SIMD2($0.x, $0.y) / extent }
    let steps = min(200, Self.relaxationWork / (family.count * family.count))
    for _ in 0..<steps { Self.relax(&places, radii) }
    let reach = zip(places, radii).reduce(1e-12) { max($0, ($1.0 * $1.0).sum().squareRoot() + $1.1) }
    return (places.map { $0 / reach * 0.95 }, radii.map { $0 / reach * 0.9 })
  }

  /// Moves overlapping discs apart and all a little to the middle.
  private static func relax(_ places: inout [SIMD2<Double>], _ radii: [Double]) {
    for i in places.indices {
      places[i] *= 0.98
      for j in 0..<i {
        let apart = places[i] - places[j]
        let distance = (apart * apart).sum().squareRoot()
        let overlap = radii[i] + radii[j] - distance
        guard overlap > 0 else { continue }
        // Discs in the same place part along a direction of their own.
        let away = distance > 1e-9 ? apart / distance : SIMD2(1, Double(i % 7) / 7 - 0.5)
        places[i] += away * (overlap / 2)
        places[j] -= away * (overlap / 2)
      }
    }
  }

  /// Siblings as unit vectors over their released terms and the words in these, earlier terms weighing more.
  private static func vectors(of family: [Release.Cluster]) -> DoubleMatrix {
    // Columns are numbered in order of appearance and summed in order: dictionaries and sets are walked in none.
    var columns: [String: Int] = [:]
    let rows = family.map { cluster in
      cluster.terms.enumerated().flatMap { rank, term -> [(column: Int, weight: Double)] in
        let words = term.split(separator: " ").map(String.init)
        return ([term] + (words.count > 1 ? words : [])).map { word in
          let column = columns[word] ?? columns.count
          columns[word] = column
          return (column, 1 / (2 + Double(rank)).squareRoot())
        }
      }
    }
    let width = max(1, columns.count)
    var values = [Double](repeating: 0, count: family.count * width)
    for (i, row) in rows.enumerated() {
      for (column, weight) in row { values[i * width + column] += weight }
      let span = i * width..<(i + 1) * width
      let length = values[span].reduce(0) { $0 + $1 * $1 }.squareRoot()
      if length > 0 { for at in span { values[at] /= length } }
    }
    return DoubleMatrix(rows: family.count, columns: width, values: values)
  }
}
