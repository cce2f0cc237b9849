internal import CPostgreSQL
internal import Glibc

/// A connection of libpq. A transaction that is open when it goes away is rolled back by the server.
@safe struct Connection: ~Copyable {
  private let handle: OpaquePointer

  /// Names of what an address sets.
  static func options(of address: String) throws(PostgreSQLFailure) -> Set<String> {
    guard let options = unsafe PQconninfoParse(address, nil) else { throw .notAnAddress }
    defer { unsafe PQconninfoFree(options) }
    var (names, at): (Set<String>, Int) = ([], 0)
    while let keyword = unsafe options[at].keyword {
      if unsafe options[at].val != nil { unsafe names.insert(String(cString: keyword)) }
      at += 1
    }
    return names
  }

  init(_ address: String) throws(PostgreSQLFailure) {
    // What comes later counts: the address overrides our patience, and so does PGCONNECT_TIMEOUT.
    var options = [("fallback_application_name", "throng")]
    if unsafe getenv("PGCONNECT_TIMEOUT") == nil { options.append(("connect_timeout", "20")) }
    options.append(("dbname", address))
    let keywords = unsafe options.map { unsafe strdup($0.0) }
    let values = unsafe options.map { unsafe strdup($0.1) }
    defer { unsafe (keywords + values).forEach { unsafe free($0) } }
    let connection = unsafe PQconnectdbParams(
      keywords.map { unsafe UnsafePointer($0) } + [nil], values.map { unsafe UnsafePointer($0) } + [nil], 1)
    guard let connection = unsafe connection else { throw .cannotConnect(reason: "out of memory") }
    guard unsafe PQstatus(connection) == CONNECTION_OK else {
      let words = unsafe String(cString: PQerrorMessage(connection))
      unsafe PQfinish(connection)
      throw .cannotConnect(reason: Self.plain(words))
    }
    unsafe handle = connection
  }

  deinit { unsafe PQfinish(handle) }

  /// A message of a server on one line, without what a terminal obeys.
  private static func plain(_ words: String) -> String {
    String(
      String.UnicodeScalarView(
        words.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 })
    ).split(separator: " ").joined(separator: " ")
  }

  /// - Returns: rows that the statement changed.
  @discardableResult
  func execute(_ statement: String) throws(PostgreSQLFailure) -> Int {
    let result = unsafe PQexec(handle, statement)
    defer { unsafe PQclear(result) }
    try unsafe check(result, wants: [PGRES_COMMAND_OK, PGRES_TUPLES_OK])
    return unsafe Int(String(cString: PQcmdTuples(result))) ?? 0
  }

  /// Sends bytes to a `COPY … FROM STDIN`.
  func copy(_ bytes: [UInt8], with statement: String) throws(PostgreSQLFailure) {
    let begun = unsafe PQexec(handle, statement)
    defer { unsafe PQclear(begun) }
    try unsafe check(begun, wants: [PGRES_COPY_IN])
    let piece = 1 << 20
    for start in stride(from: 0, to: bytes.count, by: piece) {
      let sent = unsafe bytes[start..<min(bytes.count, start + piece)].withUnsafeBytes { buffer in
        unsafe PQputCopyData(
          handle, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
      }
      guard sent == 1 else { throw .disconnected }
    }
    guard unsafe PQputCopyEnd(handle, nil) == 1 else { throw .disconnected }
    while let result = unsafe PQgetResult(handle) {
      defer { unsafe PQclear(result) }
      try unsafe check(result, wants: [PGRES_COMMAND_OK])
    }
  }

  /// The server's own words may hold values of rows, so only the code of its answer is passed on.
  @unsafe private func check(
    _ result: OpaquePointer?, wants status: [ExecStatusType]
  ) throws(PostgreSQLFailure) {
    if status.contains(unsafe PQresultStatus(result)) { return }
    guard let state = unsafe PQresultErrorField(result, Int32(UInt8(ascii: "C"))) else { throw .disconnected }
    let code = unsafe String(cString: state).filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    throw .refused(state: String(code.prefix(5)))
  }
}
