internal import Foundation
internal import ThrongCore

/// Whether the files that describe a bundle's tables say what the tables and `release.json` say: `datapackage.json`,
/// `metadata.json`, `schema.postgres.sql`, `metrics.prom`, `lineage.jsonl`, `report.html`.
///
/// What is wrong names files, lines and tables that releases have, never what stands there. O(bytes).
struct Companions {
  private let files: BundleFiles
  private let published: Published
  /// Columns and number of rows, by table.
  private let tables: [String: (columns: [String], rows: Int)]
  private var faults: [String] = []

  /// - Parameter tables: the CSV tables of the bundle.
  static func faults(_ files: BundleFiles, _ published: Published, tables: [String: TableText]) -> [String] {
    var companions = Companions(
      files: files, published: published, tables: tables.mapValues { ($0.columns, $0.rows.count) })
    companions.checkPackage()
    companions.checkMetadata()
    companions.checkScript()
    companions.checkMetrics()
    companions.checkLineage()
    companions.checkPage()
    return companions.faults
  }

  private init(
    files: BundleFiles, published: Published, tables: [String: (columns: [String], rows: Int)]
  ) {
    self.files = files
    self.published = published
    self.tables = tables
  }

  private mutating func document(_ name: String) -> JSONNode? {
    guard let bytes = files[name] else { return nil }
    guard let (value, duplicates) = try? JSONReader.read(bytes), duplicates.isEmpty, value.members != nil
    else {
      faults.append("\(name) is no JSON, or has a key twice")
      return nil
    }
    return value
  }

  // MARK: - Descriptions

  /// The thresholds that counts of a table have passed, by column.
  private func minima(of table: String) -> [String: Int] {
    let rules = published.rules
    switch table {
    case "clusters": return ["n_users": rules.minimumUsers, "n_conversations": rules.minimumConversations]
    case "funnel": return ["n_users": rules.minimumUsers, "n_conversations": rules.minimumConversations]
    case "trend_points":
      return [
        "n_conversations": rules.minimumFacetConversations, "n_total": rules.minimumFacetConversations,
      ]
    case "cluster_facets", "cluster_timeseries", "statistics", "segment_topics":
      return ["n_users": rules.minimumFacetUsers, "n_conversations": rules.minimumFacetConversations]
    default: return [:]
    }
  }

  private mutating func checkPackage() {
    guard let package = document("datapackage.json") else { return }
    var described: Set<String> = []
    for resource in package["resources"]?.elements ?? [] {
      let name = resource["name"]?.text ?? ""
      let fields = resource["schema"]?["fields"]?.elements ?? []
      guard let table = tables[name], described.insert(name).inserted,
        resource["path"]?.text == "tables/\(name).csv",
        fields.compactMap({ $0["name"]?.text }) == table.columns
      else {
        faults.append("datapackage.json: resource \(described.count + 1) is no table of the bundle as it is")
        continue
      }
      for (column, minimum) in minima(of: name) {
        let field = fields.first { $0["name"]?.text == column }
        if field?["constraints"]?["minimum"]?.integer != minimum {
          faults.append("datapackage.json: table \(name), column \(column) does not state its threshold")
        }
      }
    }
    if described.count != tables.count { faults.append("datapackage.json leaves out a table") }
    if !package.integers.isSubset(of: (published.json["rules"] ?? .null).integers.union([0, 1])) {
      faults.append("datapackage.json has a number that is no rule of the release")
    }
  }

  private mutating func checkMetadata() {
    guard let metadata = document("metadata.json") else { return }
    let described = metadata["databases"]?["release"]?["tables"]?.members ?? []
    if Set(described.map(\.key)) != Set(tables.keys) {
      faults.append("metadata.json describes other tables than there are")
    }
    for table in described {
      guard let own = tables[table.key] else { continue }
      if table.value["columns"]?.members?.map(\.key) != own.columns {
        faults.append("metadata.json: table \(table.key) has other columns")
      }
    }
    if !metadata.integers.isEmpty { faults.append("metadata.json has a number") }
  }

  /// The script runs on somebody's server, so that every line has to be one that a release has.
  private mutating func checkScript() {
    guard let script = files["schema.postgres.sql"] else { return }
    let starts = [
      "-- ", "\\set ON_ERROR_STOP on", "SET client_encoding = 'UTF8';",
      "SET standard_conforming_strings = on;",
      "BEGIN;", "COMMIT;", "DO $throng$ BEGIN", "IF to_reg", "CREATE SCHEMA throng;", "CREATE TABLE throng.",
      "  ", ");",
      "COMMENT ON TABLE throng.", "COMMENT ON COLUMN throng.", "CREATE INDEX \"", "END IF;", "END $throng$;",
      "CREATE TEMPORARY TABLE ", "\\copy pg_temp.throng_lines (line) FROM 'tables/",
      "INSERT INTO pg_temp.\"throng_",
      "INSERT INTO throng.\"", "TRUNCATE pg_temp.throng_lines;",
    ]
    var columns: [String: [String]] = [:]
    var copied: Set<String> = []
    var table: String?
    let lines = String(decoding: script, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    for (at, line) in lines.dropLast().enumerated() {
      func name(after start: String) -> String {
        String(line.dropFirst(start.count).prefix { $0.isLowercase || $0 == "_" })
      }
      if !starts.contains(where: { line.hasPrefix($0) }) {
        faults.append("schema.postgres.sql, line \(at + 1): no statement of a release")
      }
      if line.hasPrefix("CREATE TABLE throng.\"") {
        table = name(after: "CREATE TABLE throng.\"")
      } else if line.hasPrefix("  \""), let table {
        columns[table, default: []].append(name(after: "  \""))
      } else if line.hasPrefix("\\copy ") {
        let file = line.split(separator: "'").dropFirst().first.map { String($0) } ?? ""
        if let copy = KnownFile.table(file), !copy.isCSV, copied.insert(copy.name).inserted { continue }
        faults.append("schema.postgres.sql, line \(at + 1): copies no table of the bundle")
      } else if line.hasPrefix(");") {
        table = nil
      }
    }
    if columns != tables.mapValues(\.columns) || copied != Set(tables.keys) {
      faults.append("schema.postgres.sql makes or fills other tables than there are")
    }
  }

  // MARK: - Numbers

  private mutating func checkMetrics() {
    guard let metrics = files["metrics.prom"] else { return }
    let (json, accounts) = (published.json, published.json["accounts"])
    let clusters = Dictionary(
      (json["clusters"]?.elements ?? []).compactMap { node in node["cluster_id"]?.text.map { ($0, node) } }
    ) { first, _ in first }
    var shown: [String: Set<String>] = [:]
    let lines = String(decoding: metrics, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    for (at, line) in lines.dropLast().enumerated() where !line.hasPrefix("# ") {
      let name = String(line.prefix { $0.isLowercase || $0 == "_" })
      let value = Double(line.split(separator: " ").last ?? "")
      // Labels end at a quote that no backslash stands before; only the first is needed, and it holds none.
      let first = line.split(separator: "\"", maxSplits: 2).dropFirst().first.map { String($0) } ?? ""
      let cluster = clusters[first]
      let wanted: Double? =
        switch name {
        case "throng_release_info": first == published.releaseID ? 1 : nil
        case "throng_release_created_timestamp_seconds": json["run"]?["created_at_unix"]?.double
        case "throng_release_clusters": Double(published.clusters.count)
        case "throng_release_minimum_users": Double(published.rules.minimumUsers)
        case "throng_release_users": Double(published.clusters[0].users)
        case "throng_release_conversations": accounts?[first]?.double
        case "throng_cluster_users": cluster?["n_users"]?.double
        case "throng_cluster_conversations": cluster?["n_conversations"]?.double
        case "throng_cluster_share_ratio": cluster?["share"]?.double
        default: nil
        }
      if wanted == nil || wanted != value || !shown[name, default: []].insert(first).inserted {
        faults.append("metrics.prom, line \(at + 1): not what release.json says")
      }
    }
    let top = Set(clusters.values.filter { $0["level"]?.integer == 1 }.compactMap { $0["cluster_id"]?.text })
    for name in ["users", "conversations", "share_ratio"]
    where shown["throng_cluster_\(name)", default: []] != top {
      faults.append("metrics.prom leaves out a top cluster, or has others")
    }
  }

  /// The id that a run of OpenLineage has from the id of its release, so that it tells nothing else.
  static func runID(of release: String) -> String {
    var digits = Array(Digest.hexadecimal(Digest.sha256(Array("throng run \(release)".utf8)).prefix(16)))
    digits[12] = "8"
    digits[16] = Array("89ab")[digits[16].hexDigitValue! & 3]
    for at in [20, 16, 12, 8] { digits.insert("-", at: at) }
    return String(digits)
  }

  private mutating func checkLineage() {
    guard let lineage = files["lineage.jsonl"] else { return }
    let lines = lineage.split(separator: 0x0A)
    var types: [String] = []
    for (at, line) in lines.enumerated() {
      guard let (event, duplicates) = try? JSONReader.read(Array(line)), duplicates.isEmpty else {
        faults.append("lineage.jsonl, line \(at + 1): no JSON, or a key twice")
        continue
      }
      types.append(event["eventType"]?.text ?? "")
      let time = published.json["run"]?["created_at"]?.text ?? "1970-01-01T00:00:00Z"
      var isGood =
        event["run"]?["runId"]?.text == Self.runID(of: published.releaseID)
        && event["eventTime"]?.text == time
      var described: Set<String> = []
      for output in event["outputs"]?.elements ?? [] {
        let name = String((output["name"]?.text ?? "").dropFirst(published.releaseID.utf8.count + 1))
        let fields = output["facets"]?["schema"]?["fields"]?.elements?.compactMap { $0["name"]?.text }
        let rows = output["outputFacets"]?["outputStatistics"]?["rowCount"]?.integer
        isGood =
          isGood && tables[name] != nil && fields == tables[name]?.columns && described.insert(name).inserted
          && rows == (event["eventType"]?.text == "COMPLETE" ? tables[name]?.rows : nil)
      }
      if !isGood || described.count != tables.count {
        faults.append("lineage.jsonl, line \(at + 1): not what the tables and release.json say")
      }
    }
    if types != ["START", "COMPLETE"] { faults.append("lineage.jsonl is not a start and an end") }
  }

  // MARK: - The page

  /// The page says what `report.md` must say, allows itself nothing but its own style, and refers to nothing.
  private mutating func checkPage() {
    guard let bytes = files["report.html"] else { return }
    let page = String(decoding: bytes, as: UTF8.self)
    faults += ReportText.faults(lines: PageText.lines(page), in: "report.html", published)
    let style =
      page.components(separatedBy: "<style>").dropFirst().first?.components(separatedBy: "</style>").first
      ?? ""
    let digest = Data(Digest.sha256(Array(style.utf8))).base64EncodedString()
    let policy =
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-\(digest)'; "
    if !page.contains(policy) { faults.append("report.html does not forbid itself everything but its style") }
    let markup = page.replacing(style, with: "")
    for sign in [
      "<script", "<link", "<img", "<iframe", "<base", "<form", " href=", " src=", " style=", "url(",
    ]
    where markup.contains(sign) {
      faults.append("report.html refers to something, or runs something")
      break
    }
  }
}

/// HTML of the kind that reports are, as lines of text.
enum PageText {
  private static let breaks: Set<Substring> = [
    "li", "p", "h1", "h2", "h3", "tr", "text", "title", "desc", "figcaption", "figure",
  ]

  /// One line for each element that begins a line; cells of a table behind strokes. O(bytes).
  static func lines(_ page: String) -> [[UInt8]] {
    let body = page.components(separatedBy: "<main>").dropFirst().joined()
    var lines: [[UInt8]] = []
    var line: [UInt8] = []
    func close() {
      lines.append(line)
      line = []
    }
    for piece in body.split(separator: "<", omittingEmptySubsequences: false) {
      let end = piece.firstIndex(of: ">") ?? piece.endIndex
      let name = piece[..<end].prefix { $0.isLetter || $0.isNumber }
      if breaks.contains(name) {
        close()
        // As a table's row begins in Markdown.
        if name == "tr" { line.append(UInt8(ascii: "|")) }
      }
      let text = piece[end...].dropFirst().replacing("\n", with: " ").replacing("&lt;", with: "<")
        .replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
      line += text.utf8
      if piece.hasPrefix("/td") || piece.hasPrefix("/th>") { line.append(UInt8(ascii: "|")) }
    }
    close()
    return lines
  }
}
