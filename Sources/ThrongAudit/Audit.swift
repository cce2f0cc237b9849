package import ThrongCore

/// Attacks a bundle from the outside.
///
/// Reads the files of bundles and nothing else, with code that shares none with what wrote them; with `log` it also
/// knows what was said. What it finds holds no word of either (``Finding``).
package struct Audit: Sendable {
  private let files: BundleFiles
  private let published: Published
  private let previous: [Published]

  /// Reads the bundles.
  ///
  /// - Parameters:
  ///   - bundle: the folder to attack.
  ///   - previous: earlier bundles of the same source, in any order.
  /// - Throws: ``AuditFailure``, exit 3, where one of them is no bundle.
  package init(bundle: String, previous: [String] = []) throws {
    (files, published) = try Self.read(bundle)
    self.previous = try previous.map { try Self.read($0).published }
  }

  /// Names of the facets of the bundle that are no crosses. Those that begin with a dot were computed; fields of the log
  /// may have the others.
  package var facetNames: [String] { published.facets.filter(\.parts.isEmpty).map(\.name) }

  /// The attacks on counts alone, on the bytes of a `release.json`: for tests that try thousands.
  ///
  /// - Throws: ``AuditFailure`` where it is none; `Interrupted`.
  package static func attackCells(ofDocument document: [UInt8], workers: Workers) throws -> [Finding] {
    guard let json = try? JSONReader.read(document).value, let published = try? Published(json) else {
      throw AuditFailure.notABundle(path: "release.json", reason: "it is no document of a release")
    }
    return try attackCells(published, workers: workers)
  }

  private static func attackCells(_ published: Published, workers: Workers) throws -> [Finding] {
    let tables = [published] + published.studyTables
    return try LinearAttack.run(tables, workers: workers) + [
      Differencing.run(tables), Homogeneity.run(tables), SinglingOut.run(published),
    ]
  }

  private static func read(_ path: String) throws(AuditFailure) -> (files: BundleFiles, published: Published)
  {
    let files = try BundleFiles(path: path)
    guard let document = files["release.json"] else {
      throw .notABundle(path: path, reason: "it has no release.json")
    }
    let json: JSONNode
    do { json = try JSONReader.read(document).value } catch {
      switch error {
      case .malformed(let at):
        throw .notABundle(path: path, reason: "release.json is no JSON from byte \(at) on")
      case .tooDeep(let at):
        throw .notABundle(path: path, reason: "release.json is nested too deep at byte \(at)")
      }
    }
    do {
      let published = try Published(json)
      var known = files
      known.drawings = Set(files.files.map(\.name).filter(published.study.draws))
      return (known, published)
    } catch {
      throw .notABundle(path: path, reason: error.reason)
    }
  }

  /// Tries every attack that the files allow.
  ///
  /// - Parameter log: the log that the release was made of; nil leaves out the attacks that need it.
  /// - Throws: what reading the log throws; `Interrupted`.
  package func report(
    against log: (some AuditLog)?, workers: Workers, progress: any ProgressReporter
  ) throws -> AuditReport {
    func begin(_ stage: String) throws {
      try workers.cancellation.check()
      progress.report(stage: stage, done: 0, total: nil)
    }
    try begin("files")
    let database = files["release.sqlite"].flatMap { try? SQLiteFile($0) }
    var findings = [Integrity.run(files, published, database: database)]
    try begin("cells")
    findings += try Self.attackCells(published, workers: workers)
    findings.append(OverTime.run(published, previous: previous))
    try begin("text")
    let fragments = Fragments.all(files, database: database)
    findings.append(Patterns.run(files, published, fragments: fragments))
    findings += try TextAttacks.run(files, published, fragments: fragments, log: log, workers: workers)
    let order = Attack.allCases
    return AuditReport(
      releaseID: published.releaseID,
      findings: findings.sorted { order.firstIndex(of: $0.attack)! < order.firstIndex(of: $1.attack)! })
  }
}

extension Audit {
  /// Words of four and more letters in the bundle that are neither fixed nor of labels: for the test that keeps the list
  /// of fixed words whole. Names and values of facets are left out.
  package func unknownWords() -> [String] {
    let database = files["release.sqlite"].flatMap { try? SQLiteFile($0) }
    let vocabulary = Vocabulary(published, files: files)
    var unknown: Set<String> = []
    for fragment in Fragments.all(files, database: database)
    where [.name, .database, .raw].contains(fragment.kind) && !(fragment.kind == .raw && isDatabase(fragment))
    {
      for (word, folded) in fragment.bytes.words
      where word.length >= 4 && !word.isDigits && !vocabulary.isFixed(word.hash, file: fragment.file)
        && !vocabulary.data.contains(word.hash)
      {
        unknown.insert(String(decoding: folded, as: UTF8.self))
      }
    }
    return unknown.sorted()
  }

  /// The digest of the explorer's page without its data, and whether it is one that audits know: for the test that keeps
  /// these up to date.
  package func explorerPage() -> (digest: String, isKnown: Bool)? {
    files[ExplorerFile.name].flatMap { ExplorerFile($0) }.map { ($0.page, $0.isKnown) }
  }

  private func isDatabase(_ fragment: Fragment) -> Bool {
    files.files[fragment.file].name == "release.sqlite"
  }
}
