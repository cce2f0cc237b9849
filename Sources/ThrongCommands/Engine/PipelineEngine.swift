internal import Glibc
internal import Throng
internal import ThrongCore
internal import ThrongText

/// Carries the commands out with the pipeline. One file for each command.
package struct PipelineEngine: Engine {
  package init() {}
}

/// Why a command cannot go on, beyond what the modules say of themselves.
enum EngineFailure: ThrongFailure {
  /// None of so many first records of the input names a user (R1).
  case noUsers(field: String?, records: Int)
  /// Every conversation was left out: none has a message of a side that counts, or a label.
  case nothingLeft(screenedOut: Int)
  case workspace(path: String, SystemError)
  case encoding

  var message: String {
    switch self {
    case .noUsers(let field, let records):
      "none of the first \(Quantity.count(records, "record")) names a user"
        + (field.map { " in the field '\($0)'" } ?? "")
        + ", and without users nothing can be promised about k of them; name the field with --user FIELD, "
        + "or state --unit conversation to count each conversation as a person of its own"
    case .nothingLeft(let count):
      "every conversation was left out (\(Quantity.count(count))): none has a message of the sides that count "
        + "(--roles), or a label where one is needed"
    case .workspace(let path, let error):
      "cannot use the work folder \(path): \(error.text); give another with --work"
    case .encoding: "the summary could not be written as JSON"
    }
  }

  var exitStatus: Int32 {
    switch self {
    case .noUsers, .nothingLeft: ExitCode.inputUnusable.rawValue
    case .workspace(_, let error) where [ENOTDIR, ENOENT].contains(error.code): ExitCode.usage.rawValue
    case .workspace, .encoding: ExitCode.internalFailure.rawValue
    }
  }
}

extension FeatureOptions {
  /// What the features say about clustering; the tree's part is added by the caller.
  func clusteringSettings(seed: UInt64, restarts: Int, kMeans: KMeansOptions) -> ClusteringSettings {
    var settings = ClusteringSettings()
    settings.text.columnBits = columnBits
    settings.text.bigrams = bigrams
    settings.minimumColumnUsers = minimumColumnUsers
    settings.dimensions = dimensions
    settings.seed = seed
    settings.restarts = restarts
    settings.start = kMeans.start
    settings.algorithm = kMeans.algorithm
    return settings
  }
}
