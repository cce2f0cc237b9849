internal import Glibc
package import ThrongCore

/// The file that holds the workspace's secret (rule R15).
///
/// Without `--secret-file` it is `throng/secret` under `XDG_STATE_HOME` or `~/.local/state`, and is made on first
/// use: 32 random bytes, readable by its owner alone. Whoever holds it can test guesses against keyed hashes;
/// whoever loses it gets other bytes from the same input.
package enum SecretFile {
  /// A secret shorter than this could be guessed.
  package static let minimumBytes = 16
  /// A file longer than this was not made as a secret.
  package static let maximumBytes = 4096

  /// The secret of `path`, or of the default place.
  ///
  /// - Parameters:
  ///   - path: the value of `--secret-file`.
  ///   - environment: `XDG_STATE_HOME` and `HOME` are looked up in it.
  ///   - warn: told where others can read the file, or where no file can be kept.
  /// - Throws: ``CommandFailure`` where a file is there and cannot be used, or `path` names none.
  package static func load(
    path: String?, environment: [String: String], warn: (String) -> Void
  ) throws(CommandFailure) -> Secret {
    if let path { return try read(path, warn: warn) }
    guard let folder = defaultFolder(environment) else {
      return makeshift("neither XDG_STATE_HOME nor HOME is set", warn: warn)
    }
    let path = folder + "/secret"
    if unsafe access(path, F_OK) != 0 {
      do { try create(path, in: folder) } catch {
        return makeshift("\(path) cannot be written: \(error.text)", warn: warn)
      }
    }
    return try read(path, warn: warn)
  }

  /// Where the secret is or would be; nil where no place is known.
  package static func place(path: String?, environment: [String: String]) -> String? {
    path ?? defaultFolder(environment).map { $0 + "/secret" }
  }

  /// The XDG base directory specification wants absolute paths, and others ignored.
  private static func defaultFolder(_ environment: [String: String]) -> String? {
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/throng" }
    if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.local/state/throng" }
    return nil
  }

  private static func makeshift(_ reason: String, warn: (String) -> Void) -> Secret {
    warn(
      "\(reason); using a secret for this run only, so the next run's bytes will differ (see --secret-file)")
    return Secret.random()
  }

  private static func read(_ path: String, warn: (String) -> Void) throws(CommandFailure) -> Secret {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .secretUnreadable(path: path, .current) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: maximumBytes + 1)
    var count = 0
    while count < bytes.count {
      let (got, error) = unsafe bytes.withUnsafeMutableBytes { buffer in
        let got = unsafe Glibc.read(descriptor, buffer.baseAddress! + count, buffer.count - count)
        return (got, SystemError.current)
      }
      if got < 0, error.code == EINTR { continue }
      guard got >= 0 else { throw .secretUnreadable(path: path, error) }
      if got == 0 { break }
      count += got
    }
    guard count <= maximumBytes else { throw .secretTooLong(path: path, limit: maximumBytes) }
    guard let secret = Secret(bytes: Array(bytes[..<count])) else {
      throw .secretTooShort(path: path, bytes: count)
    }
    var status = stat()
    // A pipe has no readers but ours, whatever its mode says.
    if unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 != 0
    {
      warn("others than its owner can use the secret file \(path); run 'chmod 600' on it")
    }
    return secret
  }

  /// Makes `folder` and its parents, then the file, whole or not at all.
  ///
  /// The bytes are written beside and linked into place: a link is never made over a file that is there, so of two
  /// processes one wins and the other reads the winner's bytes.
  private static func create(_ path: String, in folder: String) throws(SystemError) {
    try makeFolders(folder)
    let draft = "\(path).\(getpid()).\(UInt64.random(in: 0 ... .max))"
    let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .current }
    defer { unsafe unlink(draft) }
    let bytes = Secret.randomBytes()
    defer { close(descriptor) }
    try writeAll(bytes[...], to: descriptor)
    guard fsync(descriptor) == 0 else { throw .current }
    if unsafe link(draft, path) != 0, errno != EEXIST { throw .current }
  }

  private static func makeFolders(_ folder: String) throws(SystemError) {
    var path = ""
    for part in folder.split(separator: "/") {
      path += "/" + part
      if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw .current }
    }
  }
}
