/// What was read, kept and set aside. `read == kept + quarantined`, always.
package struct ReadReport: Sendable {
  /// Positions kept in ``faults`` at most: beyond them faults are counted, not listed.
  package static let maximumPositions = 1_000_000

  /// Records seen; blank lines are none.
  package internal(set) var read = 0
  /// Records given to the handler.
  package internal(set) var kept = 0
  /// Where each record was that was set aside, in the order of the input; the first ``maximumPositions``.
  package internal(set) var faults: [Fault] = []
  /// All records that were set aside, by kind.
  package internal(set) var counts = FaultCounts()
  /// Bytes taken from the inputs, as they are stored.
  package internal(set) var bytesRead = 0
  /// Bytes after decompression.
  package internal(set) var bytesDecoded = 0

  /// Records set aside.
  package var quarantined: Int { counts.total }

  mutating func add(_ fault: Fault) {
    counts[fault.kind] += 1
    if faults.count < Self.maximumPositions { faults.append(fault) }
  }
}
