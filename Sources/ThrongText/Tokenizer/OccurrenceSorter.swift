/// Sorts occurrences by hash. Hashes are keyed and so uniform: one counting pass over their high bits brings
/// each near its place, and insertion does the rest. O(n) expected; stable.
struct OccurrenceSorter {
  private var starts: [UInt32] = []
  private var scratch: [Tokenizer.Occurrence] = []

  init() {}

  /// - Parameter list: sorted in place.
  mutating func sort(_ list: inout [Tokenizer.Occurrence]) {
    let count = list.count
    if count > 24 { scatter(&list) }
    var items = list.mutableSpan
    var i = 1
    while i < count {
      let item = items[i]
      var k = i
      while k > 0, items[k - 1].hash > item.hash {
        items[k] = items[k - 1]
        k -= 1
      }
      if k != i { items[k] = item }
      i += 1
    }
  }

  /// Brings each item into the bucket of its high bits, about one item to a bucket.
  private mutating func scatter(_ list: inout [Tokenizer.Occurrence]) {
    let count = list.count
    let bits = Int.bitWidth - (count - 1).leadingZeroBitCount
    let shift = UInt64(64 - bits)
    let buckets = 1 << bits
    if starts.count < buckets + 1 {
      starts.append(contentsOf: repeatElement(0, count: buckets + 1 - starts.count))
    }
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: list)
    let source = scratch
    Self.scatter(source.span, shift: shift, buckets: buckets, &starts, into: &list)
  }

  private static func scatter(
    _ source: Span<Tokenizer.Occurrence>, shift: UInt64, buckets: Int, _ starts: inout [UInt32],
    into list: inout [Tokenizer.Occurrence]
  ) {
    var begin = starts.mutableSpan
    var target = list.mutableSpan
    for k in 0...buckets { begin[k] = 0 }
    for k in source.indices { begin[Int(source[k].hash >> shift) + 1] += 1 }
    for k in 1...buckets { begin[k] += begin[k - 1] }
    for k in source.indices {
      let bucket = Int(source[k].hash >> shift)
      target[Int(begin[bucket])] = source[k]
      begin[bucket] += 1
    }
  }
}
