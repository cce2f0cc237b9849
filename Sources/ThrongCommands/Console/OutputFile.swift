internal import Glibc

/// A file that is there as a whole or not at all.
///
/// What is written goes to a draft beside it; ``commit()`` flushes the draft and renames it. A file that is never
/// committed leaves nothing behind. A device or a named pipe is written to directly: it cannot be replaced.
package struct OutputFile: ~Copyable {
  private let path: String
  /// Nil where `path` itself is written to.
  private let draft: String?
  private let descriptor: Int32
  private var isCommitted = false

  /// - Parameters:
  ///   - path: where the file shall be.
  ///   - replacing: whether a file that is there may go.
  /// - Throws: ``CommandFailure/fileExists(path:)``, ``CommandFailure/fileUnwritable(path:_:)``.
  package init(_ path: String, replacing: Bool) throws(CommandFailure) {
    (descriptor, draft) = try Self.open(path, replacing: replacing)
    self.path = path
  }

  /// Whether the file could be written, as far as can be told without doing so.
  ///
  /// - Throws: as ``init(_:replacing:)`` would.
  package static func check(_ path: String, replacing: Bool) throws(CommandFailure) {
    let place = try draft(path, replacing: replacing).map { _ in
      path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    }
    guard unsafe access(place ?? path, W_OK) == 0 else { throw .fileUnwritable(path: path, .current) }
  }

  /// Where the file is written first; nil for what cannot be replaced.
  private static func draft(_ path: String, replacing: Bool) throws(CommandFailure) -> String? {
    var status = stat()
    let exists = unsafe stat(path, &status) == 0
    let kind = status.st_mode & S_IFMT
    if exists, kind == S_IFDIR { throw .fileUnwritable(path: path, SystemError(EISDIR)) }
    if exists, kind == S_IFREG, !replacing { throw .fileExists(path: path) }
    return exists && kind != S_IFREG ? nil : "\(path).\(getpid()).partial"
  }

  private static func open(
    _ path: String, replacing: Bool
  ) throws(CommandFailure) -> (descriptor: Int32, draft: String?) {
    let draft = try draft(path, replacing: replacing)
    let flags = O_WRONLY | O_CLOEXEC | (draft == nil ? 0 : O_CREAT | O_TRUNC | O_NOFOLLOW)
    let descriptor = unsafe Glibc.open(draft ?? path, flags, 0o600)
    guard descriptor >= 0 else { throw .fileUnwritable(path: path, .current) }
    return (descriptor, draft)
  }

  deinit {
    close(descriptor)
    if let draft, !isCommitted { unsafe unlink(draft) }
  }

  /// Appends bytes.
  ///
  /// - Throws: ``CommandFailure/fileUnwritable(path:_:)``.
  package func write(_ bytes: ArraySlice<UInt8>) throws(CommandFailure) {
    do { try writeAll(bytes, to: descriptor) } catch { throw .fileUnwritable(path: path, error) }
  }

  /// Puts the file in its place.
  ///
  /// - Throws: ``CommandFailure/fileUnwritable(path:_:)``.
  package mutating func commit() throws(CommandFailure) {
    guard let draft else { return }
    guard fsync(descriptor) == 0, unsafe rename(draft, path) == 0 else {
      throw .fileUnwritable(path: path, .current)
    }
    isCommitted = true
  }
}
