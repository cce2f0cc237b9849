internal import CSQLite

/// What `release.sqlite` says: its tables, and what no release has in its database.
///
/// The file is opened from memory and read-only, so that neither a journal beside it nor a change below it matters.
struct SQLiteFile: Sendable {
  enum Failure: Error, Equatable {
    /// SQLite's words for its result code, which never hold a value of a row.
    case unreadable(String)
  }

  let tables: [String: TableText]
  /// Pages that hold nothing any more, and may still hold what was deleted.
  let freePages: Int
  /// Views, triggers, virtual tables.
  let strangeObjects: Int
  /// What `PRAGMA integrity_check` has to say, as a number of complaints.
  let complaints: Int
  /// Pages at which the tables and their indices begin.
  let roots: [Int]
  /// The definitions.
  let statements: [[UInt8]]

  /// - Throws: ``Failure``. O(bytes).
  init(_ bytes: [UInt8]) throws(Failure) {
    let connection = try Connection(bytes)
    freePages = try connection.integer("PRAGMA freelist_count")
    let master = try connection.rows("SELECT type, name, sql, rootpage, tbl_name FROM sqlite_master")
    var (names, strange): ([String], Int) = ([], 0)
    for row in master.rows {
      guard case .text(let type) = row[0], case .text(let name) = row[1] else { continue }
      let definition: [UInt8] = if case .text(let sql) = row[2] { sql } else { [] }
      let isPlain = SQLiteDefinition.isPlain(definition)
      switch String(decoding: type, as: UTF8.self) {
      case "table":
        let name = String(decoding: name, as: UTF8.self)
        if KnownFile.hasTable(name), isPlain, definition.starts(with: Array("CREATE TABLE".utf8)) {
          names.append(name)
        } else {
          strange += 1
        }
      // SQLite's own indices have no definition.
      case "index": if !isPlain && !definition.isEmpty { strange += 1 }
      default: strange += 1
      }
    }
    // Columns, checks and indices may be expressions, and a check of the file works them out: of a strange file nobody wants it.
    let answers = strange == 0 ? try connection.rows("PRAGMA integrity_check(100)").rows : []
    complaints = answers.count { $0 != [.text(Array("ok".utf8))] }
    var tables: [String: TableText] = [:]
    for name in names { tables[name] = try connection.rows("SELECT * FROM \"\(name)\"") }
    let known = Set(tables.keys.map { TableText.Cell.text(Array($0.utf8)) })
    // What belongs to a strange table is not read, and stays to be looked at byte by byte.
    roots = master.rows.compactMap { row in
      if case .integer(let page) = row[3], known.contains(row[4]) { page } else { nil }
    }
    statements = master.rows.compactMap { if case .text(let sql) = $0[2] { sql } else { nil } }
    self.tables = tables
    strangeObjects = strange
  }
}

/// A database in memory, being read.
@safe private struct Connection: ~Copyable {
  private var handle: OpaquePointer?
  /// Bytes of the file. What is read of it has no more rows and no more bytes, or its pages refer to each other in a circle.
  private let size: Int

  init(_ bytes: [UInt8]) throws(SQLiteFile.Failure) {
    size = bytes.count
    guard
      unsafe sqlite3_open_v2(
        ":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, nil)
        == SQLITE_OK,
      let copy = unsafe sqlite3_malloc64(UInt64(max(1, bytes.count)))
    else { throw .unreadable("out of memory") }
    unsafe bytes.withUnsafeBytes { buffer in
      if let base = buffer.baseAddress { unsafe copy.copyMemory(from: base, byteCount: buffer.count) }
    }
    // SQLite frees the copy, whatever comes of it.
    let code = unsafe sqlite3_deserialize(
      handle, "main", copy.assumingMemoryBound(to: UInt8.self), Int64(bytes.count), Int64(bytes.count),
      UInt32(SQLITE_DESERIALIZE_READONLY | SQLITE_DESERIALIZE_FREEONCLOSE))
    guard code == SQLITE_OK else { throw Self.failure(code) }
    // A hostile schema must not call functions.
    _ = unsafe sqlite3_exec(handle, "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;", nil, nil, nil)
  }

  deinit { _ = unsafe sqlite3_close_v2(handle) }

  private static func failure(_ code: Int32) -> SQLiteFile.Failure {
    .unreadable(unsafe String(cString: sqlite3_errstr(code)))
  }

  func integer(_ sql: String) throws(SQLiteFile.Failure) -> Int {
    if case .integer(let value)? = try rows(sql).rows.first?.first { return value }
    return 0
  }

  func rows(_ sql: String) throws(SQLiteFile.Failure) -> TableText {
    var statement: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
    guard code == SQLITE_OK else { throw Self.failure(code) }
    defer { _ = unsafe sqlite3_finalize(statement) }
    let count = unsafe sqlite3_column_count(statement)
    let columns = (0..<count).map { column in
      unsafe sqlite3_column_name(statement, column).map { unsafe String(cString: $0) } ?? ""
    }
    var rows: [[TableText.Cell]] = []
    var read = 0
    while true {
      switch unsafe sqlite3_step(statement) {
      case SQLITE_ROW:
        rows.append((0..<count).map { unsafe Self.cell(statement, $0) })
        read += rows.last!.reduce(1) { $0 + $1.bytes }
        if read > size { throw .unreadable("more rows than the file has room for") }
      case SQLITE_DONE: return TableText(columns: columns, rows: rows)
      case let code: throw Self.failure(code)
      }
    }
  }

  @unsafe private static func cell(_ statement: OpaquePointer?, _ column: Int32) -> TableText.Cell {
    switch unsafe sqlite3_column_type(statement, column) {
    case SQLITE_NULL: return .null
    case SQLITE_INTEGER: return .integer(Int(unsafe sqlite3_column_int64(statement, column)))
    case SQLITE_FLOAT: return .real(unsafe sqlite3_column_double(statement, column))
    case let type:
      // The bytes of a text, so that NUL and invalid UTF-8 are seen.
      let bytes = unsafe sqlite3_column_blob(statement, column)
      let count = Int(unsafe sqlite3_column_bytes(statement, column))
      let content = unsafe bytes.map { unsafe [UInt8](UnsafeRawBufferPointer(start: $0, count: count)) } ?? []
      return type == SQLITE_TEXT ? .text(content) : .blob(content)
    }
  }
}

extension TableText.Cell {
  /// Bytes of a text or a blob.
  fileprivate var bytes: Int {
    switch self {
    case .text(let bytes), .blob(let bytes): bytes.count
    default: 0
    }
  }
}

/// Definitions of tables and indices as releases have them: columns with types, keys, and bounds of numbers.
///
/// SQLite lets a definition hold expressions (generated columns, checks, indices), which it works out when the table is read
/// or checked: one line of them can ask for any amount of time and memory.
enum SQLiteDefinition {
  private static let words: Set<String> = [
    "CREATE", "TABLE", "INDEX", "ON", "TEXT", "INTEGER", "REAL", "NOT", "NULL", "CHECK", "PRIMARY", "KEY",
    "FOREIGN",
    "REFERENCES",
  ]

  /// Whether nothing in it calls a function or names another word than those of releases. O(bytes).
  static func isPlain(_ sql: [UInt8]) -> Bool {
    var at = 0
    // The two tokens before: a bracket opens behind a word, or behind a name that a word introduces, and so calls nothing.
    var (last, before) = ("", "")
    while at < sql.count {
      let start = at
      switch sql[at] {
      case 0x20:
        at += 1
        continue
      case UInt8(ascii: "\""):
        guard let end = sql[(at + 1)...].firstIndex(of: UInt8(ascii: "\"")) else { return false }
        at = end + 1
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        while at < sql.count, (0x41...0x5A).contains(sql[at]) { at += 1 }
        if !words.contains(String(decoding: sql[start..<at], as: UTF8.self)) { return false }
      case UInt8(ascii: "("):
        let isCall = last.hasPrefix("\"") && !["TABLE", "ON", "REFERENCES"].contains(before)
        if isCall { return false }
        at += 1
      case UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "-"),
        UInt8(ascii: ";"), 0x30...0x39:
        at += 1
      default: return false
      }
      (before, last) = (last, String(decoding: sql[start..<at], as: UTF8.self))
    }
    return !last.isEmpty
  }
}
