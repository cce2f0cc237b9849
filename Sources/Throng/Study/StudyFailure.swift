internal import ThrongCore

/// Why a study cannot be run. Names settings and places of the study file, never text of a log.
package enum StudyFailure: ThrongFailure, Equatable {
  /// Something in the study file, and where.
  case mistake(String, at: StudyNode.Place)
  case unreadable(path: String, reason: String)

  package var message: String {
    switch self {
    case .mistake(let text, let place): "line \(place.line), column \(place.column): \(text)"
    case .unreadable(let path, let reason): "the study \(path) cannot be read: \(reason)"
    }
  }

  package var exitStatus: Int32 { ExitCode.usage.rawValue }
}

extension StudyNode {
  /// A mistake at this value.
  func mistake(_ text: String) -> StudyFailure { .mistake(text, at: place) }
}
