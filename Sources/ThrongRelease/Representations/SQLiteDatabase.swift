import CSQLite
import ThrongPrivacy

/// `release.sqlite`: the same tables with types, keys, checks and indices.
///
/// `journal_mode=DELETE` so that the file is whole without a companion, and no `STRICT` tables, which older readers
/// refuse. One transaction on a fresh file with a fixed page size: the same release gives the same bytes from one
/// SQLite version (which writes its version number into the header).
struct SQLiteDatabase: BundleRepresentation {
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
    let connection = try SQLiteConnection(path: folder.reserve("release.sqlite"))
    try connection.execute(
      "PRAGMA journal_mode=DELETE; PRAGMA page_size=4096; PRAGMA encoding='UTF-8'; BEGIN;")
    for table in tables {
      for statement in Self.definition(of: table) { try connection.execute(statement) }
      try connection.insert(table)
    }
    try connection.execute("COMMIT;")
    try connection.close()
  }

  static func definition(of table: BundleTable) -> [String] {
    let columns = table.columns.map { column in
      var definition = "\(name(column.name)) \(type(column.kind))"
      if !column.isOptional { definition += " NOT NULL" }
      if let minimum = column.minimum { definition += " CHECK (\(name(column.name)) >= \(minimum))" }
      return definition
    }
    func list(_ columns: [String]) -> String { columns.map(name).joined(separator: ", ") }
    let keys =
      ["PRIMARY KEY (\(list(table.primaryKey)))"]
      + table.references.map { reference in
        "FOREIGN KEY (\(list(reference.columns))) REFERENCES \(name(reference.table)) (\(list(reference.to)))"
      }
    return [
      "CREATE TABLE \(name(table.name)) (\((columns + keys).joined(separator: ", ")));"
    ]
      + table.indexed.map { column in
        "CREATE INDEX \(name("\(table.name)_\(column)")) ON \(name(table.name)) (\(name(column)));"
      }
  }

  private static func name(_ name: String) -> String { "\"\(name)\"" }

  private static func type(_ kind: BundleTable.Column.Kind) -> String {
    switch kind {
    case .text, .date: "TEXT"
    case .integer: "INTEGER"
    case .real: "REAL"
    }
  }
}

/// A database being written. Failures say what SQLite says of the result code, which never holds a value of a row.
@safe private struct SQLiteConnection: ~Copyable {
  private var handle: OpaquePointer?

  /// - Parameter path: an existing, empty file.
  init(path: String) throws {
    let code = unsafe sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK else {
      _ = unsafe sqlite3_close_v2(handle)
      throw Self.failure(code)
    }
  }

  deinit { _ = unsafe sqlite3_close_v2(handle) }

  private static func failure(_ code: Int32) -> ReleaseFailure {
    .database(reason: unsafe String(cString: sqlite3_errstr(code)))
  }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK || code == SQLITE_DONE else { throw Self.failure(code) }
  }

  func execute(_ sql: String) throws {
    try check(unsafe sqlite3_exec(handle, sql, nil, nil, nil))
  }

  func insert(_ table: BundleTable) throws {
    let marks = Array(repeating: "?", count: table.columns.count).joined(separator: ", ")
    var statement: OpaquePointer?
    try check(
      unsafe sqlite3_prepare_v2(
        handle, "INSERT INTO \"\(table.name)\" VALUES (\(marks))", -1, &statement, nil))
    defer { _ = unsafe sqlite3_finalize(statement) }
    for row in table.rows {
      for (i, value) in row.enumerated() { try check(unsafe bind(value, at: Int32(i + 1), of: statement)) }
      try check(unsafe sqlite3_step(statement))
      try check(unsafe sqlite3_reset(statement))
    }
  }

  private func bind(_ value: BundleTable.Value, at index: Int32, of statement: OpaquePointer?) -> Int32 {
    switch value {
    case .null: return unsafe sqlite3_bind_null(statement, index)
    case .integer(let integer): return unsafe sqlite3_bind_int64(statement, index, Int64(integer))
    case .real(let real): return unsafe sqlite3_bind_double(statement, index, real)
    case .text(let text):
      // SQLITE_TRANSIENT, a macro with a cast that Swift does not import: SQLite copies before it returns.
      let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      let bytes = Array(text.utf8).map { CChar(bitPattern: $0) }
      return unsafe sqlite3_bind_text(statement, index, bytes, Int32(bytes.count), transient)
    }
  }

  /// Says whether everything reached the file.
  consuming func close() throws {
    let code = unsafe sqlite3_close(handle)
    discard self
    guard code == SQLITE_OK else { throw Self.failure(code) }
  }
}
