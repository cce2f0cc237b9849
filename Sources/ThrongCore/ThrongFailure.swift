/// How a command ended, as the shell sees it.
package enum ExitCode: Int32, Sendable {
  case done = 0
  case internalFailure = 1
  case usage = 2
  case inputUnusable = 3
  case refused = 4
  case partial = 5
  case interrupted = 130
}

/// What every error of the house can say about itself.
///
/// A message says what happened, where, and what to do. It carries positions, names of settings and
/// reasons; it never carries text, ids or users of a conversation.
public protocol ThrongFailure: Error, Sendable, CustomStringConvertible {
  /// One line for a person.
  var message: String { get }
  /// The exit code of the process that this error ends.
  var exitStatus: Int32 { get }
}

extension ThrongFailure {
  /// The same as ``message``.
  public var description: String { message }
}

/// The run was about to take more memory than it may.
package struct MemoryExhausted: ThrongFailure {
  let limit: Int

  package init(limit: Int) { self.limit = limit }
  package var message: String { "the run needs more than the \(limit >> 20) MiB of memory that it may have" }
  package var exitStatus: Int32 { ExitCode.partial.rawValue }
}

/// The run was told to stop.
package struct Interrupted: ThrongFailure {
  package init() {}
  package var message: String { "interrupted; nothing was released" }
  package var exitStatus: Int32 { ExitCode.interrupted.rawValue }
}
