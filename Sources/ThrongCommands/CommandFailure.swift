internal import Glibc
internal import ThrongCore

/// What can go wrong around a command: its output and its secret.
package enum CommandFailure: ThrongFailure, Equatable {
  /// Whoever read standard output has gone: no failure, and nothing is said about it.
  case outputClosed
  case outputFailed(SystemError)
  case fileExists(path: String)
  case fileUnwritable(path: String, SystemError)
  case secretUnreadable(path: String, SystemError)
  case secretTooShort(path: String, bytes: Int)
  case secretTooLong(path: String, limit: Int)

  package var message: String {
    switch self {
    case .outputClosed: "standard output was closed"
    case .outputFailed(let error) where error.code == EBADF: "cannot write to standard output: it is closed"
    case .outputFailed(let error): "cannot write to standard output: \(error.text)"
    case .fileExists(let path): "\(path) exists already; give another file, or --force to replace it"
    case .fileUnwritable(let path, let error):
      "cannot write \(path): \(error.text); see that it is no folder, and that its folder exists, may be written and "
        + "has room"
    case .secretUnreadable(let path, let error): "cannot read the secret file \(path): \(error.text)"
    case .secretTooShort(let path, let bytes):
      "the secret file \(path) has \(bytes) bytes and needs \(SecretFile.minimumBytes); "
        + "make one with 'head -c 32 /dev/urandom'"
    case .secretTooLong(let path, let limit):
      "the secret file \(path) has more than \(limit) bytes; is it another file?"
    }
  }

  package var exitStatus: Int32 {
    switch self {
    case .outputClosed: ExitCode.done.rawValue
    case .outputFailed, .fileUnwritable: ExitCode.internalFailure.rawValue
    case .fileExists, .secretUnreadable, .secretTooShort, .secretTooLong: ExitCode.usage.rawValue
    }
  }
}

/// An `errno` of the system.
package struct SystemError: Error, Sendable, Equatable {
  package let code: Int32

  package init(_ code: Int32) {
    self.code = code
  }

  /// The error of the system call just made.
  static var current: SystemError { SystemError(errno) }

  /// As the system says it: "Permission denied".
  package var text: String { unsafe String(cString: strerror(code)) }
}
