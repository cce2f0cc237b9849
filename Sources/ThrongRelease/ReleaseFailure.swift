import ThrongCore

/// Why a bundle was not written. Paths are those the operator gave; no case carries anything from the input.
package enum ReleaseFailure: ThrongFailure, Equatable {
  /// There is a bundle already and `force` was not given.
  case outputExists(path: String)
  /// What is there is no bundle, or holds files that are none of the bundle's, and would be lost.
  case notABundle(path: String)
  /// A file could not be written, moved or flushed. `reason` is the system's.
  case cannotWrite(path: String, reason: String)
  /// SQLite said no. `reason` is SQLite's text for the result code.
  case database(reason: String)
  /// The new bundle is in place, but the old one could not be removed and lies at `path`.
  case leftover(path: String)
  /// A bundle cannot be read: there is none, it lacks a file, or a file was changed.
  case unreadable(path: String, reason: String)

  package var message: String {
    switch self {
    case .outputExists(let path):
      "\(Visible.text(path)) exists already; give another directory, or --force to replace it"
    case .notABundle(let path):
      "\(Visible.text(path)) is not a release bundle, or holds files that are not part of one; "
        + "it is left alone: give another directory, or move them away"
    case .cannotWrite(let path, let reason):
      "cannot write \(Visible.text(path)): \(reason); nothing was released; "
        + "see that the directory above the bundle exists, may be written and has room"
    case .database(let reason):
      "cannot write release.sqlite: \(reason); nothing was released: check the free space of the output's disk"
    case .unreadable(let path, let reason):
      "\(Visible.text(path)) cannot be read as a release bundle: \(reason)"
    case .leftover(let path):
      "the new bundle is in place, but the old one could not be removed: delete \(Visible.text(path))"
    }
  }

  package var exitStatus: Int32 {
    switch self {
    case .outputExists, .notABundle: ExitCode.usage.rawValue
    case .unreadable: ExitCode.inputUnusable.rawValue
    case .cannotWrite, .database, .leftover: ExitCode.internalFailure.rawValue
    }
  }
}
