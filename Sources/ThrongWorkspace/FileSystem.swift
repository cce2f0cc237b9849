internal import Glibc
internal import ThrongCore

/// What it takes to store a stage, one operation of the system each, so that a test can take the power away between any
/// two of them.
package protocol FileSystem: Sendable {
  /// Makes a file for its owner only, or empties the one that is there; answers its descriptor.
  func create(_ path: String) throws(WorkspaceFailure) -> Int32
  /// Appends all of `bytes`.
  func write(_ bytes: [UInt8], to file: Int32) throws(WorkspaceFailure)
  /// Returns once the bytes of the file would outlast a loss of power.
  func flush(_ file: Int32) throws(WorkspaceFailure)
  func close(_ file: Int32)
  func rename(_ path: String, to target: String) throws(WorkspaceFailure)
  /// Returns once the names in the folder would outlast a loss of power.
  func flushFolder(_ path: String) throws(WorkspaceFailure)
  func remove(_ path: String) throws(WorkspaceFailure)
}

/// The disk.
package struct DiskFileSystem: FileSystem {
  package init() {}

  package func create(_ path: String) throws(WorkspaceFailure) -> Int32 {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw .current }
    return file
  }

  package func write(_ bytes: [UInt8], to file: Int32) throws(WorkspaceFailure) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(file, $0.baseAddress! + written, bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .current }
      written += count
    }
  }

  package func flush(_ file: Int32) throws(WorkspaceFailure) {
    guard fsync(file) == 0 else { throw .current }
  }

  package func close(_ file: Int32) { _ = Glibc.close(file) }

  package func rename(_ path: String, to target: String) throws(WorkspaceFailure) {
    guard unsafe Glibc.rename(path, target) == 0 else { throw .current }
  }

  package func flushFolder(_ path: String) throws(WorkspaceFailure) {
    let folder = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .current }
    defer { _ = Glibc.close(folder) }
    // Some file systems cannot flush a folder; its names are then as durable as they make them.
    guard fsync(folder) == 0 || errno == EINVAL else { throw .current }
  }

  package func remove(_ path: String) throws(WorkspaceFailure) {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw .current }
  }
}

/// Why stages cannot be kept.
package enum WorkspaceFailure: ThrongFailure, Equatable {
  /// What the system says; `errno`.
  case system(Int32)
  /// Another run works in the folder.
  case inUse(path: String)

  static var current: WorkspaceFailure { .system(errno) }

  package var message: String {
    switch self {
    case .system(let code): unsafe String(cString: strerror(code))
    case .inUse(let path):
      "another run works in \(path); wait until it is done, or give this one a folder of its own with --work"
    }
  }

  package var exitStatus: Int32 {
    switch self {
    case .system: ExitCode.internalFailure.rawValue
    case .inUse: ExitCode.usage.rawValue
    }
  }
}
