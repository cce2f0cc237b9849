internal import Glibc
internal import ThrongWorkspace

/// The private folder of a run: readable by its owner only, without text and without plain user ids.
struct Workspace: Sendable {
  /// The folder asked for, or `<bundle>.work`.
  let path: String
  private let isAsked: Bool

  init(path: String?, besides bundle: String) {
    var name = bundle[...]
    while name.count > 1, name.hasSuffix("/") { name = name.dropLast() }
    self.path = path ?? "\(name).work"
    isAsked = path != nil
  }

  /// Whether the folder is there or could be made.
  func check() throws {
    var status = stat()
    if unsafe stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw EngineFailure.workspace(path: path, SystemError(ENOTDIR))
      }
      guard unsafe access(path, W_OK) == 0 else { throw EngineFailure.workspace(path: path, .current) }
    } else {
      let parent = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
      guard unsafe access(parent, W_OK) == 0 else { throw EngineFailure.workspace(path: path, .current) }
    }
  }

  /// Makes the folder now where it was asked for, so that a wrong path is known before a long command.
  func prepareIfAsked() throws {
    if isAsked { try make() }
  }

  /// Writes a file, or replaces the one there; returns its path.
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try make()
    var file = try OutputFile("\(path)/\(name)", replacing: true)
    try file.write(bytes[...])
    try file.commit()
    return "\(path)/\(name)"
  }

  /// The path of a file that is not there yet: one of an earlier run is taken away.
  func fresh(_ name: String) throws -> String {
    try make()
    unsafe unlink("\(path)/\(name)")
    return "\(path)/\(name)"
  }

  /// Adds to a file, or makes it.
  func append(_ bytes: [UInt8], to name: String) throws {
    try make()
    let descriptor = unsafe open(
      "\(path)/\(name)", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw EngineFailure.workspace(path: path, .current) }
    defer { close(descriptor) }
    do { try writeAll(bytes[...], to: descriptor) } catch { throw EngineFailure.workspace(path: path, error) }
  }

  /// Takes away what an earlier run wrote, which says nothing of this one.
  func remove(_ name: String) { unsafe unlink("\(path)/\(name)") }

  /// The ledger of the segments of a study where nobody wants one.
  static let segmentLedger = "segments-ledger.sqlite"

  /// Takes away what only a resumed run would need.
  func clear() {
    StageStore.removeStages(in: path)
    remove(Self.segmentLedger)
    removeIfEmpty()
  }

  /// Takes the folder away where nobody asked for it and nothing is in it.
  func removeIfEmpty() {
    if !isAsked { unsafe rmdir(path) }
  }

  /// Makes the folder where there is none.
  func make() throws {
    if unsafe mkdir(path, 0o700) == 0 { return }
    let error = SystemError.current
    var status = stat()
    guard error.code == EEXIST, unsafe stat(path, &status) == 0 else {
      throw EngineFailure.workspace(path: path, error)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw EngineFailure.workspace(path: path, SystemError(ENOTDIR))
    }
  }
}
