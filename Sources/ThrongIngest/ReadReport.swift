/// What was read, kept and set aside. `read == kept + quarantined` and `records == read + joined + passedOver`, always.
package struct ReadReport: Sendable {
  /// Positions kept in ``faults`` at most: beyond them faults are counted, not listed.
  package static let maximumPositions = 1_000_000

  /// Conversations given to the handler, and records set aside.
  package internal(set) var read = 0
  /// Conversations given to the handler.
  package internal(set) var kept = 0
  /// Where each record was that was set aside, in the order of the input; the first ``maximumPositions``.
  package internal(set) var faults: [Fault] = []
  /// All records that were set aside, by kind.
  package internal(set) var counts = FaultCounts()
  /// Records that became part of another's conversation, or that repeat one.
  package internal(set) var joined = 0
  /// Records that are nobody's words: what programs say in a channel, calls without a message.
  package internal(set) var passedOver = 0
  /// Bytes taken from the inputs, as they are stored.
  package internal(set) var bytesRead = 0
  /// Bytes after decompression.
  package internal(set) var bytesDecoded = 0

  /// A digest of each input's bytes, as they are stored.
  package internal(set) var digests: [[UInt8]] = []

  /// Records seen, of OpenTelemetry the spans; blank lines are none.
  package var records: Int { read + joined + passedOver }
  /// Records set aside.
  package var quarantined: Int { counts.total }

  /// Puts the faults into the order of the input.
  mutating func sortFaults() { faults.sort { ($0.source, $0.line, $0.kind) < ($1.source, $1.line, $1.kind) } }

  mutating func add(_ fault: Fault) {
    counts[fault.kind] += 1
    if faults.count < Self.maximumPositions { faults.append(fault) }
  }
}
