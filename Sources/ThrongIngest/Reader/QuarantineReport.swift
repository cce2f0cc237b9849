internal import FoundationEssentials

/// What was set aside, for `quarantine.json` of the workspace: kinds, counts and positions.
///
/// Names an input by its index and the last component of its path, and says nothing of what a record says.
package struct QuarantineReport: Sendable {
  private let document: Document

  /// - Parameter reader: the one that gave `report`, or threw it in an ``IngestFailure``.
  package init(_ report: ReadReport, of reader: ConversationReader) {
    var sources = reader.inputs.indices.map { i in
      Source(
        index: i, name: Self.lastComponent(reader.inputs[i]),
        positions: reader.detection.inputs[i].isArray ? "element" : "line")
    }
    for fault in report.faults {
      sources[fault.source].faults[fault.kind.name, default: []].append(fault.line)
    }
    let kinds = FaultKind.allCases.filter { report.counts[$0] > 0 }.map { ($0.name, report.counts[$0]) }
    document = Document(
      read: report.read, kept: report.kept, quarantined: report.quarantined, listed: report.faults.count,
      kinds: Dictionary(uniqueKeysWithValues: kinds), sources: sources.filter { !$0.faults.isEmpty })
  }

  /// One JSON object, UTF-8, ending in a line feed; the same bytes for the same report.
  ///
  /// `kinds` counts all faults. `sources[].faults` lists, by kind, the lines of JSON Lines or the elements of an
  /// array (`positions` says which), from 1; of more than ``ReadReport/maximumPositions`` faults the first.
  package func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(document)) + [UInt8(ascii: "\n")]
  }

  private struct Document: Encodable, Sendable {
    let read: Int
    let kept: Int
    let quarantined: Int
    let listed: Int
    let kinds: [String: Int]
    let sources: [Source]
  }

  private struct Source: Encodable, Sendable {
    let index: Int
    let name: String
    let positions: String
    var faults: [String: [Int]] = [:]
  }

  private static func lastComponent(_ input: String) -> String {
    input.split(separator: "/").last.map(String.init) ?? input
  }
}
