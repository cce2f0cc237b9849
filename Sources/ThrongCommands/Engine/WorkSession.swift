internal import Glibc
internal import ThrongCore
internal import ThrongWorkspace

/// The private folder while one run works in it: locked, with the stages that are worked out.
final class WorkSession {
  let workspace: Workspace
  let stages: StageStore
  private let lock: WorkspaceLock
  private let keepsWork: Bool
  /// Whether stages are kept also when all of them are done: by the command, which takes them away when it is.
  private let isPartOfMore: Bool
  /// Whether an earlier run has left stages, which may be worth hours.
  private let hadStages: Bool
  private let console: Console

  /// - Throws: ``EngineFailure/workspace(path:_:)``, `WorkspaceFailure`.
  init(_ workspace: Workspace, options: RunOptions, secret: Secret, console: Console) throws {
    try workspace.make()
    lock = try WorkspaceLock(workspace.path)
    stages = StageStore(
      folder: workspace.path, secret: secret, version: Version.current, resumes: options.resumes
    ) { event in
      switch event {
      case .resumed(let stage):
        console.note("stage '\(stage)' was done before, and is taken from \(workspace.path)")
      case .damaged(let file): console.warn("\(file) is damaged; what it held is worked out again")
      case .notKept(let stage, let failure):
        console.warn(
          "stage '\(stage)' cannot be kept in \(workspace.path): \(failure.message); the run goes on, and would have to do "
            + "that stage again if it were killed")
      }
    }
    (self.workspace, self.console, keepsWork) = (workspace, console, options.keepsWork)
    isPartOfMore = options.isPartOfMore
    stages.removeDrafts()
    // Those of the parts before are no earlier run's.
    hadStages = !stages.kept.isEmpty && !options.isPartOfMore
    let way = Self.way(workspace.path)
    let failure = PartialRun(failure: EngineFailure.memoryRanOut, way: way)
    Signals.sayOnExhaustion(console.lastWord(failure), exitCode: failure.exitStatus)
    switch (options.resumes, hadStages) {
    case (true, false) where stages.kept.isEmpty:
      console.note("\(workspace.path) holds nothing of an earlier run: this one begins at the beginning")
    case (false, true):
      console.note(
        "\(workspace.path) holds stages of an earlier run, where --resume would go on; this one begins at the beginning"
      )
    default: break
    }
  }

  /// Carries out what the stages are for. When it is done nothing of them is left, unless they are to be kept; when it fails
  /// they are, where another try could succeed, or an earlier run had left some.
  ///
  /// - Throws: what `body` does; as ``PartialRun`` where a resumed run would have less to do.
  func carryOut<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      let result = try body()
      close(keeps: keepsWork || isPartOfMore)
      return result
    } catch {
      let failure = error as? any ThrongFailure
      let isHopeless = Self.isHopeless(error)
      close(keeps: keepsWork || hadStages || !isHopeless)
      guard !isHopeless, !stages.kept.isEmpty else { throw error }
      let way = Self.way(workspace.path)
      guard let failure, failure.exitStatus != ExitCode.interrupted.rawValue else {
        console.note(way)
        throw error
      }
      throw PartialRun(failure: failure, way: way)
    }
  }

  /// Whether another try would fail as well.
  static func isHopeless(_ error: any Error) -> Bool {
    let status = (error as? any ThrongFailure)?.exitStatus ?? ExitCode.internalFailure.rawValue
    return [ExitCode.usage, .inputUnusable, .refused].map(\.rawValue).contains(status)
  }

  private static func way(_ path: String) -> String {
    "what was worked out is kept in \(path): the same command with --resume goes on from there"
  }

  private func close(keeps: Bool) {
    if keeps { stages.flush() } else { stages.clear() }
    workspace.removeIfEmpty()
  }
}

/// A failure that costs no more than what was done since the last stage.
struct PartialRun: ThrongFailure {
  let failure: any ThrongFailure
  let way: String

  var message: String { "\(failure.message); \(way)" }
  var exitStatus: Int32 { ExitCode.partial.rawValue }
}
