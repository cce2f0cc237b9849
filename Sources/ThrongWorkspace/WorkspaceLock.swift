internal import Glibc

/// A folder that one run at a time may work in: `flock` on the folder itself, so that nothing is left behind and the
/// system lets go of it however the process ends.
package final class WorkspaceLock: Sendable {
  private let descriptor: Int32

  /// - Parameter folder: is there.
  /// - Throws: ``WorkspaceFailure/inUse(path:)`` where another process, or another lock of this one, has it.
  package init(_ folder: String) throws(WorkspaceFailure) {
    descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .current }
    // A file system that knows no locks leaves the folder unguarded.
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      close(descriptor)
      throw .inUse(path: folder)
    }
  }

  deinit { close(descriptor) }
}
