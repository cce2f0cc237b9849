/// What lies in a database file beside what the database shows: gaps between cells, free blocks, free pages.
///
/// Cells that are shown are read through SQL; their bytes stand one after the other on a page without a space and would
/// run into words that nobody wrote, so they are blotted out here. Follows the file format of SQLite 3, "B-tree Pages" and
/// "Cell Payload Overflow Pages" (https://www.sqlite.org/fileformat2.html). Whatever does not fit the format stays as
/// it is, to be looked at.
struct SQLiteResidue {
  private var bytes: [UInt8]
  private let pageSize: Int
  /// Bytes of a page that hold content: all but those reserved at its end.
  private let usable: Int
  private var visited: Set<Int> = []

  /// The file with 0 for every byte that belongs to a page's header or to a cell that is shown. O(bytes).
  ///
  /// - Parameter roots: the root pages of tables and indices; page 1 is always one.
  static func of(_ bytes: [UInt8], roots: [Int]) -> [UInt8] {
    guard var residue = SQLiteResidue(bytes) else { return bytes }
    var open = [1] + roots
    while let page = open.popLast() {
      guard residue.visited.insert(page).inserted else { continue }
      open += residue.blot(page)
    }
    return residue.bytes
  }

  private init?(_ bytes: [UInt8]) {
    guard bytes.count >= 512, bytes.starts(with: "SQLite format 3\u{0}".utf8) else { return nil }
    let stated = Int(bytes[16]) << 8 | Int(bytes[17])
    let size = stated == 1 ? 65_536 : stated
    guard size >= 512, size & (size - 1) == 0, bytes.count >= size else { return nil }
    (self.bytes, pageSize) = (bytes, size)
    usable = size - Int(bytes[20])
    guard usable >= 480 else { return nil }
  }

  private func short(_ at: Int) -> Int { Int(bytes[at]) << 8 | Int(bytes[at + 1]) }

  private func long(_ at: Int) -> Int { short(at) << 16 | short(at + 2) }

  /// A variable-length integer of up to nine bytes and its length; nil past the end of the page.
  private func variable(_ at: Int, _ end: Int) -> (value: Int, length: Int)? {
    var value: UInt64 = 0
    for i in 0..<9 {
      guard at + i < end else { return nil }
      let byte = UInt64(bytes[at + i])
      if i == 8 { return (Int(truncatingIfNeeded: value << 8 | byte), 9) }
      value = value << 7 | byte & 0x7F
      if byte < 0x80 { return (Int(truncatingIfNeeded: value), i + 1) }
    }
    return nil
  }

  private mutating func clear(_ range: Range<Int>) {
    for at in range.clamped(to: 0..<bytes.count) { bytes[at] = 0 }
  }

  /// Blots out the header and cells of a page; returns its children.
  private mutating func blot(_ page: Int) -> [Int] {
    let base = (page - 1) * pageSize
    guard page >= 1, base + pageSize <= bytes.count else { return [] }
    let header = base + (page == 1 ? 100 : 0)
    let kind = bytes[header]
    guard [2, 5, 10, 13].contains(kind) else { return [] }
    let (isInterior, isTable) = (kind == 2 || kind == 5, kind == 5 || kind == 13)
    let count = short(header + 3)
    let pointers = header + (isInterior ? 12 : 8)
    guard pointers + 2 * count <= base + usable else { return [] }
    var children = isInterior ? [long(header + 8)] : []
    var cells: [Range<Int>] = []
    for i in 0..<count {
      let start = base + short(pointers + 2 * i)
      guard start >= pointers, start + 4 <= base + usable else { continue }
      var at = start
      if isInterior {
        children.append(long(at))
        at += 4
      }
      guard let (size, length) = variable(at, base + usable) else { continue }
      at += length
      if isTable {
        if isInterior {
          cells.append(start..<at)
          continue
        }
        guard let (_, length) = variable(at, base + usable) else { continue }
        at += length
      }
      guard size >= 0, size <= bytes.count else { continue }
      let local = local(size, isTable: isTable)
      guard at + local + (local < size ? 4 : 0) <= base + usable else { continue }
      if local < size { clearOverflow(from: long(at + local), size: size - local) }
      cells.append(start..<at + local + (local < size ? 4 : 0))
    }
    for cell in cells { clear(cell) }
    clear((page == 1 ? base : header)..<pointers + 2 * count)
    return children
  }

  /// Bytes of a payload that stand on the page itself.
  private func local(_ size: Int, isTable: Bool) -> Int {
    let least = (usable - 12) * 32 / 255 - 23
    let most = isTable ? usable - 35 : (usable - 12) * 64 / 255 - 23
    if size <= most { return size }
    let rest = least + (size - least) % (usable - 4)
    return rest <= most ? rest : least
  }

  private mutating func clearOverflow(from first: Int, size: Int) {
    var (page, left) = (first, size)
    while left > 0, page >= 1, page * pageSize <= bytes.count, visited.insert(page).inserted {
      let base = (page - 1) * pageSize
      let next = long(base)
      let used = min(left, usable - 4)
      clear(base..<base + 4 + used)
      left -= used
      page = next
    }
  }
}
