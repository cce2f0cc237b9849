package import ThrongCore
package import ThrongRelease

/// Sends the tables of a release to a PostgreSQL server through libpq: all in one transaction, or nothing.
///
/// A release that is there already is left as it is (``PostgreSQLLoad``). Passwords come from `PGPASSFILE`, `PGPASSWORD` or
/// what else libpq knows, never from the address; TLS, service names and hosts are libpq's own (`sslmode`, `PGSERVICE`).
package struct PostgreSQLSink: Sendable {
  private let address: String

  /// - Parameter address: `postgres://…` or `postgresql://…`, without a password.
  /// - Throws: ``PostgreSQLFailure/notAnAddress``, ``PostgreSQLFailure/holdsPassword``. Nothing is connected to.
  package init(address: String) throws(PostgreSQLFailure) {
    guard address.hasPrefix("postgres://") || address.hasPrefix("postgresql://") else { throw .notAnAddress }
    let given = try Connection.options(of: address)
    if given.contains("password") || given.contains("sslpassword") { throw .holdsPassword }
    self.address = address
  }

  /// Connects and leaves again: to ask before a long run.
  ///
  /// - Throws: ``PostgreSQLFailure/cannotConnect(reason:)``.
  package func check() throws(PostgreSQLFailure) { _ = try Connection(address) }

  /// Sends the tables.
  ///
  /// - Returns: rows that were not there before.
  /// - Throws: ``PostgreSQLFailure``; between tables ``PostgreSQLFailure/interrupted``. Then the server keeps nothing.
  @discardableResult
  package func send(_ tables: [BundleTable], cancellation: Cancellation = Cancellation())
    throws(PostgreSQLFailure) -> Int
  {
    let connection = try Connection(address)
    var new = 0
    for statement in [
      "SET client_encoding = 'UTF8'", "SET standard_conforming_strings = on",
      // Notices would be libpq's to print.
      "SET client_min_messages = 'error'", "BEGIN",
    ] {
      try connection.execute(statement)
    }
    for step in PostgreSQLLoad(tables).steps {
      if cancellation.isCancelled { throw .interrupted }
      switch step {
      case .statement(let statement):
        let rows = try connection.execute(statement)
        if statement.hasSuffix("ON CONFLICT DO NOTHING") { new += rows }
      case .rows(let table):
        try connection.copy(PostgreSQLLoad.rows(of: table), with: PostgreSQLLoad.copy)
      }
    }
    try connection.execute("COMMIT")
    return new
  }
}
