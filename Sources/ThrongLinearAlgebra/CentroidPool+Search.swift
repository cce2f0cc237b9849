internal import CKernels
package import ThrongCore

extension CentroidPool {
  /// The sides of a tile of products, small enough to stay in cache until they are looked at.
  private static let tile = (rows: 256, columns: 512)

  /// Pairs of one of `rows` and another cluster in `columns` that lie before the limit of either, once each.
  /// The order is that of the slots. O(rows · columns · width) time.
  ///
  /// - Parameters:
  ///   - rows: clusters that are left.
  ///   - columns: slots.
  ///   - limits: by cluster.
  package func pairs(
    of rows: [Int32], in columns: Range<Int>, limits: [Limit], workers: Workers
  ) throws -> [[Pair]] {
    let rowSlots = rows.map { slotOfCluster[Int($0)] }
    let screen = Screen(self, limits: limits, rows: rowSlots)
    let width = self.columns
    let gathered = rowSlots.flatMap { screened[Int($0) * width..<(Int($0) + 1) * width] }
    return try workers.mapBlocks(count: columns.count, blockSize: Self.tile.columns) { _, block in
      let range = columns.lowerBound + block.lowerBound..<columns.lowerBound + block.upperBound
      var found: [Pair] = []
      for first in stride(from: 0, to: rows.count, by: Self.tile.rows) {
        let chosen = first..<min(rows.count, first + Self.tile.rows)
        append(to: &found, rows: chosen, of: rowSlots, gathered: gathered, range: range, screen: screen)
      }
      return found
    }
  }

  private func append(
    to found: inout [Pair], rows: Range<Int>, of rowSlots: [Int32], gathered: [Float], range: Range<Int>,
    screen: Screen
  ) {
    let capacity = rows.count * range.count
    unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: capacity) { products in
      unsafe withUnsafeTemporaryAllocation(of: ck_pair.self, capacity: capacity) { pairs in
        let products = products.baseAddress!
        let pairs = pairs.baseAddress!
        unsafe gathered.withUnsafeBufferPointer { a in
          unsafe screened.withUnsafeBufferPointer { b in
            guard columns > 0 else { return unsafe products.initialize(repeating: 0, count: capacity) }
            unsafe sgemm(
              a: a.baseAddress! + rows.lowerBound * columns, rows: rows.count, inner: columns,
              b: b.baseAddress! + range.lowerBound * columns, transposed: true, columns: range.count,
              out: products)
          }
        }
        let count = unsafe screen.withClusters(of: self) { clusters in
          unsafe rowSlots.withUnsafeBufferPointer {
            unsafe ck_close_pairs(
              clusters, products, $0.baseAddress! + rows.lowerBound, rows.count, range.lowerBound,
              range.count, pairs)
          }
        }
        found.reserveCapacity(found.count + count)
        for i in 0..<count {
          let pair = unsafe pairs[i]
          found.append(
            Pair(
              row: clusterOfSlot[Int(pair.row)], column: clusterOfSlot[Int(pair.column)],
              square: pair.square))
        }
      }
    }
  }

  /// The limits by slot, in double and as what a product in single precision is compared with.
  private struct Screen: Sendable {
    var limits: [Double]
    var limitClusters: [Int32]
    var ranks: [Int32]
    var loads: [Float]
    var slopes: [Float]
    var bases: [Float]

    init(_ pool: CentroidPool, limits byCluster: [Limit], rows: [Int32]) {
      let slots = pool.slots
      limits = [Double](repeating: 0, count: slots)
      limitClusters = [Int32](repeating: 0, count: slots)
      ranks = [Int32](repeating: -1, count: slots)
      loads = [Float](repeating: 0, count: slots)
      (slopes, bases) = (loads, loads)
      for (rank, slot) in rows.enumerated() { ranks[Int(slot)] = Int32(rank) }
      let square = pool.scale * pool.scale
      for slot in 0..<slots where pool.clusterOfSlot[slot] >= 0 {
        let limit = byCluster[Int(pool.clusterOfSlot[slot])]
        (limits[slot], limitClusters[slot]) = (limit.square, limit.cluster)
        // A little more than the limit: what the conversions and the last two operations may take away.
        let reach = limit.square * square * (1 + 1e-6)
        switch pool.measure {
        case .ward:
          let inverse = pool.unit / pool.masses[slot]
          let slope = (reach / 2 / pool.unit)
          loads[slot] = Float(inverse).nextUp
          slopes[slot] = Float(slope).nextUp
          bases[slot] = Float(slope * inverse).nextUp
        case .meanSquare:
          let spread = pool.spreads[slot] * square
          loads[slot] = Float(spread * (1 - 1e-6))
          slopes[slot] = -1
          bases[slot] = Float(reach - spread * (1 - 1e-6) + 1e-6 * reach).nextUp
        }
      }
    }

    func withClusters<Result>(of pool: CentroidPool, _ body: (UnsafePointer<ck_clusters>) -> Result) -> Result
    {
      unsafe pool.means.withUnsafeBufferPointer { means in
        unsafe pool.masses.withUnsafeBufferPointer { masses in
          unsafe pool.spreads.withUnsafeBufferPointer { spreads in
            unsafe pool.norms.withUnsafeBufferPointer { norms in
              unsafe pool.clusterOfSlot.withUnsafeBufferPointer { nodes in
                unsafe withLimits { limits, limitNodes, ranks, loads, slopes, bases in
                  var clusters = unsafe ck_clusters(
                    width: pool.columns, weighted: pool.measure == .ward ? 1 : 0, means: means.baseAddress!,
                    masses: masses.baseAddress!, spreads: spreads.baseAddress!, limits: limits,
                    limitNodes: limitNodes, nodes: nodes.baseAddress!, ranks: ranks,
                    norms: norms.baseAddress!, loads: loads, slopes: slopes, bases: bases)
                  return unsafe withUnsafePointer(to: &clusters) { unsafe body($0) }
                }
              }
            }
          }
        }
      }
    }

    private func withLimits<Result>(
      _ body: (
        UnsafePointer<Double>, UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<Float>,
        UnsafePointer<Float>, UnsafePointer<Float>
      ) -> Result
    ) -> Result {
      unsafe body(limits, limitClusters, ranks, loads, slopes, bases)
    }
  }
}
