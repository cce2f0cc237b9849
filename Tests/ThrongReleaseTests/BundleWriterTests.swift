import Foundation
import Glibc
import Testing
import ThrongCore
import ThrongPrivacy
import ThrongRelease

/// A bundle is complete or absent, and replaces nothing it should not.
@Suite struct BundleWriterTests {
  private static let files =
    [
      "SHA256SUMS", "datapackage.json", "explorer.html", "lineage.jsonl", "metadata.json", "metrics.prom",
      "release.json",
      "release.schema.json", "release.sqlite", "report.html", "report.md", "schema.postgres.sql", "tables",
    ]
    + [
      "cluster_facets", "cluster_terms", "cluster_timeseries", "clusters", "coverage", "facets", "release",
      "suppression",
    ].flatMap { ["tables/\($0).csv", "tables/\($0).jsonl"] }

  private func bundle(at path: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) where name != "tables" {
      files[name] = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
    }
    return files
  }

  private func mode(_ path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber).intValue
  }

  @Test func everythingIsThereAndOnlyForTheOwner() throws {
    let scratch = try Scratch()
    try BundleWriter(directory: "\(scratch.path)/out/", force: false).write(Example.release())
    #expect(try scratch.entries == ["out"])
    #expect(try FileManager.default.subpathsOfDirectory(atPath: "\(scratch.path)/out").sorted() == Self.files)
    for name in [""] + Self.files {
      let isFolder = name.isEmpty || name == "tables"
      #expect(try mode("\(scratch.path)/out/\(name)") == (isFolder ? 0o700 : 0o600), "\(name)")
    }
    let sums = try shell(
      "/usr/bin/sha256sum", ["--check", "--strict", "SHA256SUMS"], in: "\(scratch.path)/out")
    #expect(sums.status == 0 && sums.output.split(separator: "\n").count == Self.files.count - 2)
  }

  @Test func sameReleaseSameBytes() throws {
    let scratch = try Scratch()
    for name in ["a", "b"] {
      try BundleWriter(directory: "\(scratch.path)/\(name)", force: false).write(
        Example.release(words: Example.hostile))
    }
    #expect(try bundle(at: "\(scratch.path)/a") == bundle(at: "\(scratch.path)/b"))
  }

  @Test func aBundleIsReplacedOnlyByForce() throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/out"
    try BundleWriter(directory: path, force: false).write(Example.release())
    let before = try bundle(at: path)
    let other = try Example.release(words: ["other"])
    let writer = BundleWriter(directory: path, force: false)
    #expect(throws: ReleaseFailure.outputExists(path: path)) { try writer.check() }
    let failure = #expect(throws: ReleaseFailure.self) { try writer.write(other) }
    #expect(failure?.exitStatus == 2 && failure?.message.contains("--force") == true)
    #expect(try bundle(at: path) == before && scratch.entries == ["out"])
    try BundleWriter(directory: path, force: true).check()
    #expect(try bundle(at: path) == before && scratch.entries == ["out"])
    try BundleWriter(directory: path, force: true).write(other)
    #expect(try bundle(at: path) != before && scratch.entries == ["out"])
    #expect(try scratch.text("out/report.md").contains("other"))
    // Forcing where there is nothing is no error.
    try BundleWriter(directory: "\(scratch.path)/new", force: true).write(other)
    #expect(try bundle(at: "\(scratch.path)/new") == bundle(at: path))
  }

  @Test func anEmptyDirectoryIsFilled() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(atPath: "\(scratch.path)/out", withIntermediateDirectories: false)
    try BundleWriter(directory: "\(scratch.path)/out", force: false).write(Example.release())
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: "\(scratch.path)/out").count == Self.files.count)
  }

  /// Somebody's files are never removed, whatever `force` says.
  @Test func whatIsNoBundleIsLeftAlone() throws {
    let scratch = try Scratch()
    let release = try Example.release()
    let manager = FileManager.default
    // A directory with other files, a bundle with a note in it, one with a broken list, a file, a link to a bundle.
    try manager.createDirectory(atPath: "\(scratch.path)/photos", withIntermediateDirectories: false)
    _ = manager.createFile(atPath: "\(scratch.path)/photos/cat.jpg", contents: Data([1]))
    for name in ["noted", "listless", "whole"] {
      try BundleWriter(directory: "\(scratch.path)/\(name)", force: false).write(release)
    }
    _ = manager.createFile(atPath: "\(scratch.path)/noted/tables/notes.txt", contents: Data([2]))
    try manager.removeItem(atPath: "\(scratch.path)/listless/SHA256SUMS")
    _ = manager.createFile(atPath: "\(scratch.path)/file", contents: Data([3]))
    try manager.createSymbolicLink(
      atPath: "\(scratch.path)/link", withDestinationPath: "\(scratch.path)/whole")
    let before = try scratch.entries
    for name in ["photos", "noted", "listless", "file", "link"] {
      let path = "\(scratch.path)/\(name)"
      for action in [
        { try BundleWriter(directory: path, force: true).check() },
        {
          try BundleWriter(directory: path, force: true).write(release)
        },
      ] {
        #expect(throws: ReleaseFailure.notABundle(path: path), "\(name)") { try action() }
      }
    }
    #expect(ReleaseFailure.notABundle(path: "x").exitStatus == 2)
    #expect(try scratch.entries == before)
    #expect(try scratch.bytes("photos/cat.jpg") == [1] && scratch.bytes("noted/tables/notes.txt") == [2])
    for odd in ["", ".", "..", "/"] {
      #expect(throws: ReleaseFailure.self) { try BundleWriter(directory: odd, force: true).check() }
    }
  }

  @Test func placesThatCannotBeWritten() throws {
    let scratch = try Scratch()
    _ = FileManager.default.createFile(atPath: "\(scratch.path)/file", contents: Data())
    // Not even root can make a folder in these.
    for path in ["\(scratch.path)/missing/out", "\(scratch.path)/file/out", "/proc/throng-out"] {
      for force in [false, true] {
        let writer = BundleWriter(directory: path, force: force)
        #expect(throws: ReleaseFailure.self) { try writer.check() }
        let failure = #expect(throws: ReleaseFailure.self) { try writer.write(Example.release()) }
        #expect(failure?.exitStatus == 1 && failure?.message.contains("cannot write") == true)
      }
    }
    #expect(try scratch.entries == ["file"])
  }

  /// Writes one file and then fails, or cancels.
  private struct Stumbling: BundleRepresentation {
    let action: @Sendable () throws -> Void
    func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
      try folder.write([1], to: "half")
      try action()
    }
  }

  @Test(arguments: [false, true]) func afterAFailureEverythingIsAsBefore(cancelled: Bool) throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/out"
    try BundleWriter(directory: path, force: false).write(Example.release())
    let before = try bundle(at: path)
    let cancellation = Cancellation()
    let stumbling = Stumbling {
      if cancelled { cancellation.cancel() } else { throw ReleaseFailure.database(reason: "disk full") }
    }
    for target in [path, "\(scratch.path)/new"] {
      let error = #expect(throws: (any Error).self) {
        try BundleWriter(directory: target, force: true).write(
          Example.release(words: ["other"]), representations: BundleWriter.representations + [stumbling],
          workers: Workers(threads: 2, cancellation: cancellation))
      }
      #expect(cancelled ? error is Interrupted : error as? ReleaseFailure == .database(reason: "disk full"))
    }
    #expect(try bundle(at: path) == before && scratch.entries == ["out"])
  }

  /// A disk that takes no more than 2 KiB per file, in a process of its own.
  @Test func fullDisk() async throws {
    await #expect(processExitsWith: .success) {
      signal(SIGXFSZ, SIG_IGN)
      let scratch = try Scratch()
      let release = try Example.release()
      var limit = rlimit(rlim_cur: 2048, rlim_max: 2048)
      guard unsafe setrlimit(__rlimit_resource_t(1), &limit) == 0 else { exit(2) }
      do {
        try BundleWriter(directory: "\(scratch.path)/out", force: false).write(release)
        exit(3)
      } catch let failure as ReleaseFailure {
        guard failure.exitStatus == 1, failure.message.contains("cannot write") else { exit(4) }
      }
      guard try scratch.entries.isEmpty else { exit(5) }
    }
  }

  /// The same for SQLite alone, which writes through its own code.
  @Test func fullDiskUnderSQLite() async throws {
    await #expect(processExitsWith: .success) {
      signal(SIGXFSZ, SIG_IGN)
      let scratch = try Scratch()
      let release = try Example.release()
      var limit = rlimit(rlim_cur: 8192, rlim_max: 8192)
      guard unsafe setrlimit(__rlimit_resource_t(1), &limit) == 0 else { exit(2) }
      do {
        try BundleWriter(directory: "\(scratch.path)/out", force: false).write(
          release, representations: BundleWriter.representations.filter { "\($0)".contains("SQLite") },
          workers: Workers(threads: 1))
        exit(3)
      } catch let failure as ReleaseFailure {
        guard case .database = failure, failure.exitStatus == 1 else { exit(4) }
      }
      guard try scratch.entries.isEmpty else { exit(5) }
    }
  }
}
