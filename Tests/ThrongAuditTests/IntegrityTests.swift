import CSQLite
import Foundation
import Testing
import ThrongAudit
import ThrongPrivacy
import ThrongTestSupport

@Suite struct IntegrityTests {
  @Test func aHealthyBundleWithstandsEverything() throws {
    var crowd = Crowd(topics: Crowd.topics)
    // Months, whose beginnings are numbers that release.json does not have.
    crowd.facets = [
      CandidateFacet(
        name: ".month", values: ["2025-12", "2026-02"],
        valueOfRecord: crowd.records.map { Int32($0.user % 2) },
        isOrdered: true)
    ]
    try withBundle(crowd) { bundle in
      #expect(try bundle.text("tables/cluster_timeseries.csv").contains("2026-02-01,1769904000,"))
      let report = try bundle.audit(against: crowd.log)
      for finding in report.findings { #expect(finding.verdict != .broken, "\(finding)") }
      let tried = report.findings.filter { $0.verdict == .withstood }.map(\.attack)
      #expect(
        tried == [
          .integrity, .linearProgramme, .coalition, .differencing, .patterns, .rareTerms, .canaries, .runs,
          .identifiers,
        ])
      #expect(report.releaseID.utf8.count == 16)
      // Every cell of four tables twice, but for sqlite's and CSV's being the same.
      #expect(report[.integrity].figures["cells_compared"]! > 200)
      #expect(report[.integrity].figures["schema_rules_not_understood"] == 0)
    }
  }

  /// What a careless or hostile hand does to a bundle; every one must be noticed even though the sums are made right.
  static let harm: [(name: String, harm: @Sendable (Bundle) throws -> Void)] = [
    ("a missing file", { try FileManager.default.removeItem(atPath: "\($0.path)/report.md") }),
    ("a missing table", { try FileManager.default.removeItem(atPath: "\($0.path)/tables/clusters.csv") }),
    ("a stray file", { try $0.put("left behind", "notes.txt") }),
    ("a stray table", { try $0.put("a,b\r\n1,2\r\n", "tables/users.csv") }),
    ("an empty file", { try $0.put("", "release.schema.json") }),
    ("a number in CSV", { try $0.replace(",120,", with: ",125,", in: "tables/clusters.csv") }),
    ("a word in CSV", { try $0.replace("pottery", with: "potters", in: "tables/cluster_terms.csv") }),
    ("line feeds in CSV", { try $0.replace("\r\n", with: "\n", in: "tables/release.csv") }),
    (
      "a number in the report",
      { try $0.replace("120 conversations", with: "121 conversations", in: "report.md") }
    ),
    ("a count in prose", { try $0.append("There were 7 users more.\n") }),
    ("a label in the report", { try $0.replace("(c1): ", with: "(c2): ", in: "report.md") }),
    (
      "a number in JSON", { try $0.replace("\"n_users\" : 60", with: "\"n_users\" : 65", in: "release.json") }
    ),
    (
      "a key more in JSON",
      {
        try $0.replace(
          "\"format_version\" : 1", with: "\"format_version\" : 1, \"x\" : 1", in: "release.json")
      }
    ),
    (
      "a key twice in JSON",
      {
        try $0.replace(
          "\"format_version\" : 1", with: "\"format_version\" : 1, \"format_version\" : 1", in: "release.json"
        )
      }
    ),
    ("a share in JSON", { try $0.replace("\"share\" : 0.25", with: "\"share\" : 0.3", in: "release.json") }),
    (
      "a lax schema",
      {
        try $0.replace(
          "\"additionalProperties\": false", with: "\"additionalProperties\": true", in: "release.schema.json"
        )
      }
    ),
    (
      "a truncated database",
      { try $0.put(Array(try $0.bytes("release.sqlite").prefix(5000)), "release.sqlite") }
    ),
    ("no database at all", { try $0.put("SQLite format 3", "release.sqlite") }),
    (
      "an update in the database",
      { try $0.execute("UPDATE clusters SET n_users = n_users + 5 WHERE level = 1") }
    ),
    (
      "a column of the database that is worked out",
      { try $0.execute("ALTER TABLE clusters ADD COLUMN z AS (abs(n_users))") }
    ),
    ("an index on an expression", { try $0.execute("CREATE INDEX x ON clusters (abs(n_users))") }),
    (
      "a check that is worked out",
      {
        try $0.execute(
          "PRAGMA writable_schema=ON; UPDATE sqlite_master SET sql = replace(sql, '\"n_users\" >= 25', "
            + "'length(hex(zeroblob(400000000))) > 0') WHERE name = 'clusters'")
      }
    ),
    ("a view in the database", { try $0.execute("CREATE VIEW v AS SELECT * FROM clusters") }),
    (
      "free pages",
      { try $0.execute("CREATE TABLE t (x); INSERT INTO t VALUES (randomblob(20000)); DROP TABLE t") }
    ),
    ("no JSON Lines", { try FileManager.default.removeItem(atPath: "\($0.path)/tables/facets.jsonl") }),
    ("a number in JSON Lines", { try $0.replace(":120,", with: ":125,", in: "tables/clusters.jsonl") }),
    (
      "keys of JSON Lines in another order",
      {
        try $0.replace(
          "\"position\":1,\"term\"", with: "\"term\":1,\"position\"", in: "tables/cluster_terms.jsonl")
      }
    ),
    (
      "a lower threshold in the package",
      { try $0.replace("\"minimum\": 25", with: "\"minimum\": 5", in: "datapackage.json") }
    ),
    (
      "a number in the package",
      { try $0.replace("\"name\": \"", with: "\"bytes\": 17,\n\"name\": \"", in: "datapackage.json") }
    ),
    (
      "a column that is not described",
      { try $0.replace("\"top_terms\"", with: "\"terms\"", in: "metadata.json") }
    ),
    (
      "a number in the metadata",
      { try $0.replace("\"hide_sql\": true", with: "\"hide_sql\": 7", in: "metadata.json") }
    ),
    (
      "a statement more for the server",
      { try $0.replace("COMMIT;", with: "DROP TABLE x;\nCOMMIT;", in: "schema.postgres.sql") }
    ),
    (
      "a file of the server's",
      { try $0.replace("tables/facets.jsonl", with: "tables/../x", in: "schema.postgres.sql") }
    ),
    (
      "a column less on the server",
      { try $0.replace("  \"share\" double", with: "  \"part\" double", in: "schema.postgres.sql") }
    ),
    ("a number in the metrics", { try $0.replace("} 120\n", with: "} 121\n", in: "metrics.prom") }),
    ("a metric more", { try $0.append("throng_release_withheld 3\n", to: "metrics.prom") }),
    ("another run", { try $0.replace("\"runId\":\"", with: "\"runId\":\"0", in: "lineage.jsonl") }),
    (
      "rows that are not there",
      { try $0.replace("\"rowCount\":4", with: "\"rowCount\":5", in: "lineage.jsonl") }
    ),
    ("half a run", { try $0.replace("COMPLETE", with: "FAIL", in: "lineage.jsonl") }),
    (
      "a number in the page",
      { try $0.replace("120 conversations", with: "121 conversations", in: "report.html") }
    ),
    (
      "a script in the page",
      { try $0.replace("</main>", with: "<script>1</script></main>", in: "report.html") }
    ),
    ("another style in the page", { try $0.replace("</style>", with: "b {}</style>", in: "report.html") }),
    (
      "files for all to read",
      {
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o644], ofItemAtPath: "\($0.path)/report.md")
      }
    ),
    (
      "a folder for all to write",
      { try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: "\($0.path)/tables") }
    ),
    (
      "a link",
      {
        try FileManager.default.removeItem(atPath: "\($0.path)/metadata.json")
        try FileManager.default.createSymbolicLink(
          atPath: "\($0.path)/metadata.json", withDestinationPath: "/etc/hostname")
      }
    ),
    ("no explorer", { try FileManager.default.removeItem(atPath: "\($0.path)/explorer.html") }),
    (
      "a number in the explorer", { try $0.replace("\"users\":[", with: "\"users\":[1", in: "explorer.html") }
    ),
    ("a word in the explorer", { try $0.replace("pottery", with: "potters", in: "explorer.html") }),
    (
      "a key more in the explorer",
      { try $0.replace("\"words\":[", with: "\"more\":1,\"words\":[", in: "explorer.html") }
    ),
    (
      "another script in the explorer",
      { try $0.replace("\"use strict\";", with: "\"use strict\"; send();", in: "explorer.html") }
    ),
    (
      "something hidden in the explorer",
      { try $0.replace("<noscript>", with: "<p hidden>12345</p><noscript>", in: "explorer.html") }
    ),
    (
      "a file of another kind",
      {
        try FileManager.default.removeItem(atPath: "\($0.path)/metrics.prom")
        #expect(unsafe mkfifo("\($0.path)/metrics.prom", 0o600) == 0)
      }
    ),
  ]

  @Test(arguments: harm.indices) func everyHarmIsNoticed(_ index: Int) throws {
    let (name, harm) = Self.harm[index]
    try withBundle { bundle in
      try harm(bundle)
      if name != "a link", name != "a file of another kind" { try bundle.seal() }
      let report = try bundle.audit()
      #expect(report[.integrity].verdict == .broken, "\(name)")
      #expect(!report[.integrity].lines.isEmpty)
    }
  }

  @Test func aWrongSumIsNoticed() throws {
    try withBundle { bundle in
      try bundle.append("\n")
      #expect(try bundle.audit().broken == [.integrity])
      try bundle.seal()
      #expect(try bundle.audit().broken == [])
      let sums = try bundle.text("SHA256SUMS")
      try bundle.put(sums + sums.split(separator: "\n")[0] + "\n", "SHA256SUMS")
      #expect(try bundle.audit().broken == [.integrity])
    }
  }

  /// The name of a stray file may itself be what should not be there.
  @Test func namesOfStrangersAreNotSaid() throws {
    try withBundle { bundle in
      try bundle.put("x", "secretum-name.txt")
      let report = try bundle.audit()
      #expect(report[.integrity].verdict == .broken)
      #expect(!report.words.contains("secretum"))
    }
  }

  static let noBundles: [(name: String, make: @Sendable (String) throws -> Void)] = [
    ("nothing", { _ in }),
    ("a file", { try Data("{}".utf8).write(to: URL(fileURLWithPath: $0)) }),
    (
      "an empty folder",
      { try FileManager.default.createDirectory(atPath: $0, withIntermediateDirectories: true) }
    ),
  ]

  @Test(arguments: noBundles.indices) func whatIsNoBundleIsRefused(_ index: Int) throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/b"
    try Self.noBundles[index].make(path)
    let failure = #expect(throws: AuditFailure.self) { try Audit(bundle: path) }
    #expect(failure?.exitStatus == 3)
  }

  @Test(
    arguments: [
      "", "{", "[]", "{}", "nul", "\u{FEFF}{}", "{\"a\":01}", "{\"a\":1e}", "\"\\ud800\"",
      "{\"rules\":{},\"clusters\":[]}",
      String(repeating: "[", count: 100_000), "{\"rules\":{},\"clusters\":[{\"cluster_id\":\"c0\"}]}",
      String(repeating: "{\"a\":", count: 5_000) + "1" + String(repeating: "}", count: 5_000),
    ]) func hostileDocumentsAreRefused(_ text: String) throws
  {
    try withBundle { bundle in
      try bundle.put(text, "release.json")
      let failure = #expect(throws: AuditFailure.self) { try Audit(bundle: bundle.path) }
      #expect(failure?.exitStatus == 3)
    }
  }

  @Test(arguments: ["99999999999999999999999", "1e400", "-5", "9223372036854775807", "null", "\"60\""])
  func hostileNumbersAreRefused(_ number: String) throws {
    try withBundle { bundle in
      try bundle.replace("\"n_users\" : 60", with: "\"n_users\" : \(number)", in: "release.json")
      let failure = #expect(throws: AuditFailure.self) { try Audit(bundle: bundle.path) }
      #expect(failure?.exitStatus == 3)
    }
  }

  /// Numbers that nobody's release has, and that no sum and no product may trip over.
  @Test(arguments: [
    ("maximum_per_user", "1000000000000"), ("rounded_to", "1000000000000"), ("minimum_facet_users", "0"),
    ("minimum_users", "0"), ("read", "9223372036854775807"), ("rolled_up", "9223372036854775807"),
  ]) func hostileRulesAndAccounts(_ key: String, _ number: String) throws {
    try withBundle { bundle in
      let document = String(decoding: try bundle.bytes("release.json"), as: UTF8.self)
      let changed = document.replacing(try Regex("\"\(key)\" : [0-9]+"), with: "\"\(key)\" : \(number)")
      #expect(changed != document)
      try bundle.put(changed, "release.json")
      #expect(try bundle.audit()[.integrity].verdict == .broken)
    }
  }

  /// 4⁶⁴ ways to hold a value against itself.
  @Test(.timeLimit(.minutes(Sanitizers.patience))) func aSchemaThatRefersToItself() throws {
    try withBundle { bundle in
      let branch = Array(repeating: "{\"$ref\":\"#/$defs/a\"}", count: 4).joined(separator: ",")
      try bundle.put(
        "{\"additionalProperties\":false,\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"no\",\"anyOf\":[\(branch)]}}}",
        "release.schema.json")
      #expect(try bundle.audit()[.integrity].figures["schema_rules_not_understood"] == 1)
    }
  }

  @Test func aCircleOfClustersIsRefused() throws {
    try withBundle { bundle in
      try bundle.replace("\"parent_id\" : \"c0\"", with: "\"parent_id\" : \"c3\"", in: "release.json")
      #expect(throws: AuditFailure.self) { try Audit(bundle: bundle.path) }
    }
  }
}

extension Bundle {
  /// Changes the database with SQL.
  func execute(_ sql: String) throws {
    var handle: OpaquePointer?
    #expect(unsafe sqlite3_open("\(path)/release.sqlite", &handle) == SQLITE_OK)
    #expect(unsafe sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
    #expect(unsafe sqlite3_close(handle) == SQLITE_OK)
  }
}
