extension TableText {
  /// Reads JSON Lines: an object a line, with the same keys in the same order, each once; values are no lists or objects.
  ///
  /// - Parameter columns: what the keys must be; lines may be missing altogether.
  /// - Throws: the byte at which the first line begins that is not that.
  init(jsonLines bytes: [UInt8], columns: [String]) throws(Failure) {
    var (rows, at): ([[Cell]], Int) = ([], 0)
    while at < bytes.count {
      guard let end = bytes[at...].firstIndex(of: 0x0A),
        let (line, duplicates) = try? JSONReader.read(Array(bytes[at..<end])), duplicates.isEmpty,
        let members = line.members, members.map(\.key) == columns
      else { throw .malformed(at: at) }
      var row: [Cell] = []
      for member in members {
        switch member.value {
        case .null: row.append(.null)
        case .number(_, let integer?): row.append(.integer(integer))
        case .number(let real, nil): row.append(.real(real))
        case .text(let text): row.append(.text(Array(text.utf8)))
        default: throw .malformed(at: at)
        }
      }
      rows.append(row)
      at = end + 1
    }
    self.init(columns: columns, rows: rows)
  }
}
