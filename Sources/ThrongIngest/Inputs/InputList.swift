internal import Foundation
internal import Glibc

/// The files that a command line names: as they are, by patterns that no shell expanded, or by directories.
struct InputList {
  struct File: Equatable {
    let path: String
    /// Whether a directory or a pattern led to it, rather than its name.
    let isFound: Bool
  }

  /// In the order in which they were named; those of a directory or a pattern in that of their paths' bytes.
  private(set) var files: [File] = []

  /// What logs in a directory are called, with `.gz` or `.zst` behind it or not. Files that are named may be called anything.
  static let suffixes = [".jsonl", ".ndjson", ".json"]
  private static let compressions = ["", ".gz", ".zst", ".zstd"]

  /// - Throws: ``IngestFailure`` where a directory holds no log, or nothing matches a pattern.
  init(_ inputs: [String]) throws(IngestFailure) {
    for input in inputs {
      if input == "-" {
        files.append(File(path: input, isFound: false))
      } else if Self.isDirectory(input) {
        files += try Self.logs(in: input)
      } else if input.contains(where: { "*?[".contains($0) }), unsafe access(input, F_OK) != 0 {
        files += try Self.matches(input)
      } else {
        files.append(File(path: input, isFound: false))
      }
    }
  }

  /// The folder of a file, as far as its path says it.
  static func folder(of path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }

  /// The number of each path's folder, in the order in which folders come: what they are called, and where they lie, does
  /// not matter.
  static func folderNumbers(of paths: [String]) -> [[UInt8]] {
    var numbers: [String: Int] = [:]
    var found: [[UInt8]] = []
    for path in paths {
      let folder = folder(of: path)
      let number = numbers[folder] ?? numbers.count
      numbers[folder] = number
      found.append(Array("\(number)".utf8))
    }
    return found
  }

  static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// All logs below a directory. Hidden files and folders are none, and links to directories are not followed, since they
  /// may go in circles.
  private static func logs(in directory: String) throws(IngestFailure) -> [File] {
    var root = directory[...]
    while root.count > 1, root.hasSuffix("/") { root = root.dropLast() }
    var found: [String] = []
    var open = [String(root)]
    while let folder = open.popLast() {
      let names: [String]
      do {
        names = try FileManager.default.contentsOfDirectory(atPath: folder)
      } catch {
        throw .unreadable(input: folder, reason: "the directory cannot be listed")
      }
      for name in names where !name.hasPrefix(".") {
        let path = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR {
          open.append(path)
        } else if isLog(name), !isDirectory(path) {
          found.append(path)
        }
      }
    }
    if found.isEmpty { throw .noFiles(directory: directory) }
    return sorted(found)
  }

  private static func isLog(_ name: String) -> Bool {
    let name = name.lowercased()
    return suffixes.contains { suffix in compressions.contains { name.hasSuffix(suffix + $0) } }
  }

  private static func matches(_ pattern: String) throws(IngestFailure) -> [File] {
    if pattern.contains("**") { throw .deepPattern(pattern) }
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    guard unsafe glob(pattern, GLOB_NOSORT, nil, &found) == 0 else { throw .noMatch(pattern: pattern) }
    var files: [File] = []
    var paths: [String] = []
    for i in 0..<Int(unsafe found.gl_pathc) {
      if let path = unsafe found.gl_pathv[i] { unsafe paths.append(String(cString: path)) }
    }
    for path in sorted(paths).map(\.path) {
      if isDirectory(path) {
        files += try logs(in: path)
      } else {
        files.append(File(path: path, isFound: true))
      }
    }
    return files
  }

  private static func sorted(_ paths: [String]) -> [File] {
    paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { File(path: $0, isFound: true) }
  }
}

/// A file that a directory or a pattern led to, and that is not read.
package struct PassedOverInput: Sendable, Equatable {
  package enum Reason: Sendable, Equatable {
    /// The same file is read under another name.
    case readAlready
    case empty
    /// It is put beside logs of the format by the tool that writes them, and holds none.
    case companion
  }

  package let path: String
  package let reason: Reason
}
