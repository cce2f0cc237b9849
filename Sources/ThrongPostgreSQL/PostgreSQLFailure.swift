internal import ThrongCore

/// Why a release did not reach a PostgreSQL server. No case carries the address that was given, which may hold a password,
/// or a value of a row, which the server's own messages do.
package enum PostgreSQLFailure: ThrongFailure, Equatable {
  /// The address is none that libpq understands.
  case notAnAddress
  /// The address holds a password, which the list of processes and the shell's history show to others.
  case holdsPassword
  /// The server was not reached or does not let us in; libpq's words.
  case cannotConnect(reason: String)
  /// The server refused a statement; its five-character SQLSTATE.
  case refused(state: String)
  /// The connection broke.
  case disconnected
  /// Somebody told us to stop.
  case interrupted
  /// What happened after the bundle was written.
  indirect case notSent(bundle: String, PostgreSQLFailure)

  package var message: String {
    switch self {
    case .notAnAddress:
      "--to wants an address such as postgres://user@host:5432/database"
    case .holdsPassword:
      "the address of --to holds a password, which others on this machine can read; take it out, and put it into a file "
        + "named by PGPASSFILE (~/.pgpass) or into PGPASSWORD"
    case .cannotConnect(let reason): "cannot connect to the PostgreSQL server: \(reason)"
    case .refused(let state):
      "the PostgreSQL server refused the release: \(Self.meaning(state)) (SQLSTATE \(state))"
    case .disconnected: "the connection to the PostgreSQL server broke"
    case .interrupted: "interrupted"
    case .notSent(let bundle, let failure):
      "\(failure.message); the bundle \(bundle) is complete, and nothing was sent: in its folder, "
        + "psql ADDRESS --file schema.postgres.sql sends it later"
    }
  }

  package var exitStatus: Int32 {
    switch self {
    case .notAnAddress, .holdsPassword: ExitCode.usage.rawValue
    case .cannotConnect, .refused, .disconnected: ExitCode.internalFailure.rawValue
    case .interrupted: ExitCode.interrupted.rawValue
    case .notSent: ExitCode.partial.rawValue
    }
  }

  private static func meaning(_ state: String) -> String {
    switch state {
    case "42501":
      "this role may not do that; it has to read and insert in the schema throng, and to make temporary tables"
    case "42703", "42P01", "42804", "42P10": "the tables of its schema throng are of another version"
    case "23514": "a count is below the release's own threshold"
    case "22021", "22P05", "22P02": "it cannot hold a character of the release"
    case "25006": "it only reads"
    case _ where state.hasPrefix("53"): "it is out of space, memory or connections"
    case _ where state.hasPrefix("57"): "it is shutting down, or somebody ended the session"
    default: "it gives no reason that may be shown"
    }
  }
}
