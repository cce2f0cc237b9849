import Foundation
import Testing
import ThrongCore
import ThrongPostgreSQL
import ThrongPrivacy
import ThrongRelease

/// A release in a real PostgreSQL server.
@Suite struct PostgreSQLTests {
  /// A password on the command line is refused wherever libpq would read it, and said nowhere.
  @Test(arguments: [
    "postgres://reports:s3cret@localhost/reports",
    "postgresql://reports:s3cret@[::1]:5433/reports?sslmode=require",
    "postgres://reports@localhost/reports?password=s3cret",
    "postgres://localhost/reports?user=a&password=%73%33cret",
    "postgres://localhost/reports?sslpassword=s3cret", "postgres:///reports?host=/run&password=s3cret",
  ]) func passwordsAreRefused(address: String) throws {
    let failure = #expect(throws: PostgreSQLFailure.holdsPassword) { try PostgreSQLSink(address: address) }
    let message = try #require(failure).message
    #expect(failure?.exitStatus == 2 && !message.contains("s3cret") && message.contains("PGPASSFILE"))
  }

  @Test(arguments: [
    "", "reports", "mysql://localhost/x", "host=localhost password=s3cret",
    "postgres://localhost/x?no=s3cret",
    "postgres://[::1/s3cret",
  ]) func whatIsNoAddressIsRefused(address: String) throws {
    let failure = #expect(throws: PostgreSQLFailure.notAnAddress) { try PostgreSQLSink(address: address) }
    #expect(failure?.exitStatus == 2 && failure?.message.contains("s3cret") == false)
  }

  @Test func aServerThatIsNotThereIsSaid() throws {
    let scratch = try Scratch()
    let sink = try PostgreSQLSink(
      address: "postgres:///reports?host=\(scratch.path.replacingOccurrences(of: "/", with: "%2F"))")
    let failure = #expect(throws: PostgreSQLFailure.self) { try sink.check() }
    guard case .cannotConnect(let reason) = failure else { return #expect(Bool(false), "\(failure as Any)") }
    #expect(!reason.contains("\n") && !reason.isEmpty && failure?.exitStatus == 1)
    #expect(throws: PostgreSQLFailure.self) { try sink.send([]) }
  }

  private static let isInstalled = PostgreSQLServer.binaries != nil && Tools.areInstalled

  /// One server for everything that needs one: each starts another, which takes a second.
  @Test(
    .enabled(
      if: isInstalled, "skipped: PostgreSQL or the tools are not installed; 'make setup tools' installs them")
  )
  func releasesReachAServer() throws {
    let server = try PostgreSQLServer()
    let scratch = try Scratch()
    try psqlLoadsTheScript(server, scratch)
    try libpqSendsTheSame(server)
    try rolesAndPasswords(server, scratch)
    try allOrNothing(server, scratch)
    try theProgramSends(server, scratch)
  }

  private func compare(_ server: PostgreSQLServer, _ bundle: String) throws {
    let lines = try Tools.run(
      "postgresql.py", bundle, "\(PostgreSQLServer.binaries!)/psql", server.socket)
    #expect(lines.count == 1 && Int(lines.last ?? "") ?? 0 > 500, "\(lines.prefix(20))")
  }

  private func psqlLoadsTheScript(_ server: PostgreSQLServer, _ scratch: Scratch) throws {
    let bundle = try Tools.bundle(in: scratch)
    let loading = try server.psql(["--file", "schema.postgres.sql"], in: bundle)
    #expect(loading.status == 0 && loading.output.isEmpty, "\(loading.output)")
    try compare(server, bundle)
    let before = try server.content()
    let again = try server.psql(["--file", "schema.postgres.sql"], in: bundle)
    #expect(again.status == 0, "\(again.output)")
    #expect(try server.content() == before && before.utf8.count > 10_000)
    // Tools that show comments show what the columns mean.
    #expect(
      try server.query("SELECT obj_description('throng.clusters'::regclass)")
        == "The published clusters; every count is a lower bound")
    // A row below the release's own threshold does not come in.
    let harmed = try scratch.text("out/tables/clusters.jsonl").replacingOccurrences(
      of: #""n_users":[0-9]+"#, with: "\"n_users\":24", options: .regularExpression
    ).replacingOccurrences(of: try releaseID(bundle), with: "0000000000000000")
    try Data(harmed.utf8).write(to: URL(fileURLWithPath: "\(bundle)/tables/clusters.jsonl"))
    let refused = try server.psql(["--file", "schema.postgres.sql"], in: bundle)
    #expect(refused.status != 0 && refused.output.contains("violates check constraint"))
    #expect(try server.content() == before)
  }

  private func releaseID(_ bundle: String) throws -> String {
    let document = try Data(contentsOf: URL(fileURLWithPath: "\(bundle)/release.json"))
    let object = try #require(JSONSerialization.jsonObject(with: document) as? [String: Any])
    return try #require(object["release_id"] as? String)
  }

  private func libpqSendsTheSame(_ server: PostgreSQLServer) throws {
    let scratch = try Scratch()
    let release = try Example.release(words: Tools.hostile + ["one more"], created: 1)
    try BundleWriter(directory: "\(scratch.path)/out", force: false).write(release)
    let tables = BundleTable.all(of: release)
    let sink = try PostgreSQLSink(address: server.address())
    #expect(try sink.send(tables) == tables.map(\.rows.count).reduce(0, +))
    try compare(server, "\(scratch.path)/out")
    let before = try server.content()
    #expect(try sink.send(tables) == 0)
    #expect(try server.content() == before)
    // Two releases stand side by side.
    #expect(try server.query("SELECT count(*) FROM throng.release") == "2")
    // And psql finds it there, too.
    #expect(try server.psql(["--file", "schema.postgres.sql"], in: "\(scratch.path)/out").status == 0)
    #expect(try server.content() == before)
  }

  private func rolesAndPasswords(_ server: PostgreSQLServer, _ scratch: Scratch) throws {
    let password = "tiergarten-8"
    try server.query(
      """
      CREATE ROLE loader LOGIN PASSWORD '\(password)'; GRANT USAGE ON SCHEMA throng TO loader;
      GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA throng TO loader;
      CREATE ROLE reader LOGIN PASSWORD '\(password)'; GRANT USAGE ON SCHEMA throng TO reader;
      GRANT SELECT ON ALL TABLES IN SCHEMA throng TO reader
      """)
    for (name, text) in [("right", password), ("wrong", "tiergarten-9")] {
      let path = "\(scratch.path)/\(name)"
      try Data("*:*:*:*:\(text)\n".utf8).write(to: URL(fileURLWithPath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
    func sink(_ user: String, _ file: String) throws -> PostgreSQLSink {
      let path = "\(scratch.path)/\(file)".replacingOccurrences(of: "/", with: "%2F")
      return try PostgreSQLSink(address: server.address(user: user, options: "?passfile=\(path)"))
    }
    let tables = BundleTable.all(of: try Example.release(words: ["third", "release"]))
    // Whoever may read and insert, and no more, can send.
    #expect(try sink("loader", "right").send(tables) > 0)
    let wrong = #expect(throws: PostgreSQLFailure.self) { try sink("loader", "wrong").check() }
    #expect(wrong?.exitStatus == 1 && wrong?.message.contains("authentication failed") == true)
    #expect(wrong?.message.contains("tiergarten") == false)
    let before = try server.content()
    let other = BundleTable.all(of: try Example.release(words: ["fourth", "release"]))
    #expect(throws: PostgreSQLFailure.refused(state: "42501")) { try sink("reader", "right").send(other) }
    #expect(try server.content() == before)
  }

  private func allOrNothing(_ server: PostgreSQLServer, _ scratch: Scratch) throws {
    let sink = try PostgreSQLSink(address: server.address())
    let release = try Example.release(words: ["fifth", "release"])
    let before = try server.content()
    // The last table is of another version; what was sent before it must not stay.
    try server.query("ALTER TABLE throng.coverage RENAME COLUMN value TO other")
    #expect(throws: PostgreSQLFailure.refused(state: "42703")) { try sink.send(BundleTable.all(of: release)) }
    try server.query("ALTER TABLE throng.coverage RENAME COLUMN other TO value")
    let cancellation = Cancellation()
    cancellation.cancel()
    #expect(throws: PostgreSQLFailure.interrupted) {
      try sink.send(BundleTable.all(of: release), cancellation: cancellation)
    }
    #expect(try server.content() == before)
    #expect(try sink.send(BundleTable.all(of: release)) > 0)
  }

  /// `throng run --to`, by the program that is built beside the tests.
  private func theProgramSends(_ server: PostgreSQLServer, _ scratch: Scratch) throws {
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("throng").path
    try #require(FileManager.default.isExecutableFile(atPath: program))
    func run(_ bundle: String, to address: String, variables: String = "") throws -> (
      status: Int32, output: String
    ) {
      try shell(
        "/bin/sh",
        [
          "-c",
          "head -n 400 '\(Tools.root)/Corpora/assistant-log.jsonl' | XDG_STATE_HOME=. \(variables) '\(program)' run - "
            + "--out \(bundle) --min-users 5 --min-conversations 8 --ledger none --to '\(address)'",
        ], in: scratch.path)
    }
    let first = try run("first", to: server.address(user: "loader"), variables: "PGPASSWORD=tiergarten-8")
    #expect(first.status == 0 && first.output.contains("rows to PostgreSQL"), "\(first.output)")
    try compare(server, "\(scratch.path)/first")
    let again = try run("again", to: server.address())
    #expect(
      again.status == 0 && again.output.contains("PostgreSQL had this release already"), "\(again.output)")
    // Refused before the long part where nobody is let in; after it, the bundle stands.
    let stranger = try run("stranger", to: server.address(user: "loader"))
    #expect(stranger.status == 1 && stranger.output.contains("cannot connect"), "\(stranger.output)")
    let reader = try run(
      "reader", to: server.address(user: "reader"), variables: "PGPASSWORD=tiergarten-8 SOURCE_DATE_EPOCH=9")
    #expect(
      reader.status == 5 && reader.output.contains("psql ADDRESS --file schema.postgres.sql"),
      "\(reader.output)")
    let typed = try run("typed", to: "postgres://loader:tiergarten-8@localhost/postgres")
    #expect(typed.status == 2 && typed.output.contains("PGPASSFILE"), "\(typed.output)")
    for output in [first, again, stranger, reader, typed].map(\.output) {
      #expect(!output.contains("tiergarten"))
    }
    let entries = try scratch.entries
    #expect(entries.contains("reader") && !entries.contains("stranger") && !entries.contains("typed"))
  }
}
