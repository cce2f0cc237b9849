import Foundation
import Testing

/// A PostgreSQL server of a test's own: on a Unix socket in a temporary folder, gone with the value.
///
/// The role `postgres` is let in by its name; others need their password.
final class PostgreSQLServer {
  /// The newest binaries that are installed where Debian has them.
  static let binaries: String? = {
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    return versions.compactMap { Int($0) }.sorted().last.map { "/usr/lib/postgresql/\($0)/bin" }
  }()

  private let scratch = try! Scratch()
  /// The folder of the socket.
  var socket: String { scratch.path }

  init() throws {
    let bin = try #require(Self.binaries)
    try run(
      """
      \(bin)/initdb --pgdata '\(socket)/data' --username postgres --auth trust --encoding UTF8 --no-locale --no-sync
      printf 'local all postgres trust\\nlocal all all scram-sha-256\\n' > '\(socket)/data/pg_hba.conf'
      # A server that keeps what it inherits would keep Foundation waiting for the end of this script.
      for file in /proc/self/fd/*; do file=${file##*/}; [ "$file" -le 2 ] || eval "exec $file>&-"; done
      \(bin)/pg_ctl start --wait --silent --pgdata '\(socket)/data' --log '\(socket)/log' \
      --options "-c listen_addresses='' -c unix_socket_directories='\(socket)' -c fsync=off"
      """)
  }

  deinit {
    try? run("\(Self.binaries!)/pg_ctl stop --wait --silent --mode immediate --pgdata '\(socket)/data'")
  }

  /// Runs a script as somebody who is not root, since PostgreSQL refuses root.
  private func run(_ script: String) throws {
    var command = ["/bin/bash", "-c", "cd '\(socket)'\n\(script)"]
    if geteuid() == 0 {
      _ = try shell("/bin/chown", ["nobody", socket])
      command = ["/usr/bin/setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] + command
    }
    let result = try shell(command[0], Array(command.dropFirst()))
    try #require(result.status == 0, "\(result.output.suffix(2000))")
  }

  /// An address for libpq and psql.
  func address(user: String = "postgres", options: String = "") -> String {
    let host = socket.replacingOccurrences(of: "/", with: "%2F")
    return "postgresql://\(user)@\(host)/postgres\(options)"
  }

  /// Runs SQL; fails where it fails. Rows as psql prints them unaligned.
  @discardableResult
  func query(_ sql: String) throws -> String {
    let result = try psql(["--command", sql])
    #expect(result.status == 0, "\(result.output)")
    return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Runs psql in a folder.
  func psql(_ arguments: [String], in folder: String? = nil) throws -> (status: Int32, output: String) {
    try shell(
      "\(Self.binaries!)/psql",
      ["--no-psqlrc", "--no-align", "--tuples-only", "--quiet", "--dbname", address()] + arguments, in: folder
    )
  }

  /// The rows of all tables, with the transactions that wrote them.
  func content() throws -> String {
    let tables = try query(
      "SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'throng'")
    return try tables.split(separator: " ").map {
      try query("SELECT xmin, t::text FROM throng.\"\($0)\" t ORDER BY 2")
    }.joined(separator: "\n")
  }
}
