import ThrongPrivacy

/// `tables/*.jsonl`: one JSON object per row, keys in the order of the columns, null where a cell has no value. Texts
/// are as they are: unlike CSV, JSON runs no formulas.
struct JSONLinesTables: BundleRepresentation {
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
    for table in tables { try folder.write(Self.bytes(table), to: "tables/\(table.name).jsonl") }
  }

  /// A line of ``bytes(_:)`` without its end holds no control character.
  static func bytes(_ table: BundleTable) -> [UInt8] {
    let names = table.columns.map(\.name)
    var out: [UInt8] = []
    for row in table.rows {
      out += JSON.object(zip(names, row).map { ($0, JSON($1)) }).line
      out.append(UInt8(ascii: "\n"))
    }
    return out
  }
}
