internal import Dispatch
internal import Glibc
internal import Synchronization
package import ThrongCore

/// Ctrl-C and SIGTERM: the first asks the pipeline to stop, a second does not wait for it.
package enum Signals {
  /// The end of a pipe that the handler writes to; set once, before the handler is installed.
  nonisolated(unsafe) private static var pipeEnd: Int32 = -1

  /// What is said where memory runs out, and the code of the exit then.
  nonisolated(unsafe) private static var lastWord: (bytes: UnsafeMutableBufferPointer<UInt8>, code: Int32)?
  /// Held while ``lastWord`` is replaced; the handler cannot wait for it.
  private static let replacement = Mutex(())

  /// Says `bytes` and exits where the system gives no more memory, instead of a crash.
  ///
  /// Swift and the libraries below us abort or crash then, with the reason in `errno`; a handler can do no more than write what was
  /// put together beforehand. An abort for another reason is what it was.
  package static func sayOnExhaustion(_ bytes: [UInt8], exitCode: Int32) {
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = unsafe buffer.initialize(from: bytes)
    let isFirst = replacement.withLock { _ in
      let before = unsafe lastWord
      unsafe lastWord = (buffer, exitCode)
      unsafe before?.bytes.deallocate()
      return unsafe before == nil
    }
    guard isFirst else { return }
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { signal in
      if errno == ENOMEM, let (bytes, code) = unsafe Signals.lastWord {
        _ = unsafe write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        _exit(code)
      }
      _ = Glibc.signal(signal, SIG_DFL)
      _ = raise(signal)
    }
    // BLAS writes to the buffer that it did not get.
    for number in [SIGABRT, SIGILL, SIGTRAP, SIGSEGV, SIGBUS] { _ = unsafe sigaction(number, &action, nil) }
  }

  /// Keeps the first file that is opened from becoming standard input, output or error where a parent closed it.
  ///
  /// What stands in for a closed stream is open the other way, so that to use it is an error still. To be called first.
  package static func guardStandardStreams() {
    for (descriptor, mode) in [
      (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
    ]
    where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest number that is free is the one that is missing.
      _ = unsafe open("/dev/null", mode)
    }
  }

  /// Ignores SIGPIPE and SIGXFSZ, so that a closed pipe and a file at its limit are errors of `write`, and hands SIGINT and SIGTERM to `cancellation`.
  ///
  /// A handler may do almost nothing, so it writes one byte to a pipe, and a thread waits at the other end. That
  /// thread is its own: the pipeline may keep every other one busy. To be called once.
  package static func install(cancellation: Cancellation, console: Console) {
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return }
    let readEnd = ends[0]
    unsafe pipeEnd = ends[1]
    DispatchQueue(label: "throng.signals").async {
      var byte: UInt8 = 0
      while true {
        let count = unsafe read(readEnd, &byte, 1)
        if count < 0, errno == EINTR { continue }
        guard count == 1 else { return }
        if cancellation.isCancelled { _exit(ExitCode.interrupted.rawValue) }
        cancellation.cancel()
        console.note("stopping… (again to stop at once)")
      }
    }
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { _ in
      let saved = errno
      var byte: UInt8 = 1
      _ = unsafe write(Signals.pipeEnd, &byte, 1)
      errno = saved
    }
    // Libraries below us need not expect EINTR.
    action.sa_flags = Int32(SA_RESTART)
    // A parent may have blocked them: whoever starts us from a pool of threads passes the mask of one on.
    var wanted = sigset_t()
    unsafe sigemptyset(&wanted)
    for number in [SIGINT, SIGTERM] {
      _ = unsafe sigaction(number, &action, nil)
      unsafe sigaddset(&wanted, number)
    }
    _ = unsafe pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
  }
}
