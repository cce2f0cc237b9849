import CSQLite
import Foundation
import Testing
import ThrongPrivacy
import ThrongRelease

/// JSON, CSV and SQLite say the same, whatever the labels are.
@Suite struct RepresentationTests {
  private static let releases: [[String]] = [["billing", "login", "refund"], Example.hostile, ["alone"]]

  /// RFC 4180, read strictly: anything else is an error.
  private func parseCSV(_ bytes: [UInt8]) throws -> [[String]] {
    struct Malformed: Error { let at: Int }
    let (comma, quote, cr, lf) = (
      UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n")
    )
    var records: [[String]] = []
    var record: [String] = []
    var at = 0
    while at < bytes.count {
      var field: [UInt8] = []
      if bytes[at] == quote {
        at += 1
        while true {
          guard at < bytes.count else { throw Malformed(at: at) }
          if bytes[at] == quote {
            guard at + 1 < bytes.count, bytes[at + 1] == quote else { break }
            at += 1
          }
          field.append(bytes[at])
          at += 1
        }
        at += 1
      } else {
        while at < bytes.count, bytes[at] != comma, bytes[at] != cr {
          guard bytes[at] != quote, bytes[at] != lf else { throw Malformed(at: at) }
          field.append(bytes[at])
          at += 1
        }
      }
      record.append(String(decoding: field, as: UTF8.self))
      guard at < bytes.count else { throw Malformed(at: at) }
      if bytes[at] == comma {
        at += 1
      } else {
        guard bytes[at] == cr, at + 1 < bytes.count, bytes[at + 1] == lf else { throw Malformed(at: at) }
        at += 2
        records.append(record)
        record = []
      }
    }
    return records
  }

  /// The names and the rows of a query through the C library, as text; null as "".
  private func query(_ path: String, _ sql: String) throws -> [[String]] {
    var handle: OpaquePointer?
    #expect(unsafe sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK)
    defer { _ = unsafe sqlite3_close(handle) }
    var statement: OpaquePointer?
    #expect(unsafe sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK)
    defer { _ = unsafe sqlite3_finalize(statement) }
    let columns = unsafe sqlite3_column_count(statement)
    var rows = [(0..<columns).map { unsafe String(cString: sqlite3_column_name(statement, $0)) }]
    while unsafe sqlite3_step(statement) == SQLITE_ROW {
      rows.append(
        (0..<columns).map { column in
          guard let bytes = unsafe sqlite3_column_text(statement, column) else { return "" }
          let count = Int(unsafe sqlite3_column_bytes(statement, column))
          return unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
        })
    }
    return rows
  }

  private func readSQLite(_ path: String, _ table: String) throws -> [[String]] {
    try query(path, "SELECT * FROM \(table)")
  }

  private func spreadsheetSafe(_ text: String) -> String {
    ["=", "+", "-", "@", "\t", "\r"].contains { text.unicodeScalars.first == $0 } ? "'\(text)" : text
  }

  @Test(arguments: releases) func allThreeAgree(words: [String]) throws {
    let scratch = try Scratch()
    let release = try Example.release(words: words, created: 1_767_225_600)
    try BundleWriter(directory: "\(scratch.path)/out", force: false).write(release)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(scratch.bytes("out/release.json"))) as? [String: Any])
    let clusters = try #require(object["clusters"] as? [[String: Any]])

    for table in [
      "release", "clusters", "cluster_terms", "suppression", "facets", "cluster_facets", "cluster_timeseries",
      "coverage",
    ] {
      let csv = try parseCSV(scratch.bytes("out/tables/\(table).csv"))
      let sqlite = try readSQLite("\(scratch.path)/out/release.sqlite", table)
      #expect(csv[0] == sqlite[0])
      #expect(csv.count == sqlite.count && csv.allSatisfy { $0.count == csv[0].count })
      for (fields, values) in zip(csv.dropFirst(), sqlite.dropFirst()) {
        #expect(fields == values.map(spreadsheetSafe))
      }
    }

    let rows = try readSQLite("\(scratch.path)/out/release.sqlite", "clusters")
    #expect(
      rows[0] == [
        "release_id", "cluster_id", "parent_id", "level", "path", "label", "description", "n_users",
        "n_conversations", "n_users_low", "n_users_high", "n_conversations_low", "n_conversations_high",
        "share", "share_low", "share_high", "x", "y", "stability", "taxonomy_topic", "top_terms",
      ])
    #expect(rows.count - 1 == clusters.count && clusters.count == words.count + 1)
    for (row, cluster) in zip(rows.dropFirst(), clusters) {
      #expect(row[0] == object["release_id"] as? String)
      for (column, name) in rows[0].enumerated().dropFirst() {
        switch cluster[name] {
        case let text as String: #expect(row[column] == text)
        case let terms as [String]: #expect(row[column] == terms.joined(separator: ", "))
        case is NSNull: #expect(row[column].isEmpty)
        case let number as NSNumber: #expect(Double(row[column]) == number.doubleValue)
        default: Issue.record("\(name) is missing from release.json")
        }
      }
    }
    let terms = try readSQLite("\(scratch.path)/out/release.sqlite", "cluster_terms").dropFirst()
    #expect(terms.map { $0[3] } == clusters.flatMap { $0["top_terms"] as? [String] ?? [] })
    let suppressed = try readSQLite("\(scratch.path)/out/release.sqlite", "suppression").dropFirst()
    #expect(suppressed.map { $0[1] } == ["c0"] && Int(suppressed.first?[2] ?? "") == 80)
    try expectFacets(of: object, in: "\(scratch.path)/out/release.sqlite", values: words)
    let run = try readSQLite("\(scratch.path)/out/release.sqlite", "release")
    let cell = Dictionary(uniqueKeysWithValues: zip(run[0], run[1]))
    #expect(cell["seed"] == "18446744073709551615" && cell["levels"] == "3,12")
    #expect(cell["created_at"] == "2026-01-01T00:00:00Z" && cell["created_at_unix"] == "1767225600")
  }

  /// The rows of SQLite, which are those of the CSV, are those of release.json.
  private func expectFacets(of object: [String: Any], in database: String, values: [String]) throws {
    for (table, key) in [
      ("cluster_facets", "cluster_facets"), ("coverage", "coverage"), ("facets", "facets"),
    ] {
      let rows = try readSQLite(database, table)
      let list = try #require(object[key] as? [[String: Any]])
      #expect(rows.count - 1 == list.count)
      for (row, entry) in zip(rows.dropFirst(), list) {
        for (column, name) in rows[0].enumerated().dropFirst() {
          switch entry[name] ?? entry["name"] {
          case let text as String: #expect(row[column] == text)
          case let parts as [String]: #expect(row[column] == parts.joined(separator: " * "))
          case is NSNull: #expect(row[column] == "")
          case let number as NSNumber: #expect(Double(row[column]) == number.doubleValue)
          default: Issue.record("\(name) is missing from release.json")
          }
        }
      }
    }
    // A single value cannot be told apart from the rest; the gate may show nothing of it.
    guard values.count > 1 else { return }
    // Hostile or not, each value of the whole is shown, and with it in every representation.
    let cells = try #require(object["cluster_facets"] as? [[String: Any]])
    let root = cells.filter { $0["cluster_id"] as? String == "c0" && $0["facet"] as? String == "kind" }
    #expect(Set(root.compactMap { $0["value"] as? String }) == Set(values))
    for cell in cells {
      #expect(try #require(cell["n_users"] as? Int) >= 10 && #require(cell["n_conversations"] as? Int) >= 15)
    }
  }

  @Test func csvHasNoFormula() throws {
    let scratch = try Scratch()
    try BundleWriter(directory: "\(scratch.path)/out", force: false).write(
      Example.release(words: Example.hostile))
    for table in [
      "release", "clusters", "cluster_terms", "suppression", "facets", "cluster_facets", "cluster_timeseries",
      "coverage",
    ] {
      for field in try parseCSV(scratch.bytes("out/tables/\(table).csv")).joined() {
        #expect(!["=", "+", "-", "@", "\t", "\r"].contains { field.unicodeScalars.first == $0 })
      }
    }
  }

  /// Types, keys, checks and the journal mode, as the sqlite3 header and schema have them.
  @Test func sqliteIsWhatReadersExpect() throws {
    let scratch = try Scratch()
    try BundleWriter(directory: "\(scratch.path)/out", force: false).write(Example.release())
    let path = "\(scratch.path)/out/release.sqlite"
    func column(_ sql: String) throws -> [String] { try query(path, sql).dropFirst().map { $0[0] } }
    #expect(try column("PRAGMA integrity_check") == ["ok"])
    #expect(try column("PRAGMA journal_mode") == ["delete"])
    #expect(try column("SELECT DISTINCT typeof(n_users) FROM clusters") == ["integer"])
    #expect(try column("SELECT DISTINCT typeof(share) FROM clusters") == ["real"])
    #expect(
      try column("SELECT type FROM pragma_table_info('clusters') WHERE name = 'n_users'") == ["INTEGER"])
    #expect(
      try column("SELECT name FROM pragma_table_info('clusters') WHERE pk > 0 ORDER BY pk") == [
        "release_id", "cluster_id",
      ])
    #expect(
      try column("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1")
        == [
          "cluster_facets_facet", "cluster_terms_term", "cluster_timeseries_period_start", "clusters_level",
          "clusters_parent_id",
        ])
    #expect(
      try column("SELECT sql FROM sqlite_master WHERE name = 'clusters'")[0].contains(
        "CHECK (\"n_users\" >= 25)"))
    #expect(try column("SELECT count(*) FROM sqlite_master WHERE sql LIKE '%STRICT%'") == ["0"])
  }

  /// Debian's python3-jsonschema is the independent validator.
  private static let hasValidator = (try? shell("/usr/bin/python3", ["-c", "import jsonschema"]).status) == 0

  @Test(
    .enabled(
      if: hasValidator, "skipped: python3-jsonschema is not installed, release.schema.json is not validated"))
  func schemaHolds() throws {
    // Validates release.json, then the same document after each expression, which must break it.
    let script = """
      import copy, json, sys
      from jsonschema import Draft202012Validator
      folder = sys.argv[1]
      schema = json.load(open(folder + "/release.schema.json"))
      document = json.load(open(folder + "/release.json"))
      Draft202012Validator.check_schema(schema)
      validator = Draft202012Validator(schema)
      for error in validator.iter_errors(document): print("INVALID", error.message)
      for breakage in sys.argv[2:]:
        d = copy.deepcopy(document)
        exec(breakage)
        print("accepted " + breakage if validator.is_valid(d) else "rejected")
      def walk(s, at):
        if isinstance(s, dict):
          if s.get("type") == "object" and s.get("additionalProperties") is not False: print("OPEN", at)
          if s.get("type") == "object" and set(s["required"]) != set(s["properties"]): print("OPTIONAL", at)
          for k, v in s.items(): walk(v, at + "/" + k)
      walk(schema, "")
      """
    let breakages = [
      "d['clusters'][1]['n_users'] = 24", "d['clusters'][1]['n_conversations'] = 49",
      "d['clusters'][0]['extra'] = 1",
      "d['accounts']['quarantined'] = 7", "d['accounts']['withheld'] = 50", "del d['clusters'][0]['label']",
      "d['rules']['minimum_users'] = 2", "d['clusters'] = []", "d['release_id'] = 'x'",
      "d['run']['path'] = '/'",
      "d['clusters'][0]['share'] = 1.5", "d['format_version'] = 2",
      "d['cluster_facets'][0]['n_users'] = 9", "d['cluster_facets'][0]['n_conversations'] = 14",
      "d['cluster_facets'][0]['n_withheld'] = 20", "d['coverage'][0]['n_conversations_rolled_up'] = -1",
      "d['rules']['minimum_facet_users'] = 2", "d['facets'][0]['sensitive'] = 'no'",
    ]
    for words in Self.releases.prefix(2) {
      let scratch = try Scratch()
      try BundleWriter(directory: "\(scratch.path)/out", force: false).write(Example.release(words: words))
      let result = try shell("/usr/bin/python3", ["-c", script, "\(scratch.path)/out"] + breakages)
      #expect(result.status == 0)
      #expect(
        result.output.split(separator: "\n").map { String($0) }
          == Array(repeating: "rejected", count: breakages.count))
    }
    // The differential tier fills in what is null elsewhere.
    let scratch = try Scratch()
    let release = try Example.release(policy: .differential)
    #expect(release.rules.differential != nil && release.clusters[0].usersLow != nil)
    try BundleWriter(directory: "\(scratch.path)/out", force: false).write(release)
    let stated = [
      "d['rules']['differential']['epsilon'] = 0", "d['rules']['differential']['mechanisms'] = []",
      "del d['rules']['differential']['covers']", "d['clusters'][0]['n_users_low'] = 0.5",
    ]
    let result = try shell("/usr/bin/python3", ["-c", script, "\(scratch.path)/out"] + stated)
    #expect(
      result.output.split(separator: "\n").map { String($0) }
        == Array(repeating: "rejected", count: stated.count))
  }
}
