internal import CKernels

// Aims, in order: distances exact in double, so that the tree is; memory O(n · columns); speed. A product in
// single precision, with a bound on what rounding can have done to it, tells which pairs are worth a distance in
// double.

/// Weighted centroids that join, and the search for pairs of them that are near each other.
///
/// Clusters have numbers as in a dendrogram: row i is cluster i, and each join makes the next number. They lie in
/// slots, a prefix of which is in use; an empty slot stays until ``compact()``.
package struct CentroidPool: Sendable {
  /// The square of a distance between clusters, from centroids alone.
  package enum Measure: Sendable {
    /// 2·m·m′ / (m + m′) × the squared distance of the centroids (Ward 1963, doi:10.2307/2282967).
    case ward
    /// The weighted mean of the squared distances between members.
    case meanSquare
  }

  /// Two clusters and the square of their distance.
  package struct Pair: Sendable, Equatable {
    /// One of those asked for.
    package let row: Int32
    package let column: Int32
    package let square: Double
  }

  /// Up to which square, and at that square up to which other cluster, a cluster wants to know of others.
  package struct Limit: Sendable {
    package var square: Double
    package var cluster: Int32

    package init(square: Double, cluster: Int32) {
      self.square = square
      self.cluster = cluster
    }
  }

  package let measure: Measure
  let columns: Int
  /// Slots in use, the empty ones among them.
  package internal(set) var slots: Int
  /// Clusters that are left.
  package internal(set) var count: Int
  package internal(set) var clusterOfSlot: [Int32]
  /// −1 where the cluster was joined into another.
  package internal(set) var slotOfCluster: [Int32]
  var means: [Double]
  var masses: [Double]
  /// Mean squared distance of members to the centroid; with ``Measure/ward`` not needed, and 0.
  var spreads: [Double]
  /// (mean − centre) · scale, so that no product overflows and none loses digits to a common offset.
  var screened: [Float]
  /// Squared lengths of `screened`, less what rounding may have added to a distance.
  var norms: [Float]
  /// The mean of all rows, and 1 / the greatest difference to it.
  let centre: [Double]
  let scale: Double
  /// The greatest mass at first: single precision sees masses as shares of it.
  let unit: Double

  /// - Parameter masses: one positive number for each row.
  package init(_ points: DoubleMatrix, masses: [Double], measure: Measure) {
    precondition(masses.count == points.rows)
    let (n, columns) = (points.rows, points.columns)
    self.measure = measure
    self.columns = columns
    self.masses = masses
    (slots, count) = (n, n)
    means = points.values
    spreads = [Double](repeating: 0, count: n)
    clusterOfSlot = (0..<Int32(n)).map { $0 }
    slotOfCluster = clusterOfSlot
    slotOfCluster.reserveCapacity(2 * n)
    var centre = [Double](repeating: 0, count: columns)
    for i in 0..<n { for j in 0..<columns { centre[j] += points.values[i * columns + j] / Double(n) } }
    var greatest = 0.0
    for i in 0..<n {
      for j in 0..<columns { greatest = max(greatest, abs(points.values[i * columns + j] - centre[j])) }
    }
    self.centre = centre
    scale = greatest > 0 ? 1 / greatest : 1
    unit = masses.max() ?? 1
    screened = [Float](repeating: 0, count: n * columns)
    norms = [Float](repeating: 0, count: n)
    for slot in 0..<n { screen(slot) }
  }

  /// Cluster `a` and `b` become a new one, whose number is returned. O(columns).
  package mutating func join(_ a: Int32, _ b: Int32) -> Int32 {
    let (to, from) = (Int(slotOfCluster[Int(a)]), Int(slotOfCluster[Int(b)]))
    let share = masses[from] / (masses[to] + masses[from])
    if measure == .meanSquare {
      let apart = square(a, b) - spreads[to] - spreads[from]
      spreads[to] += share * (spreads[from] - spreads[to]) + share * (1 - share) * apart
    }
    for j in 0..<columns {
      means[to * columns + j] += share * (means[from * columns + j] - means[to * columns + j])
    }
    masses[to] += masses[from]
    masses[from] = 0
    norms[from] = .infinity
    screen(to)
    let joined = Int32(slotOfCluster.count)
    slotOfCluster.append(Int32(to))
    (slotOfCluster[Int(a)], slotOfCluster[Int(b)]) = (-1, -1)
    clusterOfSlot[to] = joined
    clusterOfSlot[from] = -1
    count -= 1
    return joined
  }

  /// Whether the cluster has not been joined into another.
  package func isLeft(_ cluster: Int32) -> Bool { slotOfCluster[Int(cluster)] >= 0 }

  /// The square of the distance of two clusters that are left. O(columns).
  package func square(_ a: Int32, _ b: Int32) -> Double {
    let (i, j) = (Int(slotOfCluster[Int(a)]), Int(slotOfCluster[Int(b)]))
    let apart = unsafe means.withUnsafeBufferPointer {
      columns > 0
        ? unsafe ck_square($0.baseAddress! + i * columns, $0.baseAddress! + j * columns, columns) : 0
    }
    // The factor is formed as the search forms it: the same bits.
    let factor = measure == .ward ? 2 * masses[i] * masses[j] / (masses[i] + masses[j]) : 1
    return apart * factor + (spreads[i] + spreads[j])
  }

  /// Moves the clusters that are left together, where at least an eighth of the slots is empty.
  /// O(slots · columns).
  package mutating func compact() {
    guard slots - count > slots / 8 else { return }
    var to = 0
    for from in 0..<slots where clusterOfSlot[from] >= 0 {
      if from != to {
        for j in 0..<columns {
          means[to * columns + j] = means[from * columns + j]
          screened[to * columns + j] = screened[from * columns + j]
        }
        (masses[to], spreads[to], norms[to]) = (masses[from], spreads[from], norms[from])
        clusterOfSlot[to] = clusterOfSlot[from]
        slotOfCluster[Int(clusterOfSlot[to])] = Int32(to)
      }
      to += 1
    }
    slots = count
  }

  /// Rounding, in units of the sum of both squared lengths: a sum of `columns` products, whatever its order
  /// (Higham 2002, doi:10.1137/1.9780898718027, section 3.1), of factors rounded once, and a few sums.
  private var slack: Double { Double(columns + 16) * 0x1p-24 * 1.01 }

  private mutating func screen(_ slot: Int) {
    var norm = 0.0
    for j in 0..<columns {
      let value = (means[slot * columns + j] - centre[j]) * scale
      screened[slot * columns + j] = Float(value)
      norm += value * value
    }
    // Lengths so small that single precision has no digits for them are as good as 0.
    norms[slot] = Float(norm * (1 - slack)) - 1e-30
  }
}
