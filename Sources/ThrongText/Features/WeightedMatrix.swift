internal import Foundation
package import ThrongCore
package import ThrongLinearAlgebra
internal import Synchronization

/// Documents as rows of unit length.
package struct WeightedMatrix: Sendable {
  /// Rows are documents. A document none of whose terms is left is a row of zeros.
  package var matrix: CSRMatrix
  /// The hashed column of each column of `matrix`, ascending.
  package var columns: [UInt32]
  /// The weight of each column of `matrix`.
  package var idf: [Float]
}

/// The columns of a ``WeightedMatrix`` and their weights, ready for other documents.
package struct ColumnWeights: Sendable {
  /// The hashed column of each column, ascending.
  package let columns: [UInt32]
  /// The weight of each.
  package let idf: [Float]
  /// By hashed column its place in a row; `.max` for none.
  fileprivate let compact: [UInt32]

  /// - Parameters:
  ///   - bits: the settings' `columnBits`.
  ///   - columns: hashed columns, ascending, below 2^bits.
  ///   - idf: the weight of each.
  package init(bits: Int, columns: [UInt32], idf: [Float]) {
    var compact = [UInt32](repeating: .max, count: 1 << bits)
    for (index, column) in columns.enumerated() { compact[Int(column)] = UInt32(index) }
    (self.columns, self.idf, self.compact) = (columns, idf, compact)
  }
}

extension Features {
  /// Hashed, weighted, normalised term counts (feature hashing: Weinberger et al. 2009, arXiv 0902.2206).
  ///
  /// A term's column is the low bits of its hash; terms that collide add up. A column's weight is
  /// ln((1+U)/(1+u)) + the settings' `commonWeight` for u of U distinct users: one who writes a lot counts once. A count c becomes
  /// 1 + ln c. Columns of fewer than `minimumUsers` users, or more than the settings' share of them, go.
  /// O(terms), in fixed blocks: the same bytes at any number of threads.
  ///
  /// - Parameters: as of ``columnWeights(settings:users:shaping:minimumUsers:workers:)``.
  package func weighted(
    settings: TextSettings, users: [UInt32], shaping: [UInt32]? = nil, minimumUsers: Int, workers: Workers
  ) throws -> WeightedMatrix {
    let weights = try columnWeights(
      settings: settings, users: users, shaping: shaping, minimumUsers: minimumUsers, workers: workers)
    return WeightedMatrix(
      matrix: try weighted(by: weights, workers: workers), columns: weights.columns, idf: weights.idf)
  }

  /// The columns that are kept, and what each weighs. O(terms).
  ///
  /// - Parameters:
  ///   - users: the dense index of each document's user.
  ///   - shaping: the documents whose users count, ascending; nil: all.
  ///
  /// Throws ``TextFailure`` for settings out of range or users that do not match; `Interrupted` when cancelled.
  package func columnWeights(
    settings: TextSettings, users: [UInt32], shaping: [UInt32]? = nil, minimumUsers: Int, workers: Workers
  ) throws -> ColumnWeights {
    try settings.validate()
    guard users.count == documents else {
      throw TextFailure.userCount(documents: documents, users: users.count)
    }
    let groups = UserGroups(users, documents: shaping)
    let columnUsers = try usersOfColumns(bits: settings.columnBits, groups: groups, workers: workers)
    let most = Int((settings.maximumUserShare * Double(groups.count)).rounded(.down))
    var columns: [UInt32] = []
    var idf: [Float] = []
    for (column, users) in columnUsers.enumerated() where users > 0 && users >= minimumUsers && users <= most
    {
      columns.append(UInt32(column))
      idf.append(Float(log(Double(1 + groups.count) / Double(1 + Int(users))) + settings.commonWeight))
    }
    return ColumnWeights(bits: settings.columnBits, columns: columns, idf: idf)
  }

  /// The rows of these documents in the columns and weights of an earlier matrix; what is not in its columns is dropped.
  /// O(terms of them).
  ///
  /// - Parameter chosen: the documents, in the order of the rows; nil: all.
  package func weighted(by weights: ColumnWeights, documents chosen: [UInt32]? = nil, workers: Workers) throws
    -> CSRMatrix
  {
    guard let chosen else { return try weighted(by: weights, range: 0..<documents, workers: workers) }
    return try rows(chosen.count, by: weights, workers: workers) { range, append in
      var row = range.lowerBound
      while row < range.upperBound {
        // Neighbours are read at once.
        let first = row
        repeat { row += 1 } while row < range.upperBound && chosen[row] == chosen[row - 1] + 1
        try append(Int(chosen[first])..<Int(chosen[row - 1]) + 1)
      }
    }
  }

  /// The rows of the documents of a range.
  package func weighted(by weights: ColumnWeights, range: Range<Int>, workers: Workers) throws -> CSRMatrix {
    try rows(range.count, by: weights, workers: workers) { rows, append in
      try append(range.lowerBound + rows.lowerBound..<range.lowerBound + rows.upperBound)
    }
  }

  /// - Parameter documents: calls its second argument with the documents of the rows that it is given, range by range.
  private func rows(
    _ count: Int, by weights: ColumnWeights, workers: Workers,
    documents: @Sendable (Range<Int>, (Range<Int>) throws -> Void) throws -> Void
  ) throws -> CSRMatrix {
    let (compact, idf) = (weights.compact, weights.idf)
    let mask = UInt64(compact.count - 1)
    let parts = try workers.mapBlocks(count: count, blockSize: 512) { _, range in
      var part = RowBlock()
      var entries: [UInt64] = []
      var reader = reader()
      func append(_ documents: Range<Int>) throws {
        try reader.withCounts(of: documents) { terms, counts in
          let base = offsets[documents.lowerBound]
          for d in documents {
            entries.removeAll(keepingCapacity: true)
            for i in offsets[d] - base..<offsets[d + 1] - base {
              let column = compact[Int(terms[i] & mask)]
              if column != .max { entries.append(UInt64(column) << 32 | UInt64(counts[i])) }
            }
            entries.sort()
            Self.appendRow(entries.span, idf: idf, to: &part)
          }
        }
      }
      try documents(range, append)
      return part
    }
    let entries = parts.reduce(0) { $0 + $1.values.count }
    var rowOffsets = [0]
    var columnIndices: [UInt32] = []
    var values: [Float] = []
    rowOffsets.reserveCapacity(count + 1)
    columnIndices.reserveCapacity(entries)
    values.reserveCapacity(entries)
    for part in parts {
      let base = values.count
      for end in part.ends { rowOffsets.append(base + end) }
      columnIndices.append(contentsOf: part.columns)
      values.append(contentsOf: part.values)
    }
    return CSRMatrix(
      rows: count, columns: idf.count, rowOffsets: rowOffsets, columnIndices: columnIndices, values: values)
  }

  /// Distinct users of each hashed column. Sums of whole numbers: their order does not matter.
  private func usersOfColumns(bits: Int, groups: UserGroups, workers: Workers) throws -> [UInt32] {
    let mask = UInt64((1 << bits) - 1)
    let total = Mutex([UInt32](repeating: 0, count: 1 << bits))
    try workers.forEachBlock(count: groups.count, blockSize: max(1, (groups.count + 15) / 16)) { _, range in
      var counts = [UInt32](repeating: 0, count: 1 << bits)
      var stamps = [UInt32](repeating: 0, count: 1 << bits)
      var reader = reader()
      var stamp: UInt32 = 0
      for group in range {
        stamp += 1
        for d in groups[group] {
          try reader.withTerms(of: Int(d)..<Int(d) + 1) { terms in
            var count = counts.mutableSpan
            var last = stamps.mutableSpan
            for i in terms.indices {
              let column = Int(terms[i] & mask)
              if last[column] != stamp {
                last[column] = stamp
                count[column] += 1
              }
            }
          }
        }
      }
      total.withLock { total in
        for column in total.indices { total[column] += counts[column] }
      }
    }
    return total.withLock { $0 }
  }

  private struct RowBlock: Sendable {
    var ends: [Int] = []
    var columns: [UInt32] = []
    var values: [Float] = []
  }

  /// Writes one row from (column, count) entries in order of column, of which several may name one column.
  private static func appendRow(_ entries: Span<UInt64>, idf: [Float], to part: inout RowBlock) {
    let start = part.values.count
    var squares = 0.0
    var i = 0
    while i < entries.count {
      let column = entries[i] >> 32
      var count: UInt64 = 0
      while i < entries.count, entries[i] >> 32 == column {
        count += entries[i] & 0xFFFF_FFFF
        i += 1
      }
      let weight = (count == 1 ? 1 : 1 + log(Double(count))) * Double(idf[Int(column)])
      squares += weight * weight
      part.columns.append(UInt32(column))
      part.values.append(Float(weight))
    }
    if squares > 0 {
      let scale = Float(1 / squares.squareRoot())
      for k in start..<part.values.count { part.values[k] *= scale }
    }
    part.ends.append(part.values.count)
  }
}
