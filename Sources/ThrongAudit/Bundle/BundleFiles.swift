internal import Foundation
internal import Glibc
internal import ThrongCore

/// The files of a bundle as bytes, read once: everything an audit knows of it.
///
/// What lies there may be hostile: links are not followed, pipes and devices are not opened, and there are limits on the
/// number of files, their depth and their size.
struct BundleFiles: Sendable {
  struct File: Sendable {
    /// Path inside the bundle, with `/`.
    let name: String
    let bytes: [UInt8]
    /// Permission bits.
    let mode: UInt32
  }

  /// Something that is neither a file nor a folder, or could not be read.
  struct Oddity: Sendable, Equatable {
    enum Kind: String, Sendable { case link, special, unreadable, tooDeep = "too deep" }
    let name: String
    let kind: Kind
  }

  let path: String
  /// Ascending by name.
  let files: [File]
  let oddities: [Oddity]
  /// Permission bits of the folders, the bundle itself first.
  let folderModes: [UInt32]
  /// Names that the bundle's own study gives to drawings.
  var drawings: Set<String> = []

  static let maximumBytes = 1 << 30
  private static let maximumEntries = 10_000
  private static let maximumDepth = 4

  /// - Throws: ``AuditFailure``.
  init(path: String) throws(AuditFailure) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw .notABundle(
        path: path, reason: errno == ENOENT ? "there is nothing there" : "it cannot be looked at")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw .notABundle(path: path, reason: "it is not a folder")
    }
    self.path = path
    var (files, oddities): ([File], [Oddity]) = ([], [])
    var modes = [status.st_mode & 0o7777]
    var (entries, bytes) = (0, 0)
    var open = [(name: "", depth: 0)]
    while let (folder, depth) = open.popLast() {
      let place = folder.isEmpty ? path : "\(path)/\(folder)"
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: place) else {
        if folder.isEmpty { throw .notABundle(path: path, reason: "its files cannot be listed") }
        oddities.append(Oddity(name: folder, kind: .unreadable))
        continue
      }
      for name in names.sorted() {
        let inside = folder.isEmpty ? name : "\(folder)/\(name)"
        entries += 1
        guard entries <= Self.maximumEntries else {
          throw .notABundle(path: path, reason: "it holds more than \(Self.maximumEntries) files")
        }
        guard unsafe lstat("\(path)/\(inside)", &status) == 0 else {
          oddities.append(Oddity(name: inside, kind: .unreadable))
          continue
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR where depth < Self.maximumDepth:
          modes.append(status.st_mode & 0o7777)
          open.append((inside, depth + 1))
        case S_IFDIR: oddities.append(Oddity(name: inside, kind: .tooDeep))
        case S_IFLNK: oddities.append(Oddity(name: inside, kind: .link))
        case S_IFREG:
          bytes += Int(status.st_size)
          guard bytes <= Self.maximumBytes else {
            throw .tooLarge(path: path, limit: Self.maximumBytes)
          }
          guard let content = FileManager.default.contents(atPath: "\(path)/\(inside)") else {
            oddities.append(Oddity(name: inside, kind: .unreadable))
            continue
          }
          files.append(File(name: inside, bytes: [UInt8](content), mode: status.st_mode & 0o7777))
        default: oddities.append(Oddity(name: inside, kind: .special))
        }
      }
    }
    self.files = files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    self.oddities = oddities
    folderModes = modes
  }

  /// The bytes of a file, or nil where there is none of that name.
  subscript(name: String) -> [UInt8]? { files.first { $0.name == name }?.bytes }

  /// How a message may call a file: a name that releases use, else its number, since a stranger's name may be a secret.
  func shownName(_ name: String) -> String {
    if isKnown(name) { return name }
    let strangers = (files.map(\.name) + oddities.map(\.name)).filter { !isKnown($0) }.sorted()
    return "stray file \((strangers.firstIndex(of: name) ?? 0) + 1)"
  }

  /// Whether this release may have a file of that name.
  func isKnown(_ name: String) -> Bool { KnownFile.isKnown(name) || drawings.contains(name) }
}

/// The names that files of a release can have.
enum KnownFile {
  private static let names: Set<String> = [
    "release.json", "release.schema.json", "release.sqlite", "report.md", "report.html", "SHA256SUMS",
    "datapackage.json",
    "metadata.json", "schema.postgres.sql", "explorer.html", "lineage.jsonl", "metrics.prom",
  ]

  /// Whether a release has files of this name: one of the list, or a table.
  static func isKnown(_ name: String) -> Bool { names.contains(name) || table(name) != nil }

  /// The tables that every release has.
  static let tables: Set<String> = [
    "release", "clusters", "cluster_terms", "suppression", "facets", "cluster_facets", "coverage",
    "cluster_timeseries",
  ]

  /// The tables that this release has to have: of a study all, where one of them has rows; trends of topics need none.
  static func tables(of published: Published) -> Set<String> {
    let filled = PublishedStudy.tables.filter { published.json[$0]?.elements?.isEmpty == false }
    if filled.isEmpty { return tables }
    return tables.union(filled == ["trends"] ? filled : PublishedStudy.tables)
  }

  /// Whether releases can have a table of this name.
  static func hasTable(_ name: String) -> Bool {
    tables.contains(name) || PublishedStudy.tables.contains(name)
  }

  /// The table that `tables/<table>.csv` or `.jsonl` holds.
  static func table(_ name: String) -> (name: String, isCSV: Bool)? {
    guard name.hasPrefix("tables/") else { return nil }
    for suffix in [".csv", ".jsonl"] where name.hasSuffix(suffix) {
      let table = String(name.dropFirst(7).dropLast(suffix.count))
      if hasTable(table) { return (table, suffix == ".csv") }
    }
    return nil
  }
}
