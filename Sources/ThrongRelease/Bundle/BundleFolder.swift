import FoundationEssentials
import Glibc
import Synchronization
import ThrongCore

/// A bundle in the making: a folder of our own, 0700, beside the place where it will be, holding files of 0600.
///
/// Removed with everything in it when the value goes away, unless ``keep()`` was called.
///
/// Files may be written on several threads.
package struct BundleFolder: ~Copyable, Sendable {
  let path: String
  /// Where the bundle will be: for messages, since this folder is gone when they are read.
  private let place: String
  private let names: Names
  private var isKept = false

  /// Names of the files so far; a class so that writing needs no exclusive access to the folder.
  private final class Names: Sendable { let all = Mutex<[String]>([]) }

  /// Makes `.<name>.partial-XXXXXX` in `parent`.
  init(beside name: String, in parent: String) throws {
    names = Names()
    place = "\(parent)/\(name)"
    var template = Array("\(parent)/.\(name).partial-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw SystemError.current(path: place)
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    if !isKept { try? FileManager.default.removeItem(atPath: path) }
  }

  /// The folder has been moved to its place, and is no longer ours to remove.
  consuming func keep() { isKept = true }

  /// Writes a new file and flushes it to disk.
  ///
  /// - Parameter name: a path inside the bundle, of our own making; its folder is made where missing.
  package func write(_ bytes: [UInt8], to name: String) throws {
    let file = try create(name)
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(file, buffer.baseAddress! + written, bytes.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        let failure = SystemError.current(path: "\(place)/\(name)")
        _ = close(file)
        throw failure
      }
      written += count
    }
    try flush(file, name: name)
  }

  /// Creates an empty file for a library that writes it by path.
  package func reserve(_ name: String) throws -> String {
    try flush(create(name), name: name)
    return "\(path)/\(name)"
  }

  /// Writes `SHA256SUMS` over every file, in the order of their names, and flushes the folders.
  func seal() throws {
    let all = names.all.withLock { $0.sorted() }
    let sums = try all.map { name in
      let bytes = try SystemError.wrap(path: "\(place)/\(name)") {
        try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
      }
      return "\(Digest.hexadecimal(Digest.sha256([UInt8](bytes))))  \(name)\n"
    }
    try write(Array(sums.joined().utf8), to: "SHA256SUMS")
    for folder in Set(all.compactMap(Self.folder)).sorted() {
      try SystemError.flushFolder("\(path)/\(folder)")
    }
    try SystemError.flushFolder(path)
  }

  private func create(_ name: String) throws -> Int32 {
    if let folder = Self.folder(of: name), unsafe mkdir("\(path)/\(folder)", 0o700) != 0, errno != EEXIST {
      throw SystemError.current(path: "\(place)/\(folder)")
    }
    let file = unsafe open("\(path)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw SystemError.current(path: "\(place)/\(name)") }
    names.all.withLock { $0.append(name) }
    return file
  }

  private func flush(_ file: Int32, name: String) throws {
    guard fsync(file) == 0 else {
      let failure = SystemError.current(path: "\(place)/\(name)")
      _ = close(file)
      throw failure
    }
    guard close(file) == 0 else { throw SystemError.current(path: "\(place)/\(name)") }
  }

  private static func folder(of name: String) -> String? {
    name.split(separator: "/").dropLast().first.map { String($0) }
  }
}

/// The system's failures in our words.
enum SystemError {
  /// What `errno` says.
  static func current(path: String) -> ReleaseFailure {
    .cannotWrite(path: path, reason: unsafe String(cString: strerror(errno)))
  }

  /// Runs `body`, which reads or writes `path` through Foundation.
  static func wrap<Result>(path: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch {
      throw ReleaseFailure.cannotWrite(path: path, reason: "it cannot be read back")
    }
  }

  /// Makes a folder's entries durable.
  static func flushFolder(_ path: String) throws {
    let folder = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw current(path: path) }
    defer { _ = close(folder) }
    // A file system may not know how to flush a folder; then its renames are as durable as it makes them.
    guard fsync(folder) == 0 || errno == EINVAL else { throw current(path: path) }
  }
}
