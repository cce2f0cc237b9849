import FoundationEssentials
import Glibc
package import ThrongCore
package import ThrongPrivacy

/// Writes a release as a bundle: a directory that is complete or absent.
///
/// Everything is written and flushed in a folder beside the target, readable by its owner only, and renamed into place
/// as a whole. A failure or an interruption on the way removes the folder and leaves what was there before.
package struct BundleWriter: Sendable {
  /// Every file of a bundle but `SHA256SUMS`, which the folder writes of itself.
  package static let representations: [any BundleRepresentation] = [
    ReleaseDocument(), ReleaseSchema(),
    CSVTables(), JSONLinesTables(), DataPackage(),
    SQLiteDatabase(), DatasetteMetadata(), PostgreSQLScript(),
    PrometheusMetrics(), OpenLineageEvents(),
    ReleaseReport(), ReportPage(), StudyFigures(), ExplorerPage(),
  ]

  let parent: String
  let name: String
  let force: Bool
  /// Whether a bundle that is there already will do if it is the very same: that of a run which was killed after it.
  let resumes: Bool
  private let shownPath: String

  /// - Parameters:
  ///   - directory: where the bundle will be; the directory above it must exist.
  ///   - force: replace a bundle that is there already. Anything else that is there is never replaced, but for an
  ///     empty directory.
  ///   - resumes: a bundle that is there will do if it is the very same; what a killed run was writing is removed.
  package init(directory: String, force: Bool, resumes: Bool = false) {
    var path = directory[...]
    while path.count > 1, path.last == "/" { path = path.dropLast() }
    shownPath = String(path)
    if let slash = path.lastIndex(of: "/") {
      parent = slash == path.startIndex ? "/" : String(path[..<slash])
      name = String(path[path.index(after: slash)...])
    } else {
      parent = "."
      name = String(path)
    }
    self.force = force
    self.resumes = resumes
  }

  private var target: String { "\(parent)/\(name)" }

  /// Whether a bundle could be written here, as far as can be told before there is one: to ask before a long run.
  ///
  /// - Throws: ``ReleaseFailure``.
  package func check() throws {
    _ = try isReplacing()
    _ = try BundleFolder(beside: name, in: parent)
  }

  /// Writes the bundle.
  ///
  /// - Throws: ``ReleaseFailure``; `Interrupted` when cancelled before the bundle is in place.
  package func write(_ release: Release, workers: Workers = Workers(threads: 1)) throws {
    try write(release, representations: Self.representations, workers: workers)
  }

  /// As ``write(_:workers:)``, in the representations given, several at a time.
  package func write(
    _ release: Release, representations: [any BundleRepresentation], workers: Workers
  ) throws {
    _ = try isReplacing()
    let folder = try BundleFolder(beside: name, in: parent)
    let tables = BundleTable.all(of: release)
    try workers.forEachBlock(count: representations.count, blockSize: 1) { at, _ in
      try representations[at].write(release, tables: tables, to: folder)
    }
    try folder.seal()
    try workers.cancellation.check()
    if try isReplacing(), !force {
      let sums = [target, folder.path].map { FileManager.default.contents(atPath: "\($0)/SHA256SUMS") }
      guard sums[0] == sums[1] else { throw ReleaseFailure.outputExists(path: shownPath) }
    } else {
      try place(folder)
    }
    if resumes { removeLeftovers() }
  }

  /// Removes what a run that was killed while it wrote has left beside its bundle.
  private func removeLeftovers() {
    for file in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    where file.hasPrefix(".\(name).partial-") {
      try? FileManager.default.removeItem(atPath: "\(parent)/\(file)")
    }
  }

  /// Renames the finished folder into place.
  private func place(_ folder: consuming BundleFolder) throws {
    let staging = folder.path
    guard try isReplacing() else {
      // Fails where something that is not an empty directory has come into being since.
      guard unsafe rename(staging, target) == 0 else {
        throw errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR
          ? ReleaseFailure.outputExists(path: shownPath) : SystemError.current(path: shownPath)
      }
      folder.keep()
      return try SystemError.flushFolder(parent)
    }
    // The old bundle is set aside, and back if the new one cannot take its place. Between the two renames there is no
    // bundle: absent, never half.
    let old = staging + ".old"
    guard unsafe rename(target, old) == 0 else { throw SystemError.current(path: shownPath) }
    guard unsafe rename(staging, target) == 0 else {
      let failure = SystemError.current(path: shownPath)
      _ = unsafe rename(old, target)
      throw failure
    }
    folder.keep()
    try SystemError.flushFolder(parent)
    do { try FileManager.default.removeItem(atPath: old) } catch { throw ReleaseFailure.leftover(path: old) }
  }

  // MARK: - What is there already

  /// Whether there is a bundle that may be replaced; false where there is nothing or an empty directory.
  private func isReplacing() throws -> Bool {
    guard !name.isEmpty, name != ".", name != ".." else { throw ReleaseFailure.notABundle(path: shownPath) }
    var status = stat()
    guard unsafe lstat(target, &status) == 0 else {
      if errno == ENOENT { return false }
      throw SystemError.current(path: shownPath)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw ReleaseFailure.notABundle(path: shownPath) }
    let files = try SystemError.wrap(path: shownPath) {
      try FileManager.default.subpathsOfDirectory(atPath: target)
    }
    if files.isEmpty { return false }
    guard force || resumes else { throw ReleaseFailure.outputExists(path: shownPath) }
    guard holdsOnlyABundle(files) else { throw ReleaseFailure.notABundle(path: shownPath) }
    return true
  }

  /// Whether every file is named in the directory's own `SHA256SUMS`: replacing it loses nothing else.
  private func holdsOnlyABundle(_ files: [String]) -> Bool {
    guard files.contains("release.json"),
      let sums = FileManager.default.contents(atPath: "\(target)/SHA256SUMS")
    else { return false }
    let listed = Set(
      String(decoding: sums, as: UTF8.self).split(separator: "\n").compactMap { line in
        line.split(separator: "  ", maxSplits: 1).dropFirst().first.map { String($0) }
      })
    return files.allSatisfy { file in
      file == "SHA256SUMS" || listed.contains(file) || listed.contains { $0.hasPrefix(file + "/") }
    }
  }
}
