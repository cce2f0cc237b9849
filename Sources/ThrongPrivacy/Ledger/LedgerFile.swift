internal import CSQLite
internal import Glibc
internal import ThrongCore

/// The SQLite file of a ledger: rows that can be added and neither changed nor removed, and a head that says which is
/// the last.
///
/// Each row holds the SHA-256 of everything before it and a MAC of that under a key of the secret. The head holds the
/// number and the link of the last row under a MAC of its own, so that rows cut off at the end are missed. What nobody
/// can tell from the file alone is that the whole of it was replaced by an older copy of itself.
@safe final class LedgerFile {
  let path: String
  private var handle: OpaquePointer?

  /// SQLite's `application_id`: "Thrg".
  private static let application = 0x5468_7267

  /// Opens or makes the file, readable by its owner alone.
  ///
  /// - Parameter creates: false where a missing file is an error.
  init(path: String, creates: Bool) throws(LedgerFailure) {
    self.path = path
    var isNew = false
    if creates {
      let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      isNew = descriptor >= 0
      if isNew { close(descriptor) } else if errno != EEXIST { throw unusable(errno) }
    }
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT { throw .missing(path: path) }
      throw unusable(errno)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unusable(path: path, reason: "it is no plain file")
    }
    if status.st_mode & 0o077 != 0 { unsafe chmod(path, 0o600) }
    let flags = creates ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY
    try check(unsafe sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX, nil))
    try check(unsafe sqlite3_busy_timeout(handle, 30_000))
    if creates { try prepare() }
    try checkShape()
  }

  deinit { _ = unsafe sqlite3_close_v2(handle) }

  private func unusable(_ code: Int32) -> LedgerFailure {
    .unusable(path: path, reason: unsafe String(cString: strerror(code)))
  }

  /// Another process may make the tables at the same time; the lock lets one of them.
  private func prepare() throws(LedgerFailure) {
    try execute("PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA;")
    try transaction { () throws(LedgerFailure) in
      guard try number("SELECT count(*) FROM sqlite_master") == 0 else { return }
      try execute(
        """
        PRAGMA application_id=\(Self.application); PRAGMA user_version=1;
        CREATE TABLE entry (number INTEGER PRIMARY KEY CHECK (number > 0), body BLOB NOT NULL, atoms BLOB NOT NULL,
          link BLOB NOT NULL, mac BLOB NOT NULL);
        CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), number INTEGER NOT NULL, link BLOB NOT NULL,
          mac BLOB NOT NULL);
        CREATE TRIGGER entry_keeps BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'append-only'); END;
        CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'append-only'); END;
        CREATE TRIGGER head_stays BEFORE DELETE ON head BEGIN SELECT raise(ABORT, 'append-only'); END;
        """)
    }
  }

  private func checkShape() throws(LedgerFailure) {
    guard try number("PRAGMA application_id") == Self.application, try number("PRAGMA user_version") == 1
    else {
      throw .damaged(path: path, entry: nil, reason: "it is no ledger of Throng")
    }
  }

  /// Calls `body` with the file locked against other writers from before its first look to its last word.
  func transaction<Answer>(_ body: () throws(LedgerFailure) -> Answer) throws(LedgerFailure) -> Answer {
    try execute("BEGIN IMMEDIATE")
    do {
      let answer = try body()
      try execute("COMMIT")
      return answer
    } catch {
      _ = unsafe sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
      throw error
    }
  }

  // MARK: Rows

  /// All rows, checked: numbers without gaps, links, the MACs that `keys` can check, and the head.
  func rows(_ keys: LedgerKeys) throws(LedgerFailure) -> [LedgerRow] {
    var rows: [LedgerRow] = []
    let statement = try prepared("SELECT number, body, atoms, link, mac FROM entry ORDER BY number")
    // MACs of a row whose secret is another's cannot be checked; a row that completes one belongs to its secret.
    var foreign: Set<Int> = []
    while try step(statement) {
      let bytes = statement.bytes(1)
      func broken(_ reason: String) -> LedgerFailure {
        .damaged(path: path, entry: rows.count + 1, reason: reason)
      }
      guard let body = LedgerRow.decode(bytes) else { throw broken("its content cannot be read") }
      let row = LedgerRow(
        number: statement.number(0), body: body, bytes: bytes, atoms: statement.bytes(2),
        link: statement.bytes(3), mac: statement.bytes(4))
      guard row.number == rows.count + 1 else { throw broken("an entry is missing") }
      let link = LedgerRow.link(
        after: rows.last?.link ?? [], number: row.number, bytes: row.bytes, atoms: row.atoms)
      guard row.link == link else { throw broken("it is not what was written") }
      switch row.body {
      case .reserved(let entry): if entry.secret != keys.fingerprint { foreign.insert(row.number) }
      case .completed(let of, _):
        guard of >= 1, of < row.number, case .reserved = rows[of - 1].body else {
          throw broken("it completes nothing")
        }
        if foreign.contains(of) { foreign.insert(row.number) }
      }
      guard foreign.contains(row.number) || row.mac == keys.mac(row.link) else {
        throw broken("it was not written with this secret")
      }
      rows.append(row)
    }
    try checkHead(rows, foreign: foreign, keys)
    return rows
  }

  private func checkHead(_ rows: [LedgerRow], foreign: Set<Int>, _ keys: LedgerKeys) throws(LedgerFailure) {
    let statement = try prepared("SELECT number, link, mac FROM head")
    guard try step(statement) else {
      if rows.isEmpty { return }
      throw .damaged(path: path, entry: nil, reason: "its head is missing")
    }
    let number = statement.number(0)
    let (link, mac) = (statement.bytes(1), statement.bytes(2))
    guard number == rows.count, link == rows.last?.link else {
      throw .damaged(path: path, entry: rows.count + 1, reason: "the last entries are missing")
    }
    guard foreign.contains(number) || mac == keys.mac(Array("head".utf8) + link) else {
      throw .damaged(path: path, entry: nil, reason: "its head was not written with this secret")
    }
  }

  /// Adds a row behind `rows`; returns it. Inside a transaction.
  func append(
    _ body: LedgerRow.Body, atoms: [UInt8], after rows: [LedgerRow], _ keys: LedgerKeys
  ) throws(LedgerFailure) -> LedgerRow {
    guard let bytes = try? LedgerRow.encode(body) else {
      throw .unusable(path: path, reason: "an entry could not be encoded")
    }
    let number = rows.count + 1
    let link = LedgerRow.link(after: rows.last?.link ?? [], number: number, bytes: bytes, atoms: atoms)
    let row = LedgerRow(
      number: number, body: body, bytes: bytes, atoms: atoms, link: link, mac: keys.mac(link))
    try insert("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", number, [bytes, atoms, link, row.mac])
    try insert(
      "INSERT INTO head VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET number = excluded.number, "
        + "link = excluded.link, mac = excluded.mac", number, [link, keys.mac(Array("head".utf8) + link)])
    return row
  }

  // MARK: SQLite

  private func failure(_ code: Int32) -> LedgerFailure {
    let reason = unsafe String(cString: sqlite3_errstr(code))
    switch code & 0xFF {
    case SQLITE_CORRUPT, SQLITE_NOTADB: return .damaged(path: path, entry: nil, reason: reason)
    case SQLITE_BUSY: return .unusable(path: path, reason: "another run holds it")
    default: return .unusable(path: path, reason: reason)
    }
  }

  private func check(_ code: Int32) throws(LedgerFailure) {
    if code != SQLITE_OK { throw failure(code) }
  }

  private func execute(_ sql: String) throws(LedgerFailure) {
    try check(unsafe sqlite3_exec(handle, sql, nil, nil, nil))
  }

  private func prepared(_ sql: String) throws(LedgerFailure) -> LedgerStatement {
    var statement: OpaquePointer?
    try check(unsafe sqlite3_prepare_v2(handle, sql, -1, &statement, nil))
    return unsafe LedgerStatement(handle: statement)
  }

  /// Whether there is one more row.
  private func step(_ statement: LedgerStatement) throws(LedgerFailure) -> Bool {
    let code = statement.step()
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else { throw failure(code) }
    return false
  }

  private func number(_ sql: String) throws(LedgerFailure) -> Int {
    let statement = try prepared(sql)
    return try step(statement) ? statement.number(0) : 0
  }

  private func insert(_ sql: String, _ number: Int, _ blobs: [[UInt8]]) throws(LedgerFailure) {
    let statement = try prepared(sql)
    try check(statement.bind(number, at: 1))
    for (k, blob) in blobs.enumerated() { try check(statement.bind(blob, at: Int32(k + 2))) }
    _ = try step(statement)
  }
}

/// A statement of SQLite, finalised at its end.
@safe private final class LedgerStatement {
  private let handle: OpaquePointer?

  init(handle: OpaquePointer?) { unsafe self.handle = handle }

  deinit { _ = unsafe sqlite3_finalize(handle) }

  func step() -> Int32 { unsafe sqlite3_step(handle) }

  func number(_ column: Int32) -> Int { Int(unsafe sqlite3_column_int64(handle, column)) }

  func bytes(_ column: Int32) -> [UInt8] {
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    guard count > 0, let bytes = unsafe sqlite3_column_blob(handle, column) else { return [] }
    return unsafe [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
  }

  func bind(_ number: Int, at index: Int32) -> Int32 {
    unsafe sqlite3_bind_int64(handle, index, Int64(number))
  }

  func bind(_ blob: [UInt8], at index: Int32) -> Int32 {
    // A null pointer would bind NULL.
    if blob.isEmpty { return unsafe sqlite3_bind_zeroblob(handle, index, 0) }
    // SQLITE_TRANSIENT, a macro with a cast that Swift does not import: SQLite copies before it returns.
    let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    return unsafe sqlite3_bind_blob64(handle, index, blob, UInt64(blob.count), transient)
  }
}
