/// Counts by ranges of a whole number.
package struct Histogram: Sendable, Encodable {
  /// A range and how many lie in it.
  package struct Bin: Sendable, Encodable {
    package let from: Int
    /// The last number of the range; nil: all that are larger.
    package let to: Int?
    package fileprivate(set) var count = 0
  }

  package private(set) var bins: [Bin]

  /// - Parameter starts: the first number of each range, ascending. Smaller numbers go into the first.
  package init(starts: [Int]) {
    bins = starts.indices.map { at in
      Bin(from: starts[at], to: at + 1 < starts.count ? starts[at + 1] - 1 : nil)
    }
  }

  /// Counts `value`. O(ranges).
  package mutating func add(_ value: Int) {
    bins[bins.lastIndex { $0.from <= value } ?? 0].count += 1
  }

  package func encode(to encoder: any Encoder) throws { try bins.encode(to: encoder) }
}
