internal import ThrongCore

/// Attack 0: is the bundle what it says it is?
///
/// **The attacker** holds the bundle and looks for what does not belong: a file that was left behind, a number that only
/// one of the representations has, deleted rows in the pages of a database.
/// **Success** is any of it. File modes count where others than the owner may write, or may read a bundle that is not for
/// everybody.
///
/// O(bytes).
struct Integrity {
  private let files: BundleFiles
  private let published: Published
  private var faults: [String] = []
  private var figures: [String: Double] = [:]

  init(_ files: BundleFiles, _ published: Published) {
    self.files = files
    self.published = published
  }

  static func run(_ files: BundleFiles, _ published: Published, database: SQLiteFile?) -> Finding {
    var integrity = Integrity(files, published)
    integrity.checkFiles()
    integrity.checkModes()
    integrity.checkSums()
    integrity.checkDocument()
    integrity.checkCounts()
    integrity.checkTables(database)
    if let report = files["report.md"] { integrity.faults += ReportText.faults(report, published) }
    if let explorer = files[ExplorerFile.name] {
      integrity.faults += ExplorerData.faults(explorer, published)
    }
    let faults = integrity.faults
    integrity.figures["files"] = Double(files.files.count)
    return Finding(
      .integrity, faults.isEmpty ? .withstood : .broken,
      success: Success("faults", count: faults.count), figures: integrity.figures,
      lines: Array(faults.prefix(40)))
  }

  private static let needed = [
    "SHA256SUMS", "release.json", "release.schema.json", "release.sqlite", "report.md", "report.html",
    ExplorerFile.name,
    "datapackage.json", "metadata.json", "schema.postgres.sql", "metrics.prom", "lineage.jsonl",
  ]

  private mutating func checkFiles() {
    for oddity in files.oddities {
      faults.append("\(files.shownName(oddity.name)) is no plain file (\(oddity.kind.rawValue))")
    }
    for file in files.files where !files.isKnown(file.name) {
      faults.append("\(files.shownName(file.name)), \(file.bytes.count) bytes: no file of a release")
    }
    for name in Self.needed where files[name] == nil { faults.append("\(name) is missing") }
    let tables = KnownFile.tables(of: published)
    for table in tables.sorted() {
      for file in ["tables/\(table).csv", "tables/\(table).jsonl"] where files[file] == nil {
        faults.append("\(file) is missing")
      }
    }
    for table in PublishedStudy.tables.subtracting(tables).sorted() where files["tables/\(table).csv"] != nil
    {
      faults.append("tables/\(table).csv has no place in a release without a study")
    }
    // A table without rows is an empty file in JSON Lines.
    for file in files.files where file.bytes.isEmpty && KnownFile.table(file.name)?.isCSV != false {
      faults.append("\(files.shownName(file.name)) is empty")
    }
  }

  private mutating func checkModes() {
    let modes = files.files.map(\.mode) + files.folderModes
    let (writable, readable) = (modes.count { $0 & 0o022 != 0 }, modes.count { $0 & 0o055 != 0 })
    figures["writable_by_others"] = Double(writable)
    figures["readable_by_others"] = Double(readable)
    if writable > 0 { faults.append("others may write \(writable) of its files and folders") }
    if readable > 0, published.rules.policy != "public" {
      faults.append("others may read \(readable) of its files and folders, though its policy is not public")
    }
    if modes.contains(where: { $0 & 0o7000 != 0 }) {
      faults.append("a file or folder has a set-id or sticky bit")
    }
  }

  private mutating func checkSums() {
    guard let sums = files["SHA256SUMS"] else { return }
    var listed: Set<String> = []
    for (at, line) in sums.split(separator: 0x0A).enumerated() {
      let text = String(decoding: line, as: UTF8.self)
      guard line.count > 66, text.utf8.dropFirst(64).starts(with: "  ".utf8) else {
        faults.append("SHA256SUMS, line \(at + 1): no checksum")
        continue
      }
      let (sum, name) = (String(text.prefix(64)), String(text.dropFirst(66)))
      guard listed.insert(name).inserted else {
        faults.append("SHA256SUMS, line \(at + 1): names a file twice")
        continue
      }
      guard let bytes = files[name] else {
        faults.append("SHA256SUMS, line \(at + 1): names a file that is not there")
        continue
      }
      if Digest.hexadecimal(Digest.sha256(bytes)) != sum {
        faults.append("\(files.shownName(name)) is not what SHA256SUMS says")
      }
    }
    for file in files.files where file.name != "SHA256SUMS" && !listed.contains(file.name) {
      faults.append("\(files.shownName(file.name)) is not in SHA256SUMS")
    }
  }

  private mutating func checkDocument() {
    if let document = files["release.json"], let (_, duplicates) = try? JSONReader.read(document) {
      for offset in duplicates { faults.append("release.json, byte \(offset): a key is written twice") }
    }
    guard let bytes = files["release.schema.json"] else { return }
    guard let schema = try? JSONReader.read(bytes).value else {
      return faults.append("release.schema.json is no JSON")
    }
    let check = SchemaCheck.check(published.json, against: schema)
    faults += check.faults.map { "release.json against its schema: \($0)" }
    figures["schema_rules_not_understood"] = Double(check.unknown.count)
    if schema["additionalProperties"]?.boolean != false {
      faults.append("release.schema.json allows keys that it does not name")
    }
  }

  /// What must hold of the counts whatever the schema says.
  private mutating func checkCounts() {
    let rules = published.rules
    if published.releaseID.isEmpty { faults.append("release.json has no release id") }
    for (at, cluster) in published.clusters.enumerated() {
      let place = "release.json, cluster \(at + 1)"
      if cluster.users > cluster.conversations { faults.append("\(place): more users than conversations") }
      // As floating-point numbers: the products of what a hostile file states need not fit a word.
      if Double(cluster.users + rules.roundedTo) * Double(rules.maximumPerUser)
        < Double(cluster.conversations),
        !rules.isNoised
      {
        faults.append("\(place): more conversations than the bound per user allows")
      }
      guard let parent = cluster.parent.map({ published.clusters[$0] }), !rules.isNoised else { continue }
      if cluster.users > parent.users || cluster.conversations > parent.conversations {
        faults.append("\(place): more users or conversations than the cluster above")
      }
    }
    faults += StudyCheck.faults(files, published)
    let accounts = published.json["accounts"]
    func account(_ key: String) -> Double { Double(accounts?[key]?.integer ?? 0) }
    if account("read") != account("quarantined") + account("screened_out") + account("kept")
      || account("kept") != account("beyond_bound") + account("counted")
      || account("counted") != account("in_leaves") + account("rolled_up")
      || account("counted") != Double(published.clusters[0].conversations)
    {
      faults.append("release.json: the accounts do not add up")
    }
  }

  private mutating func checkTables(_ database: SQLiteFile?) {
    var agreement = Agreement(published)
    var tables: [String: TableText] = [:]
    for file in files.files {
      guard let (name, isCSV) = KnownFile.table(file.name), isCSV else { continue }
      guard let table = try? TableText(csv: file.bytes) else {
        faults.append("\(file.name) is no CSV as RFC 4180 has it")
        continue
      }
      tables[name] = table
      agreement.compare(table, named: name, in: file.name, isCSV: true)
      if let lines = files["tables/\(name).jsonl"] {
        if let other = try? TableText(jsonLines: lines, columns: table.columns) {
          agreement.compare(other, named: name, in: "tables/\(name).jsonl", isCSV: false)
        } else {
          agreement.note("tables/\(name).jsonl is no JSON Lines with the columns of \(file.name)")
        }
      }
      if let other = database?.tables[name] {
        if other.columns != table.columns || other.rows.count != table.rows.count {
          agreement.note("\(file.name) and release.sqlite have different columns or rows")
        }
      } else if database != nil {
        agreement.note("release.sqlite has no table for \(file.name)")
      }
    }
    if let database {
      for (name, table) in database.tables.sorted(by: { $0.key < $1.key }) {
        agreement.compare(table, named: name, in: "release.sqlite", isCSV: false)
        if files["tables/\(name).csv"] == nil {
          agreement.note("release.sqlite has a table without a CSV file")
        }
      }
      if database.freePages > 0 {
        faults.append("release.sqlite has \(database.freePages) free pages, which may hold what was deleted")
      }
      if database.strangeObjects > 0 {
        faults.append("release.sqlite has \(database.strangeObjects) objects that no release has")
      }
      if database.complaints > 0 { faults.append("release.sqlite fails its integrity check") }
      figures["sqlite_free_pages"] = Double(database.freePages)
    } else if files["release.sqlite"] != nil {
      faults.append("release.sqlite cannot be read as a database")
    }
    figures["cells_compared"] = Double(agreement.compared)
    figures["cells_not_in_release_json"] = Double(agreement.unknown)
    faults += agreement.faults
    faults += Companions.faults(files, published, tables: tables)
  }
}
