internal import Dispatch
internal import Glibc
internal import Synchronization
package import ThrongCore

/// The stages of a run in its private folder, each in a file of its own (``StageFile``) that is whole or absent.
///
/// Files are written one after the other by a thread of their own, while the run goes on: a run that is never killed waits
/// for no disk. What cannot be written costs no run either, but a run that is killed then does the stage again.
package final class StageStore: Sendable {
  /// What the operator should know.
  package enum Event: Sendable {
    /// A stage was found, and need not be worked out.
    case resumed(stage: String)
    /// The file of a stage was damaged: the stage is worked out again.
    case damaged(file: String)
    /// A stage could not be kept.
    case notKept(stage: String, WorkspaceFailure)
  }

  package let folder: String
  let secret: Secret
  private let sealKey: [UInt8]
  private let resumes: Bool
  private let version: String
  private let files: any FileSystem
  private let report: @Sendable (Event) -> Void
  private let queue = DispatchQueue(label: "throng.workspace")
  private let isDropped = Atomic<Bool>(false)

  /// - Parameters:
  ///   - folder: is there, and is this run's alone: see ``WorkspaceLock``.
  ///   - version: of the program; another one believes none of its files.
  ///   - resumes: whether stages that are there are used.
  ///   - report: called from any thread.
  package init(
    folder: String, secret: Secret, version: String, resumes: Bool,
    files: any FileSystem = DiskFileSystem(), report: @escaping @Sendable (Event) -> Void
  ) {
    self.folder = folder
    self.secret = secret
    sealKey = secret.key(for: "workspace seal")
    self.version = version
    self.resumes = resumes
    self.files = files
    self.report = report
  }

  /// The first stage of a run, worked out from `parts` alone.
  package func stage(_ name: String, parts: [[UInt8]]) -> Stage {
    Stage(name, parts: [Array(version.utf8)] + parts, store: self)
  }

  /// Names of the files of stages that are whole, of whatever run.
  package var kept: [String] { Self.names(in: folder).filter { $0.hasSuffix(Stage.suffix) } }

  /// Whether something is there that a stage of that name could be taken from.
  package func resumes(_ name: String) -> Bool { resumes && kept.contains { $0.hasPrefix("\(name)-") } }

  func load<Value>(
    _ stage: Stage, workers: Workers, _ restore: (inout StageReader) throws -> Value
  ) throws -> Value? {
    guard resumes else { return nil }
    do {
      guard
        var reader = try StageReader(
          "\(folder)/\(stage.fileName)", of: stage, sealedWith: sealKey, workers: workers)
      else { return nil }
      let value = try restore(&reader)
      try reader.end()
      report(.resumed(stage: stage.name))
      return value
    } catch is StageDamage {
      report(.damaged(file: "\(folder)/\(stage.fileName)"))
      return nil
    }
  }

  func save(_ columns: [any StageColumn], of stage: Stage) {
    queue.async { [self] in
      do {
        try StageFile.write(
          columns, of: stage, sealedWith: sealKey, in: folder, files: files,
          isDropped: { isDropped.load(ordering: .relaxed) })
      } catch let failure as WorkspaceFailure {
        report(.notKept(stage: stage.name, failure))
      } catch let failure as SpillFailure {
        report(.notKept(stage: stage.name, .system(failure.code)))
      } catch {}
    }
  }

  /// Returns once everything saved so far is on the disk.
  package func flush() { queue.sync {} }

  /// Takes every stage out of the folder, also what earlier runs left: nobody needs them any more.
  package func clear() {
    isDropped.store(true, ordering: .relaxed)
    flush()
    for name in kept { try? files.remove("\(folder)/\(name)") }
    removeDrafts()
  }

  /// Takes away what a killed run was writing.
  package func removeDrafts() {
    for name in Self.names(in: folder) where name.hasSuffix(Stage.suffix + Stage.draftSuffix) {
      try? files.remove("\(folder)/\(name)")
    }
  }

  /// Takes the stages, and what a killed run was writing, out of a folder in which no run works.
  package static func removeStages(in folder: String) {
    for name in names(in: folder)
    where name.hasSuffix(Stage.suffix) || name.hasSuffix(Stage.suffix + Stage.draftSuffix) {
      unsafe unlink("\(folder)/\(name)")
    }
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      unsafe names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) {
          unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names.sorted()
  }
}
