import Foundation
import Testing

/// `Documentation/Reporting.md`: its commands and queries are carried out, in their order.
@Suite struct ReportingPageTests {
  /// The blocks of a language.
  private static func blocks(_ language: String) throws -> [String] {
    let page = try String(
      contentsOf: URL(fileURLWithPath: "\(Tools.root)/Documentation/Reporting.md"), encoding: .utf8)
    return page.components(separatedBy: "\n```\(language)\n").dropFirst().map {
      $0.components(separatedBy: "\n```\n")[0]
    }
  }

  private static let isInstalled = PostgreSQLServer.binaries != nil && Tools.areInstalled

  @Test(
    .enabled(
      if: isInstalled, "skipped: PostgreSQL or the tools are not installed; 'make setup tools' installs them")
  )
  func everythingOnThePageWorks() throws {
    let scratch = try Scratch()
    let server = try PostgreSQLServer()
    let programs = [
      URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path,
      "\(Tools.root)/.build/tools/bin",
      PostgreSQLServer.binaries!,
    ]
    try FileManager.default.copyItem(
      atPath: "\(Tools.root)/Corpora/assistant-log.jsonl", toPath: "\(scratch.path)/log.jsonl")
    let blocks = try Self.blocks("sh")
    let commands = blocks.flatMap { $0.split(separator: "\n") }
    #expect(commands.count >= 15)
    let prelude =
      "set -eu; export PATH='\(programs.joined(separator: ":"))':\"$PATH\" DATABASE='\(server.address())' XDG_STATE_HOME=\"$PWD\"; "
    for command in commands {
      let result = try shell("/bin/sh", ["-c", prelude + command], in: scratch.path)
      #expect(result.status == 0, "\(command): \(result.output.suffix(1000))")
    }
    #expect(try scratch.bytes("report.html") == scratch.bytes("release/report.html"))
    #expect(try scratch.bytes("textfiles/throng.prom") == scratch.bytes("release/metrics.prom"))
    let queries = try Self.blocks("sql")
    #expect(queries.count == 2)
    for query in queries {
      // Both databases give the same rows. Ties are in no order.
      let sqlite = try shell(
        "/usr/bin/python3",
        [
          "-c",
          "import sqlite3, sys; print(*sorted('|'.join(f'{v:g}' if type(v) is float else str(v) for v in r) for r in sqlite3.connect(sys.argv[1]).execute(sys.argv[2])), sep='\\n')",
          "\(scratch.path)/release/release.sqlite", query,
        ])
      let postgres = try server.query("SET search_path = throng; \(query)").split(separator: "\n").map {
        String($0)
      }
      let rows = sqlite.output.split(separator: "\n").map { String($0) }
      #expect(
        sqlite.status == 0 && rows.count > 3 && rows.sorted() == postgres.sorted(),
        "\(sqlite.output.prefix(500))")
    }
  }
}
