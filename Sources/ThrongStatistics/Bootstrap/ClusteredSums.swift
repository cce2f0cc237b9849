package import ThrongCore

/// Numbers about conversations, added up by user: all that a bootstrap over users needs of them.
///
/// Whoever resamples users takes or leaves all their conversations at once, so a share, a mean, a difference or a
/// ratio of a resample is a function of sums over its users. Rows are kept sparse: a user's zeros cost nothing.
///
/// Private: it holds what single users did. Only what the gate has let through may leave.
package struct ClusteredSums: Sendable {
  /// Distinct users.
  package let users: Int
  /// Numbers that are added up.
  package let columns: Int
  /// Users + 1 positions in the two lists.
  let offsets: [Int]
  let indices: [UInt32]
  let values: [Double]

  /// Adds up by user. O(conversations · columns + users).
  ///
  /// - Parameters:
  ///   - users: the user of each conversation, numbered densely from 0; users without a conversation do not count.
  ///   - columns: for each number its value in every conversation. 1 and 0 for what holds and does not; all values
  ///     finite.
  package init(users: [UInt32], columns: [[Double]]) {
    precondition(columns.allSatisfy { $0.count == users.count })
    // Conversations in order of their users, by counting.
    var starts = [Int](repeating: 0, count: Int(users.max().map { $0 + 1 } ?? 0) + 1)
    for user in users { starts[Int(user) + 1] += 1 }
    for user in 1..<max(1, starts.count) { starts[user] += starts[user - 1] }
    var (next, order) = (starts, [Int](repeating: 0, count: users.count))
    for (conversation, user) in users.enumerated() {
      order[next[Int(user)]] = conversation
      next[Int(user)] += 1
    }
    var offsets = [0]
    var indices: [UInt32] = []
    var values: [Double] = []
    for user in 0..<starts.count - 1 where starts[user + 1] > starts[user] {
      for (column, numbers) in columns.enumerated() {
        var sum = 0.0
        for place in starts[user]..<starts[user + 1] { sum += numbers[order[place]] }
        if sum != 0 {
          indices.append(UInt32(column))
          values.append(sum)
        }
      }
      offsets.append(values.count)
    }
    self.init(columns: columns.count, offsets: offsets, indices: indices, values: values)
  }

  private init(columns: Int, offsets: [Int], indices: [UInt32], values: [Double]) {
    users = offsets.count - 1
    self.columns = columns
    self.offsets = offsets
    self.indices = indices
    self.values = values
  }

  /// Counts by user: conversation i adds 1 to each of `cells[i]`. O(entries log entries).
  package init(users: [UInt32], cells: [[UInt32]], columns: Int) {
    precondition(cells.count == users.count)
    var keys: [UInt64] = []
    for (user, cells) in zip(users, cells) {
      for cell in cells { keys.append(UInt64(user) << 32 | UInt64(cell)) }
    }
    // A user none of whose conversations has a cell is a user all the same.
    let present = Set(users).sorted()
    keys.sort()
    var (offsets, indices, values, at): ([Int], [UInt32], [Double], Int) = ([0], [], [], 0)
    for user in present {
      while at < keys.count, keys[at] >> 32 == UInt64(user) {
        let cell = UInt32(truncatingIfNeeded: keys[at])
        precondition(cell < columns)
        if values.count > offsets[offsets.count - 1], indices[indices.count - 1] == cell {
          values[values.count - 1] += 1
        } else {
          indices.append(cell)
          values.append(1)
        }
        at += 1
      }
      offsets.append(values.count)
    }
    self.init(columns: columns, offsets: offsets, indices: indices, values: values)
  }

  /// The sum of each column over all users.
  package var totals: [Double] {
    var totals = [Double](repeating: 0, count: columns)
    for entry in values.indices { totals[Int(indices[entry])] += values[entry] }
    return totals
  }

  /// Adds the sums of one user, times `weight`, to a list of sums.
  func add(_ user: Int, times weight: Double, to sums: inout [Double]) {
    for entry in offsets[user]..<offsets[user + 1] { sums[Int(indices[entry])] += weight * values[entry] }
  }

  /// The column sums of `resamples` resamples, one after the other: resamples × columns.
  ///
  /// A resample draws as many users as there are, with replacement, from a generator of its own. Eight go side by side
  /// through the sums, so that each entry is read once for all of them. O(resamples · (users + entries)).
  package func resampled(_ resamples: Int, seed: UInt64, workers: Workers) throws -> [Double] {
    guard users > 0 else { return Array(repeating: 0, count: resamples * columns) }
    let blocks = try workers.mapBlocks(count: resamples, blockSize: 8) { _, range in
      var weights = [SIMD8<Double>](repeating: .zero, count: users)
      for (lane, resample) in range.enumerated() {
        var random = RandomSource(seed: seed, stream: UInt64(resample))
        for _ in 0..<users { weights[random.below(users)][lane] += 1 }
      }
      var sums = [SIMD8<Double>](repeating: .zero, count: columns)
      add(weights.span, to: &sums)
      return range.indices.flatMap { resample in sums.map { $0[resample - range.lowerBound] } }
    }
    return blocks.flatMap { $0 }
  }

  private func add(_ weights: Span<SIMD8<Double>>, to sums: inout [SIMD8<Double>]) {
    var sums = sums.mutableSpan
    let (indices, values) = (indices.span, values.span)
    for user in 0..<users {
      let weight = weights[user]
      for entry in offsets[user]..<offsets[user + 1] {
        sums[Int(indices[entry])].addProduct(weight, values[entry])
      }
    }
  }
}
