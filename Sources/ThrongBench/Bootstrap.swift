import Foundation
import ThrongCore
import ThrongStatistics

/// bootstrap ROWS USERS FIGURES [THREADS]: intervals of that many figures (shares, means, differences and ratios in turn) of
/// random conversations of users whose number of conversations is skewed; says how long adding up and resampling took.
func benchmarkBootstrap(_ arguments: [String]) throws {
  let numbers = arguments.compactMap { Int($0) }
  guard (3...4).contains(numbers.count), numbers.count == arguments.count, numbers.allSatisfy({ $0 > 0 })
  else {
    throw BenchFailure("bootstrap: ROWS USERS FIGURES [THREADS]")
  }
  let (rows, users, count) = (numbers[0], numbers[1], numbers[2])
  let threads = numbers.count > 3 ? numbers[3] : ProcessInfo.processInfo.activeProcessorCount
  var random = RandomSource(seed: 1)
  // The square of a uniform number: the first users have many conversations, the last few.
  let userOfRow = (0..<rows).map { _ in
    let u = random.uniform()
    return UInt32(Double(users) * u * u)
  }
  let ones = [Double](repeating: 1, count: rows)
  let columns =
    [ones]
    + (0..<count).map { k in
      (0..<rows).map { _ in k % 2 == 0 ? (random.uniform() < 0.2 ? 1.0 : 0) : random.uniform() * 2 - 1 }
    }
  let figures: [Figure] = (1...count).map { k in
    switch k % 4 {
    case 3: .difference(.quotient(k, 0), .quotient(1, 0))
    case 0: .ratio(.quotient(k, 0), .quotient(1, 0))
    default: .quotient(k, 0)
    }
  }
  let before = (ContinuousClock.now, ProcessUsage.seconds)
  let sums = ClusteredSums(users: userOfRow, columns: columns)
  let added = (ContinuousClock.now - before.0) / .seconds(1)
  let intervals = try ClusterBootstrap().intervals(of: sums, figures, workers: Workers(threads: threads))
  let seconds = (ContinuousClock.now - before.0) / .seconds(1)
  let processor = ProcessUsage.seconds - before.1
  print(
    """
    {"seconds": \(seconds), "processor_seconds": \(processor), "adding_up": \(added), "peak_bytes": \
    \(ProcessUsage.peakBytes), "rows": \(rows), "users": \(sums.users), "figures": \(count), "threads": \(threads), \
    "defined": \(intervals.count { $0.isDefined })}
    """)
}
