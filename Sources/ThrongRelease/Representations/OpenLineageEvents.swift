import ThrongCore
import ThrongPrivacy

/// `lineage.jsonl`: the run as two OpenLineage events, START and COMPLETE, one a line.
///
/// The id of the run follows from the id of the release, and the time is `SOURCE_DATE_EPOCH` or, where that was not
/// stated, 1970-01-01: a release tells no time of day. The input has no name but "conversations".
struct OpenLineageEvents: BundleRepresentation {
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
    var out: [UInt8] = []
    for type in ["START", "COMPLETE"] {
      out += Self.event(type, release, tables).line
      out.append(UInt8(ascii: "\n"))
    }
    try folder.write(out, to: "lineage.jsonl")
  }

  /// A UUID of version 8 (RFC 9562) from the hash of the release's id.
  static func runID(of release: String) -> String {
    var bytes = Array(Digest.sha256(Array("throng run \(release)".utf8)).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array(Digest.hexadecimal(bytes).utf8)
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(decoding: digits[$0], as: UTF8.self) }
      .joined(separator: "-")
  }

  private static let site = "https://openlineage.io/spec"

  private static func event(_ type: String, _ release: Release, _ tables: [BundleTable]) -> JSON {
    let producer = JSON.text("urn:throng:\(release.run.throngVersion)")
    func facet(_ version: String, _ name: String, _ members: [(String, JSON)]) -> JSON {
      .object(
        [
          ("_producer", producer),
          ("_schemaURL", .text("\(site)/facets/\(version)/\(name).json#/$defs/\(name)")),
        ] + members)
    }
    let outputs = tables.map { table in
      let fields = table.columns.map { column in
        JSON.object([
          ("name", .text(column.name)), ("type", .text("\(column.kind)")),
          ("description", .text(column.summary)),
        ])
      }
      var members: [(String, JSON)] = [
        ("namespace", .text("throng")), ("name", .text("\(release.id).\(table.name)")),
        ("facets", .object([("schema", facet("1-0-0", "SchemaDatasetFacet", [("fields", .array(fields))]))])),
      ]
      if type == "COMPLETE" {
        let rows = facet(
          "1-0-0", "OutputStatisticsOutputDatasetFacet", [("rowCount", .integer(table.rows.count))])
        members.append(("outputFacets", .object([("outputStatistics", rows)])))
      }
      return JSON.object(members)
    }
    return .object([
      ("eventType", .text(type)), ("eventTime", .text(release.run.createdAt ?? "1970-01-01T00:00:00Z")),
      ("producer", producer), ("schemaURL", .text("\(site)/2-0-2/OpenLineage.json#/$defs/RunEvent")),
      ("run", .object([("runId", .text(runID(of: release.id)))])),
      ("job", .object([("namespace", .text("throng")), ("name", .text("run"))])),
      (
        "inputs",
        .array([.object([("namespace", .text("throng")), ("name", .text("conversations"))])])
      ),
      ("outputs", .array(outputs)),
    ])
  }
}
