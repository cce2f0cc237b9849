internal import ThrongCore

/// Why an audit could not begin. Paths are those the operator gave; nothing from a file is quoted.
package enum AuditFailure: ThrongFailure, Equatable {
  /// There is no bundle at `path`.
  case notABundle(path: String, reason: String)
  /// More than an audit will hold in memory.
  case tooLarge(path: String, limit: Int)

  package var message: String {
    switch self {
    case .notABundle(let path, let reason): "\(path) is no release bundle: \(reason)"
    case .tooLarge(let path, let limit):
      "\(path) holds more than \(limit >> 20) MiB, which no release does; is it another folder?"
    }
  }

  package var exitStatus: Int32 { ExitCode.inputUnusable.rawValue }
}
